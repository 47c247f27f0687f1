"""The tables of the bulk import: which rows each file holds, and as which nodes and relationships Neo4j's importer reads them.

Owns the tables and their Cypher. One file serves several times, each time under another header: a row of evidence is a node, its FROM and its SUPPORTS.
Refuses to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from litkg.stores.base import WRITE_TIMEOUT_S, GraphStore
from litkg.stores.exports.reading import ends_of, other_relationship_types
from litkg.stores.schema import load_schema

IGNORED = ":IGNORE"

ALWAYS = {
    "Evidence": (
        *("id", "text", "section", "start", "end", "subject_start", "subject_end", "object_start", "object_end", "negated"),
        *("certainty", "confidence", "probability", "extractor", "knowledge"),
    )
}
"""What every evidence has: most have nothing else, and go into files without the columns of the others."""


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
    """One file: `match` finds the rows of a range of ids of `kind`, whose variable is `n`."""

    name: str
    kind: str
    match: str
    columns: tuple[Column, ...]
    uses: tuple[Use, ...]
    order: tuple[str, ...]

    def statement(self) -> str:
        """Return the Cypher that gives the rows, in the order of the file."""
        columns = ", ".join(f"{column.expression} AS `{column.name}`" for column in self.columns)
        return f"{self._ranged()} RETURN {columns} ORDER BY {', '.join(f'`{name}`' for name in self.order)}"

    def empty_texts(self) -> str | None:
        """Return the Cypher that tells whether a range has rows with an empty text: how many, or more; None where there is no column of text."""
        texts = [column.expression for column in self.columns if column.type == "string"]
        if not texts:
            return None
        condition = " OR ".join(f"{expression} = ''" for expression in texts)
        if all(expression.startswith("n.") for expression in texts):
            return f"{self._ranged(match='')} AND ({condition}) RETURN count(*) AS count"
        return f"{self._ranged()} WITH * WHERE {condition} RETURN count(*) AS count"

    def has_lists(self) -> bool:
        """Say whether a column holds lists."""
        return any(column.type.endswith("[]") or column.name == ":LABEL" for column in self.columns)

    def _ranged(self, match: str | None = None) -> str:
        key = load_schema().nodes[self.kind].key
        return f"MATCH (n:{self.kind}) WHERE n.{key} >= $low AND n.{key} < $high {self.match if match is None else match}"


def bulk_tables(store: GraphStore) -> Iterator[Table]:
    """Yield the tables that hold a whole graph, those of nodes before those of relationships alone."""
    for kind in sorted(load_schema().nodes):
        types = property_types(store, kind)
        if kind == "Evidence":
            yield from _evidence_tables(types)
        elif kind == "Assertion":
            yield _assertions(types)
        elif kind == "CaseReport":
            yield _case_reports(types)
        else:
            yield _plain(kind, types)
    yield _relationship(store, "MENTIONS")
    for name in other_relationship_types():
        yield _relationship(store, name)


def property_types(store: GraphStore, kind: str) -> dict[str, str]:
    """Return the importer's type of each property that some node of a kind has, in the order of the schema; found by looking at one value."""
    node = load_schema().nodes[kind]
    return _types(store, f"MATCH (n:{kind})", "n", node.properties)


