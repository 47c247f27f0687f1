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
_MAX_PARAGRAPH = 20_000
"""Characters that are segmented in one go; a longer paragraph is cut at full stops first, since the segmenter is not linear."""
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


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
    for first, last in _chunks(text, start, end):
        position = first
        for piece in segmenter.segment(text[first:last]):
            stripped = piece.strip()
            at = text.find(stripped, position, last) if stripped else -1
            if at < 0:
                continue
            yield at, at + len(stripped)
            position = at + len(stripped)
        rest = text[position:last].strip()
        if rest:
            at = text.index(rest, position, last)
            yield at, at + len(rest)


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= _MAX_PARAGRAPH:
        yield start, end
        return
    position = start
    while position < end:
        stop = min(position + _MAX_PARAGRAPH, end)
        if stop < end:
            borders = [match.end() for match in _STOP.finditer(text, position, stop)] or [text.rfind(" ", position, stop) + 1]
            stop = borders[-1] if borders[-1] > position else stop
        yield position, stop
        position = stop


def _merge(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what should not have been parted: after an abbreviation or an open bracket, and before a lower-case word."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged:
            before = text[merged[-1][0] : merged[-1][1]]
            open_bracket = before.count("(") > before.count(")") and len(before) < 1000
            if _UNFINISHED.search(before) or open_bracket or (_CONTINUES.match(text, start) and not before.rstrip().endswith(("?", "!"))):
                merged[-1] = (merged[-1][0], end)
                continue
        merged.append((start, end))
    return merged
