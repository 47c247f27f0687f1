"""Reference lists: entries told by their shape, for lists with and without a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENTRY_START = re.compile(r"\s{0,3}\[?\d{1,3}[.)\]]{0,2}\s{1,4}(?=[A-Z\u00c0-\u00de][^\s\d]{1,40},? )")
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_INITIALS = re.compile(r"\b[A-Z\u00c0-\u00de][\w'\u2019-]{1,30},? (?:[A-Z]{1,3}\b|[A-Z]\.)")
_PAGES = re.compile(r"\d{1,4}(?:\(\d{1,4}\))?\s?[:;,]\s?[A-Za-z]?\d{1,6}|\bpp?\. ?\d|\bdoi\b|\bet al\b|\bIn press\b|[-\u2013]\d{1,5}\.?$", re.IGNORECASE)
_LOOKED_AT = 700
_FEWEST = 3


def is_entry(text: str) -> bool:
    """Return whether a text is shaped like a numbered reference: number, names with initials, year, volume or pages."""
    head = " ".join(text[:_LOOKED_AT].split())
    return bool(_ENTRY_START.match(head) and _YEAR.search(head) and _INITIALS.search(head) and _PAGES.search(head))


def count_entries(lines: Sequence[str]) -> int:
    """Return how many numbered references the lines hold, each possibly over several lines."""
    starts = [number for number, line in enumerate(lines) if _ENTRY_START.match(line)]
    ends = [*starts[1:], len(lines)]
    return sum(is_entry(" ".join(lines[first : min(last, first + 8)])) for first, last in zip(starts, ends, strict=False))


def follow(lines: Sequence[str]) -> bool:
    """Return whether the lines below a heading read like references, numbered or not: names with initials, years, volumes with pages."""
    if not lines:
        return True
    like = sum(bool(_INITIALS.search(line[:_LOOKED_AT])) + bool(_YEAR.search(line[:_LOOKED_AT])) + bool(_PAGES.search(line[:_LOOKED_AT])) > 1 for line in lines)
    return like >= min(_FEWEST, max(1, len(lines) // 4))


def is_list(chunks: Sequence[Sequence[str]], start: int) -> bool:
    """Return whether a reference list starts with chunk `start`: it opens with an entry, and three or more follow within the next few chunks."""
    if not chunks[start] or not _ENTRY_START.match(chunks[start][0]):
        return False
    total = 0
    for lines in chunks[start : start + 6]:
        total += count_entries(lines)
        if total >= _FEWEST:
            return True
    return False