def _types(store: GraphStore, match: str, variable: str, names: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for name in names:
        value = f"{variable}.`{name}`"
        rows = list(store.run(f"{match} WHERE {value} IS NOT NULL RETURN {value} AS value LIMIT 1", timeout_s=WRITE_TIMEOUT_S))
        if rows:
            value_seen = rows[0]["value"]
            if value_seen == []:
                full = list(store.run(f"{match} WHERE size({value}) > 0 RETURN {value} AS value LIMIT 1", timeout_s=WRITE_TIMEOUT_S))
                value_seen = full[0]["value"] if full else [""]
            found[name] = _type(value_seen)
    return found


def _type(value: object) -> str:
    if isinstance(value, list):
        return f"{_type(value[0])}[]"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    return "double" if isinstance(value, float) else "string"


def _properties(types: dict[str, str], names: tuple[str, ...] | None = None, variable: str = "n") -> tuple[Column, ...]:
    return tuple(Column(name=name, expression=f"{variable}.`{name}`", type=kind) for name, kind in types.items() if names is None or name in names)


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


def _plain(kind: str, types: dict[str, str]) -> Table:
    node, name = load_schema().nodes[kind], kind.lower()
    columns = _properties(types or {node.key: "string"})
    if node.labels:
        columns += (Column(name=":LABEL", expression="labels(n)"),)
    return Table(name=name, kind=kind, match="", columns=columns, uses=(_node_use(kind, columns, name=name, labelled=bool(node.labels)),), order=(node.key,))


def _assertions(types: dict[str, str]) -> Table:
    columns = _properties(types or {"id": "string"})
    ends = (Column(name="of_subject", expression="s.id"), Column(name="of_object", expression="o.id"))
    # The edge between the concepts has the name of the predicate in upper case, and some of the assertion's own properties.
    type_ = Column(name=":TYPE", expression="toUpper(n.predicate)")
    wanted = next(item.properties for item in load_schema().relationships.values() if item.predicate is not None)
    edge = {("id" if name == "assertion_id" else name): f"{name}:{types.get('id' if name == 'assertion_id' else name, 'string')}" for name in wanted}
    return Table(
        name="assertion",
        kind="Assertion",
        match="MATCH (n)-[:SUBJECT]->(s:Concept) MATCH (n)-[:OBJECT]->(o:Concept)",
        columns=(*columns, *ends, type_),
        uses=(
            _node_use("Assertion", columns, name="assertion"),
            _link_use("SUBJECT", ("id", "Assertion"), ("of_subject", "Concept"), name="subject"),
            _link_use("OBJECT", ("id", "Assertion"), ("of_object", "Concept"), name="object"),
            _link_use("", ("of_subject", "Concept"), ("of_object", "Concept"), name="edge", properties=edge | {":TYPE": ":TYPE"}),
        ),
        order=("id",),
    )


def _evidence_tables(types: dict[str, str]) -> Iterator[Table]:
    further = [name for name in types if name not in ALWAYS["Evidence"]]
    plain = " AND ".join(f"n.`{name}` IS NULL" for name in further)
    kinds = [("plain", f"AND {plain}", ALWAYS["Evidence"]), ("full", f"AND NOT ({plain})", None)] if further else [("plain", "", None)]
    for type_ in ("SUPPORTS", "REFUTES"):
        for word, condition, names in kinds:
            columns = _properties(types or {"id": "string"}, names)
            name = f"evidence_{type_.lower()}_{word}"
            yield Table(
                name=name,
                kind="Evidence",
                # The assertion first: few evidences refute, and of the others nothing more is looked at.
                match=f"{condition} MATCH (n)-[:{type_}]->(a:Assertion) MATCH (n)-[:FROM]->(d:Document)",
                columns=(*columns, Column(name="of_document", expression="d.id"), Column(name="of_assertion", expression="a.id")),
                uses=(
                    _node_use("Evidence", columns, name=name),
                    _link_use("FROM", ("id", "Evidence"), ("of_document", "Document"), name=f"{name}_from"),
                    _link_use(type_, ("id", "Evidence"), ("of_assertion", "Assertion"), name=f"{name}_{type_.lower()}"),
                ),
                order=("id",),
            )


def _case_reports(types: dict[str, str]) -> Table:
    columns = _properties(types or {"id": "string"})
    ends = (
        Column(name="of_document", expression="d.id"),
        Column(name="of_drug", expression="drug.id"),
        Column(name="of_event", expression="event.id"),
    )
    return Table(
        name="case_report",
        kind="CaseReport",
        match="MATCH (n)-[:FROM]->(d:Document) MATCH (n)-[:REPORTS_DRUG]->(drug:Concept) MATCH (n)-[:REPORTS_EVENT]->(event:Concept)",
        columns=(*columns, *ends),
        uses=(
            _node_use("CaseReport", columns, name="case_report"),
            _link_use("FROM", ("id", "CaseReport"), ("of_document", "Document"), name="case_report_from"),
            _link_use("REPORTS_DRUG", ("id", "CaseReport"), ("of_drug", "Concept"), name="case_report_drug"),
            _link_use("REPORTS_EVENT", ("id", "CaseReport"), ("of_event", "Concept"), name="case_report_event"),
        ),
        order=("id",),
    )


def _relationship(store: GraphStore, type_: str) -> Table:
    start, end = ends_of(type_)
    keys = load_schema().nodes[start].key, load_schema().nodes[end].key
    types = _types(store, f"MATCH (:{start})-[r:{type_}]->(:{end})", "r", load_schema().relationships[type_].properties)
    properties = {name: f"{name}:{kind}" for name, kind in types.items()}
    return Table(
        name=type_.lower(),
        kind=start,
        match=f"MATCH (n)-[r:{type_}]->(o:{end})",
        columns=(
            Column(name="of_start", expression=f"n.{keys[0]}"),
            Column(name="of_end", expression=f"o.{keys[1]}"),
            *_properties(types, variable="r"),
        ),
        uses=(_link_use(type_, ("of_start", start), ("of_end", end), name=type_.lower(), properties=properties),),
        order=("of_start", "of_end"),
    )
