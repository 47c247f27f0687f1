"""Fits the weights: the probability of the right candidates among all of a mention and the answer that none is right, as large as may be, with small weights.

Several candidates may be right (a concept found in two ways): their probabilities add up. Found with L-BFGS; the same input gives the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from litkg.grounding.score import Part

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """A mention's options: the parts of each, and whether it is right. Where none is, the answer that none of them is right is. `counts` says for how many
    mentions it stands, above 0."""

    options: tuple[tuple[Part, ...], ...]
    right: tuple[bool, ...]
    counts: float = 1.0


def fit(choices: Sequence[Choice], *, decay: float, or_none: bool = True) -> dict[str, float]:
    """Return the weight of each feature. `decay` is the strength of the pull to 0; what parts already add (weights set by hand) is kept. With `or_none`
    that none of its options is right is an answer too."""
    choices = [choice for choice in choices if choice.options]
    rows = [parts for choice in choices for parts in choice.options]
    learned = sorted({part.feature for parts in rows for part in parts if not part.adds and part.value})
    column = {name: index for index, name in enumerate(learned)}
    cells = [(row, column[part.feature], part.value) for row, parts in enumerate(rows) for part in parts if part.feature in column]
    at_row, at_column, values = (np.asarray(item) for item in zip(*cells, strict=True))
    features = csr_matrix((values, (at_row, at_column)), shape=(len(rows), len(learned)))
    given = np.asarray([sum(part.adds for part in parts) for parts in rows])
    right = np.asarray([flag for choice in choices for flag in choice.right])
    sizes = np.asarray([len(choice.options) for choice in choices])
    starts = np.cumsum(sizes) - sizes
    times = np.asarray([choice.counts for choice in choices])
    none_right = ~np.logical_or.reduceat(right, starts)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = features @ weights + given
        top = np.maximum.reduceat(scores, starts)
        top = np.maximum(top, 0.0) if or_none else top
        powers = np.exp(scores - np.repeat(top, sizes))
        nothing = np.exp(-top) if or_none else 0.0 * top
        whole = np.add.reduceat(powers, starts) + nothing
        good = np.add.reduceat(powers * right, starts) + nothing * none_right
        share = np.repeat(times, sizes) * (powers / np.repeat(whole, sizes) - powers * right / np.repeat(np.maximum(good, 1e-300), sizes))
        total = float(np.sum(times * (np.log(whole) - np.log(np.maximum(good, 1e-300)))) + decay * weights @ weights)
        return total, features.T @ share + 2 * decay * weights

    found = minimize(loss, np.zeros(len(learned)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(weight), 3) for name, weight in zip(learned, found.x, strict=True)}
