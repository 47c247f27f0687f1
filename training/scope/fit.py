"""Fits log-linear models over named features: one choice among several, or yes and no; L-BFGS on the likelihood with a pull of the weights to 0.

Owns the fitting; the same input gives the same weights. Features seen once only teach nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from litkg.nlp.cues.loglinear import LogLinear, feature_key

Floats = npt.NDArray[np.float64]
_FEWEST = 2
_ITERATIONS = 100
_SMALLEST = 0.01
"""Weights nearer to 0 are left out."""


class Rows:
    """Candidates as sparse rows; `take` makes the rows of some."""

    def __init__(self, candidates: Sequence[Sequence[str]]) -> None:
        keys = [sorted({feature_key(name) for name in names}) for names in candidates]
        flat = np.fromiter((key for row in keys for key in row), dtype=np.int64)
        self.keys, columns = np.unique(flat, return_inverse=True)
        ends = np.cumsum([0, *(len(row) for row in keys)])
        self.matrix = csr_matrix((np.ones(len(flat), dtype=np.float32), columns, ends), shape=(len(keys), len(self.keys)))


def fit_choice(rows: Rows, sizes: Sequence[int], right: Sequence[int], chosen: Sequence[int], *, decay: float) -> LogLinear:
    """Return the model that makes the right one of each group of candidates likely. The rows of group i follow those of group i - 1; `right[i]` counts
    inside it; `chosen` are the groups that teach."""
    starts = np.cumsum([0, *sizes[:-1]])
    places = np.concatenate([np.arange(starts[group], starts[group] + sizes[group]) for group in chosen])
    lengths = np.asarray([sizes[group] for group in chosen])
    begins = np.cumsum(lengths) - lengths
    answers = begins + np.asarray([right[group] for group in chosen])

    def slope(scores: Floats) -> tuple[float, Floats]:
        top = np.maximum.reduceat(scores, begins)
        shares = np.exp(scores - np.repeat(top, lengths))
        whole = np.add.reduceat(shares, begins)
        shares /= np.repeat(whole, lengths)
        shares[answers] -= 1
        return float(np.sum(np.log(whole) + top - scores[answers])), shares

    return _fit(rows, places, slope, decay)


def fit_yes_no(rows: Rows, truth: Sequence[bool], chosen: Sequence[int], *, decay: float) -> LogLinear:
    """Return the model that makes true candidates likely and others unlikely; `chosen` are the rows that teach."""
    answers = np.asarray([truth[row] for row in chosen], dtype=np.float64)

    def slope(scores: Floats) -> tuple[float, Floats]:
        return float(np.sum(np.logaddexp(0, scores) - answers * scores)), 1 / (1 + np.exp(-scores)) - answers

    return _fit(rows, np.asarray(chosen), slope, decay)


def _fit(rows: Rows, places: npt.NDArray[np.int64], slope, decay: float) -> LogLinear:  # type: ignore[no-untyped-def]
    taught = rows.matrix[places]
    kept = np.flatnonzero(np.asarray(taught.sum(axis=0)).ravel() >= _FEWEST)
    matrix = taught[:, kept].tocsr()
    transposed = matrix.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, shares = slope(matrix @ weights)
        return total + decay * float(weights @ weights), transposed @ shares + 2 * decay * weights

    found = minimize(loss, np.zeros(len(kept)), jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS}).x
    large = np.abs(found) >= _SMALLEST
    return LogLinear(rows.keys[kept[large]], found[large].astype(np.float16))
