"""What the lexicon says that a name is: its categories, and the wider concepts above it in the vocabularies.

Owns the reading of the lexicon for the model of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from litkg.lexicon.records import Candidate
from litkg.model import Category

_MOST_CANDIDATES = 3
_MOST_ABOVE = 40
_MOST_KNOWN = 50_000
BITS = 2 * len(Category)
"""How many bits say what a name is."""


class Vocabulary(Protocol):
    """What is needed of the lexicon."""

    def lookup(self, name: str) -> Sequence[Candidate]:
        """Return what the name may stand for, the likeliest first."""

    def parents(self, curie: str) -> Sequence[str]:
        """Return the next wider concepts."""


@dataclass(frozen=True, slots=True)
class NameClasses:
    """What a name is. `named` has categories ("Gene") and the ids of all wider concepts, those of the last word, marked "~", where the name is unknown; `bits`
    has one for each category of the name, then one for each of its last word."""

    named: frozenset[str]
    bits: tuple[bool, ...]


UNKNOWN = NameClasses(frozenset(), (False,) * BITS)


class Classes:
    """Looks names up and keeps what it found; `vocabulary` must stay open."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, NameClasses] = {}

    def of(self, name: str) -> NameClasses:
        """Return what a name is."""
        found = self._known.get(name)
        if found is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            last = (name.split() or [name])[-1]
            own, ends = self._read(name), self._read(last)
            named = own or (frozenset(f"~{item}" for item in ends) if last != name else frozenset())
            found = self._known[name] = NameClasses(named, tuple(category.value in names for names in (own, ends) for category in Category))
        return found

    def _read(self, name: str) -> frozenset[str]:
        found: set[str] = set()
        for candidate in self._vocabulary.lookup(name)[:_MOST_CANDIDATES]:
            found.update(category.value for category in candidate.categories)
            found.update(self._above(candidate.concept))
        return frozenset(found)

    def _above(self, curie: str) -> list[str]:
        above: list[str] = []
        reached = [curie]
        while reached and len(above) < _MOST_ABOVE:
            fresh = [wider for wider in self._vocabulary.parents(reached.pop(0)) if wider not in above]
            above += fresh
            reached += fresh
        return above
