"""What differs between two graphs, item for item and property for property, however large they are.

Owns the comparison: each graph is read once for sums of digests in `BUCKETS` buckets by name, and once more for the items of the buckets whose sums differ, at
most `MOST_HELD` of them at a time; neither graph is ever held whole. Refuses to know any one database.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from litkg.stores.base import GraphStore, Row

BUCKETS = 1 << 18
"""For each bucket and graph a sum and a count of 64 bits, 4 MB a graph; of 40 million items (10 million evidences) 150 fall into each."""

MOST_HELD = 200_000
"""Items, of both graphs together, that are held at a time: some 400 MB where they are evidence. Each further lot reads both graphs again."""

Item = tuple[str, Row]
"""A node or relationship as a comparison names it, with its properties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One item that differs: `change` is "-" (in the first graph alone), "+" (in the second alone) or "~" (in both, with other properties)."""

    change: str
    item: str
    properties: tuple[str, ...] = ()

    def row(self) -> Row:
        """Return it as a row of an answer."""
        return {"change": self.change, "item": self.item, "properties": list(self.properties)}


def differences(first: GraphStore, second: GraphStore, *, most_held: int = MOST_HELD) -> Iterator[Difference]:
    """Yield what differs between two graphs, in order of the items' names within each lot of `most_held` items; nothing where the graphs are the same."""
    sums = [_sums(graph_items(graph)) for graph in (first, second)]
    counts = [0] * BUCKETS
    for bucket in range(BUCKETS):
        if sums[0].digests[bucket] != sums[1].digests[bucket] or sums[0].counts[bucket] != sums[1].counts[bucket]:
            counts[bucket] = sums[0].counts[bucket] + sums[1].counts[bucket]
    for wanted in _lots(counts, most_held):
        yield from compare(_held(first, wanted), _held(second, wanted))


def compare(first: Mapping[str, Sequence[Row]], second: Mapping[str, Sequence[Row]]) -> Iterator[Difference]:
    """Yield what differs between two sets of items, in order of their names; a name with several items in a graph is compared as a bag.

    >>> [found.properties for found in compare({"a": [{"x": 1, "y": 2}]}, {"a": [{"x": 1, "y": 3}]})]
    [('y: 2 -> 3',)]
    """
    for name in sorted(first.keys() | second.keys()):
        left, right = _without(first.get(name, ()), second.get(name, ())), _without(second.get(name, ()), first.get(name, ()))
        for before, after in zip(left, right, strict=False):
            keys = sorted(before.keys() | after.keys())
            changed = tuple(f"{key}: {before.get(key)!r} -> {after.get(key)!r}" for key in keys if before.get(key) != after.get(key))
            yield Difference(change="~", item=name, properties=changed)
        for _ in left[len(right) :]:
            yield Difference(change="-", item=name)
        for _ in right[len(left) :]:
            yield Difference(change="+", item=name)


def graph_items(graph: GraphStore) -> Iterator[Item]:
    """Yield every node and relationship with a name that is the same in every store."""
    for node in graph.nodes():
        yield f"{node.kind} {node.id}", {**node.properties, "labels": list(node.labels)}
    for link in graph.relationships():
        name = f"{link.start[1]} -{link.type}-> {link.end[1]}"
        own = link.properties.get("assertion_id")
        yield f"{name} {own}" if own else name, link.properties


@dataclass(frozen=True, slots=True)
class _Sums:
    digests: array[int]
    counts: array[int]


def _sums(items: Iterable[Item]) -> _Sums:
    """Return, for each bucket, the sum of its items' digests (whatever their order) and how many they are."""
    sums = _Sums(array("Q", bytes(8 * BUCKETS)), array("Q", bytes(8 * BUCKETS)))
    for name, properties in items:
        bucket = _bucket(name)
        digest = hashlib.blake2b(_canonical(name, properties), digest_size=8).digest()
        sums.digests[bucket] = (sums.digests[bucket] + int.from_bytes(digest, "little")) & 0xFFFF_FFFF_FFFF_FFFF
        sums.counts[bucket] += 1
    return sums


def _lots(counts: Sequence[int], most_held: int) -> Iterator[frozenset[int]]:
    """Yield the buckets that have a count, so many at a time that their items are at most `most_held`, but at least one bucket."""
    lot: set[int] = set()
    held = 0
    for bucket, count in enumerate(counts):
        if not count:
            continue
        if lot and held + count > most_held:
            yield frozenset(lot)
            lot, held = set(), 0
        lot.add(bucket)
        held += count
    if lot:
        yield frozenset(lot)


def _held(graph: GraphStore, wanted: frozenset[int]) -> dict[str, list[Row]]:
    held: dict[str, list[Row]] = {}
    for name, properties in graph_items(graph):
        if _bucket(name) in wanted:
            held.setdefault(name, []).append(properties)
    return held


def _without(items: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """Return the items, in an order of their own, without one for each that is among the others."""
    left = sorted(items, key=lambda item: _canonical("", item))
    for other in others:
        if other in left:
            left.remove(other)
    return left


def _bucket(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little") % BUCKETS


def _canonical(name: str, properties: Row) -> bytes:
    return json.dumps([name, properties], ensure_ascii=True, separators=(",", ":"), sort_keys=True, default=str).encode()
