"""Writes extractions as brat stand-off: the raw text, and annotation lines (T mentions, N concepts, R relations, A attributes)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from litkg.formats.marks import LINE_BREAKS, Mark, links_of, marks_of, original_id
from litkg.model import Certainty, Extraction, RawDocument

_UNSAFE = re.compile(r"[^\w.-]+")


def brat_stem(raw: RawDocument) -> str:
    """Return the file name, without ending, of a document's two files: that of a text file that was read, else the document's id."""
    name = PurePath(raw.source).stem if raw.format == "text" and raw.source else original_id(raw.id)
    return _UNSAFE.sub("_", name) or "document"


def brat_lines(raw: RawDocument, extraction: Extraction) -> Iterator[str]:
    """Yield the lines of the `.ann` file; a relation is one piece of evidence, and says in attributes if it is negated or hedged."""
    marks = marks_of(raw, extraction)
    for mark in marks:
        yield f"T{mark.key}\t{mark.type} {_fragments(raw.text, mark)}\t{_cover(mark)}"
    grounded = [(mark, mark.concept) for mark in marks if mark.concept and mark.concept.grounded]
    for number, (mark, concept) in enumerate(grounded, start=1):
        yield f"N{number}\tReference T{mark.key} {concept.id}\t{concept.name.translate(LINE_BREAKS)}"
    attribute = 0
    for number, link in enumerate(links_of(extraction, marks), start=1):
        yield f"R{number}\t{link.assertion.predicate} Arg1:T{link.subject.key} Arg2:T{link.object.key}"
        if link.evidence.negated:
            attribute += 1
            yield f"A{attribute}\tNegated R{number}"
        if link.evidence.certainty is not Certainty.ASSERTED:
            attribute += 1
            yield f"A{attribute}\tCertainty R{number} {link.evidence.certainty}"


def _pieces(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\r\n]+", text)]


def _fragments(raw_text: str, mark: Mark) -> str:
    """Return `start end`, with a fragment for each line, as brat's own reader asks where a name goes over a line's end."""
    pieces = _pieces(raw_text[mark.start : mark.end]) or [(0, mark.end - mark.start)]
    return ";".join(f"{mark.start + start} {mark.start + end}" for start, end in pieces)


def _cover(mark: Mark) -> str:
    return " ".join(mark.text[start:end].translate(LINE_BREAKS) for start, end in _pieces(mark.text)).replace("\t", " ")
