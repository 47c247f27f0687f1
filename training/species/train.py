"""Learns the weights by which the species of a gene is told, and measures them on the training parts by cross-validation.

    .venv/bin/python -m training.species.train --corpora ../shared/corpora

Learns from genes with ids in GNormPlus, NLM-Gene and BioRED. Only GNormPlus says of which organism a foreign gene is; elsewhere each organism but man may be
right. Genes that annotators gave ids of man and of others teach nothing. Writes `species.toml` into the package and training/species/metrics.json.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from litkg.evaluation.identifiers import GoldIds
from litkg.evaluation.types import parse_types
from litkg.grounding.score import Part
from litkg.lexicon.lookup import Lexicon
from litkg.model import HUMAN_TAXON
from litkg.nlp.species import HUMAN_LEAN
from litkg.nlp.species_features import YEAST, SpeciesFeatures
from litkg.settings import settings_from_environment
from training.grounding.examples import CORPORA, FOLDS, fold_of, pmid_of, read_corpora
from training.grounding.fit import Choice, fit

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "litkg" / "nlp"
METRICS = Path(__file__).resolve().parent / "metrics.json"
LEARNED_FROM = ("GNormPlus", "NLM-Gene", "BioRED")
_STRAINS = {559292: YEAST, 511145: 562, 83333: 562}
"""Taxa of strains that annotators give for the species'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gene:
    """A gene of a corpus: the organisms that it may be of, what speaks for each, and whether the gold says so; `is_human` None where it says man and others."""

    corpus: str
    fold: int
    taxa: tuple[int, ...]
    options: tuple[tuple[Part, ...], ...]
    right: tuple[bool, ...]
    is_human: bool | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--decay", type=float, default=3.0, help="how strongly weights are drawn to 0")
    arguments = parser.parse_args()
    with Lexicon.open(settings_from_environment(os.environ).lexicon_path) as lexicon:
        genes = list(read_genes(arguments.corpora, lexicon))
    figures = cross_validate(genes, arguments.decay)
    for row in figures:
        print("\t".join(f"{name} {value}" for name, value in row.items()), flush=True)
    weights = fit(choices(genes), decay=arguments.decay, or_none=False)
    (PACKAGE / "species.toml").write_text(as_toml(weights, arguments.decay), encoding="utf-8")
    report = {"measure": "human or not, % of gold mentions, by cross-validation over documents of the training parts", "folds": FOLDS, "figures": figures}
    METRICS.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def read_genes(folder: Path, lexicon: Lexicon) -> Iterator[Gene]:
    """Yield the genes with ids, corpus by corpus, in file order."""
    read, held_out = read_corpora(folder)
    for corpus in LEARNED_FROM:
        annotated = read[CORPORA[corpus].train]
        types = parse_types(CORPORA[corpus].types, gold_types={mention.type for mention in annotated.gold.mentions})
        ids = GoldIds(annotated.gold.mentions, types, holds=lambda curie: lexicon.concept(curie) is not None)
        wanted: dict[str, list[tuple[int, int, frozenset[int | None]]]] = {}
        for mention in annotated.gold.mentions:
            if ids.kind(mention) == "Gene" and (found := ids.of(mention)):
                taxa = frozenset(_taxon(item.taxon) if ids.is_foreign("Gene", item) else HUMAN_TAXON for item in found)
                wanted.setdefault(pmid_of(mention.document_id), []).append((mention.start, mention.end, taxa))
        for raw in annotated.documents:
            pmid = pmid_of(raw.id)
            if pmid not in held_out:
                yield from _genes_of(corpus, fold_of(pmid), raw.text, wanted.get(pmid, []))


def _genes_of(corpus: str, fold: int, text: str, wanted: Sequence[tuple[int, int, frozenset[int | None]]]) -> Iterator[Gene]:
    features = SpeciesFeatures(text, [(start, end) for start, end, _ in wanted])
    shared = {taxon: tuple(features.of_document(taxon)) for taxon in features.taxa}
    for index, (_, _, gold) in enumerate(wanted):
        taxa = tuple(features.taxa_of(index))
        options = tuple(tuple(Part(name, value, 0.0) for name, value in (*shared[taxon], *features.of_gene(index, taxon))) for taxon in taxa)
        named = [taxon in gold for taxon in taxa]
        foreign = [taxon != HUMAN_TAXON for taxon in taxa]
        is_human = None if HUMAN_TAXON in gold and len(gold) > 1 else HUMAN_TAXON in gold
        right = tuple(named if any(named) else foreign)
        yield Gene(corpus=corpus, fold=fold, taxa=taxa, options=options, right=right, is_human=is_human)


def _taxon(taxon: int | None) -> int | None:
    return taxon if taxon is None else _STRAINS.get(taxon, taxon)


def choices(genes: Sequence[Gene]) -> list[Choice]:
    """Return what the genes teach."""
    return [Choice(gene.options, gene.right) for gene in genes if gene.is_human is not None and any(gene.right)]


def cross_validate(genes: Sequence[Gene], decay: float) -> list[dict[str, str | int | float]]:
    """Return for each corpus the genes, and in per cent how many of man's are told so, how many of others', and of both together."""
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for fold in range(FOLDS):
        weights = fit(choices([gene for gene in genes if gene.fold != fold]), decay=decay, or_none=False)
        for gene in genes:
            if gene.fold == fold and gene.is_human is not None:
                counts[gene.corpus, gene.is_human, (_best(gene, weights) == HUMAN_TAXON) is gene.is_human] += 1
    rows: list[dict[str, str | int | float]] = []
    for corpus in LEARNED_FROM:
        rows.append({"corpus": corpus, "genes": sum(number for key, number in counts.items() if key[0] == corpus)})
        for name, kinds in (("human told", (True,)), ("foreign told", (False,)), ("both", (True, False))):
            right = sum(counts[corpus, kind, True] for kind in kinds)
            rows[-1][name] = round(100 * right / (right + sum(counts[corpus, kind, False] for kind in kinds)), 1)
    return rows


def _best(gene: Gene, weights: Mapping[str, float]) -> int:
    scores = [
        sum(weights.get(part.feature, 0.0) * part.value for part in parts) + HUMAN_LEAN * (taxon == HUMAN_TAXON)
        for taxon, parts in zip(gene.taxa, gene.options, strict=True)
    ]
    return gene.taxa[max(range(len(scores)), key=scores.__getitem__)]


def as_toml(weights: Mapping[str, float], decay: float) -> str:
    lines = [
        "# Weights of what says of which organism a gene is (species_features.py), in log odds. Learned by training/species from the training parts of",
        f"# GNormPlus, NLM-Gene and BioRED: a softmax over the organisms spoken of, L2 penalty {decay}. Figures: training/species/metrics.json.",
        "[weights]",
        *(f"{json.dumps(name, ensure_ascii=False)} = {weight}" for name, weight in sorted(weights.items()) if weight),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
