"""How well mentions agree with annotated names (task ner).

Mentions are compared by their offsets in the input as it was, so gold made on the input fits however the text was cleaned. Strict: same
span and type. Relaxed: spans of one type that overlap. Only types that the gold annotates are scored; what either side has of other types is
left out, and the gold's own are counted.
Documents count whether the gold annotates something in them or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from litkg.evaluation.documents import by_document, known
from litkg.evaluation.scores import SCORE_COLUMNS, Score
from litkg.evaluation.spans import FREQUENT_COLUMNS, ErrorKind, MarkedSpan, MentionError, SpanCounts, compare_spans, frequent_errors
from litkg.evaluation.types import CATEGORY_TYPES, GOLD_TYPES
from litkg.model import Extraction
from litkg.sources.gold import GoldMention


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionReport:
    """Scores by (level, type), type "all" first."""

    scores: tuple[tuple[str, str, Score], ...]
    documents: int
    missing_documents: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...]
    """Gold types that are not scored, and how many annotations each has."""
    gold_types: tuple[str, ...] = ()
    """All type names of the gold, sorted; `litkg.evaluation.conventions.convention_of` tells the corpus by them."""
    counts: tuple[tuple[str, SpanCounts], ...] = ()
    """The kinds of spans by type, "all" first; `litkg.evaluation.spans` defines the kinds."""
    errors: tuple[MentionError, ...] = ()
    """Each error, in the order of the documents and of their texts."""

    columns: ClassVar[tuple[str, ...]] = ("level", "type", *SCORE_COLUMNS)
    count_columns: ClassVar[tuple[str, ...]] = ("type", "spans", "correct", "boundary", "other type", "missed", "spurious")
    error_columns: ClassVar[tuple[str, ...]] = FREQUENT_COLUMNS

    def to_json(self) -> dict[str, object]:
        """Return all of it as plain values."""
        return {
            "task": "ner",
            "documents": self.documents,
            "missing_documents": list(self.missing_documents),
            "gold_types": list(self.gold_types),
            "left_out": dict(self.left_out),
            "scores": [{"level": level, "type": name} | score.to_json() for level, name, score in self.scores],
            "counts": {name: counts.to_json() for name, counts in self.counts},
            "errors": [error.to_json() for error in self.errors],
        }

    def rows(self) -> list[tuple[str, ...]]:
        """Return the rows of the score table, under `columns`."""
        return [(level, name, *score.cells()) for level, name, score in self.scores]

    def count_rows(self) -> list[tuple[str, ...]]:
        """Return the kinds of spans by type and side, under `count_columns`."""
        rows: list[tuple[str, ...]] = []
        for name, counts in self.counts:
            for side, by_kind, foreign in (("gold", counts.gold, ErrorKind.SPURIOUS), ("found", counts.found, ErrorKind.MISSED)):
                rows.append((name, side, *("" if kind is foreign else str(by_kind.get(kind, 0)) for kind in ErrorKind)))
        return rows

    def error_rows(self, limit: int) -> list[tuple[str, ...]]:
        """Return the `limit` most frequent errors of each kind, grouped by text, under `error_columns`."""
        return frequent_errors(self.errors, limit)

    def summary(self) -> str:
        """Return what the table does not say, in one line."""
        left_out = ", ".join(f"{count} {name}" for name, count in self.left_out) or "none"
        return f"{self.documents} documents, {len(self.missing_documents)} missing; annotations of types that are not scored: {left_out}"


def evaluate_mentions(
    gold: Sequence[GoldMention], extractions: Iterable[Extraction], *, documents: Collection[str] = (), types: Mapping[str, str] = GOLD_TYPES
) -> MentionReport:
    """Return span scores and errors. `documents` are the ids of the gold's documents, needed for those without annotation; `types` is a list
    such as `GOLD_TYPES`. Documents that the gold does not know are left out, missing ones count as empty."""
    wanted = {name: _gold_spans(mentions, types) for name, mentions in by_document(gold, documents).items()}
    scored = _scored(gold, types)
    found = {name: _found_spans(extraction) for name, extraction in known(extractions, wanted)}
    scores = []
    for level, overlap in (("strict", False), ("relaxed", True)):
        by_type = {kind: _span_score(wanted, found, kind, overlap=overlap) for kind in scored}
        scores.extend([(level, "all", sum(by_type.values(), Score())), *((level, kind, score) for kind, score in by_type.items())])
    counts = {kind: SpanCounts(gold={}, found={}) for kind in scored}
    errors: list[MentionError] = []
    for name, spans in wanted.items():
        counts_here, errors_here = compare_spans(name, spans, found.get(name, []), scored)
        counts = {kind: counts[kind] + counts_here[kind] for kind in scored}
        errors += errors_here
    all_counts = sum(counts.values(), SpanCounts(gold={}, found={}))
    left_out = Counter(mention.type for mention in gold if mention.type.casefold() not in types)
    return MentionReport(
        scores=tuple(scores),
        documents=len(found),
        missing_documents=tuple(name for name in wanted if name not in found),
        left_out=tuple(sorted(left_out.items())),
        gold_types=tuple(sorted({mention.type for mention in gold})),
        counts=(("all", all_counts), *counts.items()),
        errors=tuple(errors),
    )


def _scored(gold: Iterable[GoldMention], types: Mapping[str, str]) -> list[str]:
    return sorted({types[key] for mention in gold if (key := mention.type.casefold()) in types})


def _gold_spans(mentions: Iterable[GoldMention], types: Mapping[str, str]) -> list[MarkedSpan]:
    """Return the spans in text order, each once, with the type that they are scored as, else the gold's own."""
    spans = {(mention.start, mention.end, types.get(mention.type.casefold(), mention.type)): mention.text for mention in mentions}
    return [MarkedSpan(start=start, end=end, type=kind, text=text) for (start, end, kind), text in sorted(spans.items())]


def _found_spans(extraction: Extraction) -> list[MarkedSpan]:
    to_raw = extraction.document.source_map.to_raw
    mentions = (grounding.mention for grounding in extraction.groundings)
    spans = {(*to_raw(mention.start, mention.end), CATEGORY_TYPES[mention.label]): mention.text for mention in mentions}
    return [MarkedSpan(start=start, end=end, type=kind, text=text) for (start, end, kind), text in sorted(spans.items())]


def _span_score(wanted: Mapping[str, list[MarkedSpan]], found: Mapping[str, list[MarkedSpan]], kind: str, *, overlap: bool) -> Score:
    total = Score()
    for name, spans in wanted.items():
        gold = {(span.start, span.end) for span in spans if span.type == kind}
        ours = {(span.start, span.end) for span in found.get(name, []) if span.type == kind}
        total += Score(
            found=len(ours),
            found_right=sum(_meets(span, gold, overlap=overlap) for span in ours),
            gold=len(gold),
            gold_found=sum(_meets(span, ours, overlap=overlap) for span in gold),
        )
    return total


def _meets(span: tuple[int, int], others: set[tuple[int, int]], *, overlap: bool) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others) if overlap else span in others
