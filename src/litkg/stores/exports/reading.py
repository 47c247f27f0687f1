"""Reads a graph page by page in sort order, so that an export of any size holds one page at a time.

Owns the Cypher that fills the pages; refuses formats. What every exporter sees is the same for the same graph, whatever the store:
concepts, claims and documents by rising id, each with what hangs on it. The edge between two concepts is written from the assertion that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import cast

from litkg.stores.base import WRITE_TIMEOUT_S, GraphStore, NodeRecord, RelationshipRecord, Row
from litkg.stores.exports.paging import document_pages, id_pages
from litkg.stores.schema import load_schema, relationship_type

_SHAPED_NODES = frozenset({"Concept", "Assertion", "Document", "Evidence", "CaseReport"})
_SHAPED_RELATIONSHIPS = frozenset({"SUBJECT", "OBJECT", "SUPPORTS", "REFUTES", "FROM", "MENTIONS", "REPORTS_DRUG", "REPORTS_EVENT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An assertion with the ids of its ends, and its evidence by rising id where that was asked for."""

    id: str
    subject: str
    object: str
    properties: Row
    evidence: tuple[Row, ...] = ()

    def edge(self) -> RelationshipRecord:
        """Return the relationship between the concepts that stands for this assertion."""
        known = load_schema().relationships[relationship_type(str(self.properties["predicate"]))]
        values = self.properties | {"assertion_id": self.id}
        properties = {name: values[name] for name in sorted(known.properties) if values.get(name) is not None}
        return RelationshipRecord(type=known.type, start=("Concept", self.subject), end=("Concept", self.object), properties=properties)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentBlock:
    """A document with all that hangs on it alone; nodes and relationships by rising id."""

    document: NodeRecord
    nodes: tuple[NodeRecord, ...]
    relationships: tuple[RelationshipRecord, ...]


def read_concepts(store: GraphStore) -> Iterator[NodeRecord]:
    """Yield the concepts by rising id."""
    return read_nodes(store, "Concept")


def read_claims(store: GraphStore, *, evidence: bool = False) -> Iterator[Claim]:
    """Yield the assertions by rising id; with `evidence` each carries its own.

    A row of evidence has the properties of its node, and those of its document with `document_` before their names.
    """
    for ids in id_pages(store, "Assertion"):
        page = {"ids": ids}
        found: dict[str, list[Row]] = {}
        if evidence:
            for row in _run(store, _evidence_of_claims(), page):
                found.setdefault(str(row.pop("of_assertion")), []).append(row)
        for row in _run(store, _claims(), page):
            ends = str(row.pop("of_subject")), str(row.pop("of_object"))
            claim_id = str(row["id"])
            yield Claim(id=claim_id, subject=ends[0], object=ends[1], properties=_present(row), evidence=tuple(found.get(claim_id, ())))


def read_documents(store: GraphStore) -> Iterator[DocumentBlock]:
    """Yield the documents by rising id, each with its mentions, evidence and case reports."""
    for ids in document_pages(store):
        page = {"ids": ids}
        mentions = _grouped(_run(store, _mentions(), page))
        evidence = _grouped(_run(store, _evidence_of_documents(), page))
        reports = _grouped(_run(store, _reports_of_documents(), page))
        for row in _run(store, _nodes("Document"), page):
            document = _node("Document", row)
            parts = [*_mention_links(document.id, mentions), *_evidence_parts(document.id, evidence), *_report_parts(document.id, reports)]
            yield DocumentBlock(
                document=document,
                nodes=tuple(item for item in parts if isinstance(item, NodeRecord)),
                relationships=tuple(item for item in parts if isinstance(item, RelationshipRecord)),
            )


def read_other_nodes(store: GraphStore) -> Iterator[NodeRecord]:
    """Yield the nodes of the schema that belong to no document and are no concept or assertion, by kind and rising id."""
    for kind in sorted(load_schema().nodes.keys() - _SHAPED_NODES):
        yield from read_nodes(store, kind)


def read_other_relationships(store: GraphStore) -> Iterator[RelationshipRecord]:
    """Yield the relationships of the schema that no claim or document carries, by type and the ids of their ends."""
    for name in other_relationship_types():
        start, end = ends_of(name)
        for page in id_pages(store, start):
            for row in _run(store, _relationships(name), {"ids": page}):
                ids = str(row.pop("of_start")), str(row.pop("of_end"))
                yield RelationshipRecord(type=name, start=(start, ids[0]), end=(end, ids[1]), properties=_present(row))


def other_relationship_types() -> list[str]:
    """Return the names of the relationships that no claim or document carries, sorted."""
    return sorted(name for name, item in load_schema().relationships.items() if item.predicate is None and name not in _SHAPED_RELATIONSHIPS)


def ends_of(name: str) -> tuple[str, str]:
    """Return the kinds of node that a relationship type joins, the first of those where it may start at several."""
    item = load_schema().relationships[name]
    return item.start[0], item.end


def read_nodes(store: GraphStore, kind: str) -> Iterator[NodeRecord]:
    """Yield the nodes of one kind by rising id."""
    for ids in id_pages(store, kind):
        for row in _run(store, _nodes(kind), {"ids": ids}):
            yield _node(kind, row)


def columns_of(variable: str, kind: str) -> str:
    """Return the part of a RETURN that gives every property of a kind of node by its own name."""
    return ", ".join(f"{variable}.`{name}` AS `{name}`" for name in load_schema().nodes[kind].properties)


