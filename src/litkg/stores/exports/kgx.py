"""KGX files, nodes and edges, as JSON Lines or TSV, in Biolink's terms: one edge an assertion, with all its evidence.

Owns which property says what; `litkg.biolink` owns the names. Mentions and case reports have no place in KGX and are left out.
Concepts and documents are nodes. What Biolink has no slot for starts with `litkg_`; `litkg_evidence` holds each evidence whole, as a line of JSON.
A claim that all evidence refutes is a negated edge. Source: KGX format specification, kgx 2.7.0; Biolink Model 4.4.3.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TextIO, cast

from litkg.biolink import biolink_categories, biolink_statement
from litkg.stores.base import GraphStore, NodeRecord, Row
from litkg.stores.exports.reading import Claim, read_claims, read_concepts, read_nodes
from litkg.stores.exports.values import json_line

KNOWLEDGE_SOURCE = "infores:litkg"
DOCUMENT_PREFIX = "document_"
_UNSAYABLE = {ord(mark): " " for mark in "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"} | {ord("|"): "\u00a6"}

NODE_COLUMNS = (
    *("id", "category", "name", "synonym", "xref", "license", "litkg_categories", "litkg_grounded", "litkg_families"),
    *("litkg_year", "litkg_journal", "litkg_sha256", "litkg_retracted"),
)
EDGE_COLUMNS = (
    *("id", "category", "subject", "predicate", "object", "qualified_predicate", "subject_form_or_variant_qualifier", "subject_direction_qualifier"),
    *("object_aspect_qualifier", "object_direction_qualifier", "negated", "knowledge_level", "agent_type", "primary_knowledge_source"),
    *("publications", "has_evidence", "supporting_text", "has_confidence_score", "original_predicate"),
    *("litkg_aspect", "litkg_subject_aspect", "litkg_sign", "litkg_belief", "litkg_certainty", "litkg_n_support", "litkg_n_refute", "litkg_n_hedged"),
    *("litkg_first_year", "litkg_last_year", "litkg_evidence"),
)


def write_nodes_jsonl(store: GraphStore, handle: TextIO) -> None:
    """Write concepts and documents, one JSON object a line."""
    handle.writelines(json_line(node) + "\n" for node in _nodes(store))


def write_edges_jsonl(store: GraphStore, handle: TextIO) -> None:
    """Write assertions, one JSON object a line."""
    handle.writelines(json_line(edge_of(claim)) + "\n" for claim in read_claims(store, evidence=True))


def write_nodes_tsv(store: GraphStore, handle: TextIO) -> None:
    """Write concepts and documents as a table; lists are joined with `|`."""
    _write_tsv(handle, NODE_COLUMNS, _nodes(store))


def write_edges_tsv(store: GraphStore, handle: TextIO) -> None:
    """Write assertions as a table; lists are joined with `|`, and each item of `litkg_evidence` is JSON without that character."""
    _write_tsv(handle, EDGE_COLUMNS, (_without_false(edge_of(claim)) for claim in read_claims(store, evidence=True)))


def edge_of(claim: Claim) -> Row:
    """Return the edge of an assertion."""
    properties = claim.properties
    aspect, subject_aspect = cast("str | None", properties.get("aspect")), cast("str | None", properties.get("subject_aspect"))
    supporting = [item for item in claim.evidence if bool(item["negated"]) == bool(properties["negated"])]
    edge: Row = {
        "id": claim.id,
        "category": ["biolink:Association"],
        "subject": claim.subject,
        "object": claim.object,
        **biolink_statement(str(properties["predicate"]), aspect, subject_aspect),
        "negated": bool(properties["negated"]),
        **_provenance(properties, claim.evidence),
        "publications": _publications(claim.evidence),
        "has_evidence": [str(item["id"]) for item in claim.evidence],
        "supporting_text": list(dict.fromkeys(str(item["text"]) for item in supporting if item["text"])),
        # Belief is in the claim as such, and a negated edge says the contrary.
        "has_confidence_score": None if properties["negated"] else properties["belief"],
        "litkg_belief": properties["belief"],
        "litkg_aspect": aspect,
        "litkg_subject_aspect": subject_aspect,
        **{f"litkg_{name}": properties.get(name) for name in ("sign", "certainty", "n_support", "n_refute", "n_hedged", "first_year", "last_year")},
        "litkg_evidence": [_evidence(item) for item in claim.evidence],
    }
    return {name: value for name, value in edge.items() if value not in (None, [])}


def _nodes(store: GraphStore) -> Iterator[Row]:
    for concept in read_concepts(store):
        yield _present(_concept(concept))
    for document in read_nodes(store, "Document"):
        yield _present(_document(document))


def _concept(node: NodeRecord) -> Row:
    properties = node.properties
    return {
        "id": node.id,
        "category": biolink_categories(cast("list[str]", properties["categories"])),
        "name": properties["name"],
        "synonym": properties.get("synonyms"),
        "xref": properties.get("xrefs"),
        "litkg_categories": properties["categories"],
        "litkg_grounded": properties.get("grounded"),
        "litkg_families": properties.get("families"),
    }


def _document(node: NodeRecord) -> Row:
    properties = node.properties
    return {
        "id": node.id,
        "category": ["biolink:Publication"],
        "name": properties.get("title"),
        "license": properties.get("licence"),
        **{f"litkg_{name}": properties.get(name) for name in ("year", "journal", "sha256", "retracted")},
    }


def _provenance(properties: Row, evidence: Iterable[Row]) -> Row:
    """Return who says so: another resource where all evidence was imported from one, else litkg, that reads texts."""
    origins = {str(item["extractor"]) for item in evidence}
    if len(origins) == 1 and (origin := next(iter(origins))).startswith("kgx/"):
        _, source, agent, level = (*origin.split("/"), "", "", "")[:4]
        return {"primary_knowledge_source": source, "agent_type": agent or "not_provided", "knowledge_level": level or "not_provided"}
    supposed = properties.get("certainty") in ("possible", "hypothesised")
    level = "prediction" if supposed else "not_provided"
    return {"primary_knowledge_source": KNOWLEDGE_SOURCE, "agent_type": "text_mining_agent", "knowledge_level": level}


def _publications(evidence: Iterable[Row]) -> list[str]:
    found = [name for item in evidence for name in cast("list[str]", item.get("publications") or [str(item[f"{DOCUMENT_PREFIX}id"])])]
    return sorted(dict.fromkeys(found))


def _evidence(item: Row) -> str:
    own = {name: value for name, value in item.items() if not name.startswith(DOCUMENT_PREFIX) and value is not None}
    # A table parts the items of a list at this character, and JSON can do without it.
    return json_line(own | {"document": item[f"{DOCUMENT_PREFIX}id"]}).replace("|", "\\u007c")


def _present(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in (None, [])}


def _without_false(edge: Row) -> Row:
    """Return an edge that is silent where it is not negated: KGX takes any text in that cell, "false" too, for true."""
    return {name: value for name, value in edge.items() if name != "negated" or value}


def _write_tsv(handle: TextIO, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    handle.write("\t".join(columns) + "\n")
    for row in rows:
        handle.write("\t".join(_cell(row.get(name)) for name in columns) + "\n")


def _cell(value: object) -> str:
    """Return a value as KGX's tables hold it, which know neither quoting nor line breaks, and take `|` for a list in any column: it becomes a broken bar."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "|".join(map(_cell, value))
    return value.translate(_UNSAYABLE) if isinstance(value, str) else json.dumps(value)
