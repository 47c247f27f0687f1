"""Measures of counts against scipy's tables and their own definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, hypergeom

from litkg.hypotheses.cooccurrence import COUNTED, fisher, jaccard, log_likelihood, npmi


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    shared, only_first, only_second, neither = (draw(st.integers(0, 30)) for _ in range(4))
    return shared, shared + only_first, shared + only_second, shared + only_first + only_second + neither


def one(name: str, table: tuple[int, int, int, int]) -> float:
    shared, first, second, total = (np.array([value], dtype=np.float64) for value in table)
    return float(COUNTED[name](shared, first, second, float(total[0]))[0])


@given(tables())
def test_log_likelihood_is_that_of_scipy(table: tuple[int, int, int, int]) -> None:
    shared, first, second, total = table
    cells = np.array([[shared, first - shared], [second - shared, total - first - second + shared]])
    if 0 in (*cells.sum(axis=0), *cells.sum(axis=1)):
        return
    wanted = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
    found = one("log-likelihood", table)
    assert math.isclose(abs(found), wanted, rel_tol=1e-6, abs_tol=1e-6)
    assert found >= -1e-6 if shared * total >= first * second else found <= 1e-6


@given(tables())
def test_npmi_and_jaccard_keep_their_bounds(table: tuple[int, int, int, int]) -> None:
    shared, first, second, total = table
    if not min(first, second, total):
        return
    assert -1 <= one("npmi", table) <= 1
    assert 0 <= one("jaccard", table) <= 1
    if shared:
        assert math.isclose(one("npmi", table), 0, abs_tol=1e-9) == math.isclose(shared * total, first * second) or shared == total


@pytest.mark.parametrize(("table", "wanted"), [((5, 5, 5, 100), 1.0), ((0, 5, 5, 100), -1.0), ((1, 10, 10, 100), 0.0)])
def test_npmi_of_always_never_and_by_chance(table: tuple[int, int, int, int], wanted: float) -> None:
    assert one("npmi", table) == pytest.approx(wanted)


@given(tables())
def test_fisher_is_the_tail_of_scipys_hypergeometric(table: tuple[int, int, int, int]) -> None:
    shared, first, second, total = table
    if not total:
        return
    assert math.isclose(one("fisher", table), -hypergeom.logsf(shared - 1, total, first, second) / math.log(10), rel_tol=1e-9, abs_tol=1e-9)


def test_fisher_is_exact_where_chance_is_tiny() -> None:
    assert one("fisher", (400, 500, 500, 100_000)) == pytest.approx(-hypergeom.logsf(399, 100_000, 500, 500) / math.log(10), rel=1e-9)


def test_counts_without_documents_give_nothing() -> None:
    nothing = np.zeros(1)
    assert jaccard(nothing, nothing, nothing, 1.0).tolist() == [0.0]
    assert npmi(nothing, nothing, nothing, 1.0).tolist() == [-1.0]
    assert log_likelihood(nothing, nothing, nothing, 1.0).tolist() == [0.0]
    assert fisher(nothing, nothing, nothing, 1.0).tolist() == [0.0]
    assert fisher(nothing[:0], nothing[:0], nothing[:0], 1.0).tolist() == []
