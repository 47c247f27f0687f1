"""What the graph is made of, read from `graph/schema.toml`, and the schema statements for each kind of store.

Owns labels, relationship types, their properties, and the statements that constrain and index them; refuses to know what is loaded.
Every name that reaches a statement as text comes from this closed set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypedDict

from litkg.datafiles import data_path
from litkg.model import CRITERIA, NARANJO_ITEMS
from litkg.predicates import load_predicates

CRITERION_PARTS = ("", "_text", "_start", "_end", "_value")
"""What a case report keeps of each criterion: the answer under the criterion's own name, and these beside it."""

CAUSE_PARTS = ("", "_ruled_out", "_text", "_start", "_end", "_concept")
"""What a case report keeps of its alternative causes: lists of equal length, their names under `alternative_causes` and these beside it."""

ITEM_PARTS = ("", "_points", "_text", "_start", "_end")
"""What a case report keeps of each Naranjo item: the answer under `naranjo_<number>`, and these beside it."""

PropertyType = Literal["string", "integer", "float", "boolean", "strings", "integers"]
"""What a property holds; the last two are lists."""

_INTEGER_ENDINGS = ("_start", "_end", "_points")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeType:
    """A kind of node: its unique key, its properties, the labels it may carry beside its own, and what is indexed."""

    label: str
    key: str
    properties: tuple[str, ...]
    labels: tuple[str, ...]
    indexes: tuple[str, ...]
    fulltext: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordIndex:
    """A full-text index: `name` is what queries call it by."""

    name: str
    label: str
    property: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionNode:
    """The node that says which version of the schema a graph is of: its label, key and id, and the version that this litkg reads and writes."""

    label: str
    key: str
    id: str
    schema_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNode:
    """The nodes that hold what users think of pairs of concepts: their label and key, what their ids begin with before a colon, and their properties."""

    label: str
    key: str
    prefix: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipType:
    """A kind of relationship; `predicate` is None for those that hold the graph together."""

    type: str
    start: tuple[str, ...]
    end: str
    properties: tuple[str, ...]
    predicate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The whole closed set, by label and by relationship type."""

    nodes: dict[str, NodeType]
    relationships: dict[str, RelationshipType]
    version: VersionNode
    marks: MarkNode
    types: dict[str, PropertyType]

    def word_indexes(self) -> tuple[WordIndex, ...]:
        """Return the full-text indexes, in the order of the file."""
        return tuple(
            WordIndex(name=f"litkg_{node.label.lower()}_{name}_words", label=node.label, property=name)
            for node in self.nodes.values()
            for name in node.fulltext
        )

    def type_of(self, name: str) -> PropertyType:
        """Return what the values of a property are, wherever it stands.

        >>> load_schema().type_of("naranjo_3_points"), load_schema().type_of("dose_value")
        ('integer', 'string')
        """
        known = self.types.get(name)
        return known if known is not None else "integer" if name.endswith(_INTEGER_ENDINGS) else "string"

    def kind(self, labels: tuple[str, ...]) -> str | None:
        """Return the label that says what kind of node this is, None for a node that is not litkg's."""
        return next((label for label in labels if label in self.nodes), None)

    def is_version_node(self, labels: Iterable[str], node_id: object) -> bool:
        """Tell whether a node is the one that holds the version.

        >>> load_schema().is_version_node(["Graph"], "litkg"), load_schema().is_version_node(["Document"], "litkg")
        (True, False)
        """
        return tuple(labels) == (self.version.label,) and node_id == self.version.id

    def is_mark(self, labels: Iterable[str], node_id: object) -> bool:
        """Tell whether a node is a mark of litkg's, and not of somebody whose data has the same label.

        >>> load_schema().is_mark(["Mark"], "mark:135f17a475a61afdeeaf"), load_schema().is_mark(["Mark"], 7)
        (True, False)
        """
        return tuple(labels) == (self.marks.label,) and str(node_id).startswith(f"{self.marks.prefix}:")


class _NodeTable(TypedDict, total=False):
    key: str
    properties: list[str]
    labels: list[str]
    indexes: list[str]
    fulltext: list[str]
    criteria: bool


