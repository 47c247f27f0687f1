"""How often a name means a concept in annotated abstracts: the table that `training/grounding` makes, as counts of abstracts.

Owns the table's form. Its ids are those of the corpora (MeSH, OMIM, NCBI Gene); which concept of the lexicon they are, the lexicon says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Protocol

from litkg.lexicon.normalise import match_key
from litkg.model import Category

GROUPS: Mapping[Category, str] = {
    Category.GENE: "gene",
    Category.CYTOKINE: "gene",
    Category.DISEASE: "disease",
    Category.PHENOTYPE: "disease",
    Category.ADVERSE_EVENT: "disease",
    Category.DRUG: "chemical",
    Category.CHEMICAL: "chemical",
    Category.CELL_TYPE: "cell",
    Category.CELL_LINE: "cell",
    Category.BIOLOGICAL_PROCESS: "process",
    Category.ORGANISM: "organism",
    Category.VARIANT: "variant",
}
"""Kinds of name that annotators tell apart; categories of one group mix."""

_NONE: Mapping[str, int] = {}


class Counts(Protocol):
    """What ranking asks of a prior."""

    def counts(self, key: str, group: str) -> Mapping[str, int]:
        """Return in how many abstracts the name with this match key stands for each id, as a name of this group."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Counts of abstracts by (match key, group), then by id."""

    table: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)

    def counts(self, key: str, group: str) -> Mapping[str, int]:
        """Return in how many abstracts the name with this match key stands for each id, as a name of this group."""
        return self.table.get((key, group), _NONE)


def read_prior(lines: Iterable[str]) -> Prior:
    """Return the prior that lines of name, group, id and count say, parted by tabs; lines that open with # are left out.

    >>> read_prior(["cold\\tdisease\\tMESH:D003139\\t3"]).counts("cold", "disease")
    {'MESH:D003139': 3}
    """
    table: dict[tuple[str, str], dict[str, int]] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        name, group, curie, count = line.rstrip("\n").split("\t")
        counts = table.setdefault((match_key(name), group), {})
        counts[curie] = counts.get(curie, 0) + int(count)
    return Prior(table)


@cache
def load_prior() -> Prior:
    """Return the prior that litkg ships."""
    with files("litkg.grounding").joinpath("prior.tsv").open(encoding="utf-8") as handle:
        return read_prior(handle)
