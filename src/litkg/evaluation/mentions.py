"""How well mentions agree with annotated names (task ner), and concepts with annotated ids (task link).

Mentions are compared by their offsets in the input as it was, so gold made on the input fits however the text was cleaned. Strict: same
span and type. Relaxed: spans of one type that overlap. Links are compared by document: each id that the gold names there should be found
once, wherever. Only types that the gold annotates are scored; what either side has of other types is left out, and the gold's own are counted.
Documents count whether the gold annotates something in them or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from litkg.curie import normalise_curie
from litkg.errors import CurieError
from litkg.evaluation.scores import SCORE_COLUMNS, Score
from litkg.evaluation.spans import FREQUENT_COLUMNS, ErrorKind, MarkedSpan, MentionError, SpanCounts, compare_spans, frequent_errors
from litkg.evaluation.types import CATEGORY_TYPES, GOLD_TYPES
from litkg.model import Concept, Extraction
from litkg.sources.gold import GoldMention

_ID_PREFIXES = {"Chemical": "MESH", "Disease": "MESH", "Gene": "NCBIGene", "Organism": "NCBITaxon", "CellType": "CL"}
"""What an id without a prefix is an id of, by type, as PubTator files write them; digits alone for a disease are OMIM's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionReport:
    """Scores by (level, type), type "all" first; `task` is ner or link. Link has the level "document" only."""

    task: str
    scores: tuple[tuple[str, str, Score], ...]
    documents: int
    missing_documents: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...]
    """Gold types that are not scored, and how many annotations each has."""
    gold_types: tuple[str, ...] = ()
    """All type names of the gold, sorted; `litkg.evaluation.conventions.convention_of` tells the corpus by them."""
    counts: tuple[tuple[str, SpanCounts], ...] = ()
    """For ner, the kinds of spans by type, "all" first; `litkg.evaluation.spans` defines the kinds."""
    errors: tuple[MentionError, ...] = ()
    """For ner, each error, in the order of the documents and of their texts."""

    columns: ClassVar[tuple[str, ...]] = ("level", "type", *SCORE_COLUMNS)
    count_columns: ClassVar[tuple[str, ...]] = ("type", "spans", "correct", "boundary", "other type", "missed", "spurious")
    error_columns: ClassVar[tuple[str, ...]] = FREQUENT_COLUMNS

    def to_json(self) -> dict[str, object]:
        """Return all of it as plain values."""
        parts: dict[str, object] = {
            "task": self.task,
            "documents": self.documents,
            "missing_documents": list(self.missing_documents),
            "gold_types": list(self.gold_types),
            "left_out": dict(self.left_out),
            "scores": [{"level": level, "type": name} | score.to_json() for level, name, score in self.scores],
        }
        if self.task == "ner":
            parts["counts"] = {name: counts.to_json() for name, counts in self.counts}
            parts["errors"] = [error.to_json() for error in self.errors]
        return parts

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
    wanted = {name: _gold_spans(mentions, types) for name, mentions in _by_document(gold, documents).items()}
    scored = _scored(gold, types)
    found = {name: _found_spans(extraction) for name, extraction in _known(extractions, wanted)}
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
    return _report("ner", scores, gold, wanted, set(found), types, counts=(("all", all_counts), *counts.items()), errors=tuple(errors))


def evaluate_links(
    gold: Sequence[GoldMention], extractions: Iterable[Extraction], *, documents: Collection[str] = (), types: Mapping[str, str] = GOLD_TYPES
) -> MentionReport:
    """Return id scores by document; annotations without an id are left out, and so are found concepts without one. Options as in `evaluate_mentions`."""
    wanted: dict[str, set[tuple[str, str]]] = {name: _gold_ids(mentions, types) for name, mentions in _by_document(gold, documents).items()}
    scored = sorted({kind for ids in wanted.values() for kind, _ in ids})
    found = {name: _found_concepts(extraction, scored) for name, extraction in _known(extractions, wanted)}
    by_type = {kind: sum((_id_score(ids, found.get(name, {}), kind) for name, ids in wanted.items()), Score()) for kind in scored}
    scores = [("document", "all", sum(by_type.values(), Score())), *(("document", kind, score) for kind, score in by_type.items())]
    return _report("link", scores, gold, wanted, set(found), types)


