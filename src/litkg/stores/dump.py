"""Turns a whole graph into records, a checksum or a networkx graph.

Owns what "the same graph" means; refuses to know any one database: it is handed rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from litkg.stores.base import NodeRecord, RelationshipRecord, Row
from litkg.stores.schema import load_schema

if TYPE_CHECKING:
    import networkx as nx

_UNKNOWN_KIND = ""


def node_records(rows: Iterable[Row]) -> Iterator[NodeRecord]:
    """Yield the nodes of `statements.DUMP_NODES` rows; of litkg's own kinds only the properties of the schema, of others all."""
    schema = load_schema()
    for row in rows:
        labels = tuple(sorted(cast("list[str]", row["labels"])))
        properties = cast(Row, row["properties"])
        kind = schema.kind(labels)
        wanted = set(schema.nodes[kind].properties) if kind else set(properties)
        yield NodeRecord(kind=kind or _UNKNOWN_KIND, id=str(row["id"]), labels=labels, properties=_present(properties, wanted))


def relationship_records(rows: Iterable[Row]) -> Iterator[RelationshipRecord]:
    """Yield the relationships of `statements.DUMP_RELATIONSHIPS` rows, with properties chosen as for nodes."""
    schema = load_schema()
    for row in rows:
        properties = cast(Row, row["properties"])
        known = schema.relationships.get(str(row["type"]))
        yield RelationshipRecord(
            type=str(row["type"]),
            start=(_kind(row["start_labels"]), str(row["start_id"])),
            end=(_kind(row["end_labels"]), str(row["end_id"])),
            properties=_present(properties, set(known.properties) if known else set(properties)),
        )


def checksum(nodes: Iterable[NodeRecord], relationships: Iterable[RelationshipRecord]) -> str:
    """Return the SHA-256 over all records, whatever their order; a record that is there twice counts twice."""
    digests = [_digest("node", node.kind, node.id, node.labels, node.properties) for node in nodes]
    digests += [_digest("relationship", item.type, item.start, item.end, item.properties) for item in relationships]
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def signed_multigraph(concepts: Iterable[Row], assertions: Iterable[Row]) -> nx.MultiDiGraph[str]:
    """Return the concepts of `statements.CONCEPT_NODES` rows with an edge, keyed by its id, for each of `statements.ASSERTION_EDGES` rows."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in concepts:
        graph.add_node(str(row["id"]), **{name: value for name, value in row.items() if name != "id"})
    for row in assertions:
        attributes = {name: value for name, value in row.items() if name not in ("subject", "object")}
        graph.add_edge(str(row["subject"]), str(row["object"]), key=str(row["id"]), **attributes)
    return graph


def _present(properties: Row, wanted: set[str]) -> Row:
    return {name: properties[name] for name in sorted(wanted) if properties.get(name) is not None}


def _kind(labels: object) -> str:
    return load_schema().kind(tuple(cast("list[str]", labels))) or _UNKNOWN_KIND


def _digest(*parts: object) -> bytes:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True, default=str).encode()).digest()
