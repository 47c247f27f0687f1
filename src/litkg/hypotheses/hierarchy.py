"""What the concepts of a graph are filed under, as arrays: which pairs are no news since something narrower is known of one of the two.

Owns the arrays and what follows of them for one concept at once, as `relatives` has it pair by pair; refuses to know vocabularies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from litkg.hypotheses.discovery import linked_with
from litkg.hypotheses.links import Links, Places, spans
from litkg.hypotheses.literature import Concepts, Flags, Ints
from litkg.hypotheses.relatives import Parents, Relatives


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Concepts by concept: those of concept i lie at `start[i]:start[i + 1]` of `other`."""

    start: Places
    other: Ints

    def of(self, concepts: Ints) -> Ints:
        """Return those of all these concepts, one after the other."""
        return self.other[spans(self.start, concepts)[0]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """Of each concept what is `wider`, near and far, and what is `narrower`, as far as the graph has it."""

    wider: Rows
    narrower: Rows

    def implied(self, links: Links, start: int) -> Flags:
        """Return what is wider than something that a claim links with `start`, and what a claim links with something narrower than `start`."""
        found = np.zeros(links.n_concepts, dtype=np.bool_)
        found[self.wider.of(linked_with(links, start, "claims"))] = True
        for narrower in self.narrower.of(np.array([start], dtype=np.int32)).tolist():
            found[linked_with(links, narrower, "claims")] = True
        return found


def hierarchy_of(concepts: Concepts, parents: Parents) -> Hierarchy:
    """Return the hierarchy over the concepts of a graph, given the direct parents of any concept."""
    relatives, n = Relatives(parents), len(concepts)
    place_of: Mapping[str, int] = {concept: place for place, concept in enumerate(concepts.ids)}
    wider = [sorted(place_of[wide] for wide in relatives.above(concept) if wide in place_of) for concept in place_of]
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum([len(own) for own in wider], dtype=np.int64)])
    other = np.array([place for own in wider for place in own], dtype=np.int32)
    turned = sparse.csr_array((np.ones(len(other), dtype=np.int8), other, start), shape=(n, n)).tocsc()
    return Hierarchy(wider=Rows(start=start, other=other), narrower=Rows(start=turned.indptr.astype(np.int64), other=turned.indices.astype(np.int32)))
