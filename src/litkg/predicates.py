"""The closed set of predicates, read from `graph/predicates.tsv`, and the arithmetic of signs.

Owns what a predicate means (sign, causal, symmetric, domain, range, Biolink names) and which aspects there are; refuses to know how text says it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from litkg.datafiles import data_path
from litkg.model import Assertion, content_id

ASPECTS = frozenset({"activity", "abundance", "expression", "secretion", "severity"})
SUBJECT_ASPECT_SIGN = {
    None: 1,
    "gain_of_function": 1,
    "increased": 1,
    "variant": 0,
    "loss_of_function": -1,
    "decreased": -1,
}
"""What the state of the subject does to the sign: a variant without a known effect leaves none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """One row of the closed set. `domain` and `range` hold category names; empty means any."""

    name: str
    sign: int
    causal: bool
    symmetric: bool
    domain: frozenset[str]
    range: frozenset[str]
    biolink_predicate: str
    biolink_qualified_predicate: str
    biolink_object_direction_qualifier: str
    description: str


@cache
def load_predicates() -> dict[str, Predicate]:
    """Return all predicates by name, in the order of the file."""
    with data_path("graph/predicates.tsv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    return {
        row["predicate"]: Predicate(
            name=row["predicate"],
            sign=int(row["sign"]),
            causal=row["causal"] == "1",
            symmetric=row["symmetric"] == "1",
            domain=_categories(row["domain"]),
            range=_categories(row["range"]),
            biolink_predicate=row["biolink_predicate"],
            biolink_qualified_predicate=row["biolink_qualified_predicate"],
            biolink_object_direction_qualifier=row["biolink_object_direction_qualifier"],
            description=row["description"],
        )
        for row in rows
    }


def make_assertion(subject: str, predicate: str, object_: str, *, aspect: str | None = None, subject_aspect: str | None = None) -> Assertion:
    """Return the assertion with its sign and content id; the ends of a symmetric predicate are sorted, so both ways are one.

    Raises: KeyError for a predicate outside the closed set, ValueError for an unknown aspect.

    >>> make_assertion("HGNC:6000", "decreases", "CHEBI:28790", subject_aspect="loss_of_function").sign
    1
    >>> make_assertion("a:2", "associated_with", "a:1").subject
    'a:1'
    """
    row = load_predicates()[predicate]
    if aspect is not None and aspect not in ASPECTS:
        raise ValueError(f"unknown aspect {aspect!r}: one of {', '.join(sorted(ASPECTS))}")
    if subject_aspect not in SUBJECT_ASPECT_SIGN:
        raise ValueError(f"unknown subject aspect {subject_aspect!r}: one of {', '.join(sorted(filter(None, SUBJECT_ASPECT_SIGN)))}")
    if row.symmetric and subject_aspect is None and object_ < subject:
        subject, object_ = object_, subject
    return Assertion(
        id=content_id("as", subject, predicate, object_, aspect, subject_aspect),
        subject=subject,
        predicate=predicate,
        object=object_,
        aspect=aspect,
        subject_aspect=subject_aspect,
        sign=row.sign * SUBJECT_ASPECT_SIGN[subject_aspect],
    )


def _categories(cell: str) -> frozenset[str]:
    return frozenset() if cell == "*" else frozenset(cell.split("|"))
