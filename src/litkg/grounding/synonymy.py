"""Which words of diseases' names stand for each other, and which a name may lose, as the synonyms that the lexicon has say.

Owns the shares and how two names are laid beside each other; the counts are `training/grounding/synonymy.py`'s, made from the lexicon alone.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_LEAST_PAIR = 0.25
"""Share of names of one concept from which two words are laid beside each other."""
_DOUBT = 2.0
"""Pairs of names of two concepts that are taken to be there besides those counted: two words seen once are not yet one."""
_LOST = 0.3
"""Share of a word that is not counted: what it is for all words together."""
_AS_MANY = 3.0
"""Pairs of names that the share of all words counts for."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Two names laid beside each other: the words of one that stand for words of the other, each with its share in (0, 1]; the words that are left in each."""

    pairs: tuple[tuple[str, str, float], ...]
    left: frozenset[str]
    added: frozenset[str]


@dataclass(frozen=True, slots=True)
class Synonymy:
    """Shares by word, and by pair of words in either order."""

    lost: Mapping[str, float] = field(default_factory=dict)
    pairs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def may_lose(self, word: str) -> float:
        """Return of how many pairs of names that differ in this word alone the two are names of one concept, in (0, 1)."""
        return self.lost.get(word, _LOST)

    def log_odds(self, words: Iterable[str]) -> float:
        """Return the sum of the log odds that a name may lose the words; below 0 where it hardly may."""
        return sum([math.log(share / (1 - share)) for share in map(self.may_lose, sorted(words))])

    def lay(self, first: Collection[str], second: Collection[str]) -> Laid:
        """Return the words that one name has and the other lacks, with those that stand for each other paired, the likest first, and each once.

        >>> laid = read_synonymy(["paralys\\tpals\\t29\\t2"]).lay({"facial", "paralys"}, {"facial", "pals", "sudden"})
        >>> [pair[:2] for pair in laid.pairs], sorted(laid.left), sorted(laid.added)
        ([('paralys', 'pals')], [], ['sudden'])
        """
        left, added = set(first).difference(second), set(second).difference(first)
        found = [(-share, word, other) for word in left if (known := self.pairs.get(word)) for other in added if (share := known.get(other)) is not None]
        pairs = []
        for share, word, other in sorted(found):
            if word in left and other in added:
                left.discard(word)
                added.discard(other)
                pairs.append((word, other, -share))
        return Laid(tuple(pairs), frozenset(left), frozenset(added))


def read_synonymy(lines: Iterable[str]) -> Synonymy:
    """Return what lines of a word, another (empty where the counts are of names that lose the first), pairs of names of one concept, and pairs of names of two,
    say; lines that open with # are left out.

    >>> round(read_synonymy(["chron\\t\\t88\\t196"]).may_lose("chron"), 2)
    0.31
    """
    lost: dict[str, float] = {}
    pairs: dict[str, dict[str, float]] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        word, other, same, parted = line.rstrip("\n").split("\t")
        if not other:
            lost[word] = (int(same) + _LOST * _AS_MANY) / (int(same) + int(parted) + _AS_MANY)
        elif (share := int(same) / (int(same) + int(parted) + _DOUBT)) >= _LEAST_PAIR:
            pairs.setdefault(word, {})[other] = share
            pairs.setdefault(other, {})[word] = share
    return Synonymy(lost, pairs)


@cache
def load_synonymy() -> Synonymy:
    """Return the shares that litkg ships."""
    with files("litkg.grounding").joinpath("synonymy.tsv").open(encoding="utf-8") as handle:
        return read_synonymy(handle)
