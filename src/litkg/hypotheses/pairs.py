"""The best pairs of two kinds of concepts: ranked a block of concepts at a time, and brought together.

Owns what is kept of each concept and how blocks become one ranking; refuses processes and files. What is kept does not depend on how concepts are parted into
blocks, and blocks may come in any order. A pair whose two ends belong to both kinds is ranked once, from the end that comes first, where its score is the same
from both: with one intermediate, and a metric that looks at no direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from litkg.hypotheses.discovery import Ends, Search, ends_of, open_discovery
from litkg.hypotheses.hierarchy import Hierarchy
from litkg.hypotheses.links import Links
from litkg.hypotheses.literature import Flags, Ints
from litkg.hypotheses.metrics import DIRECTED

RANKED = np.dtype([("start", np.int32), ("target", np.int32), ("score", np.float64), ("n_paths", np.int32)])
Ranked = npt.NDArray[np.void]
"""Pairs with their scores, of type RANKED, best first; equal ones in the order of their concepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Which pairs are ranked, and how: from concepts with a flag in `starts` to those that the search may end at; `per_concept` at most from each, none of
    `aside`, and none that the `hierarchy` implies, where there is one."""

    search: Search
    starts: Flags
    per_concept: int
    aside: Set[tuple[int, int]] = frozenset()
    hierarchy: Hierarchy | None = None

    @property
    def once(self) -> bool:
        """Whether a pair has the same score from both ends."""
        return self.search.metric not in DIRECTED and self.search.intermediates == 1


def starts_of(links: Links, pairing: Pairing) -> Ints:
    """Return the concepts that pairs are ranked from: those that are linked with any."""
    return np.flatnonzero(pairing.starts & (links.start[1:] > links.start[:-1])).astype(np.int32)


def rank_from(links: Links, pairing: Pairing, starts: Ints, *, ends: Ends | None = None) -> Ranked:
    """Return the best pairs from each of these concepts; `ends` are those of the search, worked out where they are not given."""
    ends = ends_of(links, pairing.search) if ends is None else ends
    found = [_rank_from(links, pairing, start, ends) for start in starts.tolist()]
    return _sorted(np.concatenate(found)) if found else np.zeros(0, dtype=RANKED)


def best_of(blocks: Iterable[Ranked], limit: int) -> Ranked:
    """Return the best pairs of all blocks. Never more than `limit` of them and one block are held."""
    best = np.zeros(0, dtype=RANKED)
    for block in blocks:
        best = _sorted(np.concatenate([best, block]))[:limit]
    return best


def blocks_of(starts: Ints) -> Iterator[Ints]:
    """Yield the concepts in blocks: small ones, so that little is lost when a run is stopped, and at most BLOCKS, each of which becomes a file."""
    size = max(SMALLEST_BLOCK, -(-len(starts) // BLOCKS))
    for first in range(0, len(starts), size):
        yield starts[first : first + size]


BLOCKS = 4000
SMALLEST_BLOCK = 16


def _rank_from(links: Links, pairing: Pairing, start: int, ends: Ends) -> Ranked:
    found = open_discovery(links, start, pairing.search, ends=ends)
    fit = np.ones(len(found.target), dtype=np.bool_)
    targets = pairing.search.targets
    if pairing.once and (targets is None or targets[start]):
        fit &= ~(pairing.starts[found.target] & (found.target < start))
    aside = [target for first, target in pairing.aside if first == start]
    if aside:
        fit &= ~np.isin(found.target, aside)
    if pairing.hierarchy is not None:
        fit &= ~pairing.hierarchy.implied(links, start)[found.target]
    chosen = np.flatnonzero(fit)[: pairing.per_concept]
    ranked = np.zeros(len(chosen), dtype=RANKED)
    ranked["start"], ranked["target"] = start, found.target[chosen]
    ranked["score"], ranked["n_paths"] = found.score[chosen], found.n_paths[chosen]
    return ranked


def _sorted(ranked: Ranked) -> Ranked:
    found: Ranked = ranked[np.lexsort((ranked["target"], ranked["start"], -ranked["score"]))]
    return found
