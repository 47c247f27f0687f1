"""Strengths of links by name."""

from __future__ import annotations

import numpy as np
import pytest

from litkg.hypotheses.choices import METRICS
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.metrics import strength
from tests.hypotheses.literatures import literature


def between(metric: str, table: Links, first: int = 0, second: int = 1) -> float:
    place = table.place(first, second)
    assert place is not None
    return float(strength(table, metric, np.array([first], dtype=np.int32), np.array([place]))[0])


@pytest.fixture
def table() -> Links:
    """Return a table of two concepts that five of ten documents mention together; one claims with belief .4 that the first raises the second."""
    mentions = [(document, concept) for document in range(5) for concept in (0, 1)] + [(document, 2) for document in range(10)]
    return link(literature(3, [1980] * 10, mentions, [(0, 1, 1, True, False)], [(0, 0, 0.4, 0.0)]))


@pytest.mark.parametrize(
    ("metric", "forward", "backward"),
    [("belief", 0.4, 0.4), ("causal", 0.4, 0.0), ("caused", 0.0, 0.4), ("linked", 1.0, 1.0), ("support", 5.0, 5.0), ("combined", 0.6, 0.6)],
)
def test_a_link_is_as_strong_as_its_metric_says(table: Links, metric: str, forward: float, backward: float) -> None:
    assert [between(metric, table), between(metric, table, 1, 0)] == pytest.approx([forward, backward])


def test_combined_strength_grows_with_papers_and_belief(table: Links) -> None:
    alone = between("combined", table, 0, 2)
    assert 0 < alone < between("combined", table) < 1


@pytest.mark.parametrize("metric", METRICS)
def test_every_choice_is_a_metric(table: Links, metric: str) -> None:
    assert np.isfinite(between(metric, table))
