"""Direction, sign, state and negation of claims on the hand-made table, and the scorer that counts them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.nlp.direction import Expected, Outcome, Row, outcomes, parse_claims, read_table, score
from tests.nlp.marked import relations_of

LEAST_RIGHT = 0.9
"""The share of rows that has been reached."""


@pytest.fixture(scope="module")
def read() -> tuple[Outcome, ...]:
    return outcomes(read_table())


def test_table_has_many_sentences_of_each_kind() -> None:
    rows = read_table()
    assert len({row.sentence for row in rows}) == len(rows) >= 170
    assert min(Counter(row.kind for row in rows).values()) >= 8


def test_share_of_sentences_read_right_does_not_fall(read: tuple[Outcome, ...]) -> None:
    assert sum(outcome.is_right for outcome in read) / len(read) >= LEAST_RIGHT


def test_no_claim_is_turned_round(read: tuple[Outcome, ...]) -> None:
    assert [outcome.row.sentence for outcome in read if outcome.reversed] == []


def outcome_of(sentence: str, expected: str, may: str = "") -> Outcome:
    return score(Row("test", sentence, parse_claims(expected), parse_claims(may)), relations_of(sentence))


@pytest.mark.parametrize(
    ("expected", "is_right"),
    [
        ("aspirin - il-6", True),
        ("aspirin decreases il-6", True),
        ("aspirin *|+ il-6", True),
        ("aspirin -/secretion il-6", True),
        ("asserted|probable? aspirin - il-6", True),
        ("aspirin[none|increased] - il-6", True),
        ("aspirin -/expression il-6", False),
        ("possible? aspirin - il-6", False),
        ("aspirin + il-6", False),
        ("!aspirin - il-6", False),
        ("aspirin[loss_of_function] - il-6", False),
        ("il-6 - aspirin", False),
        ("", False),
    ],
)
def test_claim_is_right_where_all_that_the_table_gives_agrees(expected: str, is_right: bool) -> None:
    assert outcome_of("{d:Aspirin} reduces {k:IL-6} secretion.", expected).is_right is is_right


def test_claim_that_may_be_read_need_not_be() -> None:
    assert outcome_of("{d:Aspirin} reduces {k:IL-6}.", "", "aspirin - il-6").is_right
    assert outcome_of("{d:Aspirin} and {k:IL-6} are here.", "", "aspirin - il-6").is_right


@pytest.mark.parametrize(
    ("expected", "reversed_", "flipped"),
    [
        ("il-6 - aspirin", 1, 0),
        ("il-6 + aspirin; aspirin - il-6", 0, 0),
        ("aspirin + il-6", 0, 1),
        ("!aspirin - il-6", 0, 1),
        ("aspirin[loss_of_function] - il-6", 0, 1),
        ("aspirin[loss_of_function] + il-6", 0, 0),
        ("aspirin 0 il-6", 0, 0),
        ("aspirin - tnf", 0, 0),
    ],
)
def test_claim_turned_round_or_contrary_is_told_apart_from_one_too_many(expected: str, reversed_: int, flipped: int) -> None:
    outcome = outcome_of("{d:Aspirin} reduces {k:IL-6}.", expected)
    assert (len(outcome.reversed), len(outcome.flipped)) == (reversed_, flipped)


@pytest.mark.parametrize("text", ["aspirin il-6", "aspirin heals il-6", "- il-6"])
def test_malformed_claim_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no claim"):
        parse_claims(text)


def test_claim_is_parsed() -> None:
    (claim,) = parse_claims("!possible|probable? regulatory t cells[loss_of_function] produces|+/secretion il-10")
    assert claim == Expected(
        subject="regulatory t cells",
        states=frozenset({"loss_of_function"}),
        predicates=frozenset({"produces", "+"}),
        aspect="secretion",
        object="il-10",
        negated=True,
        certainties=frozenset({"possible", "probable"}),
    )
