"""What ids an annotation gives: as CURIEs, with the species that the file names, and whether the lexicon can hold them.

GNormPlus marks the genes of other species (`386463(Tax:10090)`) and leaves human ones bare; NLM-Gene marks none. The lexicon's genes are human, all that
HGNC names, so where a gold marks no species a gene id that the lexicon does not hold is taken for another species'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from litkg.curie import normalise_curie, parse_curie
from litkg.errors import CurieError
from litkg.model import HUMAN_TAXON
from litkg.sources.gold import GoldMention

_PREFIXES = {"Chemical": "MESH", "Disease": "MESH", "Gene": "NCBIGene", "Organism": "NCBITaxon", "CellType": "CL"}
"""What an id without a prefix is an id of, by type, as PubTator files write them; digits alone for a disease are OMIM's."""
_TAXON = re.compile(r"(.+?)\(tax:(\d+)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class GoldId:
    """An id of an annotation: a CURIE, or the file's own text where it is none, and the NCBI taxon that the file gives with it."""

    curie: str
    taxon: int | None = None


def parse_identifier(kind: str, text: str) -> GoldId:
    """Return the id that an annotation of type `kind` (as scored) gives.

    >>> parse_identifier("Gene", "386463(Tax:10090)")
    GoldId(curie='NCBIGene:386463', taxon=10090)
    """
    marked = _TAXON.fullmatch(text)
    return GoldId(curie=gold_curie(kind, marked[1].strip()), taxon=int(marked[2])) if marked else GoldId(curie=gold_curie(kind, text))


def gold_curie(kind: str, identifier: str) -> str:
    """Return the id of an annotation as a CURIE in litkg's spelling, or unchanged where it is none.

    >>> gold_curie("Chemical", "D007538"), gold_curie("Gene", "3569"), gold_curie("Disease", "OMIM:612852")
    ('MESH:D007538', 'NCBIGene:3569', 'OMIM:612852')
    """
    prefix = "OMIM" if kind == "Disease" and identifier.isdigit() else _PREFIXES.get(kind, "")
    for text in (identifier, f"{prefix}:{identifier}"):
        try:
            return normalise_curie(text)
        except CurieError:
            continue
    return identifier


class GoldIds:
    """The ids of one gold. `holds` tells whether the lexicon has a concept with a CURIE, as its id or among its xrefs."""

    def __init__(self, gold: Iterable[GoldMention], types: Mapping[str, str], *, holds: Callable[[str], bool]) -> None:
        self._types = types
        self.holds = holds
        identifiers = [(kind, item) for mention in gold if (kind := self.kind(mention)) for item in self.of(mention)]
        self.marks_species = any(item.taxon is not None for _, item in identifiers)
        prefixes: dict[str, set[str]] = {}
        for kind, item in identifiers:
            prefixes.setdefault(kind, set()).add(_prefix(item.curie))
        self.prefixes: Mapping[str, frozenset[str]] = {kind: frozenset(names) for kind, names in sorted(prefixes.items())}
        """The vocabularies of each scored type that has ids, such as MESH and OMIM."""

    def kind(self, mention: GoldMention) -> str | None:
        """Return the type that a mention is scored as; None where it is left out."""
        return self._types.get(mention.type.casefold())

    def of(self, mention: GoldMention) -> tuple[GoldId, ...]:
        """Return the ids of a mention of a scored type, each once, in the file's order."""
        kind = self.kind(mention)
        return tuple(dict.fromkeys(parse_identifier(kind, text) for text in mention.identifiers)) if kind else ()

    def is_foreign(self, kind: str, identifier: GoldId) -> bool:
        """Tell whether an id is a gene of another species than man: by its mark, or by the lexicon in a gold without such marks."""
        if kind != "Gene":
            return False
        if identifier.taxon is not None:
            return identifier.taxon != HUMAN_TAXON
        return not self.marks_species and not self.holds(identifier.curie)


def _prefix(curie: str) -> str:
    try:
        return parse_curie(curie)[0]
    except CurieError:
        return ""
