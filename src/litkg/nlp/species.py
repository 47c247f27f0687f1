"""Tells of which species a named gene is: human, unless its own spelling, the sentence or the document says otherwise.

A softmax over the organisms that the document speaks of, man always among them, whose parts are kept. Refuses to name the ortholog: a mention keeps the human
gene as its concept and says by its taxon that the text speaks of another species' gene.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from litkg.model import HUMAN_TAXON
from litkg.nlp.species_features import Feature, SpeciesFeatures

HUMAN_LEAN = 0.75
"""Log odds by which another organism must be likelier than man: human unless something says otherwise. training/README.md says how it was chosen."""
_BY_HAND: Mapping[str, float] = {"fish: lower case": 1.0}
"""Weights that the corpora cannot teach: few of their papers are on fish, whose symbols are written so."""
_SHOWN = 3
_LEAST_SHOWN = 0.3
"""Log odds below which a feature is not worth a reader's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneSpecies:
    """The NCBI taxon of a gene. Where it is not man's, `reasons` are the features that spoke most for it and against man, the strongest first."""

    taxon: int = HUMAN_TAXON
    reasons: tuple[str, ...] = ()


def species_of_genes(text: str, genes: Sequence[tuple[int, int]]) -> tuple[GeneSpecies, ...]:
    """Return the species of each gene with half-open offsets in `text`, in the order given; human where nothing says otherwise."""
    if not genes:
        return ()
    features = SpeciesFeatures(text, genes)
    shared = {taxon: _parts(features.of_document(taxon)) for taxon in features.taxa}
    sums = {taxon: sum(parts.values()) for taxon, parts in shared.items()}
    return tuple(_choose(features, index, shared, sums) for index in range(len(genes)))


def _choose(features: SpeciesFeatures, index: int, shared: Mapping[int, Mapping[str, float]], sums: Mapping[int, float]) -> GeneSpecies:
    taxa = features.taxa_of(index)
    own = {taxon: _parts(features.of_gene(index, taxon)) for taxon in taxa}
    totals = {taxon: sums[taxon] + sum(parts.values()) for taxon, parts in own.items()}
    totals[HUMAN_TAXON] += HUMAN_LEAN
    best = max(totals, key=lambda taxon: (round(totals[taxon], 9), taxon == HUMAN_TAXON, -taxon))
    if best == HUMAN_TAXON:
        return GeneSpecies()
    adds = {**shared[best], **own[best]}
    for name, value in {**shared[HUMAN_TAXON], **own[HUMAN_TAXON]}.items():
        adds[name] = adds.get(name, 0.0) - value
    strongest = sorted((item for item in adds.items() if item[1] >= _LEAST_SHOWN), key=lambda item: (-item[1], item[0]))
    return GeneSpecies(taxon=best, reasons=tuple(name for name, _ in strongest[:_SHOWN]))


def _parts(features: Iterable[Feature]) -> dict[str, float]:
    weights = _load_weights()
    return {name: weights.get(name, 0.0) * value for name, value in features}


@cache
def _load_weights() -> Mapping[str, float]:
    data = tomllib.loads(files("litkg.nlp").joinpath("species.toml").read_text(encoding="utf-8"))
    return {**{name: float(value) for name, value in data["weights"].items()}, **_BY_HAND}
