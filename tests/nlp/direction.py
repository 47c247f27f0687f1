"""The table of direction and sign (`direction_and_sign.tsv`), and what a reading of its sentences scores.

A row has a kind, a sentence with marked mentions (`marked`), the claims that must be read and those that may be. Nothing else may be. Claims stand as

    [!][certainty? ]subject[state] predicate[/aspect] object

with `!` for a negated one. The predicate is a name, or a sign for every causal predicate of that sign (`+`, `-`, `0`), or `*` for any. Alternatives of
certainty, state and predicate are parted by `|`. A state that is not given is none, and so is "increased" (more of X is what a claim speaks of anyway);
`[*]` is any. A certainty or an aspect that is not given is not looked at.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from litkg.model import Relation
from litkg.predicates import load_predicates
from tests.nlp.marked import relations_of

TABLE = Path(__file__).with_name("direction_and_sign.tsv")
_SIGNS = {"+": 1, "-": -1, "0": 0}
_PREDICATE = "|".join(map(re.escape, [*_SIGNS, "*", *load_predicates()]))
_CLAIM = re.compile(
    r"(?P<negated>!?)(?:(?P<certainty>[a-z|]+)\? )?(?P<subject>.+?)(?:\[(?P<state>[^\]]+)\])? "
    rf"(?P<predicate>(?:{_PREDICATE})(?:\|(?:{_PREDICATE}))*)(?:/(?P<aspect>[a-z]+))? (?P<object>.+)"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A claim as the table gives it; an empty `certainties` or `aspect` is not looked at."""

    subject: str
    states: frozenset[str]
    predicates: frozenset[str]
    aspect: str
    object: str
    negated: bool
    certainties: frozenset[str]

    def accepts(self, relation: Relation) -> bool:
        """Return whether the relation is this claim."""
        ends = _ends(relation)
        if ends != (self.subject, self.object) and not (_is_symmetric(relation) and ends == (self.object, self.subject)):
            return False
        return (
            relation.negated == self.negated
            and bool(self.predicates & _names(relation))
            and ("*" in self.states or _state(relation) in self.states)
            and (not self.aspect or relation.aspect == self.aspect)
            and (not self.certainties or relation.certainty.value in self.certainties)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of the table."""

    kind: str
    sentence: str
    read: tuple[Expected, ...]
    may: tuple[Expected, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether the sentence is of the half at whose errors nobody looks when the grammar is mended: by a hash of its words."""
        return hashlib.sha256(self.sentence.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read of a row: what is missing, what is too much, and of that what turns a claim of the row round or gives it the contrary sign."""

    row: Row
    missed: tuple[Expected, ...]
    extra: tuple[Relation, ...]
    reversed: tuple[Relation, ...]
    flipped: tuple[Relation, ...]

    @property
    def is_right(self) -> bool:
        """Whether all that must be read was, and nothing that may not be."""
        return not self.missed and not self.extra


def read_table(path: Path = TABLE) -> tuple[Row, ...]:
    """Return the rows of the table in their order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Row(line["kind"], line["sentence"], parse_claims(line["read"]), parse_claims(line["may"] or ""))
            for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def score(row: Row, relations: Sequence[Relation]) -> Outcome:
    """Return what is right and wrong in the relations read of the row's sentence."""
    known = row.read + row.may
    missed = tuple(claim for claim in row.read if not any(claim.accepts(relation) for relation in relations))
    extra = tuple(relation for relation in relations if not any(claim.accepts(relation) for claim in known))
    return Outcome(
        row=row,
        missed=missed,
        extra=extra,
        reversed=tuple(relation for relation in extra if _is_reversed(relation, known)),
        flipped=tuple(relation for relation in extra if _is_flipped(relation, known)),
    )


def outcomes(rows: Iterable[Row]) -> tuple[Outcome, ...]:
    """Return what the grammar makes of the rows."""
    return tuple(score(row, relations_of(row.sentence)) for row in rows)


def parse_claims(cell: str) -> tuple[Expected, ...]:
    """Return the claims of a cell of the table, parted by semicolons.

    Raises: ValueError for what is no claim.
    """
    return tuple(_claim(part.strip()) for part in cell.split("; ") if part.strip())


def _claim(text: str) -> Expected:
    match = _CLAIM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no claim of the table")
    return Expected(
        subject=match["subject"],
        states=frozenset((match["state"] or "none").split("|")),
        predicates=frozenset(match["predicate"].split("|")),
        aspect=match["aspect"] or "",
        object=match["object"],
        negated=bool(match["negated"]),
        certainties=frozenset((match["certainty"] or "").split("|")) - {""},
    )


def _names(relation: Relation) -> set[str]:
    """Return all names under which the table may have the predicate."""
    predicate = load_predicates()[relation.predicate]
    signs = {sign for sign, value in _SIGNS.items() if value == predicate.sign} if predicate.causal else set()
    return {relation.predicate, "*", *signs}


def _ends(relation: Relation) -> tuple[str, str]:
    subject, object_ = relation.subject.concept, relation.object.concept
    if subject is None or object_ is None:
        raise ValueError("a relation without concepts")
    return subject.id, object_.id


def _state(relation: Relation) -> str:
    return "none" if relation.subject_aspect in {None, "increased"} else str(relation.subject_aspect)


def _is_symmetric(relation: Relation) -> bool:
    return load_predicates()[relation.predicate].symmetric


def _is_reversed(relation: Relation, known: Iterable[Expected]) -> bool:
    """Return whether a claim of the row has these ends in the other order, and none has them in this one."""
    if _is_symmetric(relation):
        return False
    ends = [(claim.subject, claim.object) for claim in known]
    return _ends(relation)[::-1] in ends and _ends(relation) not in ends


def _is_flipped(relation: Relation, known: Iterable[Expected]) -> bool:
    """Return whether the row has a claim with these ends whose sign, state and negation together say the contrary."""
    return any(
        _ends(relation) == (claim.subject, claim.object)
        and _is_directed(claim)
        and {_net(claim, sign, state) for sign in _signs(claim) for state in claim.states} == {-_net_of(relation)} != {0}
        for claim in known
    )


def _is_directed(claim: Expected) -> bool:
    return "*" not in claim.states | claim.predicates


def _signs(claim: Expected) -> set[int]:
    return {_SIGNS[name] if name in _SIGNS else load_predicates()[name].sign for name in claim.predicates}


def _net(claim: Expected, sign: int, state: str) -> int:
    return sign * (-1 if state in {"loss_of_function", "decreased"} else 1) * (-1 if claim.negated else 1)


def _net_of(relation: Relation) -> int:
    sign = load_predicates()[relation.predicate].sign
    return sign * (-1 if _state(relation) in {"loss_of_function", "decreased"} else 1) * (-1 if relation.negated else 1)
