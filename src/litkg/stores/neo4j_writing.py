"""Writes tables of nodes and relationships into Neo4j: one statement a table, its rows as parameters.

Owns the shape of those parameters; refuses transactions and retries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from litkg.stores import statements
from litkg.stores.base import Row
from litkg.stores.writing import Link, Values


class Neo4jWriter:
    """A `Writer` in one transaction, whose statements `execute` runs."""

    def __init__(self, execute: Callable[[str, Mapping[str, object]], list[Row]]) -> None:
        """Write by `execute`."""
        self._execute = execute

    def run(self, statement: str, params: Mapping[str, object]) -> list[Row]:
        """Run a fixed statement; see `Writer.run`."""
        return self._execute(statement, params)

    def create(self, label: str, names: Sequence[str], rows: Sequence[Values], *, labels: Sequence[str] = (), links: Sequence[Link] = ()) -> None:
        """Make nodes with their relationships; see `Writer.create`."""
        if rows:
            statement = statements.create_nodes(label, tuple(labels), tuple((link.type, link.label) for link in links))
            properties = [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in rows]
            self._execute(statement, {"rows": [list(row) for row in zip(properties, *(link.ends for link in links), strict=True)]})

    def connect(self, relationship: str, names: Sequence[str], rows: Sequence[Values]) -> None:
        """Make relationships; see `Writer.connect`."""
        if rows:
            self._execute(statements.create_relationships(relationship, tuple(names[2:])), {"rows": rows})

    def update(self, label: str, names: Sequence[str], rows: Sequence[Values]) -> None:
        """Set properties of nodes; see `Writer.update`."""
        if rows:
            self._execute(statements.update_nodes(label, tuple(names[1:])), {"rows": rows})

    def update_edges(self, relationship: str, names: Sequence[str], rows: Sequence[Values], n_documents: Mapping[str, int]) -> None:
        """Set properties of edges between concepts; see `Writer.update_edges`."""
        if rows:
            self._execute(statements.update_edges(relationship, tuple(names[3:])), {"rows": rows})
