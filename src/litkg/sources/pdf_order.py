"""Puts the lines of printed pages into reading order and joins them to paragraphs.

Owns columns, running heads and page numbers, and where a paragraph ends; refuses to know what a paragraph is about.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeVar

from litkg.sources.pdf_lines import Line, Page

MARGIN = 0.09
"""Share of the page height, at top and bottom, in which running heads are looked for."""
MIN_GUTTER = 6.0
"""Points of white between two columns; journals have 12 to 18."""
_SAME_PLACE = 8.0
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*\d{1,5}(?:\s*(?:of|/)\s*\d{1,5})?[-–—|\s]*|[ivxl]{1,6}", re.IGNORECASE)
Key = TypeVar("Key")
_ENDS = re.compile(r"[.!?:][\"'”’)\]\d,–-]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines that belong together; `column` numbers the columns of the whole document in reading order."""

    lines: tuple[Line, ...]
    column: int
    left: float
    right: float
    furniture: bool = False

    @property
    def text(self) -> str:
        """The lines as printed, one a line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The type size that most of its characters have."""
        return _main_size(self.lines)

    @property
    def font(self) -> str:
        """The font that most of its characters have."""
        return max(_weights((line.font, line) for line in self.lines), key=lambda pair: pair[1])[0]


def _weights(pairs: Iterable[tuple[Key, Line]]) -> list[tuple[Key, int]]:
    totals: dict[Key, int] = defaultdict(int)
    for key, line in pairs:
        totals[key] += len(line.text)
    return list(totals.items())


def find_furniture(pages: Sequence[Page]) -> frozenset[Line]:
    """Return running heads and feet, page numbers and turned text: what stands in the margin, at the same place of several pages, with the same words."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    marginal = [(page, line) for page in pages for line in page.lines if _in_margin(line, page)]
    for page, line in marginal:
        for shift in (0, 1):
            seen[_shape(line), int(line.y0 / _SAME_PLACE) + shift].add(page.number)
    found = {line for page, line in marginal if max(len(seen[_shape(line), int(line.y0 / _SAME_PLACE) + shift]) for shift in (0, 1)) > 1}
    found |= {line for _, line in marginal if _PAGE_NUMBER.fullmatch(line.text)}
    return frozenset(found | {line for page in pages for line in page.lines if not line.upright})


def _in_margin(line: Line, page: Page) -> bool:
    return line.y0 > page.height * (1 - MARGIN) or line.y1 < page.height * MARGIN


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split())).casefold()


def order_paragraphs(pages: Sequence[Page], furniture: frozenset[Line]) -> list[Paragraph]:
    """Return the paragraphs of all pages in reading order; furniture of a page comes after its text."""
    paragraphs: list[Paragraph] = []
    column = 0
    for page in pages:
        for lines in split_columns([line for line in page.lines if line not in furniture]):
            paragraphs += split_paragraphs(lines, column)
            column += 1
        marginal = sorted((line for line in page.lines if line in furniture), key=lambda line: (-line.y0, line.x0))
        paragraphs += [Paragraph(lines=(line,), column=column, left=line.x0, right=line.x1, furniture=True) for line in marginal]
    return paragraphs


def split_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the columns of a page in reading order, each with its lines from top to bottom.

    Lines that run across the gutter part the page into bands; in a band the left column is read before the right one.
    """
    gutter = _find_gutter(lines)
    if gutter is None:
        return [_by_row(lines)] if lines else []
    columns: list[list[Line]] = []
    band: list[Line] = []
    across: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.y1):
        if line.x0 < gutter < line.x1 or (across and not band and _continues(across[-1], line, lines)):
            if band:
                columns += _columns_of(band, gutter)
                band = []
            across.append(line)
        else:
            if across:
                columns.append(_by_row(across))
                across = []
            band.append(line)
    columns += [_by_row(across)] if across else []
    return columns + (_columns_of(band, gutter) if band else [])


