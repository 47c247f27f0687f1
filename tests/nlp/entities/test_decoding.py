"""From tag scores to spans."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from litkg.nlp.entities.decoding import read_spans, viterbi


def readable(path: tuple[int, ...]) -> bool:
    """Tell whether every name begins and ends; the tags are O, then B, I, E, S of each type."""
    inside = None
    for tag in path:
        kind, position = divmod(tag - 1, 4)
        if inside is None:
            if tag and position in (1, 2):
                return False
            inside = kind if tag and position == 0 else None
        else:
            if not tag or kind != inside or position not in (1, 2):
                return False
            inside = None if position == 2 else inside
    return inside is None


@given(arrays(np.float32, (4, 5), elements=st.integers(-8, 8).map(float)))
def test_finds_the_best_readable_tags(scores: npt.NDArray[np.float32]) -> None:
    best = max(sum(float(scores[at, tag]) for at, tag in enumerate(path)) for path in product(range(5), repeat=4) if readable(path))
    path = tuple(viterbi(scores).tolist())
    assert readable(path)
    if scores.argmax(axis=1).any():
        assert sum(float(scores[at, tag]) for at, tag in enumerate(path)) == best


@given(arrays(np.float32, st.tuples(st.integers(0, 40), st.just(9)), elements=st.integers(-5, 5).map(float)))
def test_spans_are_in_order_and_apart(scores: npt.NDArray[np.float32]) -> None:
    path = viterbi(scores)
    assert readable(tuple(path.tolist()))
    spans = read_spans(path)
    assert all(first < last for first, last, _ in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@given(st.lists(st.tuples(st.integers(0, 11), arrays(np.float32, (3, 5), elements=st.integers(-9, 9).map(float))), max_size=5))
def test_stretches_far_apart_are_searched_apart(parts: list[tuple[int, npt.NDArray[np.float32]]]) -> None:
    quiet = np.asarray([[0, -9, -9, -9, -9]], dtype=np.float32)
    pieces = [quiet, *(np.concatenate([np.tile(quiet, (gap + 6, 1)), scores, np.tile(quiet, (6, 1))]) for gap, scores in parts)]
    assert viterbi(np.concatenate(pieces)).tolist() == np.concatenate([viterbi(piece) for piece in pieces]).tolist()


def test_reads_names_side_by_side() -> None:
    assert read_spans(np.asarray([4, 0, 1, 2, 3, 5, 7])) == [(0, 1, 0), (2, 5, 0), (5, 7, 1)]
