"""The report of task link: two measures of the same gold, their ceilings, and every error with its kind.

*Mentions*: each gold mention goes through litkg's grounding; it is right if one of the gold's ids is the concept's id or among its xrefs. *Documents*: the
concepts that litkg finds in a document by itself against the set of ids that the gold gives it. What a mention or id is counted as is decided in
`link_mentions` and `link_documents`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from litkg.evaluation.scores import Score


class LinkKind(StrEnum):
    """What a gold mention, a gold id of a document, or a concept found in one is. The first that fits, in this order."""

    CORRECT = "correct"
    OTHER_SPECIES = "other species"
    NOT_IN_LEXICON = "not in lexicon"
    NO_MENTION = "no mention"
    NO_CANDIDATE = "no candidate"
    WRONG_RANK = "wrong rank"
    WRONG_TYPE = "wrong type"
    WRONG_CONCEPT = "wrong concept"
    NO_ID = "no id"
    SPURIOUS = "spurious"


MENTION_KINDS = (
    LinkKind.CORRECT,
    LinkKind.OTHER_SPECIES,
    LinkKind.NOT_IN_LEXICON,
    LinkKind.NO_CANDIDATE,
    LinkKind.WRONG_RANK,
    LinkKind.WRONG_TYPE,
    LinkKind.WRONG_CONCEPT,
)
GOLD_ID_KINDS = (
    LinkKind.CORRECT,
    LinkKind.OTHER_SPECIES,
    LinkKind.NOT_IN_LEXICON,
    LinkKind.NO_MENTION,
    LinkKind.NO_CANDIDATE,
    LinkKind.WRONG_TYPE,
    LinkKind.WRONG_CONCEPT,
)
FOUND_KINDS = (LinkKind.CORRECT, LinkKind.OTHER_SPECIES, LinkKind.WRONG_TYPE, LinkKind.WRONG_CONCEPT, LinkKind.NO_ID, LinkKind.SPURIOUS)
"""The kinds that each side can have."""

Counts = Mapping[LinkKind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkError:
    """One thing that is wrong. `level` is mention (a gold mention), gold (an id of a document that was not found) or found (a concept that is not in the
    gold); `gold` are the gold's ids with the lexicon's names for them where it has any, `found` is the concept's id and name, empty where there is none."""

    level: str
    kind: LinkKind
    document_id: str
    type: str
    text: str
    gold: tuple[tuple[str, str], ...]
    found: tuple[str, str] | None

    def to_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return {
            "level": self.level,
            "kind": self.kind.value,
            "document_id": self.document_id,
            "type": self.type,
            "text": self.text,
            "gold": [{"id": identifier, "name": name} for identifier, name in self.gold],
            "found": {"id": self.found[0], "name": self.found[1]} if self.found else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionScore:
    """Counts of gold mentions by kind, with those whose id the lexicon holds and those whose right concept is among the candidates."""

    kinds: Counts = field(default_factory=dict)
    held: int = 0
    reachable: int = 0

    @property
    def mentions(self) -> int:
        """Return how many mentions were scored."""
        return sum(self.kinds.values())

    @property
    def accuracy(self) -> float:
        """Return the share of mentions with the right concept, 0.0 where there are none."""
        return self.kinds.get(LinkKind.CORRECT, 0) / self.mentions if self.mentions else 0.0

    @property
    def ceiling(self) -> float:
        """Return the share of mentions whose id the lexicon holds."""
        return self.held / self.mentions if self.mentions else 0.0

    @property
    def among_candidates(self) -> float:
        """Return the share of mentions whose right concept grounding had to choose from."""
        return self.reachable / self.mentions if self.mentions else 0.0

    def __add__(self, other: MentionScore) -> MentionScore:
        return MentionScore(kinds=Counter(self.kinds) + Counter(other.kinds), held=self.held + other.held, reachable=self.reachable + other.reachable)

    def to_json(self) -> dict[str, object]:
        """Return counts and shares, the shares rounded to four digits."""
        return {
            "mentions": self.mentions,
            "right": self.kinds.get(LinkKind.CORRECT, 0),
            "accuracy": round(self.accuracy, 4),
            "in_lexicon": self.held,
            "ceiling": round(self.ceiling, 4),
            "among_candidates": self.reachable,
            "kinds": {kind.value: self.kinds.get(kind, 0) for kind in MENTION_KINDS},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScore:
    """Ids of documents: the score, how many of the gold's the lexicon holds, and the kinds of either side."""

    score: Score = field(default_factory=Score)
    held: int = 0
    gold: Counts = field(default_factory=dict)
    found: Counts = field(default_factory=dict)

    @property
    def ceiling(self) -> float:
        """Return the share of the gold's ids that the lexicon holds."""
        return self.held / self.score.gold if self.score.gold else 0.0

    def __add__(self, other: DocumentScore) -> DocumentScore:
        return DocumentScore(
            score=self.score + other.score,
            held=self.held + other.held,
            gold=Counter(self.gold) + Counter(other.gold),
            found=Counter(self.found) + Counter(other.found),
        )

    def to_json(self) -> dict[str, object]:
        """Return the score with the ceiling and the kinds."""
        return self.score.to_json() | {
            "in_lexicon": self.held,
            "ceiling": round(self.ceiling, 4),
            "kinds": {
                "gold": {kind.value: self.gold.get(kind, 0) for kind in GOLD_ID_KINDS},
                "found": {kind.value: self.found.get(kind, 0) for kind in FOUND_KINDS},
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReport:
    """Both measures by type, "all" first, and all errors: those of mentions, of the gold's ids, of what was found; each in document
    order. `ends` is empty where only the gold's mentions were scored."""

    given: tuple[tuple[str, MentionScore], ...]
    ends: tuple[tuple[str, DocumentScore], ...]
    documents: int
    missing_documents: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...]
    """Gold types that are not scored, and how many annotations each has."""
    without_id: int
    """Mentions of scored types that the gold gives no id."""
    other_species: int
    """Ids of mentions that are genes of other species: scored, and wrong, unless `human_genes`."""
    human_genes: bool
    species_marked: bool
    """Whether the gold marks species; else a gene id that the lexicon lacks is taken for another species'."""
    errors: tuple[LinkError, ...]

    columns: ClassVar[tuple[str, ...]] = ("mentions", "gold", "accuracy", "in lexicon", "candidates", *(kind.value for kind in MENTION_KINDS))
    end_columns: ClassVar[tuple[str, ...]] = ("documents", "precision", "recall", "F1", "in lexicon", "gold", "found")
    count_columns: ClassVar[tuple[str, ...]] = ("ids", "side", *(kind.value for kind in LinkKind if kind in {*GOLD_ID_KINDS, *FOUND_KINDS}))
    error_columns: ClassVar[tuple[str, ...]] = ("level", "error", "count", "text", "gold", "gold name", "found", "found name")

    def to_json(self) -> dict[str, object]:
        """Return all of it as plain values."""
        return {
            "task": "link",
            "documents": self.documents,
            "missing_documents": list(self.missing_documents),
            "left_out": dict(self.left_out),
            "without_id": self.without_id,
            "other_species": self.other_species,
            "human_genes": self.human_genes,
            "species_marked": self.species_marked,
            "mentions": [{"type": name} | score.to_json() for name, score in self.given],
            "scores": [{"level": "document", "type": name} | score.to_json() for name, score in self.ends],
            "errors": [error.to_json() for error in self.errors],
        }

    def rows(self) -> list[tuple[str, ...]]:
        """Return the table of mentions, under `columns`."""
        return [
            (
                name,
                str(score.mentions),
                f"{score.accuracy:.3f}",
                f"{score.ceiling:.3f}",
                f"{score.among_candidates:.3f}",
                *(str(score.kinds.get(kind, 0)) for kind in MENTION_KINDS),
            )
            for name, score in self.given
        ]

    def end_rows(self) -> list[tuple[str, ...]]:
        """Return the table of documents, under `end_columns`."""
        rows: list[tuple[str, ...]] = []
        for name, score in self.ends:
            precision, recall, f1, gold, found = score.score.cells()
            rows.append((name, precision, recall, f1, f"{score.ceiling:.3f}", gold, found))
        return rows

    def count_rows(self) -> list[tuple[str, ...]]:
        """Return the kinds of the documents' ids by type and side, under `count_columns`."""
        rows: list[tuple[str, ...]] = []
        for name, score in self.ends:
            for side, counts, kinds in (("gold", score.gold, GOLD_ID_KINDS), ("found", score.found, FOUND_KINDS)):
                cells = (str(counts.get(kind, 0)) if kind in kinds else "" for kind in LinkKind if kind in {*GOLD_ID_KINDS, *FOUND_KINDS})
                rows.append((name, side, *cells))
        return rows

    def error_rows(self, limit: int) -> list[tuple[str, ...]]:
        """Return the `limit` most frequent errors of each level and kind, grouped by text, ids and concept, under `error_columns`."""
        return frequent_link_errors(self.errors, limit)

    def summary(self) -> str:
        """Return what the tables do not say, in one line."""
        left_out = ", ".join(f"{count} {name}" for name, count in self.left_out) or "none"
        species = f"; ids of other species' genes: {self.other_species}, {'left out' if self.human_genes else 'scored'}" if self.other_species else ""
        told = "" if self.species_marked or not self.other_species else " (told by the lexicon: this gold marks no species)"
        return (
            f"{self.documents} documents, {len(self.missing_documents)} missing; mentions without id: {self.without_id}; "
            f"annotations of types that are not scored: {left_out}{species}{told}"
        )


def frequent_link_errors(errors: Iterable[LinkError], limit: int) -> list[tuple[str, ...]]:
    """Return the `limit` most frequent errors of each level and kind: rows under `LinkReport.error_columns`."""
    groups = Counter(
        (
            error.level,
            error.kind,
            " ".join(error.text.split()),
            "|".join(identifier for identifier, _ in error.gold),
            "; ".join(name for _, name in error.gold if name),
            *(error.found or ("", "")),
        )
        for error in errors
    )
    ranked = sorted(groups.items(), key=lambda item: (-item[1], item[0]))
    rows: list[tuple[str, ...]] = []
    for level in ("mention", "gold", "found"):
        for kind in LinkKind:
            some = [(key, count) for key, count in ranked if key[:2] == (level, kind)][:limit]
            rows += [(level, kind.value, str(count), *rest) for (_, _, *rest), count in some]
    return rows
