"""Sentences of the sections that are read: pysbd's boundaries, with those mended that biomedical text breaks.

Owns where a sentence begins. A section and a blank line always end one; a boundary after an abbreviation, a figure number or inside brackets is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pysbd

from litkg.model import READ_SECTIONS, Document, SectionKind

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_UNFINISHED = re.compile(
    r"(?:\b(?:Fig|Figs|Ref|Refs|No|Nos|vs|ca|cf|approx|Dr|Prof|Mr|Mrs|St|i\.e|e\.g|et al|al|spp|sp|resp|Suppl|Eq|Eqs|Tab|Vol|[A-Z])\."
    r"|[,;:(\[]|\b(?:of|the|and|or|with|by|in|to|a|an))\s*$"
)
_CONTINUES = re.compile(r"\s*(?:[a-z]{2,}\b(?![-\d])|[),;:\]])")
_MAX_PARAGRAPH = 1_000
"""Characters that are segmented in one go; a longer paragraph is cut at full stops first, since the segmenter is not linear:
it takes 20 µs a character of 1,000, 110 µs of 20,000."""
_STOPS = (re.compile(r"(?<=[a-z\d)%]{4}[.!?])\s+(?=[A-Z])|(?<=[。！？])"), re.compile(r"(?<=[.!?])\s+(?=[A-Z])"))
"""Where a long paragraph may be cut: after a whole word, which is no abbreviation; failing that, after any full stop."""
_LETTERED = re.compile(
    r"\b(?:vitamins?|hepatitis|influenza|type|group|class|grade|stage|arm|cohort|panel|factor|immunoglobulin|apolipoprotein|protein) [A-Z]{1,2}\.\s+(?=[A-Z])",
    re.IGNORECASE,
)
"""A letter that is a name's own and no initial: the full stop after it ends the sentence, which the segmenter does not see."""
_ENDS = ".!?。！？"
_MAX_BRACKET = 1_000
"""Characters after which an open bracket is taken for a misprint."""
_TAIL = 40
"""Characters at a sentence's end that tell whether it is finished: more than any abbreviation has."""


def find_sentences(document: Document) -> tuple[tuple[int, int, SectionKind], ...]:
    """Return `(start, end, section kind)` of each sentence of the sections that are read, in text order, without surrounding blanks."""
    segmenter = pysbd.Segmenter(language="en", clean=False)
    found: list[tuple[int, int, SectionKind]] = []
    for section in document.sections:
        if section.kind in READ_SECTIONS:
            for start, end in _paragraphs(document.text, section.start, section.end):
                found.extend((first, last, section.kind) for first, last in _merge(document.text, list(_segment(segmenter, document.text, start, end))))
    return tuple(found)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _PARAGRAPH.finditer(text, start, end):
        yield position, match.start()
        position = match.end()
    yield position, end


def _segment(segmenter: pysbd.Segmenter, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of pysbd's sentences; where it loses the text (odd characters), the paragraph stays one sentence."""
    unfinished: int | None = None
    for first, last, inside in _chunks(text, start, end):
        spans = list(_segment_chunk(segmenter, text, first, last))
        if spans and unfinished is not None:
            spans[0] = (unfinished, spans[0][1])
            unfinished = None
        if spans and inside and text[spans[-1][1] - 1] not in _ENDS:
            unfinished = spans.pop()[0]
        yield from spans
    if unfinished is not None:
        yield unfinished, unfinished + len(text[unfinished:end].rstrip())


def _segment_chunk(segmenter: pysbd.Segmenter, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for piece in segmenter.segment(text[start:end]):
        stripped = piece.strip()
        at = text.find(stripped, position, end) if stripped else -1
        if at < 0:
            continue
        yield from _after_letters(text, at, at + len(stripped))
        position = at + len(stripped)
    rest = text[position:end].strip()
    if rest:
        at = text.index(rest, position, end)
        yield at, at + len(rest)


def _after_letters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _LETTERED.finditer(text, start, end):
        yield start, start + len(text[start : match.end()].rstrip())
        start = match.end()
    yield start, end


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield `(start, end, whether the end lies inside a sentence)` of stretches that the segmenter can take."""
    position = start
    while end - position > _MAX_PARAGRAPH:
        limit = position + _MAX_PARAGRAPH
        borders = next((found for stop in _STOPS if (found := [match.end() for match in stop.finditer(text, position + 1, limit)])), [])
        stop = borders[-1] if borders else max(text.rfind(" ", position, limit), position) + 1
        stop = stop if stop > position + 1 else limit
        yield position, stop, not borders
        position = stop
    yield position, end, False


def _merge(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what should not have been parted: after an abbreviation or an open bracket, and before a lower-case word."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and _goes_on(text, merged[-1], start):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _goes_on(text: str, before: tuple[int, int], start: int) -> bool:
    tail = text[max(before[0], before[1] - _TAIL) : start]
    if any(match.end() == len(tail) for match in _LETTERED.finditer(tail + "A")):
        return False
    if _UNFINISHED.search(tail) or (_CONTINUES.match(text, start) and not tail.rstrip().endswith(("?", "!"))):
        return True
    return before[1] - before[0] < _MAX_BRACKET and text.count("(", *before) > text.count(")", *before)
