"""Logistic regression with an L2 penalty over named features, by Newton's method, and the error of a calibration.

Owns the arithmetic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[Any]
_NEARLY_FREE = 1e-3
"""Penalty of what is free, so that there is an answer where all examples are alike."""
_STEPS = 50
_STILL = 1e-9
BINS = 10
FEWEST_EXAMPLES = 10
"""Features with fewer examples say nothing: what they would tell is backed off to what is told by the others."""


class Features:
    """Numbers the features of some examples; rare ones have no number. Those whose name is or begins with one of `free` are nearly free of the penalty."""

    def __init__(self, examples: Sequence[Mapping[str, float]], free: tuple[str, ...]) -> None:
        counts = Counter(name for example in examples for name in example)
        self.names = sorted(name for name, count in counts.items() if count >= FEWEST_EXAMPLES)
        self._free = free
        self._numbers = {name: number for number, name in enumerate(self.names)}

    def matrix(self, examples: Sequence[Mapping[str, float]]) -> Floats:
        """Return one row an example; features without a number are left out."""
        rows = np.zeros((len(examples), len(self.names)))
        for row, example in zip(rows, examples, strict=True):
            for name, value in example.items():
                if name in self._numbers:
                    row[self._numbers[name]] = value
        return rows

    def penalties(self, penalty: float) -> Floats:
        """Return what each weight is drawn to 0 by."""
        return np.array([_NEARLY_FREE if name.startswith(self._free) else penalty for name in self.names])


def fit(rows: Floats, right: Floats, penalties: Floats) -> Floats:
    """Return the weights; `right` is 1 or 0 a row."""
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = predict(rows, weights)
        slope = rows.T @ (chances - right) + penalties * weights
        step = np.linalg.solve((rows.T * (chances * (1 - chances))) @ rows + np.diag(penalties), slope)
        weights -= step
        if np.abs(step).max() < _STILL:
            break
    return weights


def predict(rows: Floats, weights: Floats) -> Floats:
    """Return a probability a row."""
    return np.asarray(1 / (1 + np.exp(-(rows @ weights))))


def effective_parameters(rows: Floats, weights: Floats, penalties: Floats) -> float:
    """Return the trace of what the penalties leave of the information in the rows."""
    chances = predict(rows, weights)
    information = (rows.T * (chances * (1 - chances))) @ rows
    return float(np.trace(np.linalg.solve(information + np.diag(penalties), information)))


def bins_of(chances: Floats, right: Floats, bins: int = BINS) -> list[tuple[int, float, float]]:
    """Return bins of equal mass from low to high: how many, their mean probability, and the share that is right."""
    order = np.argsort(chances, kind="stable")
    return [(len(part), float(chances[part].mean()), float(right[part].mean())) for part in np.array_split(order, min(bins, len(order)))]


def calibration_error(chances: Floats, right: Floats, bins: int = BINS) -> float:
    """Return the expected calibration error (Naeini et al. 2015, AAAI) over bins of equal mass."""
    return sum(count * abs(mean - share) for count, mean, share in bins_of(chances, right, bins)) / len(chances)


def error_by_chance(chances: Floats, bins: int = BINS, *, draws: int = 200) -> float:
    """Return the mean calibration error that perfectly calibrated probabilities would show here, since bins are small."""
    random = np.random.default_rng(0)
    return float(np.mean([calibration_error(chances, (random.random(len(chances)) < chances).astype(float), bins) for _ in range(draws)]))


def log_loss(chances: Floats, right: Floats) -> float:
    """Return the mean negative log likelihood, natural logarithm."""
    return float(-np.mean(right * np.log(chances) + (1 - right) * np.log1p(-chances)))
