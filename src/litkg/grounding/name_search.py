"""Indexes the names of diseases, chemicals and genes in a lexicon by their words, so that a name that it does not know finds those that share words with it.

Owns which names are indexed and the files beside the lexicon; the search is `word_index`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from litkg.grounding.beside import index_beside, is_index_of, writing_index
from litkg.grounding.word_index import WordIndex
from litkg.grounding.words import stems_of
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.storage import LexiconInfo
from litkg.model import GROUPS

SEARCHED_GROUPS = ("disease", "chemical", "gene")
NEAR_GROUPS = ("disease", "chemical")
"""Groups of whose names all that are near are candidates wherever the lexicon has no id for one."""
_KIND = "words"
_LEAST_OF_CHEMICALS = 2
"""Words of a chemical's name that is indexed: one word alone shares it with nothing but longer names, which are other chemicals."""


class NameSearch:
    """The indexes of a lexicon's names, one a group. The numbers of names are those by which the lexicon knows them."""

    def __init__(self, indexes: Mapping[str, WordIndex]) -> None:
        self._indexes = indexes

    @classmethod
    def open(cls, lexicon: Path, info: LexiconInfo) -> Self | None:
        """Return the indexes that `write_name_search` put beside a lexicon, mapped from disk; None where there are none, or they are another lexicon's. A group
        that an earlier litkg did not index is not searched."""
        folder = index_beside(lexicon, _KIND)
        if not is_index_of(folder, info):
            return None
        try:
            return cls({group: WordIndex.read(folder, group) for group in SEARCHED_GROUPS if WordIndex.is_written(folder, group)})
        except (OSError, ValueError, RuntimeError):
            return None

    @classmethod
    def build(cls, lexicon: Lexicon) -> Self:
        """Return the indexes of a lexicon's names; a concept's names of the same words count once."""
        return cls({group: WordIndex.build(_names_of(lexicon, group)) for group in SEARCHED_GROUPS})

    def write(self, lexicon: Path, info: LexiconInfo) -> None:
        """Write the indexes beside a lexicon."""
        folder = index_beside(lexicon, _KIND)
        with writing_index(folder, info):
            for group, index in self._indexes.items():
                index.write(folder, group)

    def is_whole(self) -> bool:
        """Tell whether all groups that are searched have an index."""
        return all(group in self._indexes for group in SEARCHED_GROUPS)

    def of_group(self, group: str) -> WordIndex | None:
        """Return the index of a group's names, None where it is not searched."""
        return self._indexes.get(group)


def write_name_search(lexicon: Path) -> None:
    """Index the names of a built lexicon by their words, and write the indexes beside it.

    Raises: LexiconError where the lexicon is missing, broken or of another version.
    """
    with Lexicon.open(lexicon) as opened:
        NameSearch.build(opened).write(lexicon, opened.info())


def _names_of(lexicon: Lexicon, group: str) -> Iterator[tuple[int, Sequence[str]]]:
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for number, concept, name in lexicon.names(frozenset(category for category, found in GROUPS.items() if found == group)):
        words = stems_of(name, group)
        if group == "chemical" and len(words) < _LEAST_OF_CHEMICALS:
            continue
        key = (concept, tuple(sorted(set(words))))
        if key not in seen:
            seen.add(key)
            yield number, words
