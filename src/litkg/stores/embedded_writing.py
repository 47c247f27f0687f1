"""Writes tables of nodes and relationships into a kglite graph: through its bulk loader where that keeps what Cypher would keep, else in Cypher.

Owns which of the two writes what; refuses to save or roll back. The bulk loader merges relationships of one type between the same two nodes, so the edges
between concepts, of which each assertion has its own, are made in Cypher.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import kglite

from litkg.stores import statements
from litkg.stores.base import Row
from litkg.stores.frames import Frame
from litkg.stores.schema import load_schema
from litkg.stores.statements import End
from litkg.stores.writing import Link, Values

INDEXED_ROWS = 200
"""Of so many updates of an indexed property kglite keeps the index up to date one by one; for a few more in one call it makes the index anew from all nodes."""

TOGETHER = 4
"""From so many changed edges of one concept on, one look through all its edges takes less time than one look for each."""
OBJECT_WEIGHT = 3
"""How much longer the edges that come into a concept take than those that leave it: its documents and assertions point to it, too."""

_ENDS = {"start_key": "string", "end_key": "string"}


class EmbeddedWriter:
    """A `Writer` on a graph in memory; `execute` runs a statement of litkg's own on it."""

    def __init__(self, graph: kglite.KnowledgeGraph, execute: Callable[[str, Mapping[str, object]], list[Row]]) -> None:
        """Write to `graph`."""
        self._graph = graph
        self._execute = execute

    def run(self, statement: str, params: Mapping[str, object]) -> list[Row]:
        """Run a fixed statement; see `Writer.run`."""
        return self._execute(statement, params)

    def create(self, label: str, names: Sequence[str], rows: Sequence[Values], *, labels: Sequence[str] = (), links: Sequence[Link] = ()) -> None:
        """Make nodes with their relationships; see `Writer.create`."""
        if not rows:
            return
        self._add_nodes(label, Frame(names, rows), labels)
        keys = [row[0] for row in rows]
        for link in links:
            frame = Frame(tuple(_ENDS), list(zip(keys, link.ends, strict=True)))
            self._graph.add_relationships(frame, link.type, label, "start_key", link.label, "end_key", column_types=_ENDS)

    def connect(self, relationship: str, names: Sequence[str], rows: Sequence[Values]) -> None:
        """Make relationships; see `Writer.connect`."""
        if not rows:
            return
        kind = load_schema().relationships[relationship]
        if kind.predicate is not None:
            self._execute(statements.create_relationships(relationship, tuple(names[2:])), {"rows": [list(row) for row in rows]})
            return
        frame = Frame((*_ENDS, *names[2:]), rows)
        self._graph.add_relationships(frame, relationship, kind.start[0], "start_key", kind.end, "end_key", column_types=frame.types)

    def update(self, label: str, names: Sequence[str], rows: Sequence[Values]) -> None:
        """Set properties of nodes; see `Writer.update`."""
        if not rows:
            return
        # The bulk loader leaves a property as it is where it is handed nothing.
        full = [row for row in rows if None not in row]
        for some in self._update_parts(label, names, full):
            self._add_nodes(label, Frame(names, some), ())
        partly = [list(row) for row in rows if None in row]
        if partly:
            self._execute(statements.update_nodes(label, tuple(names[1:])), {"rows": partly})

    def update_edges(self, relationship: str, names: Sequence[str], rows: Sequence[Values], n_documents: Mapping[str, int]) -> None:
        """Set properties of edges between concepts; see `Writer.update_edges`."""
        alone: dict[End, list[Values]] = {"subject": [], "object": []}
        for (end, concept_id), some in _by_end(rows, n_documents).items():
            if len(some) < TOGETHER:
                alone[end] += some
                continue
            columns = dict(zip(names, zip(*some, strict=True), strict=True))
            ids = columns["assertion_id"]
            values = {f"values{place}": dict(zip(ids, columns[name], strict=True)) for place, name in enumerate(names[3:])}
            self._execute(statements.update_edges_of(end, relationship, tuple(names[3:])), {"id": concept_id, "ids": list(ids), **values})
        for end, some in alone.items():
            if some:
                self._execute(statements.update_edges_at(end, relationship, tuple(names[3:])), {"rows": [list(row) for row in some]})

    def _update_parts(self, label: str, names: Sequence[str], rows: Sequence[Values]) -> Iterator[Sequence[Values]]:
        size = INDEXED_ROWS if set(names) & set(load_schema().nodes[label].indexes) else len(rows)
        return (rows[start : start + size] for start in range(0, len(rows), size)) if rows else iter(())

    def _add_nodes(self, label: str, frame: Frame, labels: Sequence[str]) -> None:
        self._graph.add_nodes(frame, label, load_schema().nodes[label].key, column_types=frame.types, labels=list(labels) or None)


def _by_end(rows: Sequence[Values], n_documents: Mapping[str, int]) -> dict[tuple[End, str], list[Values]]:
    """Return rows by the end that has fewer relationships to look through."""
    grouped: dict[tuple[End, str], list[Values]] = defaultdict(list)
    for row in rows:
        subject, object_ = str(row[0]), str(row[1])
        rarer_object = n_documents[object_] * OBJECT_WEIGHT < n_documents[subject]
        grouped[("object", object_) if rarer_object else ("subject", subject)].append(row)
    return grouped
