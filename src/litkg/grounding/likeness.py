"""How like another name is to the one that a text has: by their words, weighed by how rare these are, and by their letters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from litkg.grounding.word_index import WeighedWords, WordIndex
from litkg.grounding.words import stems_of

ASKED = "part of the words asked for"
"""The feature that every name has which is only like the one asked for."""
_WHOLE = 0.999
_MOST_WAYS = 8
_SEVERAL = re.compile(r"[a-z]{3}(?<!ss|us|is)s$|[A-Z0-9]s$|\b(?:family|superfamily|complex|class|group|domain|motif|region|sequence|site|box|finger|fold)$")
"""A plural, or a word for a class or a part of genes, at the end of a name."""


class Likeness(NamedTuple):
    """What part of the words asked for a name has, what part of its words was asked for, how alike the letters are, each in [0, 1]; whether the last words are
    one, whether the numbers are, and whether the letters that stand alone, Greek or Latin, are. `left_out` and `added` are the common words of one that the
    other lacks, `ways` is how many names lead to the concept. Of genes: `rivals` is how many others have as many of the words, `of_several` whether what was
    asked for is a plural, or a class or part of genes."""

    asked: float
    found: float
    letters: float
    same_head: bool
    same_numbers: bool
    same_letters: bool
    left_out: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    ways: int = 1
    rivals: int = 0
    of_several: bool = False


def likeness(asked: str, found: str, index: WordIndex | None, *, group: str = "", ways: int = 1) -> Likeness:
    """Return how like `found` is to the name asked for; without an index all words weigh alike, and none is common.

    >>> alike = likeness("type 2 toxicity of the kidneys", "kidney disease", None)
    >>> round(alike.asked, 2), alike.found, alike.same_head, alike.same_numbers
    (0.5, 1.0, False, False)
    """
    weighed = index.weighed if index is not None else _weighed_alike
    first, second = weighed(stems_of(asked, group)), weighed(stems_of(found, group))
    shared = first.weight_of(first.weights.keys() & second.weights.keys())
    return Likeness(
        shared / first.whole,
        shared / second.whole,
        letters=fuzz.ratio(asked.lower(), found.lower()) / 100,
        same_head=first.head == second.head != "",
        same_numbers=first.numbers == second.numbers,
        same_letters=first.letters == second.letters,
        left_out=tuple([word for word in first.common if word not in second.weights]),
        added=tuple([word for word in second.common if word not in first.weights]),
        ways=ways,
        of_several=group == "gene" and _SEVERAL.search(asked) is not None,
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
    if group == "gene":
        yield from _gene_parts(alike)
    if group == "disease":
        yield from ((f"left out {word}", 1.0) for word in alike.left_out)
        yield from ((f"added {word}", 1.0) for word in alike.added)


def _gene_parts(alike: Likeness) -> Iterator[tuple[str, float]]:
    if not alike.same_letters:
        yield "another letter in the name", 1.0
    if alike.rivals:
        yield "others with as many of the words (log)", math.log1p(min(alike.rivals, _MOST_WAYS))
    if alike.of_several:
        yield "asked for as several or a part", 1.0


@lru_cache(maxsize=10_000)
def _weighed_alike(words: tuple[str, ...]) -> WeighedWords:
    return WeighedWords.of(words, dict.fromkeys(words, 1.0))
