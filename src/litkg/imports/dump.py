"""The dump of a graph (`litkg export --format jsonl`) as the extractions that it came from, so that loading them makes the same graph.

Owns the order that the dump keeps: concepts and assertions first, then each document with its own. Beliefs, counts and edges between concepts are worked out
anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from litkg.errors import InputError
from litkg.imports.outcome import Outcome
from litkg.imports.records import case_report_of, concept_of, concept_record_of, document_of, evidence_of, groundings_of, run_of
from litkg.imports.shelf import Shelf
from litkg.jsonfields import Fields
from litkg.jsontext import parse_json
from litkg.model import Assertion, CaseReport, Concept, Document, Evidence, Extraction, Grounding, Run
from litkg.predicates import make_assertion
from litkg.stores.concepts import apply_variant

FORMAT_VERSION = 1
_SHARED = frozenset({"Concept", "Assertion", "Run"})
_WORKED_OUT = frozenset({"Family"})

MAX_MENTIONS = 1_000_000
"""How often one document may mention a concept: no book does so more often."""


@dataclass(slots=True)
class _Block:
    """A document being read: its nodes by id, and where its relationships lead."""

    document: Document
    concepts: dict[str, tuple[Concept, int]] = field(default_factory=dict)
    evidence: dict[str, Fields] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    reports: dict[str, tuple[Fields, dict[str, object]]] = field(default_factory=dict)
    ends: dict[str, dict[str, str]] = field(default_factory=dict)


def read_dump(lines: Iterable[str], outcome: Outcome, *, name: str) -> Iterator[Extraction]:
    """Yield the documents of a dump, each as soon as its last line is read; nodes of unknown kinds are skipped and counted.

    Raises: InputError, with the name and the number of the line, for a line that is none of a dump or stands where it cannot.
    """
    with Shelf() as shelf:
        reader = _Reader(shelf, outcome)
        for number, line in enumerate(lines, start=1):
            if not line:
                continue
            where = f"{name}: line {number}"
            shape = parse_json(line, where=where)
            if not isinstance(shape, dict):
                raise InputError(f"{where}: a JSON object is needed, not {line[:60]!r}")
            done = reader.take(Fields(shape, where))
            if done is not None:
                yield done
        done = reader.finish()
        if done is not None:
            yield done


class _Reader:
    def __init__(self, shelf: Shelf, outcome: Outcome) -> None:
        self._shelf = shelf
        self._outcome = outcome
        self._block: _Block | None = None
        self._assertion = lru_cache(maxsize=50_000)(self._look_up_assertion)
        self._run = lru_cache(maxsize=1000)(self._look_up_run)
        self._concept = lru_cache(maxsize=50_000)(self._look_up_concept)

    def take(self, fields: Fields) -> Extraction | None:
        """Take one line; return the document that it ends."""
        kind = fields.text("type")
        if kind == "graph":
            if fields.integer("format_version") != FORMAT_VERSION:
                raise fields.error(f"format_version {fields.integer('format_version')} is not read here, only {FORMAT_VERSION}: export with this litkg")
            return None
        if kind == "node":
            return self._node(fields)
        if kind == "relationship":
            self._relationship(fields)
            return None
        raise fields.error(f"unknown type {kind!r}: one of graph, node, relationship")

    def finish(self) -> Extraction | None:
        """Return the document at hand."""
        block, self._block = self._block, None
        return None if block is None else self._extraction(block)

    def _node(self, fields: Fields) -> Extraction | None:
        kind, properties = fields.text("kind"), fields.record("properties")
        if kind == "Document":
            done = self.finish()
            self._block = _Block(document_of(properties, format_="graph"))
            return done
        if kind in _SHARED:
            self._shelf.put(kind, fields.text("id"), json.dumps(fields.mapping("properties")))
        elif kind == "Evidence":
            self._at_hand(fields).evidence[fields.text("id")] = properties
        elif kind == "CaseReport":
            self._at_hand(fields).reports[fields.text("id")] = (properties, fields.mapping("properties"))
        elif kind not in _WORKED_OUT:
            self._outcome.skipped[f"node of kind {kind!r}, which litkg does not load"] += 1
        return None

    def _relationship(self, fields: Fields) -> None:
        kind = fields.text("relationship")
        ends = [*fields.texts("start")[-1:], *fields.texts("end")[-1:]]
        if len(ends) != 2:
            raise fields.error("start and end are a kind and an id each")
        start, end = ends
        if kind in ("SUBJECT", "OBJECT", "READ_IN"):
            self._shelf.put(kind, start, end)
        elif kind == "MENTIONS":
            properties = fields.record("properties")
            variant = properties.text("variant") if properties.has("variant") else None
            count = properties.integer("count")
            if not 0 < count <= MAX_MENTIONS:
                raise fields.error(f"count is {count}, not between 1 and {MAX_MENTIONS}")
            self._at_hand(fields).concepts[end] = (self._concept(end, variant), count)
        elif kind in ("SUPPORTS", "REFUTES"):
            self._at_hand(fields).claims[start] = end
        elif kind in ("REPORTS_DRUG", "REPORTS_EVENT"):
            self._at_hand(fields).ends.setdefault(start, {})[kind] = end

    def _at_hand(self, fields: Fields) -> _Block:
        if self._block is None:
            raise fields.error("stands before any document: keep the lines in the order in which litkg export writes them")
        return self._block

    def _extraction(self, block: _Block) -> Extraction:
        document_id = block.document.id
        evidence: list[Evidence] = []
        assertions: dict[str, Assertion] = {}
        for evidence_id in sorted(block.evidence):
            fields = block.evidence[evidence_id]
            if evidence_id not in block.claims:
                raise fields.error(f"evidence {evidence_id} supports or refutes nothing: the file is cut short or was changed; export it again")
            assertion = self._assertion(block.claims[evidence_id])
            assertions[assertion.id] = assertion
            evidence.append(evidence_of(fields, assertion_id=assertion.id, document_id=document_id))
        groundings: list[Grounding] = []
        for concept, count in block.concepts.values():
            groundings.extend(groundings_of(document_id, concept, count))
        reports: list[CaseReport] = []
        for report_id, (fields, properties) in sorted(block.reports.items()):
            ends = block.ends.get(report_id, {})
            if len(ends) != 2:
                raise fields.error(f"case report {report_id} lacks its drug or event: the file is cut short or was changed; export it again")
            reports.append(case_report_of(fields, properties, document_id=document_id, drug=ends["REPORTS_DRUG"], event=ends["REPORTS_EVENT"]))
        self._outcome.read["documents"] += 1
        self._outcome.read["evidence"] += len(evidence)
        return Extraction(
            document=block.document,
            concepts=tuple(block.concepts[item][0] for item in sorted(block.concepts)),
            groundings=tuple(groundings),
            assertions=tuple(assertions[item] for item in sorted(assertions)),
            evidence=tuple(evidence),
            case_reports=tuple(reports),
            run=self._run(self._shelf.get("READ_IN", document_id)),
        )

    def _look_up_run(self, run_id: str | None) -> Run | None:
        if run_id is None:
            return None
        text = self._shelf.get("Run", run_id)
        if text is None:
            raise InputError(f"run {run_id} read a document and is not there: the file is cut short or was changed; export it again")
        return run_of(Fields(json.loads(text), run_id))

    def _look_up_concept(self, concept_id: str, variant: str | None) -> Concept:
        text = self._shelf.get("Concept", concept_id)
        if text is None:
            raise InputError(f"concept {concept_id} is mentioned and not there: the file is cut short or was changed; export it again")
        return concept_of(concept_id, apply_variant(concept_record_of(Fields(json.loads(text), concept_id)), variant))

    def _look_up_assertion(self, assertion_id: str) -> Assertion:
        text, subject, object_ = (self._shelf.get(kind, assertion_id) for kind in ("Assertion", "SUBJECT", "OBJECT"))
        if text is None or subject is None or object_ is None:
            raise InputError(f"assertion {assertion_id} or one of its ends is not there: the file is cut short or was changed; export it again")
        fields = Fields(json.loads(text), assertion_id)
        aspect, state = (fields.text(name) if fields.has(name) else None for name in ("aspect", "subject_aspect"))
        try:
            made = make_assertion(subject, fields.text("predicate"), object_, aspect=aspect, subject_aspect=state)
        except (KeyError, ValueError) as error:
            raise fields.error(f"no assertion of litkg's: {error}; export the graph again with this version") from error
        if made.id != assertion_id:
            raise fields.error(f"says what {made.id} says: the file was changed by hand, or comes from another version; export it again")
        return made
