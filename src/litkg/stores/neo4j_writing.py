"""Writes tables of nodes and relationships into Neo4j: one statement a table, its rows as parameters.

Owns the shape of those parameters, and the numbers by which the server knows the nodes that one transaction has to do with; refuses transactions and retries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import cast

from litkg.errors import StoreError
from litkg.stores import neo4j_statements
from litkg.stores.base import Row
from litkg.stores.schema import load_schema
from litkg.stores.writing import Link, Values

LISTED_AT_MOST = 40
"""A node's values are sent as a list, in which those that it lacks cost next to nothing, and as a map where there may be more of them, most of them lacking."""

_NEVER_LED_TO = frozenset({"Evidence", "CaseReport"})
"""Nodes that get all their relationships as they are made: nobody asks for their numbers."""


class Neo4jWriter:
    """A `Writer` in one transaction, whose statements `execute` runs; not to be used in another one, where a number may be another node's."""

    def __init__(self, execute: Callable[[str, Mapping[str, object]], list[Row]]) -> None:
        """Write by `execute`."""
        self._execute = execute
        self._numbers: dict[str, dict[str, int]] = defaultdict(dict)

    def run(self, statement: str, params: Mapping[str, object]) -> list[Row]:
        """Run a fixed statement; see `Writer.run`."""
        return self._execute(statement, params)

    def create(self, label: str, names: Sequence[str], rows: Sequence[Values], *, labels: Sequence[str] = (), links: Sequence[Link] = ()) -> None:
        """Make nodes with their relationships; see `Writer.create`."""
        if rows:
            numbered = label not in _NEVER_LED_TO
            listed = tuple(names) if len(names) <= LISTED_AT_MOST else ()
            statement = neo4j_statements.create_nodes(label, listed, tuple(labels), tuple((link.type, link.label) for link in links), numbered=numbered)
            ends = zip(*(self._numbers_of(link.label, link.ends) for link in links), strict=True) if links else repeat((), len(rows))
            values = rows if listed else [({name: value for name, value in zip(names, row, strict=True) if value is not None},) for row in rows]
            answer = self._execute(statement, {"rows": [value + end for value, end in zip(values, ends, strict=True)]})
            if numbered:
                self._learn(label, answer)

    def connect(self, relationship: str, names: Sequence[str], rows: Sequence[Values]) -> None:
        """Make relationships; see `Writer.connect`."""
        if rows:
            kind = load_schema().relationships[relationship]
            starts = self._numbers_of(kind.start[0], [cast(str, row[0]) for row in rows])
            ends = self._numbers_of(kind.end, [cast(str, row[1]) for row in rows])
            numbered = [(start, end, *row[2:]) for start, end, row in zip(starts, ends, rows, strict=True)]
            self._execute(neo4j_statements.create_relationships(relationship, tuple(names[2:])), {"rows": numbered})

    def update(self, label: str, names: Sequence[str], rows: Sequence[Values]) -> None:
        """Set properties of nodes; see `Writer.update`."""
        if rows:
            numbers = self._numbers_of(label, [cast(str, row[0]) for row in rows])
            numbered = [(number, *row[1:]) for number, row in zip(numbers, rows, strict=True)]
            self._execute(neo4j_statements.update_nodes(label, tuple(names[1:])), {"rows": numbered})

    def update_edges(self, relationship: str, names: Sequence[str], rows: Sequence[Values], n_documents: Mapping[str, int]) -> None:
        """Set properties of edges between concepts; see `Writer.update_edges`."""
        if rows:
            self._execute(neo4j_statements.update_edges(relationship, tuple(names[3:])), {"rows": [row[2:] for row in rows]})

    def _numbers_of(self, label: str, keys: Sequence[str]) -> list[int]:
        """Return the numbers of nodes by their keys, asking the server for those that are not known yet.

        Raises: StoreError for a node that is not there.
        """
        known = self._numbers[label]
        unknown = sorted(set(keys).difference(known))
        if unknown:
            self._learn(label, self._execute(neo4j_statements.number_nodes(label), {"keys": unknown}))
            missing = [key for key in unknown if key not in known]
            if missing:
                raise StoreError(f"{label} {missing[0]!r} went from the graph while it was written to; let nothing but litkg write to it, then load again")
        return [known[key] for key in keys]

    def _learn(self, label: str, answer: Iterable[Row]) -> None:
        for row in answer:
            self._numbers[label].update(zip(cast("list[str]", row["keys"]), cast("list[int]", row["numbers"]), strict=True))
