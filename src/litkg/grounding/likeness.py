"""How like another name is to the one that a text has: by their words, weighed by how rare these are, and by their letters."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from litkg.grounding.word_index import WeighedWords, WordIndex
from litkg.grounding.words import name_stems

ASKED = "part of the words asked for"
"""The feature that every name has which is only like the one asked for."""
_WHOLE = 0.999
_MOST_WAYS = 8


class Likeness(NamedTuple):
    """What part of the words asked for a name has, what part of its words was asked for, how alike the letters are, each in [0, 1]; whether the last words are
    one, and whether the numbers are. `left_out` and `added` are the common words of one that the other lacks, `ways` is how many names lead to the concept."""

    asked: float
    found: float
    letters: float
    same_head: bool
    same_numbers: bool
    left_out: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    ways: int = 1


def likeness(asked: str, found: str, index: WordIndex | None, *, ways: int = 1) -> Likeness:
    """Return how like `found` is to the name asked for; without an index all words weigh alike, and none is common.

    >>> alike = likeness("type 2 toxicity of the kidneys", "kidney disease", None)
    >>> round(alike.asked, 2), alike.found, alike.same_head, alike.same_numbers
    (0.5, 1.0, False, False)
    """
    weighed = index.weighed if index is not None else _weighed_alike
    first, second = weighed(name_stems(asked)), weighed(name_stems(found))
    shared = first.weight_of(first.weights.keys() & second.weights.keys())
    return Likeness(
        shared / first.whole,
        shared / second.whole,
        letters=fuzz.ratio(asked.lower(), found.lower()) / 100,
        same_head=first.head == second.head != "",
        same_numbers=first.numbers == second.numbers,
        left_out=tuple([word for word in first.common if word not in second.weights]),
        added=tuple([word for word in second.common if word not in first.weights]),
        ways=ways,
    )


def likeness_parts(alike: Likeness, group: str) -> Iterator[tuple[str, float]]:
    """Yield what speaks for and against a name of a group by its likeness, as pairs of a feature's name and value."""
    yield ASKED, alike.asked
    yield "part of the words found", alike.found
    yield "both parts of the words", alike.asked * alike.found
    yield "letters alike", alike.letters
    if alike.asked >= _WHOLE:
        yield "all words asked for", 1.0
    if alike.found >= _WHOLE:
        yield "no words added", 1.0
    if not alike.same_head:
        yield "another last word", 1.0
    if not alike.same_numbers:
        yield "another number in the name", 1.0
    if alike.ways > 1:
        yield "ways that lead to it (log)", math.log(min(alike.ways, _MOST_WAYS))
    if group == "disease":
        yield from ((f"left out {word}", 1.0) for word in alike.left_out)
        yield from ((f"added {word}", 1.0) for word in alike.added)


@lru_cache(maxsize=10_000)
def _weighed_alike(words: tuple[str, ...]) -> WeighedWords:
    return WeighedWords.of(words, dict.fromkeys(words, 1.0))
