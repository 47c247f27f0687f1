"""The dump of a whole graph: one JSON object a line, every node and relationship of the schema, from which `litkg import` makes the same graph.

Owns the lines and their order; refuses what is not litkg's. A first line names the format. Concepts, families and assertions with their relationships come
next, then each document with its own, so that a reader can take one document at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from litkg.stores.base import GraphStore, NodeRecord, RelationshipRecord
from litkg.stores.exports.reading import read_claims, read_concepts, read_documents, read_other_nodes, read_other_relationships
from litkg.stores.exports.values import json_line

FORMAT_VERSION = 1
"""The version of the dump; it grows when a reader of the former version would misread a line."""


def write_jsonl(store: GraphStore, handle: TextIO) -> None:
    """Write the dump of a graph, a page at a time."""
    handle.write(json_line({"type": "graph", "format_version": FORMAT_VERSION}) + "\n")
    for item in records(store):
        handle.write((node_line(item) if isinstance(item, NodeRecord) else relationship_line(item)) + "\n")


def records(store: GraphStore) -> Iterator[NodeRecord | RelationshipRecord]:
    """Yield every node and relationship of the schema, in the order of the dump."""
    yield from read_other_nodes(store)
    yield from read_concepts(store)
    yield from read_other_relationships(store)
    for claim in read_claims(store):
        yield NodeRecord(kind="Assertion", id=claim.id, labels=("Assertion",), properties=claim.properties)
        for kind, end in (("SUBJECT", claim.subject), ("OBJECT", claim.object)):
            yield RelationshipRecord(type=kind, start=("Assertion", claim.id), end=("Concept", end), properties={})
        yield claim.edge()
    for block in read_documents(store):
        yield block.document
        yield from block.nodes
        yield from block.relationships


def node_line(node: NodeRecord) -> str:
    """Return the line of a node."""
    return json_line({"type": "node", "kind": node.kind, "id": node.id, "labels": list(node.labels), "properties": node.properties})


def relationship_line(item: RelationshipRecord) -> str:
    """Return the line of a relationship."""
    return json_line({"type": "relationship", "relationship": item.type, "start": list(item.start), "end": list(item.end), "properties": item.properties})
