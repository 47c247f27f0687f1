"""The report of a build on how the sources merged: a table beside the lexicon, a line for each crosswalk that joined, was shared or was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from litkg.errors import LexiconError
from litkg.lexicon.merging import MergeReport
from litkg.lexicon.readers.tables import read_rows
from litkg.lexicon.records import Crosswalk

FILE_NAME = "merges.tsv"
Outcome = Literal["joined", "shared", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("joined", "shared", "refused")
_COLUMNS = ("outcome", "left", "left_name", "right", "right_name", "source", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLine:
    """What became of a crosswalk: `joined` into one concept, `shared` (the heading's id stands for this concept too), or `refused` and `why`."""

    outcome: str
    left: str
    left_name: str
    right: str
    right_name: str
    source: str
    why: str


def report_table(report: MergeReport, shared: Iterable[Crosswalk], names: Mapping[str, str]) -> bytes:
    """Return the table, with its header, as UTF-8: joins first, each once, then shared headings, then refusals, each sorted."""
    lines = [("joined", walk.left, walk.right, walk.source, "") for walk in sorted(set(report.joins), key=_order)]
    lines += [("shared", walk.left, walk.right, walk.source, "") for walk in sorted(set(shared), key=_order)]
    lines += [("refused", left, right, source, why) for left, right, source, why in sorted(set(report.refused))]
    rows = [(outcome, left, names.get(left, ""), right, names.get(right, ""), source, why) for outcome, left, right, source, why in lines]
    return "".join("\t".join(_cell(cell) for cell in row) + "\n" for row in (_COLUMNS, *rows)).encode()


def read_report(path: Path, *, outcome: Outcome | None = None, name: str | None = None) -> tuple[MergeLine, ...]:
    """Return the lines of the report in the lexicon's folder, in the table's order: those of one outcome, or those with an id or a name.

    Raises: LexiconError where the lexicon has no report.
    """
    try:
        data = (path / FILE_NAME).read_bytes()
    except OSError as error:
        raise LexiconError(f"the lexicon at {path} has no report of its merges ({error}): run `litkg lexicon build`") from error
    lines = (MergeLine(**row) for row in read_rows(data))
    wanted = name.lower() if name else None
    return tuple(
        line
        for line in lines
        if (outcome is None or line.outcome == outcome)
        and (wanted is None or wanted in (line.left.lower(), line.right.lower(), line.left_name.lower(), line.right_name.lower()))
    )


def _order(walk: Crosswalk) -> tuple[str, str, str]:
    return walk.left, walk.right, walk.source


def _cell(text: str) -> str:
    return " ".join(text.replace('"', "'").split())
