"""Groups of words with like vectors, coarse and fine: what a model learns of "attenuated" it then knows of "blunted".

Owns the centres' file and the look-up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.nlp.encoder.vectors import WordVectors

_MOST_KNOWN = 100_000


class Clusters:
    """Finds words' clusters. `centres` has an array a level, of shape (clusters, columns), coarse levels first, with a scale for 8-bit numbers."""

    def __init__(self, centres: Mapping[str, npt.NDArray[Any]], vectors: WordVectors) -> None:
        levels = [centres[name].astype(np.float32) * float(centres["scale"]) for name in sorted(centres) if name != "scale"]
        # The nearest centre has the largest product less half its length squared.
        self._levels = [(np.ascontiguousarray(level.T), (level**2).sum(axis=1) / 2) for level in levels]
        self._vectors = vectors
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return each word's cluster on each level, coarse first; none for words without letters."""
        lower = [word.lower() for word in words]
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        fresh = [word for word in dict.fromkeys(lower) if word not in self._known]
        named = [word for word in fresh if any(map(str.isalpha, word))]
        self._known.update((word, ()) for word in fresh)
        if named:
            vectors = unit(self._vectors.look_up(named))
            numbers = np.stack([(vectors @ centres - lengths).argmax(axis=1) for centres, lengths in self._levels], axis=1)
            self._known.update(zip(named, map(tuple, numbers.tolist()), strict=True))
        return [self._known[word] for word in lower]


def unit(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the vectors at length 1."""
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6), dtype=np.float32)
