"""Doubts crosswalks between diseases and phenotypes: ontologies map a finding to the disease that shows it, a kind to the class that it is of.

Judges by names alone, and refuses nothing that the names leave open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from litkg.lexicon.normalise import inverted, match_key
from litkg.lexicon.records import NameKind, RawConcept
from litkg.model import Category

NARROWER = "the name of one only adds words to that of the other"
NAMESAKE = "another vocabulary has the name of one for something else"
_KINDS = frozenset({Category.DISEASE, Category.PHENOTYPE})
_EMPTY_WORDS = frozenset({"disease", "disorder", "syndrome", "disorders", "diseases", "syndromes", "the", "of", "and", "with", "nos", "type"})
_LITTLE_ALIKE = 0.4
"""Share of the words of two names that both have; names that say the same in other words have more."""


class Doubts:
    """The diseases and phenotypes among raw concepts, with their names."""

    def __init__(self, raw: Iterable[RawConcept]) -> None:
        self._parts: dict[str, list[RawConcept]] = {}
        self._namesakes: dict[str, set[str]] = {}
        self._key_sets: dict[str, frozenset[str]] = {}
        for concept in raw:
            if not _KINDS.isdisjoint(concept.categories):
                parts = self._parts.setdefault(concept.id, [])
                if not parts:
                    self._namesakes.setdefault(match_key(concept.name), set()).add(concept.id)
                parts.append(concept)

    def why(self, left: str, right: str) -> str | None:
        """Return why two ids are no single thing though a crosswalk says so; None where nothing speaks against it.

        The name of one only adds words to that of the other ("lingual-facial-buccal dyskinesia", "dyskinesia"), and neither source gives both names to its own
        concept. Or the two have no name in common and hardly a word ("restless legs", "delusions of infestation"),
        and a third vocabulary has a concept with the name of one and no name of the other.
        """
        if left not in self._parts or right not in self._parts:
            return None
        first, second = _words(self._name(left)), _words(self._name(right))
        if first < second or second < first:
            wide, narrow = (left, right) if first < second else (right, left)
            given_both = match_key(self._name(wide)) in self._keys(narrow) or match_key(self._name(narrow)) in self._keys(wide)
            return None if given_both else NARROWER
        if len(first & second) >= _LITTLE_ALIKE * len(first | second) or self._keys(left) & self._keys(right):
            return None
        for one, other in ((left, right), (right, left)):
            if any(not self._keys(third) & self._keys(other) for third in self._thirds(one, other)):
                return NAMESAKE
        return None

    def _name(self, curie: str) -> str:
        return self._parts[curie][0].name

    def _thirds(self, one: str, other: str) -> list[str]:
        """Return the concepts of vocabularies that neither id is of, with the preferred name of `one`."""
        prefixes = {one.partition(":")[0], other.partition(":")[0]}
        return [curie for curie in self._namesakes[match_key(self._name(one))] if curie.partition(":")[0] not in prefixes]

    def _keys(self, curie: str) -> frozenset[str]:
        keys = self._key_sets.get(curie)
        if keys is None:
            texts = {text for part in self._parts[curie] for text in (part.name, *(text for text, kind in part.names if kind <= NameKind.EXACT))}
            keys = self._key_sets[curie] = frozenset(match_key(form) for text in texts for form in (text, inverted(text)) if form)
        return keys


def _words(name: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", name.lower().replace("'s", ""))
    return frozenset(word.rstrip("s") for word in words if word not in _EMPTY_WORDS)
