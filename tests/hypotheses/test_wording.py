"""Hypotheses and steps in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from litkg.hypotheses.quoting import QuotedHop
from litkg.hypotheses.wording import cause_text, claim_text, meaning, parts_text, route_text
from tests.hypotheses.making import hop, hypothesis, route

CHAIN = route(hop("A", "B"), hop("B", "C", -1))


@pytest.mark.parametrize(
    ("sign", "told"),
    [(1, "more A should mean more C"), (-1, "more A should mean less C"), (0, "A and C have to do with each other; no path tells in which direction")],
)
def test_a_sign_is_said_by_name(sign: int, told: str) -> None:
    assert meaning(replace(hypothesis([CHAIN]), sign=sign)) == told


@pytest.mark.parametrize(
    ("direction", "told"),
    [(1, "chains of causal claims from A to C"), (-1, "chains of causal claims from C to A"), (0, "no chain of causal claims: a correlation at most")],
)
def test_a_cause_has_a_direction(direction: int, told: str) -> None:
    assert cause_text(replace(hypothesis([CHAIN]), direction=direction)) == told


def test_a_route_is_one_line() -> None:
    mixed = route(hop("A", "B"), hop("B", "C", -1, backward=True), hop("C", "D", 0, causal=False))
    assert route_text(mixed) == "A -> B |- C ~~~ D"


def test_small_parts_are_counted() -> None:
    item = replace(hypothesis([CHAIN]), parts=(("causal", 0.125), ("signed", -2.0), ("claimed", 0.0001), ("mentioned", 0.0)))
    assert parts_text(item) == "causal 0.12, signed -2.00, 2 under 0.01"
    assert parts_text(replace(item, parts=())) == parts_text(replace(item, parts=(("signed", 0.0),))) == ""


def test_a_claim_says_the_state_of_its_subject() -> None:
    step = QuotedHop(hop=hop("A", "B"), subject="A", predicate="increases", object="B", subject_aspect="loss_of_function", aspect="secretion")
    assert claim_text(step) == ("A (loss of function)", "increases", "B, secretion")
