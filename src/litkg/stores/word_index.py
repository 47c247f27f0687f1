"""The full-text indexes of an embedded graph, so that a search finds what was saved last and a load pays little for it.

Owns when they are built and caught up; refuses to search. kglite notes what was written and folds it into an index at the next search, in the memory of
the process that searches. That a reader need not do it again each time, a load catches its indexes up before it saves: at once where little is
new, and once at its end where much is.
"""

from __future__ import annotations

from typing import Any, cast

import kglite

from litkg.stores.schema import load_schema

FOLD_LIMIT = 10**9
"""Changes that a search folds in before it would rather serve stale results: never. kglite's own default is 1000."""

CHEAP_CHANGES = 1500
"""Up to so many new texts, catching up takes a tenth of a second on 300,000 texts; beyond it kglite builds small indexes anew (its own figure)."""


def build_missing(graph: kglite.KnowledgeGraph, *, even_empty: bool = False) -> bool:
    """Build the full-text indexes that are missing, of the labels that the graph has nodes of; return whether any was.

    With `even_empty` those of labels without nodes too, so that a search in a graph without papers finds nothing rather than no index.
    """
    built = False
    for index in load_schema().word_indexes():
        if graph.has_text_index(index.label, index.property):
            continue
        if index.label not in graph.node_types:
            if not even_empty:
                continue
            _declare(graph, index.label)
        graph.build_text_index(index.label, index.property, auto_refresh_limit=FOLD_LIMIT, name=index.name)
        built = True
    return built


def changes(graph: kglite.KnowledgeGraph) -> int:
    """Return how many new texts the indexes have not taken in yet, those that are to be built included."""
    absent = [index for index in load_schema().word_indexes() if index.label in graph.node_types and not graph.has_text_index(index.label, index.property)]
    unbuilt = sum(int(row["n"]) for index in absent for row in _rows(graph, f"MATCH (n:{index.label}) RETURN count(n) AS n"))
    return unbuilt + sum(int(row["delta"]) for row in _rows(graph, "CALL db.node_text_index.list()"))


def catch_up(graph: kglite.KnowledgeGraph) -> None:
    """Build what is missing and take in what was written since."""
    build_missing(graph)
    for row in _rows(graph, "CALL db.node_text_index.list()"):
        if row["delta"]:
            graph.cypher("CALL db.node_text_index.refresh({type: $label, text_column: $name})", params={"label": row["type"], "name": row["text_column"]})


def _declare(graph: kglite.KnowledgeGraph, label: str) -> None:
    """Make a label known that no node has: kglite learns of labels from nodes alone."""
    graph.cypher(f"CREATE (n:{label} {{id: ''}})")
    graph.cypher(f"MATCH (n:{label} {{id: ''}}) DELETE n")


def _rows(graph: kglite.KnowledgeGraph, statement: str) -> list[dict[str, Any]]:
    return [dict(row) for row in cast(Any, graph.cypher(statement))]
