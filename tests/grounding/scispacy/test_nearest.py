"""The search among trigram vectors finds what comparing all of them finds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from litkg.grounding.scispacy.nearest import NearestRows

LEAST = 0.5
NUMBERS = st.floats(0.125, 8, width=32)


def unit_rows(rows: list[dict[int, float]], terms: int) -> Any:
    dense = np.zeros((len(rows), terms), dtype=np.float32)
    for place, row in enumerate(rows):
        for term, value in row.items():
            dense[place, term] = value
        dense[place] /= np.linalg.norm(dense[place])
    return csr_matrix(dense)


def search(vectors: Any) -> NearestRows:
    by_term = vectors.T.tocsr()
    return NearestRows(by_term.indptr.astype(np.int64), by_term.indices.astype(np.int32), by_term.data, count=vectors.shape[0], least=LEAST)


VECTORS = st.lists(st.dictionaries(st.integers(0, 11), NUMBERS, min_size=1, max_size=8), min_size=1, max_size=30)


@given(VECTORS, VECTORS)
def test_the_nearest_rows_are_those_that_a_whole_comparison_finds(rows: list[dict[int, float]], queries: list[dict[int, float]]) -> None:
    vectors, asked = unit_rows(rows, 12), unit_rows(queries, 12)
    whole = (asked @ vectors.T).toarray()
    for (found, distances), similarities in zip(search(vectors).knnQueryBatch(asked, k=5), whole, strict=True):
        assert 1 - distances == pytest.approx(similarities[found], abs=1e-4)
        near = np.sort(similarities[similarities > LEAST + 1e-4])[::-1][:5]
        if len(near):
            assert np.sort(1 - distances)[::-1][: len(near)] == pytest.approx(near, abs=1e-4)


def test_of_equally_near_rows_the_first_come_first() -> None:
    vectors = unit_rows([{0: 1.0}, {1: 1.0}, {1: 1.0}, {1: 2.0}], 2)
    ((rows, _),) = search(vectors).knnQueryBatch(unit_rows([{1: 3.0}], 2), k=2)
    assert rows.tolist() == [1, 2]


def test_a_query_without_near_rows_gets_one_with_its_own_distance() -> None:
    vectors = unit_rows([{0: 1.0, 1: 3.0}, {2: 1.0}], 4)
    ((rows, distances),) = search(vectors).knnQueryBatch(unit_rows([{0: 1.0, 3: 2.0}], 4), k=5)
    assert rows.tolist() == [0]
    assert 1 - distances[0] == pytest.approx(1 / np.sqrt(10 * 5))


def test_one_query_leaves_nothing_behind_for_the_next() -> None:
    vectors = unit_rows([{0: 1.0}, {0: 1.0, 1: 1.0}], 2)
    searching, asked = search(vectors), unit_rows([{0: 1.0}], 2)
    first, second = (searching.knnQueryBatch(asked, k=2)[0][1].tolist() for _ in range(2))
    assert first == second
