"""Writes a graph to files that other programs read: GraphML, CSV and JSON lines.

Owns the formats; refuses to know any one store. The same graph gives the same bytes. GraphML and CSV hold concepts and one edge for each assertion;
JSON lines hold every node and relationship. What GraphML and CSV cannot hold, a list, is joined with `|`; what is unknown is left out or empty.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, TextIO

from litkg.stores.base import GraphStore

if TYPE_CHECKING:
    import networkx as nx

CONCEPT_COLUMNS = ("id", "name", "category", "categories", "grounded")
ASSERTION_COLUMNS = (
    *("id", "subject", "predicate", "object", "aspect", "subject_aspect", "sign", "causal", "belief", "negated", "certainty"),
    *("n_support", "n_refute", "n_hedged", "first_year", "last_year"),
)
_CONTROL = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r")


def graphml(graph: nx.MultiDiGraph[str]) -> str:
    """Return the GraphML of a graph of `GraphStore.to_networkx`: nodes and edges in sort order, plain values only."""
    import networkx as nx

    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in sorted(graph.nodes(data=True)):
        plain.add_node(_text(node), **_attributes(attributes))
    for start, end, key, attributes in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        plain.add_edge(_text(start), _text(end), key=_text(key), **_attributes(attributes))
    return "\n".join(nx.generate_graphml(plain)) + "\n"


def write_graphml(store: GraphStore, handle: TextIO) -> None:
    """Write the concepts and assertions as GraphML."""
    handle.write(graphml(store.to_networkx()))


def write_jsonl(store: GraphStore, handle: TextIO) -> None:
    """Write every node, then every relationship, one JSON object a line, in sort order."""
    for line in sorted(_json({"type": "node"} | asdict(node)) for node in store.nodes()):
        handle.write(line + "\n")
    for line in sorted(_json({"type": "relationship"} | {"relationship": item.type} | _ends(asdict(item))) for item in store.relationships()):
        handle.write(line + "\n")


def write_concepts_csv(store: GraphStore, handle: TextIO) -> None:
    """Write one line a concept, sorted by id."""
    graph = store.to_networkx()
    rows = ({"id": node} | attributes for node, attributes in sorted(graph.nodes(data=True)))
    handle.write(_csv(CONCEPT_COLUMNS, rows))


def write_assertions_csv(store: GraphStore, handle: TextIO) -> None:
    """Write one line an assertion, sorted by id."""
    edges = sorted(store.to_networkx().edges(keys=True, data=True), key=lambda edge: edge[2])
    rows = ({"subject": start, "object": end} | attributes for start, end, _, attributes in edges)
    handle.write(_csv(ASSERTION_COLUMNS, rows))


def _csv(columns: tuple[str, ...], rows: Iterator[dict[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(row.get(name)) for name in columns} for row in rows)
    return text.getvalue()


def _attributes(attributes: dict[str, object]) -> dict[str, object]:
    return {name: _cell(value) for name, value in sorted(attributes.items()) if value is not None}


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "|".join(_text(str(item)) for item in value)
    return _text(value) if isinstance(value, str) else value


def _text(value: str) -> str:
    """Return `value` without the control characters that XML cannot hold."""
    return value.translate(_CONTROL)


def _ends(record: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if name != "type"}


def _json(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
