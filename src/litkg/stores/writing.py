"""What a load does to a graph inside one transaction: the protocol between the loading algorithm and the stores.

Owns the shapes of what is written, a table at a time; refuses to know how a database writes them. Rows hold plain values in the order of `names`, the first of
which is the key; labels, relationship types and names are those of graph/schema.toml and never come from data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from litkg.stores.base import Row

Values = tuple[object, ...]
"""The values of one node or relationship, None for what it does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Relationships that new nodes get as they are made: of one type, to nodes of one label, `ends[i]` being the key of the other end for the node of row i."""

    type: str
    label: str
    ends: Sequence[str]


class Writer(Protocol):
    """One open transaction. Nothing is seen by others before it ends well, and nothing is left of it where it does not."""

    def run(self, statement: str, params: Mapping[str, object]) -> list[Row]:
        """Run a fixed statement and return its rows."""
        ...

    def create(self, label: str, names: Sequence[str], rows: Sequence[Values], *, labels: Sequence[str] = (), links: Sequence[Link] = ()) -> None:
        """Make nodes, each with further `labels` and one relationship of each link; no node with any of these keys is there yet."""
        ...

    def connect(self, relationship: str, names: Sequence[str], rows: Sequence[Values]) -> None:
        """Make relationships between nodes that are there; the first two values of a row are the keys of its ends."""
        ...

    def update(self, label: str, names: Sequence[str], rows: Sequence[Values]) -> None:
        """Set properties of nodes that are there, None taking one away."""
        ...

    def update_edges(self, relationship: str, names: Sequence[str], rows: Sequence[Values], n_documents: Mapping[str, int]) -> None:
        """Set properties of edges between concepts; the first three values of a row are the keys of the ends and the assertion's id, which finds the edge.

        `n_documents` says how many documents name each concept: a store that looks for the edge at one of its ends would take long at a hub.
        """
        ...
