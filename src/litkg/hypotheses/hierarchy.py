"""What the concepts of a graph are filed under, as arrays: wider and narrower concepts, of which the one being known says something of the other.

Owns which hypotheses are no news for that reason, and which relatives are known; refuses to know vocabularies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from litkg.hypotheses.discovery import linked_with
from litkg.hypotheses.links import Links, Places, spans
from litkg.hypotheses.literature import Concepts, Flags, Ints
from litkg.hypotheses.relatives import Parents, Relatives


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Concepts by concept: those of concept i lie at `start[i]:start[i + 1]` of `other`, in order."""

    start: Places
    other: Ints

    def of(self, concepts: Ints) -> Ints:
        """Return those of all these concepts, one after the other."""
        return self.other[spans(self.start, concepts)[0]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """Of each concept what is `wider`, near and far, and what is `narrower`, and what is directly `beside` it, wider or narrower, as far as the graph has
    it."""

    wider: Rows
    narrower: Rows
    beside: Rows

    def implied(self, links: Links, start: int) -> Flags:
        """Return what is wider than something that a claim links with `start`, and what a claim links with something narrower than `start`: where a drug is
        known for Raynaud's disease, it is for vascular disease, too."""
        found = np.zeros(links.n_concepts, dtype=np.bool_)
        found[self.wider.of(linked_with(links, start, "claims"))] = True
        for narrower in self.narrower.of(_one(start)).tolist():
            found[linked_with(links, narrower, "claims")] = True
        return found

    def known_relatives(self, links: Links, start: int, end: int, layer: str) -> list[int]:
        """Return the concepts directly wider or narrower than `end` that are linked with `start`, and the other way round, in order."""
        found = (np.intersect1d(self.beside.of(_one(one)), linked_with(links, other, layer)) for one, other in ((end, start), (start, end)))
        together: list[int] = np.union1d(*found).tolist()
        return together


def hierarchy_of(concepts: Concepts, parents: Parents) -> Hierarchy:
    """Return the hierarchy over the concepts of a graph, given the direct parents of any concept."""
    relatives = Relatives(parents)
    place_of: Mapping[str, int] = {concept: place for place, concept in enumerate(concepts.ids)}
    wider = _rows([[place_of[wide] for wide in relatives.above(concept) if wide in place_of] for concept in place_of])
    direct = _rows([[place_of[wide] for wide in relatives.direct(concept) if wide in place_of] for concept in place_of])
    return Hierarchy(wider=wider, narrower=_turned(wider), beside=_joined(direct, _turned(direct)))


def _rows(found: Sequence[Sequence[int]]) -> Rows:
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum([len(own) for own in found], dtype=np.int64)])
    return Rows(start=start, other=np.array([place for own in found for place in sorted(own)], dtype=np.int32))


def _turned(rows: Rows) -> Rows:
    """Return for each concept those whose rows it is in."""
    turned = _matrix(rows).tocsc()
    return Rows(start=turned.indptr.astype(np.int64), other=turned.indices.astype(np.int32))


def _joined(one: Rows, other: Rows) -> Rows:
    both = _matrix(one) + _matrix(other)
    both.sort_indices()
    return Rows(start=both.indptr.astype(np.int64), other=both.indices.astype(np.int32))


def _matrix(rows: Rows) -> sparse.csr_array:
    n = len(rows.start) - 1
    return sparse.csr_array((np.ones(len(rows.other), dtype=np.int8), rows.other, rows.start), shape=(n, n))


def _one(concept: int) -> Ints:
    return np.array([concept], dtype=np.int32)
