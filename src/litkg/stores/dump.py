"""Turns a whole graph into records, a checksum or a networkx graph.

Owns what "the same graph" means; refuses to know any one database: it is handed rows.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from litkg.stores import statements
from litkg.stores.base import DEFAULT_TIMEOUT_S, NodeRecord, RelationshipRecord, Row
from litkg.stores.schema import load_schema

if TYPE_CHECKING:
    import networkx as nx

_UNKNOWN_KIND = ""


def node_records(rows: Iterable[Row]) -> Iterator[NodeRecord]:
    """Yield the nodes of `statements.DUMP_NODES` rows but the version node and marks; of litkg's own kinds only the properties of the schema, of others all."""
    schema = load_schema()
    for row in rows:
        labels = tuple(sorted(cast("list[str]", row["labels"])))
        if schema.is_version_node(labels, row["id"]) or schema.is_mark(labels, row["id"]):
            continue
        kind = schema.kind(labels) or _UNKNOWN_KIND
        yield NodeRecord(kind=kind, id=str(row["id"]), labels=labels, properties=node_properties(labels, cast(Row, row["properties"])))


def relationship_records(rows: Iterable[Row]) -> Iterator[RelationshipRecord]:
    """Yield the relationships of `statements.DUMP_RELATIONSHIPS` rows, with properties chosen as for nodes."""
    for row in rows:
        kind = str(row["type"])
        yield RelationshipRecord(
            type=kind,
            start=(_kind(row["start_labels"]), str(row["start_id"])),
            end=(_kind(row["end_labels"]), str(row["end_id"])),
            properties=relationship_properties(kind, cast(Row, row["properties"])),
        )


def node_properties(labels: Iterable[str], properties: Row) -> Row:
    """Return the properties that a node of litkg's really has, sorted, without those that only a store shows; all of any other node."""
    schema, own = load_schema(), tuple(labels)
    if schema.is_mark(own, properties.get(schema.marks.key)):
        return _present(properties, schema.marks.properties)
    kind = schema.kind(own)
    return _present(properties, schema.nodes[kind].properties if kind else properties)


def relationship_properties(kind: str, properties: Row) -> Row:
    """Return the properties that a relationship of litkg's really has, sorted; all of any other relationship."""
    known = load_schema().relationships.get(kind)
    return _present(properties, known.properties if known else properties)


def checksum(nodes: Iterable[NodeRecord], relationships: Iterable[RelationshipRecord]) -> str:
    """Return a digest of all records, whatever their order; a record that is there twice counts twice. Nothing is held of a record but its share of a sum.

    Source: the sum of the hashes of a multiset's members, Clarke et al. 2003, Incremental multiset hash functions, section 4 (MSet-Add-Hash).
    """
    count = total = 0
    for digest in chain(map(node_digest, nodes), map(relationship_digest, relationships)):
        count += 1
        total += int.from_bytes(digest)
    return hashlib.sha256(f"{count} {total % 2**256:x}".encode()).hexdigest()


def node_digest(node: NodeRecord) -> bytes:
    """Return the SHA-256 of all that is known of a node."""
    return _digest("node", node.kind, node.id, node.labels, node.properties)


def relationship_digest(item: RelationshipRecord) -> bytes:
    """Return the SHA-256 of all that is known of a relationship."""
    return _digest("relationship", item.type, item.start, item.end, item.properties)


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


def _present(properties: Row, wanted: Iterable[str]) -> Row:
    return {name: properties[name] for name in sorted(wanted) if properties.get(name) is not None}


def _kind(labels: object) -> str:
    return load_schema().kind(tuple(cast("list[str]", labels))) or _UNKNOWN_KIND


def _digest(*parts: object) -> bytes:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True, default=str).encode()).digest()


class WholeGraph(ABC):
    """What every store answers out of its whole content, and its use in a `with` block; a store adds `run` and `close`."""

    @abstractmethod
    def run(self, query: str, params: Mapping[str, object] | None = None, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> Iterator[Row]:
        """Return the rows of a query that only reads."""

    @abstractmethod
    def stream(self, statement: str) -> Iterator[Row]:
        """Yield the rows of a fixed reading statement over the whole graph, as they come."""

    @abstractmethod
    def close(self) -> None:
        """Give back what the store holds open."""

    def nodes(self) -> Iterator[NodeRecord]:
        """Yield every node, in no order."""
        return node_records(self.stream(statements.DUMP_NODES))

    def relationships(self) -> Iterator[RelationshipRecord]:
        """Yield every relationship, in no order."""
        return relationship_records(self.stream(statements.DUMP_RELATIONSHIPS))

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the concepts, with one signed edge for each assertion."""
        return signed_multigraph(self.stream(statements.CONCEPT_NODES), self.stream(statements.ASSERTION_EDGES))

    def checksum(self) -> str:
        """Return a digest of all nodes and relationships."""
        return checksum(self.nodes(), self.relationships())

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the store."""
        self.close()
