"""The linear heads' file, and their arithmetic beside a plain one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from litkg.nlp.pairs.linear import LinearHead, read_heads, write_heads

NAMES = ["m|lower", "m|raise", "w|nsubj", "C|Gene"]
WEIGHTS = np.asarray([[0.5, -1.0], [-0.5, 2.0], [0.25, 0.0], [1.0, 1.0]], dtype=np.float32)
BIAS = np.asarray([0.1, -0.1], dtype=np.float32)
SHARES = (1.0, 0.5, 1.0, 1.0, 1.0, 2.0)


@pytest.fixture
def head(tmp_path: Path) -> LinearHead:
    write_heads(tmp_path, {"toy": (NAMES, WEIGHTS, BIAS)}, shares=SHARES)
    return read_heads(tmp_path, ["toy"])["toy"]


def test_scores_weigh_groups_alike_however_many_features_they_have(head: LinearHead) -> None:
    found = head.scores({"m|lower": 0, "m|raise": 0, "m|unknown": 0, "w|nsubj": 1, "C|Gene": 5})
    exact = BIAS + (WEIGHTS[0] + WEIGHTS[1]) / np.sqrt(2) + 0.5 * WEIGHTS[2] + 2 * WEIGHTS[3]
    assert found == pytest.approx(exact, abs=0.03), "8-bit numbers"


def test_no_known_feature_leaves_the_bias(head: LinearHead) -> None:
    assert head.scores({"m|unknown": 0}) == pytest.approx(BIAS)
    assert head.scores({}) == pytest.approx(BIAS)


def test_parts_are_sorted_by_weight_and_name_known_features(head: LinearHead) -> None:
    parts = head.parts({"m|unknown": 0, "w|nsubj": 1, "m|raise": 0}, 1)
    assert [name for name, _ in parts] == ["m|raise", "w|nsubj"]
    assert parts[0][1] == pytest.approx(1.25, abs=0.03)
