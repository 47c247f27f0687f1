"""A log-linear model over named features: weights kept by the CRC-32 of a feature's name, sorted, so that they are small on disk and quick to look up.

Owns the weights' form; which features there are is decided by `detection` and `boundaries`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def feature_key(name: str) -> int:
    """Return the number under which a feature's weight is kept, below 2**32."""
    return zlib.crc32(name.encode())


class LogLinear:
    """Scores candidates by the sum of their features' weights; a feature without a weight adds nothing."""

    def __init__(self, keys: npt.NDArray[Any], weights: npt.NDArray[Any]) -> None:
        self.keys = keys.astype(np.uint32)
        self.weights = weights.astype(np.float64)

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]], name: str) -> LogLinear:
        """Return the model called `name` among the arrays of a file of weights."""
        return cls(arrays[f"{name}.keys"], arrays[f"{name}.weights"])

    def scores(self, candidates: Sequence[Iterable[str]]) -> Floats:
        """Return one score a candidate, in log odds; a feature counts once."""
        keys = [{feature_key(name) for name in names} for names in candidates]
        flat = np.fromiter((key for row in keys for key in row), dtype=np.uint32)
        if not len(flat) or not len(self.keys):
            return np.zeros(len(keys))
        at = np.minimum(np.searchsorted(self.keys, flat), len(self.keys) - 1)
        values = np.where(self.keys[at] == flat, self.weights[at], 0.0)
        owner = np.repeat(np.arange(len(keys)), [len(row) for row in keys])
        return np.asarray(np.bincount(owner, weights=values, minlength=len(keys)), dtype=np.float64)
