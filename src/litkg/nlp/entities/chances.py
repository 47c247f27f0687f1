"""From tag scores to probabilities: of one convention's tags, or of those on which conventions agree, drawn to their mean over the places of a word.

Owns the arithmetic alone. Scores have a row a tag, in the order of `conventions`, so that sums over tags run along memory; probabilities have a row a token.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from litkg.nlp.entities.conventions import HEADS, head_slices
from litkg.nlp.entities.decoding import Floats

SHARED = 0.5
"""How far a word's tag probabilities are drawn to their mean over the text; chosen on dev parts."""
_LEAST = np.float32(1e-6)


def of_convention(scores: Floats, head: str) -> Floats:
    """Return the probabilities of the tags of one convention, of shape (tokens, tags), from the scores of all, of shape (TAGS, tokens)."""
    return np.ascontiguousarray(_softmax(scores[head_slices()[head]]).T)


def of_agreement(scores: Floats, kinds: Mapping[str, Sequence[str]]) -> Floats:
    """Return the probabilities of B, I, E, S of each type, one type after the other, each the mean over the conventions that it names.

    Shape (tokens, 4 types), from the scores of all conventions, of shape (TAGS, tokens).
    """
    slices = head_slices()
    chances = {head: _softmax(scores[slices[head]]) for head in dict.fromkeys(head for heads in kinds.values() for head in heads)}
    total = np.zeros((4 * len(kinds), scores.shape[1]), dtype=np.float32)
    for index, (kind, heads) in enumerate(kinds.items()):
        rows = total[4 * index : 4 * index + 4]
        for head in heads:
            first = 1 + 4 * HEADS[head].index(kind)
            rows += chances[head][first : first + 4]
        rows /= len(heads)
    return np.ascontiguousarray(total.T)


def one_type(chances: Floats) -> Floats:
    """Return the probabilities of O, B, I, E, S, of shape (tokens, 5), from those of B, I, E, S; none is 0, so that all have logarithms."""
    whole = np.empty((len(chances), 5), dtype=np.float32)
    whole[:, 1:] = chances
    whole[:, 0] = 1 - chances.sum(axis=1)
    return floored(whole)


def floored(chances: Floats) -> Floats:
    """Return the probabilities, none of them 0, so that all have logarithms."""
    return np.maximum(chances, _LEAST)


def share_by_word(words: Sequence[str], chances: Floats) -> Floats:
    """Return the probabilities, each word's drawn towards the mean of all its places in the text, since a word seldom changes its sense within a paper
    (Gale, Church and Yarowsky 1992, "One sense per discourse"). Punctuation and single letters keep theirs. Shapes (tokens, columns)."""
    order, counts = _repeated(words)
    shared = chances.copy()
    if len(order):
        own = chances[order]
        means = np.add.reduceat(own, np.cumsum(counts) - counts, axis=0) / counts[:, None]
        own *= 1 - SHARED
        own += np.repeat((SHARED * means).astype(np.float32), counts, axis=0)
        shared[order] = own
    return shared


def _repeated(words: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the places of the words that stand in several, word by word, and how many places each of these has."""
    first: dict[str, int] = {}
    count = len(words)
    numbers = np.asarray([first.setdefault(word, at) if len(word) > 1 else count + at for at, word in enumerate(words)], dtype=np.int64)
    order = np.argsort(numbers, kind="stable")
    found = numbers[order]
    borders = np.flatnonzero(np.diff(found, prepend=-1, append=2 * count + 1))
    counts = np.diff(borders)
    return order[np.repeat(counts > 1, counts)], counts[counts > 1]


def _softmax(scores: Floats) -> Floats:
    chances: Floats = scores - scores.max(axis=0)
    np.exp(chances, out=chances)
    chances /= chances.sum(axis=0)
    return chances
