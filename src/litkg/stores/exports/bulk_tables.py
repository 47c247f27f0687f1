"""The tables of the bulk import: which rows each file holds, and as which nodes and relationships Neo4j's importer reads them.

Owns the tables, their pages and their Cypher. One file serves several times, each time under another header: a row of evidence is a node, its FROM and its
SUPPORTS or REFUTES. Refuses to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litkg.stores.base import WRITE_TIMEOUT_S, GraphStore, Row
from litkg.stores.exports.paging import CONTENT_IDS, document_pages, id_pages, id_ranges
from litkg.stores.exports.reading import ends_of, other_relationship_types
from litkg.stores.schema import load_schema

IGNORED = ":IGNORE"

_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean", "strings": "string[]", "integers": "long[]"}
"""The importer's names for the types of graph/schema.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `expression` gives it in Cypher, `type` is the importer's, empty for a column that holds no property."""

    name: str
    expression: str
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One reading of a file: `argument` is what the importer's option takes before the `=`, `fields` the header's fields by the column's name."""

    option: str
    argument: str
    name: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file: its pages are some of the nodes `n` of `kind`, `match` and `where` find the rows of these; `own` matches what has a row's properties."""

    name: str
    kind: str
    own: str
    match: str = ""
    where: str = ""
    columns: tuple[Column, ...]
    uses: tuple[Use, ...]

    def pages(self, store: GraphStore, *, size: int) -> Iterator[Row]:
        """Yield the parameters that say which nodes a page is of, some `size` rows in each; documents count by how much evidence they have."""
        if self.kind in CONTENT_IDS:
            for low, high in id_ranges(store, self.kind, size=size):
                yield {"low": low, "high": high}
            return
        for ids in document_pages(store, size=size) if self.kind == "Document" else id_pages(store, self.kind, size=size):
            yield {"ids": ids}

    def statement(self) -> str:
        """Return the Cypher that gives the rows of a page, in no order."""
        columns = ", ".join(f"{column.expression} AS `{column.name}`" for column in self.columns)
        return f"{self._page()} RETURN {columns}"

    def empty_texts(self, *, page: bool) -> str | None:
        """Return the Cypher that counts the rows of a page, or all, with an empty text; None where there is no column of text."""
        condition = " OR ".join(f"{column.expression} = ''" for column in self.columns if column.type == "string")
        if not condition:
            return None
        found = self._page(condition) if page else f"MATCH {self.own} WHERE {condition}"
        return f"{found} RETURN count(*) AS count"

    def has_lists(self) -> bool:
        """Say whether a column holds lists."""
        return any(column.type.endswith("[]") or column.name == ":LABEL" for column in self.columns)

    def _page(self, condition: str = "") -> str:
        node, key = f"MATCH (n:{self.kind}", load_schema().nodes[self.kind].key
        conditions = [f"({item})" for item in (self.where, condition) if item]
        if self.kind not in CONTENT_IDS:
            return " ".join((f"UNWIND $ids AS id {node} {{{key}: id}})", self.match, _where(conditions)))
        bounds = [f"n.{key} >= $low AND n.{key} < $high"]
        return " ".join((f"{node})", _where(bounds), self.match, _where(conditions)) if self.match else (f"{node})", _where(bounds + conditions)))


