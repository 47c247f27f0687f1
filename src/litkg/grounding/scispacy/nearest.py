"""Finds the names most like a mention by the cosine of their TF-IDF vectors, exactly: an inverted file of character trigrams, read from disk as needed.

Stands where scispaCy puts an approximate index of nmslib, behind the one method that it calls. Refuses to make vectors.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]
Starts = npt.NDArray[np.int64]

_FIRST = 0.9
"""Share of `least` that the terms left for the second pass may add up to: fewer names then come into question, for more terms in the first pass."""
_SLACK = 1e-5
"""What rounding may take from a similarity."""


class SparseVectors(Protocol):
    """The part of a SciPy CSR matrix that is read."""

    indptr: npt.NDArray[Any]
    indices: npt.NDArray[Any]
    data: npt.NDArray[Any]


class NearestRows:
    """Vectors of length one by term: term t stands in the rows `rows[starts[t]:starts[t + 1]]`, which rise, with the `values` beside them.

    `count` is the number of rows. Rows less like a query than `least` (a cosine above 0) are left out. Not to be shared between threads.
    """

    def __init__(self, starts: Starts, rows: Rows, values: Floats, *, count: int, least: float) -> None:
        self._starts, self._rows, self._values, self._least = starts, rows, values, least
        self._sums = np.zeros(count, dtype=np.float32)

    def knnQueryBatch(self, queries: SparseVectors, k: int = 10) -> list[tuple[Rows, Floats]]:  # noqa: N802 - nmslib's name for it
        """Return for each query the `k` rows nearest to it, nearest first and of equals the first, and their cosine distances (1 less the similarity).

        Where none is as near as `least`, the first row with its own distance: scispaCy's CandidateGenerator breaks on a batch without any neighbour.
        """
        found = []
        for start, end in zip(queries.indptr[:-1].tolist(), queries.indptr[1:].tolist(), strict=True):
            found.append(self._nearest(queries.indices[start:end].astype(np.int64), queries.data[start:end], k))
        return found

    def _nearest(self, terms: Starts, weights: Floats, k: int) -> tuple[Rows, Floats]:
        lengths = self._starts[terms + 1] - self._starts[terms]
        order = np.argsort(lengths, kind="stable")
        terms, weights = terms[order], weights[order]
        # What the terms from each place on can add at most, since every row has length one (Cauchy and Schwarz).
        rest = np.append(np.sqrt(np.cumsum(np.square(weights[::-1], dtype=np.float64))[::-1]), 0.0)
        needed = int(np.searchsorted(-rest, -self._least))
        summed = int(np.searchsorted(-rest, -self._least * _FIRST))
        rows, similarities = self._first_pass(terms[:summed], weights[:summed], needed, self._least - float(rest[summed]))
        for place in range(summed, len(terms)):
            similarities += weights[place] * self._values_at(terms[place], rows)
            kept = similarities >= self._least - rest[place + 1] - _SLACK
            rows, similarities = rows[kept], similarities[kept]
        if not len(rows):
            rows = np.zeros(1, dtype=np.int32)
            similarities = np.array([sum(weight * self._values_at(term, rows)[0] for term, weight in zip(terms, weights, strict=True))], dtype=np.float32)
        best = np.lexsort((rows, -similarities))[:k]
        return rows[best], 1 - similarities[best]

    def _first_pass(self, terms: Starts, weights: Floats, needed: int, bound: float) -> tuple[Rows, Floats]:
        """Return the rows that have one of the first `needed` terms and add up to `bound` at least, rising, and their sums over all `terms`."""
        postings = [self._rows[self._starts[term] : self._starts[term + 1]] for term in terms]
        for rows, term, weight in zip(postings, terms, weights, strict=True):
            self._sums[rows] += weight * self._values[self._starts[term] : self._starts[term + 1]]
        likely = [rows[self._sums[rows] >= bound - _SLACK] for rows in postings[:needed]]
        found = np.unique(np.concatenate([np.zeros(0, dtype=np.int32), *likely]))
        sums = self._sums[found]
        for rows in postings:
            self._sums[rows] = 0
        return found, sums

    def _values_at(self, term: np.int64, rows: Rows) -> Floats:
        """Return the values of a term in some rows, 0 where it does not stand."""
        start, end = self._starts[term], self._starts[term + 1]
        if start == end:
            return np.zeros(len(rows), dtype=np.float32)
        at = np.minimum(np.searchsorted(self._rows[start:end], rows), end - start - 1)
        found: Floats = np.where(self._rows[start:end][at] == rows, self._values[start:end][at], np.float32(0))
        return found
