"""What the writers share: an extraction seen from its raw text, with offsets, ids and relations as other tools want them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from litkg.model import Assertion, Concept, Evidence, Extraction, RawDocument, SectionKind

LINE_BREAKS = str.maketrans(dict.fromkeys("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))
"""Every character that some reader takes for the end of a line, to one space: the text stays on a line and no offset moves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mention by its offsets in the raw text; `key` is its number in text order, from 1. `concept` is None where it was not grounded."""

    key: int
    start: int
    end: int
    text: str
    type: str
    concept: Concept | None
    clean: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One piece of evidence between two marks."""

    assertion: Assertion
    evidence: Evidence
    subject: Mark
    object: Mark


def original_id(document_id: str) -> str:
    """Return the id as the input had it: a PubMed number bare, a PMC id once.

    >>> original_id("PMID:8701013"), original_id("PMC:PMC555"), original_id("litkg.doc:case_1")
    ('8701013', 'PMC555', 'case_1')
    """
    prefix, separator, rest = document_id.partition(":")
    return rest if separator and prefix in {"PMID", "PMC", "litkg.doc"} else document_id


def marks_of(raw: RawDocument, extraction: Extraction) -> tuple[Mark, ...]:
    """Return the mentions in text order, and after them the ends of evidence that no mention covers exactly (an anaphor, a variant)."""
    to_raw = extraction.document.source_map.to_raw
    concepts = {concept.id: concept for concept in extraction.concepts}
    spans: dict[tuple[int, int], tuple[str, Concept | None]] = {}
    for grounding in extraction.groundings:
        mention = grounding.mention
        spans.setdefault((mention.start, mention.end), (mention.label, grounding.concept))
    assertions = {assertion.id: assertion for assertion in extraction.assertions}
    for evidence in extraction.evidence:
        assertion = assertions[evidence.assertion_id]
        for span, concept_id in ((evidence.subject_mention, assertion.subject), (evidence.object_mention, assertion.object)):
            meant = concepts[concept_id]
            spans.setdefault(span, (meant.categories[0] if meant.categories else "Concept", meant))
    found = []
    for key, (span, (label, concept)) in enumerate(spans.items(), start=1):
        start, end = to_raw(*span)
        found.append(Mark(key=key, start=start, end=end, text=raw.text[start:end], type=str(label), concept=concept, clean=span))
    return tuple(found)


def links_of(extraction: Extraction, marks: tuple[Mark, ...]) -> Iterator[Link]:
    """Yield each piece of evidence with its two marks, in the order of the extraction."""
    by_span = {mark.clean: mark for mark in marks}
    assertions = {assertion.id: assertion for assertion in extraction.assertions}
    for evidence in extraction.evidence:
        yield Link(
            assertion=assertions[evidence.assertion_id],
            evidence=evidence,
            subject=by_span[evidence.subject_mention],
            object=by_span[evidence.object_mention],
        )


def title_end(raw: RawDocument) -> int:
    """Return where the title ends in the raw text: before the first line feed of a title that the format marks, else of the text; its length without any."""
    first = raw.blocks[0] if raw.blocks else None
    if first and first.kind is SectionKind.TITLE and not raw.text[: first.start].strip() and raw.text[first.end : first.end + 1].isspace():
        return first.end
    if raw.format == "pubtator" and first and first.kind is not SectionKind.TITLE and first.start > 0:
        return first.start - 1
    at = raw.text.find("\n")
    return len(raw.text) if at < 0 else at