@cache
def _nodes(kind: str) -> str:
    key = load_schema().nodes[kind].key
    return f"MATCH (n:{kind}) WHERE n.{key} IN $ids RETURN labels(n) AS of_labels, {columns_of('n', kind)} ORDER BY n.{key}"


@cache
def _claims() -> str:
    return (
        "MATCH (a:Assertion) WHERE a.id IN $ids MATCH (a)-[:SUBJECT]->(s:Concept) MATCH (a)-[:OBJECT]->(o:Concept) "
        f"RETURN s.id AS of_subject, o.id AS of_object, {columns_of('a', 'Assertion')} ORDER BY id"
    )


@cache
def _evidence_of_claims() -> str:
    document = ", ".join(f"d.`{name}` AS `document_{name}`" for name in load_schema().nodes["Document"].properties)
    return (
        "MATCH (a:Assertion) WHERE a.id IN $ids MATCH (a)<-[:SUPPORTS|REFUTES]-(e:Evidence) MATCH (e)-[:FROM]->(d:Document) "
        f"RETURN a.id AS of_assertion, {columns_of('e', 'Evidence')}, {document} ORDER BY of_assertion, id"
    )


@cache
def _evidence_of_documents() -> str:
    return (
        "MATCH (d:Document) WHERE d.id IN $ids MATCH (d)<-[:FROM]-(e:Evidence) MATCH (e)-[r:SUPPORTS|REFUTES]->(a:Assertion) "
        f"RETURN d.id AS of_document, type(r) AS of_type, a.id AS of_assertion, {columns_of('e', 'Evidence')} ORDER BY of_document, id, of_assertion"
    )


@cache
def _reports_of_documents() -> str:
    return (
        "MATCH (d:Document) WHERE d.id IN $ids MATCH (d)<-[:FROM]-(r:CaseReport) "
        "MATCH (r)-[:REPORTS_DRUG]->(drug:Concept) MATCH (r)-[:REPORTS_EVENT]->(event:Concept) "
        f"RETURN d.id AS of_document, drug.id AS of_drug, event.id AS of_event, {columns_of('r', 'CaseReport')} ORDER BY of_document, id"
    )


@cache
def _mentions() -> str:
    properties = ", ".join(f"m.`{name}` AS `{name}`" for name in load_schema().relationships["MENTIONS"].properties)
    return (
        "MATCH (d:Document) WHERE d.id IN $ids MATCH (d)-[m:MENTIONS]->(c:Concept) "
        f"RETURN d.id AS of_document, c.id AS of_concept, {properties} ORDER BY of_document, of_concept"
    )


@cache
def _relationships(name: str) -> str:
    start, end = ends_of(name)
    keys = load_schema().nodes[start].key, load_schema().nodes[end].key
    properties = "".join(f", r.`{item}` AS `{item}`" for item in load_schema().relationships[name].properties)
    return (
        f"MATCH (s:{start}) WHERE s.{keys[0]} IN $ids MATCH (s)-[r:{name}]->(o:{end}) "
        f"RETURN s.{keys[0]} AS of_start, o.{keys[1]} AS of_end{properties} ORDER BY of_start, of_end"
    )


def _run(store: GraphStore, statement: str, params: Mapping[str, object]) -> Iterator[Row]:
    return store.run(statement, params, timeout_s=WRITE_TIMEOUT_S, max_rows=None)


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    return {key: list(group) for key, group in groupby(rows, key=lambda row: str(row.pop("of_document")))}


def _node(kind: str, row: Row) -> NodeRecord:
    labels = tuple(sorted(cast("Sequence[str]", row.pop("of_labels", (kind,)))))
    return NodeRecord(kind=kind, id=str(row[load_schema().nodes[kind].key]), labels=labels, properties=_present(row))


def _mention_links(document_id: str, rows: dict[str, list[Row]]) -> Iterator[RelationshipRecord]:
    for row in rows.get(document_id, ()):
        concept = str(row.pop("of_concept"))
        yield RelationshipRecord(type="MENTIONS", start=("Document", document_id), end=("Concept", concept), properties=_present(row))


def _evidence_parts(document_id: str, rows: dict[str, list[Row]]) -> Iterator[NodeRecord | RelationshipRecord]:
    for row in rows.get(document_id, ()):
        kind, assertion = str(row.pop("of_type")), str(row.pop("of_assertion"))
        node = _node("Evidence", row)
        yield node
        yield RelationshipRecord(type="FROM", start=("Evidence", node.id), end=("Document", document_id), properties={})
        yield RelationshipRecord(type=kind, start=("Evidence", node.id), end=("Assertion", assertion), properties={})


def _report_parts(document_id: str, rows: dict[str, list[Row]]) -> Iterator[NodeRecord | RelationshipRecord]:
    for row in rows.get(document_id, ()):
        drug, event = str(row.pop("of_drug")), str(row.pop("of_event"))
        node = _node("CaseReport", row)
        yield node
        yield RelationshipRecord(type="FROM", start=("CaseReport", node.id), end=("Document", document_id), properties={})
        yield RelationshipRecord(type="REPORTS_DRUG", start=("CaseReport", node.id), end=("Concept", drug), properties={})
        yield RelationshipRecord(type="REPORTS_EVENT", start=("CaseReport", node.id), end=("Concept", event), properties={})


def _present(row: Row) -> Row:
    return {name: row[name] for name in sorted(row) if row[name] is not None}
