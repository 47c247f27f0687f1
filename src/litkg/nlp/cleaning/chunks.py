"""Lines, and chunks of lines: the pieces that are then told apart as prose, heading, cell, caption.

Owns where a chunk ends: at blank lines, before captions and known headings, after short last lines. Refuses to say what a chunk is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litkg.model import SectionKind
from litkg.nlp import sections
from litkg.nlp.cleaning.furniture import is_furniture_line, is_teaser_heading, shape
from litkg.nlp.cleaning.prose import is_cell, is_prose
from litkg.nlp.cleaning.sentences import ends_sentence, stays_open

CAPTION_START = re.compile(
    r"(?:(?:supplement(?:ary|al)|extended data|web|online|appendix) )?(?:figure|fig\.?|scheme|plate|chart"
    r"|box)\s{0,2}S?\d{1,3}[A-Za-z]?(?: \([^)]{1,30}\))?(?:\s{0,2}[.:|\u2014\u2013]\s{0,3}(?=\S|$)|\s{1,3}(?=(?-i:[A-Z])[a-z]+ (?!the\b|a\b|an\b))|$)",
    re.IGNORECASE,
)
TABLE_START = re.compile(
    r"(?:(?:supplement(?:ary|al)|extended data|web|online|appendix) )?table\s{0,2}(?:S?\d{1,3}[A-Za-z]?"
    r"|[IVX]{1,5})(?: \([^)]{1,30}\))?(?:\s{0,2}[.:|\u2014\u2013]\s{0,3}(?=\S|$)|\s{1,3}(?=(?-i:[A-Z])[a-z]+ (?!the\b|a\b|an\b))|$)",
    re.IGNORECASE,
)
_OPEN_WORD = re.compile(r"(?:[,;(]|\b(?:in|see|and|or|of|to|from|by|with|the|also|under|per|both|than|as))$", re.IGNORECASE)
_ITEM = re.compile(r"(?:[\u2022\u25cf\u25aa\u25e6\u2023\u00b7*\u2013-]\s{1,3}|\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)]\s{1,3})(?=[A-Z])")
_NUMBERED = re.compile(r"\d{1,2}\.(?:\d{1,2}\.?){0,3}\s+[A-Z][a-z]")
_SHORT_OF_FULL = 0.8
_LINES_FOR_A_WIDTH = 3
_LONGEST_HEADING = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its span without white space at either end, and what surrounds it."""

    start: int
    end: int
    text: str
    indented: bool
    after_blank: bool


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines that belong together. `given` is the kind that the reader knows; `after_gap` says whether a blank line, or a new block, comes before."""

    lines: tuple[Line, ...]
    given: SectionKind | None = None
    after_gap: bool = True
    continued: bool = False
    """Whether the chunk is a later paragraph of the reader's block."""

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """Return the lines of `text[start:end]` that are not blank, in order, with offsets in `text`."""
    found: list[Line] = []
    position, after_blank = start, True
    for raw in text[start:end].split("\n"):
        stripped = raw.strip()
        if stripped:
            at = position + len(raw) - len(raw.lstrip())
            found.append(Line(at, at + len(stripped), stripped, raw[0] == " ", after_blank))
            after_blank = False
        else:
            after_blank = True
        position += len(raw) + 1
    return found


def is_known_heading(line: str) -> bool:
    """Return whether a line is, as a whole, a heading with a kind of its own."""
    if len(line) > _LONGEST_HEADING or line.endswith((",", ";", ".", "-")) or (not line[0].isupper() and not line[0].isdigit()):
        return False
    return sections.heading_kind(line) is not None


def starts_caption(line: Line, before: Line | None) -> bool:
    """Return whether a figure's or table's caption starts here, and not a sentence that goes on with "Figure 1. The"."""
    if not (CAPTION_START.match(line.text) or TABLE_START.match(line.text)):
        return False
    return before is None or line.after_blank or line.indented or not _OPEN_WORD.search(before.text[-20:])


def chunks_of(lines: Sequence[Line], *, repeated: frozenset[str], given: SectionKind | None = None) -> list[Chunk]:
    """Return the lines in chunks, in order, each line once."""
    chunks: list[Chunk] = []
    for blob in _blobs(lines):
        borders = _borders(blob, repeated) if given is None else _soft_borders(blob)
        for first, last in zip([0, *borders], [*borders, len(blob)], strict=True):
            chunks.append(Chunk(tuple(blob[first:last]), given, first == 0, bool(chunks)))
    return chunks


