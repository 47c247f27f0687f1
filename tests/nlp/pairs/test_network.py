"""The network of pairs beside a plain reading of its equations, pair by pair."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from litkg.nlp.encoder.kept import Floats
from litkg.nlp.pairs.network import FARTHEST, STRIDES, Asked, PairNetwork

WIDTH, COLUMNS, LOOKS, HIDDEN, OUT, KINDS, BITS = 6, 5, 2, 7, 4, 3, 4
Weights = dict[str, npt.NDArray[Any]]


class Fixed:
    """An encoder whose states are given."""

    def __init__(self, states: Floats) -> None:
        self._states = states

    def states(self, words: Any, marks: Any) -> Floats:
        return self._states[: len(words)]


@pytest.fixture
def weights() -> Weights:
    rng = np.random.default_rng(4)

    def linear(name: str, rows: int, columns: int) -> Weights:
        return {f"{name}.weight": rng.normal(size=(rows, columns)), f"{name}.bias": rng.normal(size=rows)}

    found = linear("value", COLUMNS, WIDTH) | linear("look", LOOKS, COLUMNS) | linear("classes", 3, BITS) | linear("out", OUT, HIDDEN)
    found |= linear("hidden", HIDDEN, 2 * WIDTH + (LOOKS + 1) * COLUMNS + 2 + 3)
    for index in range(len(STRIDES)):
        found |= linear(f"pair_layers.{index}", 2 * COLUMNS, 3 * COLUMNS)
    sizes = {"to_subject": 2 * FARTHEST + 1, "to_object": 2 * FARTHEST + 1, "side": 4, "tag": 3, "dep": 3, "held": KINDS + 1}
    found |= {f"{name}.weight": rng.normal(size=(rows, COLUMNS)) for name, rows in sizes.items()}
    found["kind.weight"] = rng.normal(size=(KINDS**2, 2))
    found |= {"pair_norm.weight": rng.normal(size=COLUMNS), "pair_norm.bias": rng.normal(size=COLUMNS)}
    return found


def plain_scores(weights: Weights, states: npt.NDArray[np.float64], asked: Asked, row: int) -> npt.NDArray[np.float64]:
    """Return one pair's scores as the equations have them, word by word."""

    def linear(name: str, x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(weights[f"{name}.weight"] @ x + weights[f"{name}.bias"])

    s0, s1, o0, o1 = asked.places[row]
    words = []
    for at, state in enumerate(states):
        x = linear("value", state) + sum(weights[f"{name}.weight"][asked.syntax[at, column]] for column, name in enumerate(("tag", "dep", "held")))
        for name, first, past in (("to_subject", s0, s1), ("to_object", o0, o1)):
            distance = at - first if at < first else max(at - past + 1, 0)
            x = x + weights[f"{name}.weight"][min(max(distance, -FARTHEST), FARTHEST) + FARTHEST]
        x = np.maximum(x + weights["side.weight"][asked.sides[row, at]], 0)
        words.append((x - x.mean()) / np.sqrt(x.var() + 1e-5) * weights["pair_norm.weight"] + weights["pair_norm.bias"])
    for index, stride in enumerate(STRIDES):
        empty = np.zeros(COLUMNS)
        windows = [
            np.concatenate([words[at - stride] if at >= stride else empty, words[at], words[at + stride] if at + stride < len(words) else empty])
            for at in range(len(words))
        ]
        made = [linear(f"pair_layers.{index}", window) for window in windows]
        words = [word + y[:COLUMNS] / (1 + np.exp(-y[COLUMNS:])) for word, y in zip(words, made, strict=True)]
    u = np.stack(words)
    looks = np.exp(np.stack([linear("look", word) for word in u]))
    looks /= looks.sum(axis=0)
    kinds = asked.kinds[row]
    x = np.concatenate(
        [
            states[s0:s1].mean(axis=0),
            states[o0:o1].mean(axis=0),
            (looks.T @ u).ravel(),
            u.max(axis=0),
            weights["kind.weight"][kinds[0] * KINDS + kinds[1]],
            np.maximum(linear("classes", asked.classes[row].astype(float)), 0),
        ]
    )
    return linear("out", np.maximum(linear("hidden", x), 0))


@pytest.mark.parametrize("length", [1, 2, 30])
def test_scores_are_those_of_the_equations(weights: Weights, length: int) -> None:
    rng = np.random.default_rng(length)
    states = rng.normal(size=(length, WIDTH)).astype(np.float32)
    last = length - 1
    asked = Asked(
        syntax=np.stack([rng.integers(3, size=length), rng.integers(3, size=length), rng.integers(KINDS + 1, size=length)], axis=1),
        places=np.asarray([(0, 1, last, length), (last, length, 0, 1)]),
        kinds=np.asarray([(0, 2), (1, 1)]),
        classes=rng.integers(2, size=(2, BITS)).astype(np.bool_),
        sides=rng.integers(4, size=(2, length)).astype(np.int8),
    )
    network = PairNetwork(Fixed(states), weights, kinds=KINDS)  # type: ignore[arg-type]
    first, second = network.read(["word"] * length, np.zeros((length, 1), dtype=np.uint8), [asked, asked])
    assert np.array_equal(first, second)
    for row in range(2):
        assert first[row] == pytest.approx(plain_scores(weights, states.astype(np.float64), asked, row), abs=2e-3, rel=2e-3)
