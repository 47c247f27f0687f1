"""The table of anaphora (`anaphora.tsv`), and what a reading of its texts scores.

A text is two or three sentences parted by ` // `, with marked mentions and with its anaphors in angle brackets: `<Both drugs=isoniazid+rifampicin>` stands
for these two concepts; `~` in the place of `=` is for an anaphor that may be read so, or not at all. What is not in brackets stands for nothing. `read` and
`may` are claims as in `direction.py`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from litkg.nlp.anaphora import find_anaphors
from tests.nlp.direction import Outcome, Row, parse_claims, score
from tests.nlp.marked import parse_marked, relations_of

TABLE = Path(__file__).with_name("anaphora.tsv")
_MARK = re.compile(r"\{\w:(?P<name>[^}|]+)(?:\|[^}]+)?\}|<(?P<anaphor>[^=~<>]+)(?P<must>[=~])(?P<antecedents>[^<>]*)>")
_NEXT = " // "


@dataclass(frozen=True, slots=True)
class Expected:
    """An anaphor at `[start, end)` of the plain text and the ids of the concepts that it stands for."""

    start: int
    end: int
    antecedents: frozenset[str]
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the table; `row.sentence` is it without angle brackets."""

    row: Row
    anaphors: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of a text: pairs of an anaphor and a concept that are right, wrong and missing, and the outcome for its claims."""

    text: Text
    right: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]
    claims: Outcome


def read_texts(path: Path = TABLE) -> tuple[Text, ...]:
    """Return the texts of the table in their order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            _text(line["kind"], line["text"], line["read"], line["may"] or "") for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def readings(texts: Iterable[Text]) -> tuple[Found, ...]:
    """Return what litkg makes of the texts."""
    return tuple(_reading(text) for text in texts)


def _text(kind: str, marked: str, read: str, may: str) -> Text:
    plain, without, position = "", "", 0
    anaphors = []
    for match in _MARK.finditer(marked):
        before = marked[position : match.start()]
        plain, without, position = plain + before, without + before, match.end()
        if match["name"]:
            plain, without = plain + match["name"], without + match[0]
            continue
        antecedents = frozenset(filter(None, match["antecedents"].split("+")))
        anaphors.append(Expected(len(plain), len(plain) + len(match["anaphor"]), antecedents, match["must"] == "~"))
        plain, without = plain + match["anaphor"], without + match["anaphor"]
    return Text(Row(kind, without + marked[position:], parse_claims(read), parse_claims(may)), tuple(anaphors))


def _reading(text: Text) -> Found:
    plain, groundings = parse_marked(text.row.sentence)
    found: set[tuple[tuple[int, int], str]] = set()
    start = 0
    earlier: list[tuple[int, int]] = []
    for sentence in plain.split(_NEXT):
        span = (start, start + len(sentence))
        for anaphor in find_anaphors(plain, span, earlier, groundings):
            concepts = [groundings[at].concept for at in anaphor.antecedents]
            found |= {((anaphor.start, anaphor.end), concept.id) for concept in concepts if concept is not None}
        earlier.append(span)
        start = span[1] + len(_NEXT)
    allowed = {(item.start, concept) for item in text.anaphors for concept in item.antecedents}
    placed = {(_place(text, span), concept) for span, concept in found}
    missed = {(item.start, concept) for item in text.anaphors if not item.is_optional for concept in item.antecedents} - placed
    optional = {item.start for item in text.anaphors if item.is_optional}
    return Found(
        text=text,
        right=len({pair for pair in placed & allowed if pair[0] not in optional}),
        wrong=tuple(sorted((plain[span[0] : span[1]], concept) for span, concept in found if (_place(text, span), concept) not in allowed)),
        missed=tuple(sorted((plain[start : start + 12], concept) for start, concept in missed)),
        claims=score(text.row, relations_of(text.row.sentence)),
    )


def _place(text: Text, span: tuple[int, int]) -> int:
    """Return where the anaphor of the table begins that the span overlaps, -1 where there is none."""
    return next((item.start for item in text.anaphors if item.start < span[1] and span[0] < item.end), -1)
