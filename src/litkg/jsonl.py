"""The extract format: one JSON object a line, and back again without loss.

Owns the shape of each line (`docs/extract-format.schema.json` is its contract) and the checks on the way in. Refuses files and
printing: lines come in and go out as strings. A document's lines stand together, its `document` line first, so both ways hold one document at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from litkg.errors import InputError
from litkg.jsoncases import case_report_json, case_report_of
from litkg.jsonfields import Fields
from litkg.jsontext import parse_json
from litkg.model import (
    Assertion,
    CaseReport,
    Category,
    Certainty,
    Concept,
    Cue,
    Document,
    Evidence,
    Extraction,
    Grounding,
    Knowledge,
    Mention,
    Run,
    Section,
    SectionKind,
    SourceMap,
    make_run,
)

FORMAT_VERSION = 1
"""The version of the extract format; it grows when a reader of the former version would misread a line."""


def dump_extraction(extraction: Extraction) -> Iterator[str]:
    """Yield the lines of one extraction: document, mentions, assertions, evidence, case reports, without line ends.

    Raises: ValueError for a mention outside its document's source map.
    """
    concepts = {concept.id: concept for concept in extraction.concepts}
    yield _line(_document_json(extraction.document, extraction.concepts, extraction.run))
    for grounding in extraction.groundings:
        yield _line(_mention_json(grounding, extraction.document.source_map))
    for assertion in extraction.assertions:
        yield _line(_assertion_json(assertion, concepts))
    for evidence in extraction.evidence:
        yield _line(_evidence_json(evidence))
    for report in extraction.case_reports:
        yield _line(_case_report_json(report, concepts))


def load_extractions(lines: Iterable[str]) -> Iterator[Extraction]:
    """Yield the extractions that `lines` hold, in order, each as soon as its last line is read; blank lines are passed over.

    Raises: InputError, with the line's number, for a line that is no JSON object, lacks a field, has one of the wrong type, is of an
    unknown type or format version, or belongs to no document.
    """
    pending: _Pending | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        fields = _parse(line, number)
        kind = fields.text("type")
        if kind == "document":
            if pending:
                yield pending.extraction()
            pending = _pending_of(fields)
        elif pending is None:
            raise InputError(f"line {number}: a line of type {kind!r} stands before any document line: begin with the document")
        else:
            _read_part(kind, fields, pending)
    if pending:
        yield pending.extraction()


def concept_json(concept: Concept, *, synonyms: bool = False) -> dict[str, object]:
    """Return the concept object that lines carry; its synonyms are left to the document line."""
    shape: dict[str, object] = {
        "id": concept.id,
        "name": concept.name,
        "categories": list(concept.categories),
        "xrefs": list(concept.xrefs),
        "grounded": concept.grounded,
    }
    if concept.families:
        shape["families"] = list(concept.families)
    return shape | {"synonyms": list(concept.synonyms)} if synonyms else shape


@dataclass(slots=True)
class _Pending:
    """The document being read, and what its lines have given so far."""

    document: Document
    concepts: dict[str, Concept]
    groundings: list[Grounding] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    case_reports: list[CaseReport] = field(default_factory=list)
    run: Run | None = None

    def extraction(self) -> Extraction:
        return Extraction(
            document=self.document,
            concepts=tuple(self.concepts[key] for key in sorted(self.concepts)),
            groundings=tuple(self.groundings),
            assertions=tuple(self.assertions),
            evidence=tuple(self.evidence),
            case_reports=tuple(self.case_reports),
            run=self.run,
        )

    def concept(self, fields: Fields) -> Concept:
        """Return the concept of an object, as the document line tells it in full, or else as the object does."""
        return self.concepts.setdefault(fields.text("id"), _concept(fields))


def _read_part(kind: str, fields: Fields, pending: _Pending) -> None:
    if kind == "mention":
        pending.groundings.append(_inside(_grounding(fields, pending), fields, pending))
    elif kind == "assertion":
        pending.assertions.append(_assertion(fields, pending))
    elif kind == "evidence":
        pending.evidence.append(_evidence(fields))
    elif kind == "case_report":
        pending.case_reports.append(_case_report(fields, pending))
    else:
        raise fields.error(f"unknown type {kind!r}: one of document, mention, assertion, evidence, case_report")
    owner = fields.text("document_id") if kind != "assertion" else pending.document.id
    if owner != pending.document.id:
        raise fields.error(f"a {kind} of {owner} stands among the lines of {pending.document.id}: keep a document's lines together")


def _inside(grounding: Grounding, fields: Fields, pending: _Pending) -> Grounding:
    mention, size = grounding.mention, len(pending.document.text)
    if not 0 <= mention.start <= mention.end <= size:
        raise fields.error(f"a mention at {mention.start} to {mention.end}, which is no span of a text of {size} characters")
    return grounding


def _line(shape: Mapping[str, object]) -> str:
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":"))


def _parse(line: str, number: int) -> Fields:
    where = f"line {number}"
    shape = parse_json(line, where=where)
    if not isinstance(shape, dict):
        raise InputError(f"{where}: a JSON object is needed, not {line[:60]!r}")
    return Fields(shape, where)


def _document_json(document: Document, concepts: tuple[Concept, ...], run: Run | None) -> dict[str, object]:
    return {
        "type": "document",
        "format_version": FORMAT_VERSION,
        "id": document.id,
        "title": document.title,
        "year": document.year,
        "journal": document.journal,
        "source": document.source,
        "licence": document.licence,
        "format": document.format,
        "sha256": document.sha256,
        "retracted": document.retracted,
        "text": document.text,
        "sections": [{"kind": part.kind, "start": part.start, "end": part.end, "title": part.title} for part in document.sections],
        "source_map": [list(segment) for segment in document.source_map.segments],
        "concepts": [concept_json(concept, synonyms=True) for concept in concepts],
        **({} if run is None else {"run": _run_json(run)}),
    }


def _run_json(run: Run) -> dict[str, object]:
    return {
        "id": run.id,
        "litkg": run.litkg,
        "code": run.code,
        "lexicon": run.lexicon,
        "extractors": list(run.extractors),
        "models": dict(run.models),
        "packages": dict(run.packages),
        "settings": dict(run.settings),
    }


def _run(fields: Fields) -> Run:
    run = make_run(
        litkg=fields.text("litkg"),
        code=fields.text("code"),
        lexicon=fields.text("lexicon"),
        extractors=fields.texts("extractors"),
        models=fields.text_table("models"),
        packages=fields.text_table("packages"),
        settings=fields.text_table("settings"),
    )
    if run.id != fields.text("id"):
        raise fields.error(f"the run has id {fields.text('id')!r}, and its content hashes to {run.id!r}: extract the document again")
    return run


def _pending_of(fields: Fields) -> _Pending:
    version = fields.integer("format_version")
    if version != FORMAT_VERSION:
        raise fields.error(f"format_version {version} is not read here, only {FORMAT_VERSION}: extract the document again with this litkg")
    document = Document(
        id=fields.text("id"),
        title=fields.text("title"),
        text=fields.text("text"),
        sections=tuple(
            Section(kind=part.member("kind", SectionKind), start=part.integer("start"), end=part.integer("end"), title=part.text("title"))
            for part in fields.records("sections")
        ),
        source_map=SourceMap(segments=tuple(fields.quads("source_map"))),
        format=fields.text("format"),
        year=fields.optional_integer("year"),
        journal=fields.optional_text("journal"),
        source=fields.text("source"),
        licence=fields.optional_text("licence"),
        sha256=fields.text("sha256"),
        retracted=fields.flag("retracted"),
    )
    if not _covers(document.source_map, len(document.text)):
        raise fields.error(f"source_map does not cover the text of {len(document.text)} characters, one stretch after the other")
    told = fields.optional_record("run") if fields.has("run") else None
    run = None if told is None else _run(told)
    return _Pending(document=document, concepts={part.text("id"): _concept(part) for part in fields.records("concepts")}, run=run)


def _covers(source_map: SourceMap, size: int) -> bool:
    at = 0
    for start, raw_start, length, raw_length in source_map.segments:
        if start != at or raw_start < 0 or length < 0 or raw_length < 0:
            return False
        at += length
    return at == size


def _concept(fields: Fields) -> Concept:
    return Concept(
        id=fields.text("id"),
        name=fields.text("name"),
        categories=tuple(fields.members("categories", Category)),
        synonyms=tuple(fields.texts("synonyms")) if fields.has("synonyms") else (),
        xrefs=tuple(fields.texts("xrefs")),
        grounded=fields.flag("grounded"),
        families=tuple(fields.texts("families")) if fields.has("families") else (),
    )


def _mention_json(grounding: Grounding, source_map: SourceMap) -> dict[str, object]:
    mention = grounding.mention
    raw_start, raw_end = source_map.to_raw(mention.start, mention.end)
    taxon = {} if grounding.taxon is None else {"taxon": grounding.taxon}
    return {
        "type": "mention",
        "document_id": mention.document_id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "raw_start": raw_start,
        "raw_end": raw_end,
        "label": mention.label,
        "component": mention.component,
        "score": grounding.score,
        "reasons": list(grounding.reasons),
        "concept": None if grounding.concept is None else concept_json(grounding.concept),
        **taxon,
    }


def _grounding(fields: Fields, pending: _Pending) -> Grounding:
    concept = fields.optional_record("concept")
    return Grounding(
        mention=Mention(
            document_id=fields.text("document_id"),
            start=fields.integer("start"),
            end=fields.integer("end"),
            text=fields.text("text"),
            label=fields.member("label", Category),
            component=fields.text("component"),
        ),
        concept=None if concept is None else pending.concept(concept),
        score=fields.number("score"),
        reasons=tuple(fields.texts("reasons")),
        taxon=fields.integer("taxon") if fields.has("taxon") else None,
    )


def _assertion_json(assertion: Assertion, concepts: Mapping[str, Concept]) -> dict[str, object]:
    return {
        "type": "assertion",
        "id": assertion.id,
        "subject": concept_json(concepts[assertion.subject]),
        "predicate": assertion.predicate,
        "object": concept_json(concepts[assertion.object]),
        "aspect": assertion.aspect,
        "subject_aspect": assertion.subject_aspect,
        "sign": assertion.sign,
    }


def _assertion(fields: Fields, pending: _Pending) -> Assertion:
    return Assertion(
        id=fields.text("id"),
        subject=pending.concept(fields.record("subject")).id,
        predicate=fields.text("predicate"),
        object=pending.concept(fields.record("object")).id,
        aspect=fields.optional_text("aspect"),
        subject_aspect=fields.optional_text("subject_aspect"),
        sign=fields.integer("sign"),
    )


def _evidence_json(evidence: Evidence) -> dict[str, object]:
    cues = {name: _cue_json(cue) for name, cue in (("negation", evidence.negation), ("doubt", evidence.doubt)) if cue is not None}
    comparator = {} if evidence.comparator is None else {"comparator": list(evidence.comparator)}
    return {
        "type": "evidence",
        "id": evidence.id,
        "assertion_id": evidence.assertion_id,
        "document_id": evidence.document_id,
        "section": evidence.section,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "subject_mention": list(evidence.subject_mention),
        "object_mention": list(evidence.object_mention),
        "negated": evidence.negated,
        "certainty": evidence.certainty,
        "confidence": evidence.confidence,
        "extractor": evidence.extractor,
        "knowledge": evidence.knowledge,
        **cues,
        **comparator,
        **({"publications": list(evidence.publications)} if evidence.publications else {}),
    }


def _cue_json(cue: Cue) -> dict[str, object]:
    return {"text": cue.text, "start": cue.start, "end": cue.end, "scope": list(cue.scope)}


def _evidence(fields: Fields) -> Evidence:
    return Evidence(
        id=fields.text("id"),
        assertion_id=fields.text("assertion_id"),
        document_id=fields.text("document_id"),
        section=fields.member("section", SectionKind),
        start=fields.integer("start"),
        end=fields.integer("end"),
        text=fields.text("text"),
        subject_mention=fields.pair("subject_mention"),
        object_mention=fields.pair("object_mention"),
        negated=fields.flag("negated"),
        certainty=fields.member("certainty", Certainty),
        confidence=fields.number("confidence"),
        extractor=fields.text("extractor"),
        knowledge=fields.member("knowledge", Knowledge) if fields.has("knowledge") else Knowledge.RESULT,
        negation=_cue(fields.record("negation")) if fields.has("negation") else None,
        doubt=_cue(fields.record("doubt")) if fields.has("doubt") else None,
        comparator=fields.pair("comparator") if fields.has("comparator") else None,
        publications=tuple(fields.texts("publications")) if fields.has("publications") else (),
    )


def _cue(fields: Fields) -> Cue:
    return Cue(text=fields.text("text"), start=fields.integer("start"), end=fields.integer("end"), scope=fields.pair("scope"))


def _case_report_json(report: CaseReport, concepts: Mapping[str, Concept]) -> dict[str, object]:
    return case_report_json(report, drug=concept_json(concepts[report.drug]), event=concept_json(concepts[report.event]))


def _case_report(fields: Fields, pending: _Pending) -> CaseReport:
    return case_report_of(fields, drug=pending.concept(fields.record("drug")).id, event=pending.concept(fields.record("event")).id)
