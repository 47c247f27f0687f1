"""Finds misspelt drug and disease names: unknown words that are nearly a name found elsewhere in the same document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from litkg.lexicon.normalise import fold

MIN_LENGTH = 8
MAX_DISTANCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Misspelling:
    """A word `[start, end)` of the text that is nearly `name`."""

    start: int
    end: int
    name: str


def find_misspellings(
    text: str, token_spans: Sequence[tuple[int, int]], document_names: Iterable[str], knows_word: Callable[[str], bool]
) -> tuple[Misspelling, ...]:
    """Return the words that are nearly one of `document_names`, in text order.

    A word counts when it has eight letters or more, `knows_word` does not know it, and two changes at most (a letter put in, left out, replaced, or
    two neighbours swapped) make it a name of one word. Where it is equally near to two names, it is none of them.
    """
    names: dict[str, str] = {}
    for name in document_names:
        if len(name) >= MIN_LENGTH and name.isalpha():
            names.setdefault(fold(name), name)
    found = []
    decided: dict[str, str | None] = {}
    for start, end in token_spans:
        word = text[start:end]
        if len(word) < MIN_LENGTH - 1 or not word.isalpha():
            continue
        folded = fold(word)
        if folded not in decided:
            decided[folded] = None if folded in names or knows_word(word) else _nearest(folded, names)
        nearest = decided[folded]
        if nearest is not None:
            found.append(Misspelling(start=start, end=end, name=nearest))
    return tuple(found)


def _nearest(word: str, names: dict[str, str]) -> str | None:
    near = sorted((distance, name) for folded, name in names.items() if (distance := OSA.distance(word, folded, score_cutoff=MAX_DISTANCE)) <= MAX_DISTANCE)
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]
