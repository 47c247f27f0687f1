"""The report of task relation on a corpus: scores by unit and level, a line for each label of the gold, what was left out, and every error with its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from litkg.evaluation.scores import SCORE_COLUMNS, Score


class RelationErrorKind(StrEnum):
    """What is wrong with a relation of the gold, or with a claim. Of those that fit, the first."""

    WRONG_PREDICATE = "wrong predicate"
    WRONG_DIRECTION = "wrong direction"
    DENIED = "denied"
    MISSED = "missed"
    SPURIOUS = "spurious"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelScore:
    """The score at one level of one unit."""

    unit: str
    level: str
    score: Score

    def to_json(self) -> dict[str, object]:
        """Return the fields with those of the score."""
        return {"unit": self.unit, "level": self.level} | self.score.to_json()


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelScore:
    """How many pairs of one label of the gold were found at each level; `typed` is None for a label that the mapping table lacks, `precision` where a
    claim could be another label's too, or there is none."""

    label: str
    predicates: tuple[str, ...]
    gold: int
    pair: int
    directed: int
    typed: int | None
    precision: float | None

    def to_json(self) -> dict[str, object]:
        """Return the fields by name, the precision rounded to four digits."""
        return {
            "label": self.label,
            "predicates": list(self.predicates),
            "gold": self.gold,
            "pair": self.pair,
            "directed": self.directed,
            "typed": self.typed,
            "precision": None if self.precision is None else round(self.precision, 4),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationError:
    """One thing to look at. `label` is the gold's, empty for what is spurious; `found` are the predicates that were said of the pair, `why` says more of
    what is missed or spurious, `text` is the sentence of what was found."""

    kind: RelationErrorKind
    document_id: str
    why: str
    label: str
    subject: str
    target: str
    found: tuple[str, ...] = ()
    text: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return {
            "kind": self.kind.value,
            "document_id": self.document_id,
            "why": self.why,
            "label": self.label,
            "subject": self.subject,
            "object": self.target,
            "found": list(self.found),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationReport:
    """All scores; all else is of the first unit. `predicates` and `extractors` are names with their claims at the level typed, and how many are right;
    `left_out` counts relations of the gold by reason, `unmapped` those whose label the mapping table lacks, by label, `denied` those that the gold negates;
    `not_scored` counts claims by reason, and `refuted` refutations."""

    given: bool
    documents: int
    missing_documents: tuple[str, ...]
    scores: tuple[LevelScore, ...]
    labels: tuple[LabelScore, ...]
    predicates: tuple[tuple[str, int, int], ...]
    extractors: tuple[tuple[str, int, int], ...]
    types: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...]
    unmapped: tuple[tuple[str, int], ...]
    denied: int
    not_scored: tuple[tuple[str, int], ...]
    refuted: int
    errors: tuple[RelationError, ...]

    columns: ClassVar[tuple[str, ...]] = ("pairs of", "level", *SCORE_COLUMNS)
    label_columns: ClassVar[tuple[str, ...]] = ("label", "says", "gold", "pair", "directed", "typed", "precision")
    predicate_columns: ClassVar[tuple[str, ...]] = ("predicate", "claims", "right", "precision")
    error_columns: ClassVar[tuple[str, ...]] = ("error", "why", "count", "label", "subject", "object", "found")

    def to_json(self) -> dict[str, object]:
        """Return all of it as plain values."""
        return {
            "task": "relation",
            "given": self.given,
            "documents": self.documents,
            "missing_documents": list(self.missing_documents),
            "predicates": {name: {"found": found, "found_right": right} for name, found, right in self.predicates},
            "extractors": {name: {"found": found, "found_right": right} for name, found, right in self.extractors},
            "types": list(self.types),
            "scores": [score.to_json() for score in self.scores],
            "labels": [label.to_json() for label in self.labels],
            "left_out": dict(self.left_out),
            "unmapped": dict(self.unmapped),
            "denied": self.denied,
            "not_scored": dict(self.not_scored),
            "refuted": self.refuted,
            "errors": [error.to_json() for error in self.errors],
        }

    def rows(self) -> list[tuple[str, ...]]:
        """Return the rows of the score table, under `columns`."""
        return [(item.unit, item.level, *item.score.cells()) for item in self.scores]

    def label_rows(self) -> list[tuple[str, ...]]:
        """Return the recall of each label at each level, under `label_columns`."""
        return [
            (
                item.label,
                ", ".join(item.predicates),
                str(item.gold),
                *("" if found is None else f"{found / item.gold:.3f}" for found in (item.pair, item.directed, item.typed)),
                "" if item.precision is None else f"{item.precision:.3f}",
            )
            for item in self.labels
        ]

    def predicate_rows(self) -> list[tuple[str, ...]]:
        """Return the claims at the level typed by predicate, under `predicate_columns`."""
        return [(name, str(found), str(right), f"{right / found:.3f}") for name, found, right in self.predicates]

    def error_rows(self, limit: int) -> list[tuple[str, ...]]:
        """Return the `limit` most frequent errors of each kind and reason, grouped by their texts, under `error_columns`."""
        return frequent_relation_errors(self.errors, limit)

    def summary(self) -> str:
        """Return what the tables do not say, a line each."""
        mentions = "mentions given" if self.given else "mentions found by litkg"
        lines = [
            f"{self.documents} documents, {len(self.missing_documents)} missing; {mentions}; scored between {', '.join(self.types) or 'no types'}",
            f"labels without a predicate, not in typed: {_counts(self.unmapped)}; relations that the gold denies: {self.denied}",
        ]
        if self.left_out:
            lines.append(f"relations left out: {_counts(self.left_out)}")
        lines.append(f"refutations, which are no claims: {self.refuted}; claims not scored: {_counts(self.not_scored)}")
        if self.extractors:
            lines.append(f"right among the claims in typed: {', '.join(f'{right} of {found} by {name}' for name, found, right in self.extractors)}")
        return "\n".join(lines)


def frequent_relation_errors(errors: Iterable[RelationError], limit: int) -> list[tuple[str, ...]]:
    """Return the `limit` most frequent errors of each kind and reason: rows under `RelationReport.error_columns`."""
    groups = Counter((error.kind, error.why, error.label, _plain(error.subject), _plain(error.target), ", ".join(error.found)) for error in errors)
    ranked = sorted(groups.items(), key=lambda item: (-item[1], item[0]))
    reasons = sorted({key[:2] for key in groups}, key=lambda key: (list(RelationErrorKind).index(key[0]), key[1]))
    rows: list[tuple[str, ...]] = []
    for kind, why in reasons:
        some = [(key, count) for key, count in ranked if key[:2] == (kind, why)][:limit]
        rows += [(kind.value, why, str(count), *rest) for (_, _, *rest), count in some]
    return rows


def _counts(items: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {name}" for name, count in items) or "none"


def _plain(text: str) -> str:
    return " ".join(text.split())
