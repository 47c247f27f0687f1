"""Sorts the mentions of a gold and those that were found into right ones and kinds of errors.

Owns the kinds. Every span that is scored, of either side, is of exactly one kind, tried in this order:
correct    the other side has the same span with the same type;
boundary   it overlaps a span of the same type;
type       it is or overlaps a span of another type, scored or not;
missed     a gold span that nothing overlaps; spurious: a found span that nothing overlaps.
So gold = correct + boundary + type + missed, and found = correct + boundary + type + spurious, for each type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class ErrorKind(StrEnum):
    """What a span is, against the other side."""

    CORRECT = "correct"
    BOUNDARY = "boundary"
    TYPE = "type"
    MISSED = "missed"
    SPURIOUS = "spurious"


GOLD_KINDS = (ErrorKind.CORRECT, ErrorKind.BOUNDARY, ErrorKind.TYPE, ErrorKind.MISSED)
FOUND_KINDS = (ErrorKind.CORRECT, ErrorKind.BOUNDARY, ErrorKind.TYPE, ErrorKind.SPURIOUS)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class MarkedSpan:
    """A span with a type: the one that it is scored as, else the gold's own name for it."""

    start: int
    end: int
    type: str
    text: str

    def to_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return {"start": self.start, "end": self.end, "text": self.text, "type": self.type}


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionError:
    """A span that is wrong, with the span of the other side that overlaps it most; None where there is none.

    One pair that is wrong from both sides is one error, so the errors of a kind can be fewer than the spans of that kind.
    """

    kind: ErrorKind
    document_id: str
    gold: MarkedSpan | None
    found: MarkedSpan | None

    def to_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return {
            "kind": self.kind.value,
            "document_id": self.document_id,
            "gold": self.gold.to_json() if self.gold else None,
            "found": self.found.to_json() if self.found else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanCounts:
    """How many spans of one type are of each kind, of the gold and of what was found."""

    gold: Mapping[ErrorKind, int]
    found: Mapping[ErrorKind, int]

    def to_json(self) -> dict[str, object]:
        """Return the counts by side and kind, zeros included."""
        return {
            "gold": {kind.value: self.gold.get(kind, 0) for kind in GOLD_KINDS},
            "found": {kind.value: self.found.get(kind, 0) for kind in FOUND_KINDS},
        }

    def __add__(self, other: SpanCounts) -> SpanCounts:
        return SpanCounts(gold=Counter(self.gold) + Counter(other.gold), found=Counter(self.found) + Counter(other.found))


def kind_of(span: MarkedSpan, others: Iterable[MarkedSpan], *, alone: ErrorKind) -> tuple[ErrorKind, MarkedSpan | None]:
    """Return the kind of a span, `alone` where none of `others` overlaps it, and the one of them that makes it so."""
    near = [other for other in others if other.start < span.end and span.start < other.end]
    same = [other for other in near if other.type == span.type]
    if not near:
        return alone, None
    partner = min(same or near, key=lambda other: (max(other.start, span.start) - min(other.end, span.end), other))
    exact = next((other for other in same if (other.start, other.end) == (span.start, span.end)), None)
    if exact is not None:
        return ErrorKind.CORRECT, exact
    return (ErrorKind.BOUNDARY if same else ErrorKind.TYPE), partner


def compare_spans(
    document_id: str, gold: Collection[MarkedSpan], found: Collection[MarkedSpan], types: Collection[str]
) -> tuple[dict[str, SpanCounts], list[MentionError]]:
    """Return the counts of each of `types` in a document, and its errors in text order; spans of other types count as neighbours only."""
    gold_counts: dict[str, Counter[ErrorKind]] = {name: Counter() for name in types}
    found_counts: dict[str, Counter[ErrorKind]] = {name: Counter() for name in types}
    errors: dict[tuple[ErrorKind, MarkedSpan | None, MarkedSpan | None], MentionError] = {}
    for span in gold:
        if span.type in gold_counts:
            kind, other = kind_of(span, found, alone=ErrorKind.MISSED)
            gold_counts[span.type][kind] += 1
            errors[kind, span, other] = MentionError(kind=kind, document_id=document_id, gold=span, found=other)
    for span in found:
        if span.type in found_counts:
            kind, other = kind_of(span, gold, alone=ErrorKind.SPURIOUS)
            found_counts[span.type][kind] += 1
            errors[kind, other, span] = MentionError(kind=kind, document_id=document_id, gold=other, found=span)
    ordered = sorted((error for error in errors.values() if error.kind is not ErrorKind.CORRECT), key=_place)
    return {name: SpanCounts(gold=gold_counts[name], found=found_counts[name]) for name in types}, ordered


def _place(error: MentionError) -> tuple[int, int, int, str]:
    starts = [span.start if span else -1 for span in (error.gold, error.found)]
    return min(start for start in starts if start >= 0), starts[0], starts[1], error.kind


def frequent_errors(errors: Iterable[MentionError], limit: int) -> list[tuple[str, ...]]:
    """Return the `limit` most frequent errors of each kind, grouped by their texts and types: rows under `FREQUENT_COLUMNS`."""
    groups = Counter((error.kind, *_cells(error.gold), *_cells(error.found)) for error in errors)
    ranked = sorted(groups.items(), key=lambda item: (-item[1], item[0]))
    rows: list[tuple[str, ...]] = []
    for kind in ErrorKind:
        rows += [(kind.value, str(count), *cells) for (name, *cells), count in [item for item in ranked if item[0][0] is kind][:limit]]
    return rows


FREQUENT_COLUMNS = ("error", "count", "gold", "gold type", "found", "found type")


def _cells(span: MarkedSpan | None) -> tuple[str, str]:
    return (" ".join(span.text.split()), span.type) if span else ("", "")
