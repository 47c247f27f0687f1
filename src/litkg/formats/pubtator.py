"""Writes extractions as PubTator: `id|t|title`, `id|a|abstract`, mentions and relations by tab, a blank line after each document.

Text and offsets are the input's own; line breaks inside a passage become one space each, so no offset moves.
"""

from __future__ import annotations

from collections.abc import Iterator

from litkg.formats.marks import LINE_BREAKS, links_of, marks_of, original_id, title_end
from litkg.model import Extraction, RawDocument

NO_CONCEPT = "-"


def pubtator_lines(raw: RawDocument, extraction: Extraction) -> Iterator[str]:
    """Yield the lines of one document. Relations are those with evidence that does not negate them, once each; the type is the predicate."""
    key = original_id(raw.id)
    cut = title_end(raw)
    yield f"{key}|t|{raw.text[:cut].translate(LINE_BREAKS)}"
    yield f"{key}|a|{raw.text[cut + 1 :].translate(LINE_BREAKS)}"
    marks = marks_of(raw, extraction)
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        text = mark.text.translate(LINE_BREAKS).replace("\t", " ")
        yield f"{key}\t{mark.start}\t{mark.end}\t{text}\t{mark.type}\t{mark.concept.id if mark.concept else NO_CONCEPT}"
    claims = {(link.assertion.predicate, link.assertion.subject, link.assertion.object) for link in links_of(extraction, marks) if not link.evidence.negated}
    for predicate, subject, object_ in sorted(claims):
        yield f"{key}\t{predicate}\t{subject}\t{object_}"
    yield ""
