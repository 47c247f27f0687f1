"""How often a name means a concept in annotated abstracts: the table that `training/grounding` makes, as counts of abstracts.

Owns the table's form. Its ids are those of the corpora (MeSH, OMIM, NCBI Gene); which concept of the lexicon they are, the lexicon says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Protocol

from litkg.grounding.word_index import WordIndex
from litkg.grounding.words import stems_of
from litkg.lexicon.normalise import match_key

_NONE: Mapping[str, int] = {}


ANY_NAME = ""
"""The key under which a prior counts the abstracts that mean an id by whatever name."""


class Counts(Protocol):
    """What ranking asks of a prior."""

    def counts(self, key: str, group: str) -> Mapping[str, int]:
        """Return in how many abstracts the name with this match key, or any where it is `ANY_NAME`, stands for each id, as a name of this group."""

    def similar(self, name: str, group: str, limit: int) -> Sequence[str]:
        """Return up to `limit` annotated names of the group that share words with this one, best first."""


class AnnotatedNames:
    """Annotated names by group, to be searched by their words; indexed when a group is first asked for."""

    def __init__(self, names: Callable[[str], Iterable[str]]) -> None:
        self._names = names
        self._indexes: dict[str, tuple[WordIndex, list[str]]] = {}

    def similar(self, name: str, group: str, limit: int) -> Sequence[str]:
        """Return up to `limit` names of the group that share words with this one, best first."""
        if group not in self._indexes:
            listed = sorted(self._names(group))
            self._indexes[group] = WordIndex.build((number, stems_of(known, group)) for number, known in enumerate(listed)), listed
        index, listed = self._indexes[group]
        return [listed[int(index.names[match.number])] for match in index.search(stems_of(name, group), limit)]


@dataclass(frozen=True, slots=True)
class Prior:
    """Counts of abstracts by (match key, group), then by id; `spellings` lead from the same keys to the names as they are written."""

    table: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)
    spellings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _names: list[AnnotatedNames] = field(default_factory=list, repr=False)

    def counts(self, key: str, group: str) -> Mapping[str, int]:
        """Return in how many abstracts the name with this match key stands for each id, as a name of this group."""
        return self.table.get((key, group), _NONE)

    def similar(self, name: str, group: str, limit: int) -> Sequence[str]:
        """Return up to `limit` annotated names of the group that share words with this one, best first."""
        if not self._names:
            self._names.append(AnnotatedNames(lambda wanted: (text for (_, of), text in self.spellings.items() if of == wanted)))
        return self._names[0].similar(name, group, limit)


def read_prior(lines: Iterable[str]) -> Prior:
    """Return the prior that lines of name, group, id and count say, parted by tabs; lines that open with # are left out.

    >>> read_prior(["cold\\tdisease\\tMESH:D003139\\t3"]).counts("cold", "disease")
    {'MESH:D003139': 3}
    """
    table: dict[tuple[str, str], dict[str, int]] = {}
    spellings: dict[tuple[str, str], str] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        name, group, curie, count = line.rstrip("\n").split("\t")
        counts = table.setdefault((match_key(name), group), {})
        counts[curie] = counts.get(curie, 0) + int(count)
        if name:
            spellings.setdefault((match_key(name), group), name)
    return Prior(table, spellings)


@cache
def load_prior() -> Prior:
    """Return the prior that litkg ships."""
    with files("litkg.grounding").joinpath("prior.tsv").open(encoding="utf-8") as handle:
        return read_prior(handle)
