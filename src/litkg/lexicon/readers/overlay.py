"""Reads the hand-made overlay in `graph/lexicon/`: what no rule can know, each line with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from litkg.curie import normalise_curie
from litkg.errors import CurieError, LexiconError
from litkg.lexicon.readers.tables import read_rows, split_cell
from litkg.lexicon.records import Crosswalk, NameKind, RawConcept
from litkg.model import Category

ACTIONS = frozenset({"add", "prefer", "remove", "case"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDecision:
    """A decision on one name. `add` gives it to a concept, `prefer` gives it and ranks it first, `remove` takes it away (from all
    concepts where `concept` is `*`), `case` lets it count only with its own capitals."""

    action: str
    name: str
    concept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """All hand-made decisions. `joins` are ids to merge, `parts` pairs that must stay apart (not one thing, nor member and
    group), `cytokines` ids of genes and families."""

    concepts: tuple[RawConcept, ...]
    decisions: tuple[NameDecision, ...]
    joins: tuple[Crosswalk, ...]
    parts: frozenset[frozenset[str]]
    cytokines: frozenset[str]


def read_overlay(folder: Path) -> Overlay:
    """Return the overlay in `folder`: concepts.tsv, cell_types.tsv, cytokines.tsv, names.tsv, merges.tsv.

    Raises: LexiconError, naming file and line, for an unknown action, category or id.
    """
    concepts: list[RawConcept] = []
    for file_name, kind in (("concepts.tsv", NameKind.CURATED), ("cell_types.tsv", NameKind.EXACT)):
        for line, row in _rows(folder / file_name):
            try:
                categories = tuple(Category(item) for item in split_cell(row["categories"], "|"))
            except ValueError as error:
                raise LexiconError(f"{folder / file_name}:{line}: {error}; one of {', '.join(Category)}") from None
            concepts.append(
                RawConcept(
                    id=_id(folder / file_name, line, row["id"]),
                    name=row["name"],
                    categories=categories,
                    source="overlay" if kind is NameKind.CURATED else "cl",
                    names=tuple((text, kind) for text in split_cell(row["names"], "|")),
                    xrefs=tuple(sorted(split_cell(row["xrefs"], "|"))),
                )
            )
    decisions: list[NameDecision] = []
    cytokines: set[str] = set()
    for line, row in _rows(folder / "cytokines.tsv"):
        curie = _id(folder / "cytokines.tsv", line, row["id"])
        cytokines.add(curie)
        if curie.startswith("FPLX:"):
            concepts.append(RawConcept(id=curie, name=row["symbol"], categories=(Category.GENE, Category.CYTOKINE), source="overlay"))
        decisions += [NameDecision(action="prefer", name=text, concept=curie) for text in split_cell(row["names"], "|")]
    for line, row in _rows(folder / "names.tsv"):
        if row["action"] not in ACTIONS:
            raise LexiconError(f"{folder / 'names.tsv'}:{line}: unknown action {row['action']!r}: one of {', '.join(sorted(ACTIONS))}")
        concept = row["id"] if row["id"] == "*" else _id(folder / "names.tsv", line, row["id"])
        decisions.append(NameDecision(action=row["action"], name=row["name"], concept=concept))
    joins: list[Crosswalk] = []
    parts: set[frozenset[str]] = set()
    for line, row in _rows(folder / "merges.tsv"):
        left, right = _id(folder / "merges.tsv", line, row["left"]), _id(folder / "merges.tsv", line, row["right"])
        if row["action"] == "join":
            joins.append(Crosswalk(left, right, "overlay"))
        elif row["action"] == "part":
            parts.add(frozenset({left, right}))
        else:
            raise LexiconError(f"{folder / 'merges.tsv'}:{line}: unknown action {row['action']!r}: join or part")
    return Overlay(concepts=tuple(concepts), decisions=tuple(decisions), joins=tuple(joins), parts=frozenset(parts), cytokines=frozenset(cytokines))


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    return [(index + 2, row) for index, row in enumerate(read_rows(path.read_bytes()))]


def _id(path: Path, line: int, text: str) -> str:
    try:
        return normalise_curie(text)
    except CurieError as error:
        raise LexiconError(f"{path}:{line}: {error}") from None
