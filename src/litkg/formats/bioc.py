"""Writes extractions as a BioC JSON collection, one document at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from litkg.formats.marks import Link, Mark, links_of, marks_of, original_id
from litkg.model import Extraction, RawDocument


def bioc_lines(pairs: Iterable[tuple[RawDocument, Extraction]]) -> Iterator[str]:
    """Yield the lines of one collection, a document a line, each as soon as its pair is there."""
    yield '{"source":"litkg","date":"","key":"litkg.key","infons":{},"documents":['
    separator = ""
    for raw, extraction in pairs:
        yield separator + json.dumps(bioc_document(raw, extraction), ensure_ascii=False, separators=(",", ":"))
        separator = ","
    yield "]}"


def bioc_document(raw: RawDocument, extraction: Extraction) -> dict[str, object]:
    """Return one BioC document: passages that cover the raw text, mentions in the passage where they begin, evidence as relations of the document."""
    marks = marks_of(raw, extraction)
    return {
        "id": original_id(raw.id),
        "infons": {"litkg_id": raw.id},
        "passages": [
            {
                "offset": start,
                "infons": {"type": kind},
                "text": raw.text[start:end],
                "sentences": [],
                "annotations": [_annotation(mark) for mark in marks if start <= mark.start < end],
                "relations": [],
            }
            for start, end, kind in _passages(raw, extraction)
        ],
        "annotations": [],
        "relations": [_relation(number, link) for number, link in enumerate(links_of(extraction, marks), start=1)],
    }


def _passages(raw: RawDocument, extraction: Extraction) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, kind)` in order: blocks of the format, else sections, and what stands between them if it is not blank."""
    at = 0
    for start, end, kind in _known_passages(raw, extraction):
        if start < at or end <= start:
            continue
        if raw.text[at:start].strip():
            yield at, start, "body"
        yield start, end, kind
        at = end
    if raw.text[at:].strip() or at == 0:
        yield at, len(raw.text), "body"


def _known_passages(raw: RawDocument, extraction: Extraction) -> Iterator[tuple[int, int, str]]:
    if raw.blocks:
        for block in raw.blocks:
            yield block.start, block.end, block.kind or "body"
        return
    for section in extraction.document.sections:
        start, end = extraction.document.source_map.to_raw(section.start, section.end)
        yield start, end, section.kind


def _annotation(mark: Mark) -> dict[str, object]:
    return {
        "id": f"T{mark.key}",
        "infons": {"type": mark.type, "identifier": mark.concept.id if mark.concept else None, "name": mark.concept.name if mark.concept else None},
        "text": mark.text,
        "locations": [{"offset": mark.start, "length": mark.end - mark.start}],
    }


def _relation(number: int, link: Link) -> dict[str, object]:
    assertion, evidence = link.assertion, link.evidence
    return {
        "id": f"R{number}",
        "infons": {
            "type": assertion.predicate,
            "aspect": assertion.aspect,
            "subject_aspect": assertion.subject_aspect,
            "sign": assertion.sign,
            "negated": evidence.negated,
            "certainty": evidence.certainty,
            "confidence": evidence.confidence,
        },
        "nodes": [{"refid": f"T{link.subject.key}", "role": "subject"}, {"refid": f"T{link.object.key}", "role": "object"}],
    }