def gold_curie(kind: str, identifier: str) -> str:
    """Return the id of an annotation as a CURIE in litkg's spelling, or unchanged where it is none.

    >>> gold_curie("Chemical", "D007538"), gold_curie("Gene", "3569"), gold_curie("Disease", "OMIM:612852")
    ('MESH:D007538', 'NCBIGene:3569', 'OMIM:612852')
    """
    prefix = "OMIM" if kind == "Disease" and identifier.isdigit() else _ID_PREFIXES.get(kind, "")
    for text in (identifier, f"{prefix}:{identifier}"):
        try:
            return normalise_curie(text)
        except CurieError:
            continue
    return identifier


def _report(
    task: str,
    scores: list[tuple[str, str, Score]],
    gold: Sequence[GoldMention],
    documents: Iterable[str],
    seen: set[str],
    types: Mapping[str, str],
    *,
    counts: tuple[tuple[str, SpanCounts], ...] = (),
    errors: tuple[MentionError, ...] = (),
) -> MentionReport:
    left_out = Counter(mention.type for mention in gold if mention.type.casefold() not in types)
    return MentionReport(
        task=task,
        scores=tuple(scores),
        documents=len(seen),
        missing_documents=tuple(name for name in documents if name not in seen),
        left_out=tuple(sorted(left_out.items())),
        gold_types=tuple(sorted({mention.type for mention in gold})),
        counts=counts,
        errors=errors,
    )


def _scored(gold: Iterable[GoldMention], types: Mapping[str, str]) -> list[str]:
    return sorted({types[key] for mention in gold if (key := mention.type.casefold()) in types})


def _by_document(gold: Iterable[GoldMention], documents: Iterable[str]) -> dict[str, list[GoldMention]]:
    """Return the annotations of each document, documents without any too."""
    found: dict[str, list[GoldMention]] = {_local_id(name): [] for name in documents}
    for mention in gold:
        found.setdefault(_local_id(mention.document_id), []).append(mention)
    return found


def _known(extractions: Iterable[Extraction], wanted: Mapping[str, object]) -> Iterable[tuple[str, Extraction]]:
    return ((name, extraction) for extraction in extractions if (name := _local_id(extraction.document.id)) in wanted)


def _local_id(document_id: str) -> str:
    """Return a document's id without its prefix: PubTator files write `123` for `PMID:123`."""
    return document_id.rpartition(":")[2]


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


def _gold_ids(mentions: Iterable[GoldMention], types: Mapping[str, str]) -> set[tuple[str, str]]:
    ids: set[tuple[str, str]] = set()
    for mention in mentions:
        kind = types.get(mention.type.casefold())
        if kind is not None:
            ids.update((kind, gold_curie(kind, identifier)) for identifier in mention.identifiers)
    return ids


def _found_concepts(extraction: Extraction, types: Sequence[str]) -> dict[str, dict[str, Concept]]:
    """Return the grounded concepts of a document by type and id."""
    concepts: dict[str, dict[str, Concept]] = {}
    for grounding in extraction.groundings:
        concept = grounding.concept
        if concept is not None and concept.grounded and (kind := CATEGORY_TYPES[concept.categories[0]]) in types:
            concepts.setdefault(kind, {})[concept.id] = concept
    return concepts


def _id_score(wanted: set[tuple[str, str]], found: Mapping[str, Mapping[str, Concept]], kind: str) -> Score:
    gold = {identifier for name, identifier in wanted if name == kind}
    ours = [{concept.id, *concept.xrefs} for concept in found.get(kind, {}).values()]
    return Score(
        found=len(ours),
        found_right=sum(not ids.isdisjoint(gold) for ids in ours),
        gold=len(gold),
        gold_found=sum(any(identifier in ids for ids in ours) for identifier in gold),
    )
