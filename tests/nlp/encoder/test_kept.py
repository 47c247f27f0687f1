"""Rows that are kept by key."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from litkg.nlp.encoder.kept import Floats, KeptRows


def doubled(keys: Sequence[int]) -> Floats:
    return np.asarray([[key, 2 * key] for key in keys], dtype=np.float32).reshape(-1, 2)


@given(st.lists(st.lists(st.integers(0, 30), max_size=8), max_size=20), st.integers(1, 12))
def test_gives_each_key_its_row_and_keeps_no_more_than_told(calls: list[list[int]], most: int) -> None:
    kept = KeptRows(doubled, columns=2, most=most)
    for keys in calls:
        assert np.array_equal(kept.rows(keys), doubled(keys))
        assert len(kept) <= max([most, *(len(set(other)) for other in calls)])


def test_makes_a_row_once_and_hands_out_copies() -> None:
    made: list[int] = []

    def make(keys: Sequence[int]) -> Floats:
        made.extend(keys)
        return doubled(keys)

    kept = KeptRows(make, columns=2, most=10)
    kept.rows([1, 2, 1])[:] = 0
    assert np.array_equal(kept.rows([2, 3]), [[2, 4], [3, 6]])
    assert made == [1, 2, 3]