def _blobs(lines: Sequence[Line]) -> list[list[Line]]:
    blobs: list[list[Line]] = []
    for line in lines:
        if line.after_blank or not blobs:
            blobs.append([])
        blobs[-1].append(line)
    return blobs


def _borders(blob: list[Line], repeated: frozenset[str]) -> list[int]:
    """Return the numbers of the lines of a blob, but for the first, with which a new chunk starts."""
    alone = [_stands_alone(line, repeated) for line in blob]
    full = _full_width(blob)
    in_caption = starts_caption(blob[0], None)
    headlike = [_looks_like_heading(blob, number, full) for number in range(len(blob))]
    borders: list[int] = []
    for number in range(1, len(blob)):
        before, line = blob[number - 1], blob[number]
        ended = ends_sentence(before.text)
        new = (
            alone[number]
            or alone[number - 1]
            or (is_known_heading(line.text) and (ended or stays_heading(before.text)))
            or (is_known_heading(before.text) and (number == 1 or borders[-1:] == [number - 1]) and not line.text[0].islower())
            or (headlike[number] and (ended or headlike[number - 1]))
            or (headlike[number - 1] and (number == 1 or borders[-1:] == [number - 1]))
            or starts_caption(line, before)
            or (line.indented and ended and not line.text[0].islower())
            or (in_caption and ended and (line.indented or line.text[0].islower()))
            or (line.indented and ended and before.text[-1] in ".?!")
            or (ended and len(before.text) < _SHORT_OF_FULL * full and line.text[0].isupper())
            or (bool(_ITEM.match(line.text)) and ended)
            or (line.indented and is_cell(before.text) and not is_prose(before.text) and (number == 1 or borders[-1:] == [number - 1]))
            or (line.text[0] in "\u2020\u2021\u00a7" and ended)
        )
        unfinished_caption = in_caption and not ended and not starts_caption(line, before)
        if new and not unfinished_caption:
            borders.append(number)
            in_caption = starts_caption(line, before)
    return borders


def stays_heading(text: str) -> bool:
    """Return whether a line can itself be a heading: short, a capital first, no stop, no open end."""
    return (
        len(text) <= _LONGEST_HEADING
        and (text[0].isupper() or text[0].isdigit())
        and not ends_sentence(text)
        and not stays_open(text)
        and len(text.split()) <= 8
    )


def _looks_like_heading(blob: list[Line], number: int, full: float) -> bool:
    """Return whether a line stands over the text below it as a heading does: numbered, or short, with its long words capitalised."""
    if number + 1 >= len(blob):
        return False
    text, below = blob[number].text, blob[number + 1].text
    if len(text) > _LONGEST_HEADING or ends_sentence(text) or stays_open(text) or not (below[0].isupper() or _NUMBERED.match(below)):
        return False
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    if not words or capitals < 0.75 * len(words) or any(character in text for character in ",;=@"):
        return False
    return bool(_NUMBERED.match(text)) or (len(text) < 0.7 * full and len(words) > 1)


def is_numbered_heading(line: str) -> bool:
    """Return whether a line is a heading by its number and its capitals ("3.1.2. Glial Activation")."""
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return len(line) <= _LONGEST_HEADING and bool(_NUMBERED.match(line)) and not ends_sentence(line) and len(words) > 0 and capitals >= 0.75 * len(words)


def _soft_borders(blob: list[Line]) -> list[int]:
    full = _full_width(blob)
    return [
        number
        for number in range(1, len(blob))
        if (number == 1 and is_numbered_heading(blob[0].text) and blob[1].text[0].isupper())
        or (ends_sentence(blob[number - 1].text) and len(blob[number - 1].text) < _SHORT_OF_FULL * full and blob[number].text[0].isupper())
    ]


def _stands_alone(line: Line, repeated: frozenset[str]) -> bool:
    return is_furniture_line(line.text) or sections.is_salutation(line.text) or is_teaser_heading(line.text) or shape(line.text) in repeated


def _full_width(blob: list[Line]) -> float:
    """Return the usual width of a full line, 0 where the blob is too short to tell."""
    if len(blob) < _LINES_FOR_A_WIDTH:
        return 0.0
    widths = sorted(len(line.text) for line in blob)
    return float(widths[(3 * len(widths)) // 4])
