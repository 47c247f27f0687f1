"""How like another name is to the one that a text has: by their words, weighed by how rare these are and by what synonyms say of them, and by their letters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from litkg.grounding.synonymy import Synonymy
from litkg.grounding.word_index import WeighedWords, WordIndex
from litkg.grounding.words import stems_of

ASKED = "part of the words asked for"
"""The feature that every name has which is only like the one asked for."""
_WHOLE = 0.999
_MOST_WAYS = 8
_SEVERAL = re.compile(r"[a-z]{3}(?<!ss|us|is)s$|[A-Z0-9]s$|\b(?:family|superfamily|complex|class|group|domain|motif|region|sequence|site|box|finger|fold)$")
"""A plural, or a word for a class or a part of genes, at the end of a name."""


class Synonymous(NamedTuple):
    """What the lexicon's synonyms say of two names: the words of one that stand for words of the other, with each pair's share; what part of each name's words
    the other has if such words count by their shares (`asked`, `found`) and if what is left counts by how often names may lose it (`asked_lost`, `found_lost`),
    each in [0, 1]; the words left in each, and the log odds that a name may lose them; and, by how much the products of both parts are below those of the
    nearest of the candidates (`behind`, `behind_lost`)."""

    pairs: tuple[tuple[str, str, float], ...]
    asked: float
    found: float
    asked_lost: float
    found_lost: float
    left: frozenset[str]
    added: frozenset[str]
    left_log_odds: float
    added_log_odds: float
    behind: float = 0.0
    behind_lost: float = 0.0

    @property
    def both(self) -> float:
        """Both parts, multiplied."""
        return self.asked * self.found

    @property
    def both_lost(self) -> float:
        """Both parts less what names lose, multiplied."""
        return self.asked_lost * self.found_lost


class Likeness(NamedTuple):
    """What part of the words asked for a name has, what part of its words was asked for, how alike the letters are, each in [0, 1]; whether the last words are
    one, whether the numbers are, and whether the letters that stand alone, Greek or Latin, are. `ways` is how many names lead to the concept. Of genes:
    `rivals` is how many others have as many of the words, `of_several` whether what was asked for is a plural, or a class or part of genes."""

    asked: float
    found: float
    letters: float
    same_head: bool
    same_numbers: bool
    same_letters: bool
    ways: int = 1
    rivals: int = 0
    of_several: bool = False
    synonymous: Synonymous | None = None


def likeness(asked: str, found: str, index: WordIndex | None, *, group: str = "", ways: int = 1, synonymy: Synonymy | None = None) -> Likeness:
    """Return how like `found` is to the name asked for; without an index all words weigh alike, without `synonymy` none stands for another.

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
        ways=ways,
        of_several=group == "gene" and _SEVERAL.search(asked) is not None,
        synonymous=_synonymous(first, second, shared, synonymy) if synonymy is not None else None,
    )


def likeness_parts(alike: Likeness, group: str) -> Iterator[tuple[str, float, str]]:
    """Yield what speaks for and against a name by its likeness: a feature's name, its value and what it says to a reader, empty where nothing."""
    yield ASKED, alike.asked, ""
    yield "part of the words found", alike.found, ""
    yield "both parts of the words", alike.asked * alike.found, ""
    yield "letters alike", alike.letters, ""
    if alike.asked >= _WHOLE:
        yield "all words asked for", 1.0, ""
    if alike.found >= _WHOLE:
        yield "no words added", 1.0, ""
    if not alike.same_head:
        yield "another last word", 1.0, ""
    if not alike.same_numbers:
        yield "another number in the name", 1.0, ""
    if alike.ways > 1:
        yield "ways that lead to it (log)", math.log(min(alike.ways, _MOST_WAYS)), ""
    if group == "gene":
        yield from _gene_parts(alike)
    if (said := alike.synonymous) is not None:
        yield "part of the words asked for, synonyms counted", said.asked, ", ".join([f"{word}- is {other}-" for word, other, _ in said.pairs])
        yield "part of the words found, synonyms counted", said.found, ""
        yield "both parts, synonyms counted", said.both, ""
        yield "part of the words asked for, less what names lose", said.asked_lost, ""
        yield "part of the words found, less what names lose", said.found_lost, ""
        yield "both parts, less what names lose", said.both_lost, ""
        yield "behind the nearest name, synonyms counted", said.behind, ""
        yield "behind the nearest name, less what names lose", said.behind_lost, ""
        if said.left:
            yield "words left out", float(len(said.left)), f"lacks {_listed(said.left)}"
            yield "words left out (log odds that names lose them)", said.left_log_odds, ""
        if said.added:
            yield "words added", float(len(said.added)), f"adds {_listed(said.added)}"
            yield "words added (log odds that names lose them)", said.added_log_odds, ""


def beside_each_other(alikes: Sequence[Likeness]) -> list[Likeness]:
    """Return how like the names of candidates are with by how much each is behind the nearest of them."""
    said = [alike.synonymous for alike in alikes if alike.synonymous is not None]
    if not said:
        return [*alikes]
    both, both_lost = max([each.both for each in said]), max([each.both_lost for each in said])
    return [
        alike if (own := alike.synonymous) is None else alike._replace(synonymous=own._replace(behind=both - own.both, behind_lost=both_lost - own.both_lost))
        for alike in alikes
    ]


def _listed(stems: frozenset[str]) -> str:
    """Return stems as a reader may take them, the one for nouns such as "disorder" by its name."""
    return ", ".join([f"{stem.lstrip('+')}-" for stem in sorted(stems)])


def _synonymous(first: WeighedWords, second: WeighedWords, shared: float, synonymy: Synonymy) -> Synonymous:
    laid = synonymy.lay(first.weights, second.weights)
    asked = shared + sum([share * first.weights[word] for word, _, share in laid.pairs])
    found = shared + sum([share * second.weights[other] for _, other, share in laid.pairs])
    return Synonymous(
        laid.pairs,
        asked / first.whole,
        found / second.whole,
        asked_lost=(asked + sum([synonymy.may_lose(word) * first.weights[word] for word in sorted(laid.left)])) / first.whole,
        found_lost=(found + sum([synonymy.may_lose(word) * second.weights[word] for word in sorted(laid.added)])) / second.whole,
        left=laid.left,
        added=laid.added,
        left_log_odds=synonymy.log_odds(laid.left),
        added_log_odds=synonymy.log_odds(laid.added),
    )


def _gene_parts(alike: Likeness) -> Iterator[tuple[str, float, str]]:
    if not alike.same_letters:
        yield "another letter in the name", 1.0, ""
    if alike.rivals:
        yield "others with as many of the words (log)", math.log1p(min(alike.rivals, _MOST_WAYS)), ""
    if alike.of_several:
        yield "asked for as several or a part", 1.0, ""


@lru_cache(maxsize=10_000)
def _weighed_alike(words: tuple[str, ...]) -> WeighedWords:
    return WeighedWords.of(words, dict.fromkeys(words, 1.0))