def _where(conditions: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def bulk_tables(store: GraphStore) -> Iterator[Table]:
    """Yield the tables that hold a whole graph, those of nodes before those of relationships alone."""
    for kind in sorted(load_schema().nodes):
        if kind == "Evidence":
            yield from _evidence_tables(store)
        elif kind == "Assertion":
            yield _assertions()
        elif kind == "CaseReport":
            yield _case_reports()
        else:
            yield _plain(kind)
    yield _relationship("MENTIONS")
    for name in other_relationship_types():
        yield _relationship(name)


def _properties(names: tuple[str, ...], variable: str = "n") -> tuple[Column, ...]:
    return tuple(Column(name=name, expression=f"{variable}.`{name}`", type=_TYPES[load_schema().type_of(name)]) for name in names)


def _node_use(kind: str, columns: tuple[Column, ...], *, name: str, labelled: bool = False) -> Use:
    key = load_schema().nodes[kind].key
    fields = {column.name: f"{column.name}:{column.type}" for column in columns if column.type}
    fields[key] = f"{key}:ID({kind})"
    if labelled:
        fields[":LABEL"] = ":LABEL"
    return Use(option="--nodes", argument="" if labelled else kind, name=name, fields=fields)


def _link_use(type_: str, start: tuple[str, str], end: tuple[str, str], *, name: str, properties: dict[str, str] | None = None) -> Use:
    """Return the use of a file as relationships; `start` and `end` are a column's name and the kind of node that it names."""
    fields = (properties or {}) | {start[0]: f":START_ID({start[1]})", end[0]: f":END_ID({end[1]})"}
    return Use(option="--relationships", argument=type_, name=name, fields=fields)


def _plain(kind: str) -> Table:
    node, name = load_schema().nodes[kind], kind.lower()
    columns = _properties(node.properties)
    if node.labels:
        columns += (Column(name=":LABEL", expression="labels(n)"),)
    return Table(name=name, kind=kind, own=f"(n:{kind})", columns=columns, uses=(_node_use(kind, columns, name=name, labelled=bool(node.labels)),))


def _assertions() -> Table:
    columns = _properties(load_schema().nodes["Assertion"].properties)
    ends = (Column(name="of_subject", expression="s.id"), Column(name="of_object", expression="o.id"))
    # The edge between the concepts has the name of the predicate in upper case, and some of the assertion's own properties.
    type_ = Column(name=":TYPE", expression="toUpper(n.predicate)")
    wanted = next(item.properties for item in load_schema().relationships.values() if item.predicate is not None)
    edge = {("id" if name == "assertion_id" else name): f"{name}:{_TYPES[load_schema().type_of(name)]}" for name in wanted}
    return Table(
        name="assertion",
        kind="Assertion",
        own="(n:Assertion)",
        match="MATCH (n)-[:SUBJECT]->(s:Concept) MATCH (n)-[:OBJECT]->(o:Concept)",
        columns=(*columns, *ends, type_),
        uses=(
            _node_use("Assertion", columns, name="assertion"),
            _link_use("SUBJECT", ("id", "Assertion"), ("of_subject", "Concept"), name="subject"),
            _link_use("OBJECT", ("id", "Assertion"), ("of_object", "Concept"), name="object"),
            _link_use("", ("of_subject", "Concept"), ("of_object", "Concept"), name="edge", properties=edge | {":TYPE": ":TYPE"}),
        ),
    )


def _evidence_tables(store: GraphStore) -> Iterator[Table]:
    """Yield the table of evidence without lists, which a store may write itself, and where there are any that of evidence with lists."""
    names = load_schema().nodes["Evidence"].properties
    lists = [name for name in names if load_schema().type_of(name) in ("strings", "integers")]
    none = " AND ".join(f"e.`{name}` IS NULL" for name in lists)
    yield _evidence("evidence", tuple(name for name in names if name not in lists), none)
    if any(store.run(f"MATCH (e:Evidence) WHERE NOT ({none}) RETURN e.id AS id LIMIT 1", timeout_s=WRITE_TIMEOUT_S)):
        yield _evidence("evidence_with_lists", names, f"NOT ({none})")


def _evidence(name: str, names: tuple[str, ...], condition: str) -> Table:
    columns = _properties(names, "e")
    return Table(
        name=name,
        kind="Document",
        own="(e:Evidence)",
        match="MATCH (n)<-[:FROM]-(e:Evidence)-[of:SUPPORTS|REFUTES]->(a:Assertion)",
        where=condition,
        columns=(
            *columns,
            Column(name="of_document", expression="n.id"),
            Column(name="of_assertion", expression="a.id"),
            Column(name=":TYPE", expression="type(of)"),
        ),
        uses=(
            _node_use("Evidence", columns, name=name),
            _link_use("FROM", ("id", "Evidence"), ("of_document", "Document"), name=f"{name}_from"),
            _link_use("", ("id", "Evidence"), ("of_assertion", "Assertion"), name=f"{name}_of", properties={":TYPE": ":TYPE"}),
        ),
    )


def _case_reports() -> Table:
    columns = _properties(load_schema().nodes["CaseReport"].properties)
    ends = (
        Column(name="of_document", expression="d.id"),
        Column(name="of_drug", expression="drug.id"),
        Column(name="of_event", expression="event.id"),
    )
    return Table(
        name="case_report",
        kind="CaseReport",
        own="(n:CaseReport)",
        match="MATCH (n)-[:FROM]->(d:Document) MATCH (n)-[:REPORTS_DRUG]->(drug:Concept) MATCH (n)-[:REPORTS_EVENT]->(event:Concept)",
        columns=(*columns, *ends),
        uses=(
            _node_use("CaseReport", columns, name="case_report"),
            _link_use("FROM", ("id", "CaseReport"), ("of_document", "Document"), name="case_report_from"),
            _link_use("REPORTS_DRUG", ("id", "CaseReport"), ("of_drug", "Concept"), name="case_report_drug"),
            _link_use("REPORTS_EVENT", ("id", "CaseReport"), ("of_event", "Concept"), name="case_report_event"),
        ),
    )


def _relationship(type_: str) -> Table:
    start, end = ends_of(type_)
    keys = load_schema().nodes[start].key, load_schema().nodes[end].key
    columns = _properties(load_schema().relationships[type_].properties, variable="r")
    properties = {column.name: f"{column.name}:{column.type}" for column in columns}
    return Table(
        name=type_.lower(),
        kind=start,
        own=f"(:{start})-[r:{type_}]->(:{end})",
        match=f"MATCH (n)-[r:{type_}]->(o:{end})",
        columns=(
            Column(name="of_start", expression=f"n.{keys[0]}"),
            Column(name="of_end", expression=f"o.{keys[1]}"),
            *columns,
        ),
        uses=(_link_use(type_, ("of_start", start), ("of_end", end), name=type_.lower(), properties=properties),),
    )
