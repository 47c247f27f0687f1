"""From tag scores to spans: the best sequence of tags in which every name begins and ends.

Owns Viterbi decoding over O, B, I, E, S tags; refuses to know what the types are.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_NEVER = np.float32(-1e4)
_MARGIN = 4
"""Tokens around those with a likely tag that the search takes in."""


@cache
def _transitions(types: int) -> Floats:
    """Return 0 where the tag of a row may stand before the tag of a column and a large negative number elsewhere; shape (tags, tags), tags = 1 + 4 types."""
    tags = 1 + 4 * types
    allowed = np.full((tags, tags), _NEVER, dtype=np.float32)
    begins = [0] + [1 + 4 * kind for kind in range(types)] + [4 + 4 * kind for kind in range(types)]
    ends = [0] + [3 + 4 * kind for kind in range(types)] + [4 + 4 * kind for kind in range(types)]
    allowed[np.ix_(ends, begins)] = 0
    for kind in range(types):
        begin, inside, end = 1 + 4 * kind, 2 + 4 * kind, 3 + 4 * kind
        allowed[[begin, begin, inside, inside], [inside, end, inside, end]] = 0
    return allowed


def viterbi(scores: Floats) -> npt.NDArray[np.int64]:
    """Return the best tags of a sequence that can be read as names; `scores` are logarithms, of shape (tokens, 1 + 4 types).

    Only where the best tag of some token is not O is there anything to search: elsewhere O is best, and O may stand beside any whole name. Nor is there where
    the best tag of each token makes names as it is.
    """
    path: npt.NDArray[np.int64] = scores.argmax(axis=1)
    touched = np.flatnonzero(path)
    if not len(touched):
        return path
    tags = scores.shape[1]
    allowed = _transitions((tags - 1) // 4)
    wrong = np.flatnonzero(np.append(allowed[path[:-1], path[1:]] < 0, _stop(tags)[path[-1]] < 0))
    if _start(tags)[path[0]] < 0:
        wrong = np.append(0, wrong)
    if not len(wrong):
        return path
    # A stretch holds all tokens with a likely tag that are no farther from each other than two margins.
    breaks = np.flatnonzero(np.diff(touched) > 2 * _MARGIN) + 1
    firsts, lasts = touched[np.append(0, breaks)] - _MARGIN, touched[np.append(breaks, len(touched)) - 1] + _MARGIN + 1
    for stretch in np.unique(np.searchsorted(firsts, wrong, side="right") - 1).tolist():
        first, last = max(int(firsts[stretch]), 0), min(int(lasts[stretch]), len(scores))
        path[first:last] = _search(scores[first:last], allowed)
    return path


def _search(scores: Floats, allowed: Floats) -> npt.NDArray[np.int64]:
    length, tags = scores.shape
    columns = np.arange(tags)
    best = scores[0] + _start(tags)
    back = np.zeros((length, tags), dtype=np.int64)
    for at in range(1, length):
        reach = best[:, None] + allowed
        back[at] = reach.argmax(axis=0)
        best = reach[back[at], columns] + scores[at]
    path = np.zeros(length, dtype=np.int64)
    path[-1] = int((best + _stop(tags)).argmax())
    for at in range(length - 1, 0, -1):
        path[at - 1] = back[at, path[at]]
    return path


@cache
def _start(tags: int) -> Floats:
    positions = np.arange(tags) - 1
    return np.where((positions >= 0) & ((positions % 4 == 1) | (positions % 4 == 2)), _NEVER, np.float32(0))


@cache
def _stop(tags: int) -> Floats:
    positions = np.arange(tags) - 1
    return np.where((positions >= 0) & ((positions % 4 == 0) | (positions % 4 == 1)), _NEVER, np.float32(0))


def read_spans(path: npt.NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Return `(first token, last token + 1, type)` of the names that the tags spell."""
    spans = []
    start = 0
    for at in np.flatnonzero(path).tolist():
        kind, position = divmod(int(path[at]) - 1, 4)
        if position in (0, 3):
            start = at
        if position in (2, 3):
            spans.append((start, at + 1, kind))
    return spans
