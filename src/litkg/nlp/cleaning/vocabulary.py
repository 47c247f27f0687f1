"""What counts as a word: ordinary English, the document's own words, and those of the lexicon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_TOKEN = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)*(?![^\W\d_])")
_LINE_END_FRAGMENT = re.compile(r"(?<![^\W\d_])[^\W\d_]+[-\u2010\u2011\u00ad][^\S\n]*\n\s*[^\W\d_]+")

_FUNCTION_WORDS = (
    "a about after all also although an and any are as at be because been before being between both but by can could did do does during each "
    "either for from had has have he her his however if in into is it its may might more most must neither no nor not of off on one or other our "
    "out over per she should since so some such than that the their them then there these they this those through to two under until up upon was "
    "we were when where whereas whether which while who whom whose why will with within without would you your my me us "
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words of grammar: they end no sentence, name nothing, and rarely start or end a broken word."""


@lru_cache(maxsize=1)
def read_english() -> frozenset[str]:
    """Return the frequent words of English medical prose, lower-case; compounds with their hyphens.

    Source: words that occur lower-case in at least 30 (compounds: 25) of 4,002 open-access trial reports.
    """
    return frozenset(files("litkg.nlp.cleaning").joinpath("english.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a document may use. All look-ups are case-insensitive."""

    own: Counter[str]
    knows_word: Callable[[str], bool]

    def ordinary(self, word: str) -> bool:
        """Return whether the word is ordinary English, or one that the document uses by itself more than once and the lexicon has."""
        lower = word.lower()
        return lower in read_english() or (len(lower) > 3 and self.own[lower] > 1 and self.knows_word(lower))

    def confirmed(self, word: str) -> bool:
        """Return whether English, the lexicon or the document itself has the word."""
        lower = word.lower()
        return lower in read_english() or self.own[lower] > 0 or self.knows_word(lower)


def vocabulary_of(text: str, knows_word: Callable[[str], bool]) -> Vocabulary:
    """Return the vocabulary of a text: words broken at a line end are not counted, compounds count whole and in their parts."""
    own: Counter[str] = Counter()
    for match in _TOKEN.finditer(_LINE_END_FRAGMENT.sub(" ", text)):
        token = match.group().lower()
        own[token] += 1
        if "-" in token:
            own.update(token.split("-"))
    return Vocabulary(own, _remembering(knows_word))


def _remembering(knows_word: Callable[[str], bool]) -> Callable[[str], bool]:
    known: dict[str, bool] = {}

    def ask(word: str) -> bool:
        answer = known.get(word)
        if answer is None:
            answer = known[word] = knows_word(word)
        return answer

    return ask