@cache
def load_schema() -> Schema:
    """Return the schema of `graph/schema.toml` with one relationship type for each predicate of `graph/predicates.tsv`.

    Raises: ValueError for a name that is not a plain identifier.
    """
    table = tomllib.loads(data_path("graph/schema.toml").read_text(encoding="utf-8"))
    nodes = {label: _node_type(label, row) for label, row in table["nodes"].items()}
    relationships = {
        name: RelationshipType(type=name, start=tuple(row["from"].split("|")), end=row["to"], properties=tuple(row["properties"]))
        for name, row in table["relationships"].items()
    }
    for predicate in load_predicates():
        name = relationship_type(predicate)
        relationships[name] = RelationshipType(
            type=name, start=("Concept",), end="Concept", properties=tuple(table["predicates"]["properties"]), predicate=predicate
        )
    version = VersionNode(**table["version"])
    marks = MarkNode(**table["marks"] | {"properties": tuple(table["marks"]["properties"])})
    named = [version.label, version.key, version.id, marks.label, marks.key, marks.prefix, *marks.properties]
    for name in [*named, *relationships, *(name for node in nodes.values() for name in (node.label, node.key, *node.labels, *node.properties, *node.fulltext))]:
        if not _NAME.fullmatch(name):
            raise ValueError(f"graph/schema.toml: {name!r} is not a plain name of letters, digits and underscores")
    types = {name: kind for kind, names in table["types"].items() for name in names}
    return Schema(nodes=nodes, relationships=relationships, version=version, marks=marks, types=types)


def relationship_type(predicate: str) -> str:
    """Return the relationship type between concepts that stands for a predicate.

    >>> relationship_type("has_adverse_event")
    'HAS_ADVERSE_EVENT'
    """
    return predicate.upper()


def neo4j_statements() -> dict[str, str]:
    """Return the statements that make the schema on Neo4j, by the name of the constraint or index that each makes."""
    edges = {
        f"litkg_{item.type.lower()}_assertion_id": f"FOR ()-[r:{item.type}]-() ON (r.assertion_id)"
        for item in load_schema().relationships.values()
        if item.predicate is not None
    }
    return _node_statements() | {name: f"CREATE INDEX {name} IF NOT EXISTS {target}" for name, target in edges.items()}


def neo4j_word_statements() -> dict[str, str]:
    """Return the statements that make the full-text indexes on Neo4j, by name.

    Apart from the others, since they cost most at a first load: made after it, its words are indexed at once. Kept up to date in the background
    (`eventually_consistent`), a load waits half as long for them; a load ends when they have caught up (docs/operations.md has the figures).
    The analyser takes every word as it stands, lower-cased, stop words too, as the embedded store does.
    """
    options = "{indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words', `fulltext.eventually_consistent`: true}}"
    return {
        item.name: f"CREATE FULLTEXT INDEX {item.name} IF NOT EXISTS FOR (n:{item.label}) ON EACH [n.{item.property}] OPTIONS {options}"
        for item in load_schema().word_indexes()
    }


def embedded_statements() -> dict[str, str]:
    """Return the statements that make the schema on the embedded store, which has no indexes on relationships, by name."""
    return _node_statements()


def _node_statements() -> dict[str, str]:
    nodes, version = load_schema().nodes.values(), load_schema().version
    keys = [(node.label, node.key) for node in nodes] + [(version.label, version.key)]
    constraints = {f"litkg_{label.lower()}_key": f"FOR (n:{label}) REQUIRE n.{key} IS UNIQUE" for label, key in keys}
    indexes = {f"litkg_{node.label.lower()}_{name}": f"FOR (n:{node.label}) ON (n.{name})" for node in nodes for name in node.indexes}
    return {name: f"CREATE CONSTRAINT {name} IF NOT EXISTS {target}" for name, target in constraints.items()} | {
        name: f"CREATE INDEX {name} IF NOT EXISTS {target}" for name, target in indexes.items()
    }


def _node_type(label: str, row: _NodeTable) -> NodeType:
    criteria = _case_properties() if row.get("criteria") else ()
    return NodeType(
        label=label,
        key=row["key"],
        properties=(*row["properties"], *criteria),
        labels=tuple(row.get("labels", ())),
        indexes=tuple(row["indexes"]),
        fulltext=tuple(row.get("fulltext", ())),
    )


def _case_properties() -> tuple[str, ...]:
    return (
        *(name + part for name in CRITERIA for part in CRITERION_PARTS),
        *(f"alternative_causes{part}" for part in CAUSE_PARTS),
        *(f"naranjo_{number}{part}" for number in NARANJO_ITEMS for part in ITEM_PARTS),
        "naranjo_lowest",
        "naranjo_highest",
    )