def _continues(above: Line, line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a short line is the last one of the paragraph that runs across: below it, flush with it, alone in its row."""
    beneath = abs(above.x0 - line.x0) < 2 and above.size == line.size and 0 < above.y0 - line.y0 < 1.6 * line.size
    return beneath and not any(other.x0 > line.x1 and abs(other.y0 - line.y0) < 0.7 * line.size for other in lines)


def _columns_of(band: Sequence[Line], gutter: float) -> list[list[Line]]:
    cut = _find_change_of_type(band, gutter)
    if cut is not None:
        return _columns_of([line for line in band if line.y0 >= cut], gutter) + _columns_of([line for line in band if line.y0 < cut], gutter)
    left = [line for line in band if line.x1 <= gutter]
    right = [line for line in band if line.x1 > gutter]
    return [column for side in (left, right) if side for column in (split_columns(side) if len(side) < len(band) else [_by_row(side)])]


def _find_change_of_type(band: Sequence[Line], gutter: float) -> float | None:
    """Return the y at which both columns change to another type size, as where a reference list starts below the text; None where they do not."""
    bottoms = sorted({line.y0 for line in band}, reverse=True)
    best = (0, 0.0)
    for cut, following in itertools.pairwise(bottoms):
        if any(line.y0 < cut - 1 and line.y1 > cut + 1 for line in band) or cut - following < 8:
            continue
        sides = [[[line for line in band if (line.y0 >= cut) is above and (line.x1 <= gutter) is left] for left in (True, False)] for above in (True, False)]
        if min(len(lines) for half in sides for lines in half) < 3:
            continue
        (above_left, above_right), (below_left, below_right) = ([_main_size(lines) for lines in half] for half in sides)
        if above_left == above_right and below_left == below_right and abs(above_left - below_left) > 0.8:
            fitting = sum(line.size == (above_left if line.y0 >= cut else below_left) for line in band)
            best = max(best, (fitting, cut))
    return best[1] if best[0] else None


def _main_size(lines: Sequence[Line]) -> float:
    return max(_weights((line.size, line) for line in lines), key=lambda pair: pair[1])[0]


def _find_gutter(lines: Sequence[Line]) -> float | None:
    """Return the x that parts two columns: few lines cross it, and both sides hold several lines beside each other."""
    if len(lines) < 8:
        return None
    best: tuple[int, float, float] | None = None
    for edge in sorted({round(line.x1, 1) for line in lines}):
        right = [line for line in lines if line.x0 >= edge + MIN_GUTTER]
        left = [line for line in lines if line.x1 <= edge + 0.5]
        if len(right) < 4 or len(left) < 4 or _shared_height(left, right) < 0.3:
            continue
        start = min(line.x0 for line in right)
        crossing = len(lines) - len(left) - len(right)
        if crossing <= 0.4 * len(lines) and (best is None or (crossing, edge - start) < best[:2]):
            best = (crossing, edge - start, (edge + start) / 2)
    return None if best is None else best[2]


def _shared_height(left: Sequence[Line], right: Sequence[Line]) -> float:
    bottom = max(min(line.y0 for line in left), min(line.y0 for line in right))
    top = min(max(line.y1 for line in left), max(line.y1 for line in right))
    least = min(max(line.y1 for line in side) - min(line.y0 for line in side) for side in (left, right))
    return (top - bottom) / least if least > 0 else 0.0


def _by_row(lines: Sequence[Line]) -> list[Line]:
    """Sort from top to bottom; pieces of one row are joined where they touch, else kept from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -(line.y0 + line.y1)):
        if rows and abs((rows[-1][0].y0 + rows[-1][0].y1) - (line.y0 + line.y1)) < 0.7 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    ordered: list[Line] = []
    for row in rows:
        pieces = sorted(row, key=lambda line: line.x0)
        joined = [pieces[0]]
        for piece in pieces[1:]:
            before = joined[-1]
            if piece.x0 - before.x1 < 1.5 * max(piece.size, before.size):
                larger = before if len(before.text) >= len(piece.text) else piece
                gap = "" if piece.x0 - before.x1 < 0.15 * piece.size else " "
                joined[-1] = replace(
                    larger, x0=before.x0, x1=piece.x1, y0=min(before.y0, piece.y0), y1=max(before.y1, piece.y1), text=f"{before.text}{gap}{piece.text}"
                )
            else:
                joined.append(piece)
        ordered += joined
    return ordered


def split_paragraphs(lines: Sequence[Line], column: int) -> list[Paragraph]:
    """Return the paragraphs of one column: they end at a change of type, at white space, at an indent, and after a short last line."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    pitch = _pitch(lines)
    groups: list[list[Line]] = [[lines[0]]]
    for before, line in itertools.pairwise(lines):
        if _breaks(before, line, left=left, right=right, pitch=pitch) or _is_run_of_heading(groups[-1], line, right=right):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [Paragraph(lines=tuple(group), column=column, left=left, right=right) for group in groups]


def _breaks(before: Line, line: Line, *, left: float, right: float, pitch: float) -> bool:
    gap = before.y0 - line.y0
    if abs(before.size - line.size) > 0.8 or (before.bold != line.bold and before.font != line.font and len(line.text) > 3):
        return True
    if gap > 1.45 * max(pitch, line.size):
        return True
    indented = line.x0 > left + 0.6 * line.size and line.x0 - before.x0 > 0.6 * line.size
    short = before.x1 < right - 0.12 * (right - left) and _ENDS.search(before.text) is not None
    return (indented and gap > 0.5 * line.size and _ENDS.search(before.text) is not None) or short


def _is_run_of_heading(group: Sequence[Line], line: Line, *, right: float) -> bool:
    """Tell whether the lines so far are a heading in a font of their own, set right on top of its text."""
    last = group[-1]
    alone = len(group) <= 2 and all(item.font == last.font for item in group) and last.x1 < right - 2 * last.size
    return alone and line.font != last.font and last.text[:1].isupper() | last.text[:1].isdigit() and len(line.text) > 3 and not _ENDS.search(last.text)


def _pitch(lines: Sequence[Line]) -> float:
    gaps = [before.y0 - line.y0 for before, line in itertools.pairwise(lines) if 0 < before.y0 - line.y0 < 3 * line.size]
    return median(gaps) if gaps else lines[0].size * 1.2


def ends_sentence(text: str) -> bool:
    """Tell whether a paragraph ends where a sentence ends, citation numbers aside."""
    return _ENDS.search(text.rstrip()) is not None
