"""KGX files of any resource as extractions: an edge becomes an assertion with an evidence, and its resource stands where a paper would.

Owns which document an edge belongs to, and what is read and skipped. An edge that litkg wrote (`litkg_evidence`) brings its evidence back, under the papers
that it came from. Any other belongs to a document of its resource, `litkg.source:NAME/xx`, where xx spreads the edges over 256 documents by their
subject, so that no document is too large to be replaced whole. Nothing is dropped in silence: what cannot be said here is counted by reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import cast

from litkg.biolink import PREFIX, Reading, read_categories, read_statement
from litkg.errors import InputError
from litkg.imports.edges import SOURCE_PREFIX, assertion_of, edge_properties, evidence_texts, source_document_id, source_name
from litkg.imports.kgx_files import Record, read_records
from litkg.imports.outcome import Outcome, read_lines
from litkg.imports.records import concept_of, concept_record_of, document_of, evidence_of, groundings_of
from litkg.imports.shelf import Shelf
from litkg.jsonfields import Fields
from litkg.model import Assertion, Concept, Document, Evidence, Extraction, SourceMap
from litkg.predicates import make_assertion

SHA_PREFIX = "kgx:"
"""Before the checksum of a paper whose claims came through KGX: it lacks mentions and case reports, and `litkg ingest` will read the paper itself."""


class Unknown(StrEnum):
    """What becomes of an edge whose predicate litkg has no counterpart of."""

    SKIP = "skip"
    ASSOCIATE = "associate"


def read_kgx(paths: Iterable[Path], outcome: Outcome, *, source: str | None = None, unknown: Unknown = Unknown.SKIP) -> Iterator[Extraction]:
    """Yield the documents that nodes and edges of KGX files amount to, by rising id, after all files were read.

    `source` names the resource whatever the edges say. `outcome.sources` gets the documents of each resource.
    Raises: InputError for a line that is neither a node nor an edge of KGX, or that breaks the format.
    """
    with Shelf() as shelf:
        for path in paths:
            fallback = source_name(source or _stem(path))
            for where, record in read_records(read_lines(path), name=str(path)):
                if "subject" in record and "object" in record:
                    outcome.read["edges"] += 1
                    _shelve_edge(shelf, outcome, where, record, source=source and fallback, fallback=fallback, unknown=unknown)
                elif "id" in record:
                    outcome.read["nodes"] += 1
                    _shelve_node(shelf, outcome, where, record)
                else:
                    raise InputError(f"{where}: neither a node (id, category) nor an edge (subject, predicate, object) of KGX")
        for document_id, texts in shelf.groups():
            extraction = _extraction(shelf, outcome, document_id, texts)
            if extraction is not None:
                yield extraction


def _stem(path: Path) -> str:
    name = path.name
    for ending in (".gz", ".tsv", ".txt", ".jsonl", ".json", "edges", "nodes"):
        name = name.removesuffix(ending).rstrip("._-")
    return name or path.resolve().parent.name


def _shelve_node(shelf: Shelf, outcome: Outcome, where: str, record: Record) -> None:
    node_id = _text(record, "id", where)
    classes = cast("list[str]", record.get("category") or [])
    if f"{PREFIX}Publication" in classes:
        shelf.put("document", node_id, json.dumps(record))
        return
    categories = record.get("litkg_categories") or [item.value for item in read_categories(classes)]
    if not categories:
        shelf.put("no concept", node_id, ", ".join(classes) or "no category")
        outcome.skipped[f"node of {', '.join(classes) or 'no category'}, for which litkg has no category"] += 1
        return
    concept = {
        "name": record.get("name") or node_id,
        "categories": categories,
        "synonyms": sorted(set(cast("list[str]", record.get("synonym") or []))),
        "xrefs": sorted({*cast("list[str]", record.get("xref") or []), *cast("list[str]", record.get("same_as") or [])} - {node_id}),
        "grounded": record.get("litkg_grounded", True),
        "families": record.get("litkg_families") or [],
    }
    concept_record_of(Fields(concept, where))  # so that a wrong value is told with its line
    shelf.put("concept", node_id, json.dumps(concept))


def _shelve_edge(shelf: Shelf, outcome: Outcome, where: str, record: Record, *, source: str | None, fallback: str, unknown: Unknown) -> None:
    subject, object_ = _text(record, "subject", where), _text(record, "object", where)
    _text(record, "predicate", where)
    if subject == object_ and "litkg_sign" not in record:
        outcome.skipped["edge from a node to itself"] += 1
        return
    reading = read_statement(record)
    if reading is None:
        reason = f"predicate {record['predicate']} has no counterpart"
        if unknown is Unknown.SKIP:
            outcome.skipped[f"edge whose {reason}"] += 1
            return
        outcome.notes[f"edge read as associated_with, since its {reason}"] += 1
        reading = Reading(predicate="associated_with")
    for note in reading.notes:
        outcome.notes[f"edge read without its {note}"] += 1
    if reading.swapped:
        subject, object_ = object_, subject
    assertion = assertion_of(reading, record, subject, object_, where)
    claim = [assertion.subject, assertion.predicate, assertion.object, assertion.aspect, assertion.subject_aspect]
    own = evidence_texts(record, where)
    for document_id, text in own:
        shelf.add(document_id, json.dumps([claim, text]))
    if not own:
        name = source or source_name(str(record.get("primary_knowledge_source") or fallback))
        document_id = source_document_id(name, assertion)
        outcome.sources.setdefault(name, set()).add(document_id)
        shelf.add(document_id, json.dumps([claim, json.dumps(edge_properties(record, assertion, document_id, name))]))


@dataclass(slots=True)
class _Gathered:
    """What the edges of one document amount to so far."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    assertions: dict[str, Assertion] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)


