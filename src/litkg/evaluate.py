"""The scores behind `litkg evaluate GOLD --task ner|link|relation`: one call a task, extractions and gold in, a report out.

Every report has `columns` and `rows()` for a table, `summary()` for what stands under it, and `to_json()`. Gold comes with its documents
(`litkg.sources.annotated.read_annotated`); for relation it may be JSON lines of claims instead (`read_gold`). Refuses printing.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from litkg.errors import InputError
from litkg.evaluation.claims import ClaimError, ClaimReport, evaluate_claims
from litkg.evaluation.conventions import CONVENTIONS, convention_of
from litkg.evaluation.gold import Gold, Trap, parse_gold, parse_traps
from litkg.evaluation.link_mentions import Given, ground_gold
from litkg.evaluation.link_report import LinkReport
from litkg.evaluation.linking import evaluate_links
from litkg.evaluation.mentions import MentionReport, evaluate_mentions
from litkg.evaluation.relating import evaluate_relations
from litkg.evaluation.relation_claims import given_groundings
from litkg.evaluation.relation_gold import RelationGold
from litkg.evaluation.relation_report import RelationReport
from litkg.evaluation.scores import Score
from litkg.evaluation.spans import MentionError
from litkg.evaluation.types import GOLD_TYPES, parse_types

__all__ = [
    "CONVENTIONS",
    "GOLD_TYPES",
    "ClaimError",
    "ClaimReport",
    "Given",
    "Gold",
    "LinkReport",
    "MentionError",
    "MentionReport",
    "RelationGold",
    "RelationReport",
    "Score",
    "Task",
    "Trap",
    "convention_of",
    "evaluate_claims",
    "evaluate_links",
    "evaluate_mentions",
    "evaluate_relations",
    "given_groundings",
    "ground_gold",
    "holds_claims",
    "paper_paths",
    "parse_gold",
    "parse_traps",
    "parse_types",
    "read_gold",
]


class Task(StrEnum):
    """What is scored."""

    NER = "ner"
    LINK = "link"
    RELATION = "relation"


def holds_claims(path: Path) -> bool:
    """Tell whether a gold is of JSON lines with claims, for `read_gold`: by the first line of a file, or by the names of a folder's files."""
    if path.is_dir():
        return any(path.glob("*.jsonl"))
    try:
        with path.open(encoding="utf-8") as lines:
            first = next((line for line in lines if line.strip()), "")
    except (OSError, UnicodeDecodeError):
        return False
    told = path.suffix == ".jsonl" or (first.startswith("{") and '"type"' in first)
    return told and '"passages"' not in first


def read_gold(path: Path) -> tuple[Gold, tuple[Trap, ...]]:
    """Return gold and traps of a file, or of all `.jsonl` files of a folder in the order of their names.

    Raises: InputError, with file and line, for a bad line, for a file that is no UTF-8 text or cannot be opened, and for a folder without such files.
    """
    paths = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not paths:
        raise InputError(f"{path}: no .jsonl file in this folder: name a folder of gold files, such as corpus/gold")
    golds: list[Gold] = []
    traps: list[Trap] = []
    for file in paths:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
            golds.append(parse_gold(lines))
            traps.extend(parse_traps(lines))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file}: cannot be read as UTF-8 text ({error}): name a gold file or a folder of them") from error
        except InputError as error:
            raise InputError(f"{file}, {error}") from error
    merged = Gold(
        documents=tuple(dict.fromkeys(name for gold in golds for name in gold.documents)),
        claims=tuple(claim for gold in golds for claim in gold.claims),
        files=tuple(dict.fromkeys(name for gold in golds for name in gold.files)),
    )
    return merged, tuple(traps)


def paper_paths(gold: Gold, path: Path) -> list[Path]:
    """Return the papers that gold read from `path` names, in its order; the names count from the folder that holds the gold's folder."""
    folder = path if path.is_dir() else path.parent
    return [folder.resolve().parent / name for name in gold.files]
