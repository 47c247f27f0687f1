"""Counts what a graph holds, by statements that no store needs a look at every property for.

Owns the counts and their order; refuses to know any one database.
"""

from __future__ import annotations

from typing import cast

from litkg.stores.base import WRITE_TIMEOUT_S, GraphStore
from litkg.stores.schema import load_schema

_NOT_GROUNDED = "MATCH (c:Concept) WHERE c.grounded = false RETURN count(c) AS count"
_PREDICATES = "MATCH (a:Assertion) RETURN a.predicate AS name, count(a) AS count"
_CERTAINTIES = "MATCH (e:Evidence) RETURN e.certainty AS name, count(e) AS count"


def count_graph(store: GraphStore) -> list[tuple[str, str, int]]:
    """Return groups, names and counts: nodes by kind, concepts by category and those that are not grounded, assertions by predicate, evidence that supports
    and refutes, evidence by certainty; within a group the most first. What there is none of is left out, but for evidence and what is not grounded."""
    schema = load_schema()
    nodes = [(label, _count(store, f"MATCH (n:{label}) RETURN count(n) AS count")) for label in schema.nodes]
    categories = [(label, _count(store, f"MATCH (n:{label}) RETURN count(n) AS count")) for label in schema.nodes["Concept"].labels]
    evidence = [(name, _count(store, f"MATCH ()-[r:{name}]->() RETURN count(r) AS count")) for name in ("SUPPORTS", "REFUTES")]
    return [
        *_sorted("nodes", [found for found in nodes if found[1]]),
        *_sorted("concepts", [found for found in categories if found[1]]),
        ("concepts", "not grounded", _count(store, _NOT_GROUNDED)),
        *_sorted("assertions", _counts(store, _PREDICATES)),
        *(("evidence", *found) for found in evidence),
        *_sorted("certainty", _counts(store, _CERTAINTIES)),
    ]


def known_documents(store: GraphStore) -> set[tuple[str, str]]:
    """Return the id and the SHA-256 of every document."""
    return {(str(row["id"]), str(row["sha256"])) for row in store.stream("MATCH (d:Document) RETURN d.id AS id, d.sha256 AS sha256")}


def _count(store: GraphStore, statement: str) -> int:
    return cast(int, next(store.run(statement, timeout_s=WRITE_TIMEOUT_S))["count"])


def _counts(store: GraphStore, statement: str) -> list[tuple[str, int]]:
    return [(str(row["name"]), cast(int, row["count"])) for row in store.run(statement, timeout_s=WRITE_TIMEOUT_S)]


def _sorted(group: str, counts: list[tuple[str, int]]) -> list[tuple[str, str, int]]:
    return [(group, name, count) for name, count in sorted(counts, key=lambda item: (-item[1], item[0]))]
