"""The linear model of pairs: multinomial logistic regression over `features`, one a corpus convention.

Owns the weights' file and their arithmetic: a feature's value is its group's weight over the square root of how many known features of the group the pair has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import numpy.typing as npt

from litkg.nlp.pairs.features import GROUPS

Floats = npt.NDArray[np.float32]


class LinearHead:
    """One convention's weights. `names` numbers the features, `weights` has a row a feature and a column a label."""

    def __init__(self, names: marisa_trie.Trie, weights: Floats, bias: Floats, shares: Sequence[float]) -> None:
        self._names, self._weights, self._bias = names, weights, bias
        self._shares = np.asarray(shares, dtype=np.float32)

    def scores(self, features: Mapping[str, int]) -> Floats:
        """Return the labels' scores, whose softmax is their probabilities; shape (labels,)."""
        rows, values = self._values(features)
        return np.asarray(self._bias + values @ self._weights[rows], dtype=np.float32)

    def parts(self, features: Mapping[str, int], label: int) -> list[tuple[str, float]]:
        """Return what each feature that is known gives to a label against the mean of all labels, the weightiest first."""
        rows, values = self._values(features)
        weights = self._weights[rows]
        gains = (weights[:, label] - weights.mean(axis=1)) * values
        known = [name for name in features if name in self._names]
        return sorted(zip(known, gains.tolist(), strict=True), key=lambda part: -abs(part[1]))

    def _values(self, features: Mapping[str, int]) -> tuple[npt.NDArray[np.int64], Floats]:
        find = self._names.get
        found = [(number, group) for name, group in features.items() if (number := find(name)) is not None]
        rows = np.fromiter((number for number, _ in found), dtype=np.int64, count=len(found))
        groups = np.fromiter((group for _, group in found), dtype=np.int64, count=len(found))
        counts = np.bincount(groups, minlength=len(GROUPS))
        return rows, (self._shares / np.sqrt(np.maximum(counts, 1)))[groups].astype(np.float32)


def read_heads(folder: Path, names: Sequence[str]) -> dict[str, LinearHead]:
    """Return the heads of these names that `write_heads` wrote.

    Raises: OSError, ValueError, KeyError where the files are missing or broken.
    """
    heads = {}
    with np.load(folder / "linear.npz", allow_pickle=False) as arrays:
        for head in names:
            weights = arrays[f"{head}.weights"].astype(np.float32) * arrays[f"{head}.scale"]
            heads[head] = LinearHead(marisa_trie.Trie().mmap(str(folder / f"{head}.marisa")), weights, arrays[f"{head}.bias"], arrays["shares"])
    return heads


def write_heads(folder: Path, heads: Mapping[str, tuple[Sequence[str], Floats, Floats]], *, shares: Sequence[float]) -> None:
    """Write heads: features' names, weights of shape (features, labels) and biases; weights become 8-bit numbers with a scale a label. `shares` are the groups'
    weights."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, npt.NDArray[Any]] = {"shares": np.asarray(shares, dtype=np.float32)}
    for head, (names, weights, bias) in heads.items():
        trie = marisa_trie.Trie(sorted(names))
        order = np.argsort([trie[name] for name in names])
        scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
        arrays[f"{head}.weights"] = np.round(weights[order] / scale).astype(np.int8)
        arrays[f"{head}.scale"], arrays[f"{head}.bias"] = scale.astype(np.float32), bias.astype(np.float32)
        trie.save(str(folder / f"{head}.marisa"))
    np.savez_compressed(folder / "linear.npz", **arrays)