def _extraction(shelf: Shelf, outcome: Outcome, document_id: str, texts: list[str]) -> Extraction | None:
    """Return what all edges of one document amount to, None where not one can be loaded."""
    found = _Gathered()
    for text in texts:
        (subject, predicate, object_, aspect, state), properties = json.loads(text)
        missing = next((end for end in (subject, object_) if _concept(shelf, found.concepts, end) is None), None)
        if missing is not None:
            kind = shelf.get("no concept", missing)
            outcome.skipped["edge with an end that is not among the nodes" if kind is None else f"edge with an end of {kind}"] += 1
            continue
        assertion = make_assertion(subject, predicate, object_, aspect=aspect, subject_aspect=state)
        item = evidence_of(Fields(json.loads(properties), document_id), assertion_id=assertion.id, document_id=document_id)
        found.assertions[assertion.id] = assertion
        if item.id in found.evidence:
            outcome.notes["edge that says the same as another of its document"] += 1
        if item.id not in found.evidence or found.evidence[item.id].confidence < item.confidence:
            found.evidence[item.id] = item
    if not found.evidence:
        return None
    outcome.read["documents"] += 1
    outcome.read["evidence"] += len(found.evidence)
    ends = {end for assertion in found.assertions.values() for end in (assertion.subject, assertion.object)}
    concepts = tuple(found.concepts[item] for item in sorted(ends))
    evidence = tuple(found.evidence[item] for item in sorted(found.evidence))
    return Extraction(
        document=_document(shelf, document_id, concepts, evidence),
        concepts=concepts,
        groundings=tuple(grounding for concept in concepts for grounding in groundings_of(document_id, concept, 1)),
        assertions=tuple(found.assertions[item] for item in sorted(found.assertions)),
        evidence=evidence,
        case_reports=(),
    )


def _concept(shelf: Shelf, known: dict[str, Concept], concept_id: str) -> Concept | None:
    if concept_id not in known:
        text = shelf.get("concept", concept_id)
        if text is None:
            return None
        known[concept_id] = concept_of(concept_id, concept_record_of(Fields(json.loads(text), concept_id)))
    return known[concept_id]


def _document(shelf: Shelf, document_id: str, concepts: tuple[Concept, ...], evidence: tuple[Evidence, ...]) -> Document:
    if document_id.startswith(SOURCE_PREFIX):
        name, _, part = document_id.removeprefix(SOURCE_PREFIX).partition("/")
        return Document(
            id=document_id,
            title=f"{name}, part {part}",
            text="",
            sections=(),
            source_map=SourceMap(segments=()),
            format="kgx",
            source=name,
            sha256=SHA_PREFIX + hashlib.sha256(repr((concepts, evidence)).encode()).hexdigest(),
        )
    known = json.loads(shelf.get("document", document_id) or "{}")
    properties = {name: known[f"litkg_{name}"] for name in ("year", "journal", "sha256", "retracted") if f"litkg_{name}" in known}
    properties["sha256"] = SHA_PREFIX + str(properties.get("sha256", "")).removeprefix(SHA_PREFIX)
    properties |= {"id": document_id, "title": known.get("name") or ""} | ({"licence": known["license"]} if known.get("license") else {})
    return document_of(Fields(properties, document_id), format_="kgx")


def _text(record: Record, name: str, where: str) -> str:
    value = record.get(name)
    if not isinstance(value, str) or not value:
        raise InputError(f"{where}: {name} must be a string, not {value!r}")
    return value
