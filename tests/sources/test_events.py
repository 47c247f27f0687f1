"""What events state of pairs, on stand-off of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.sources.events import Stated, pairs_of, parse_events, things_of

THINGS = ("T1", "T2", "T3")


def pairs(*rows: str) -> dict[tuple[str, str], Stated]:
    return pairs_of(parse_events(rows), THINGS)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("E1\tPositive_regulation:T9 Theme:T2 Cause:T1",), {("T1", "T2"): Stated("Positive_regulation", False, False)}),
        (("E1\tRegulation:T9 Theme:T2 Cause:T1", "A1\tNegation E1"), {("T1", "T2"): Stated("Regulation", True, False)}),
        (("E1\tRegulation:T9 Theme:T2 Cause:T1", "M1\tSpeculation E1"), {("T1", "T2"): Stated("Regulation", False, True)}),
        (("E1\tGene_expression:T9 Theme:T2",), {}),
        (("E1\tBinding:T9 Theme:T1 Theme2:T2",), {("T1", "T2"): Stated("Binding", False, False), ("T2", "T1"): Stated("Binding", False, False)}),
        (("E1\tRegulation:T9 Theme:T1 Cause:T1",), {}),
    ],
    ids=["cause", "negated", "speculated", "no cause", "binding", "itself"],
)
def test_an_event_relates_its_cause_to_its_theme(rows: tuple[str, ...], expected: dict[tuple[str, str], Stated]) -> None:
    assert pairs(*rows) == expected


def test_a_sign_counts_before_none_and_the_first_sign_before_the_next() -> None:
    rows = ("E1\tRegulation:T9 Theme:T2 Cause:T1", "E2\tNegative_regulation:T9 Theme:T2 Cause:T1", "E3\tPositive_regulation:T9 Theme:T2 Cause:T1")
    assert pairs(*rows)["T1", "T2"].label == "Negative_regulation"


def test_what_is_one_with_a_thing_is_related_too() -> None:
    found = pairs("E1\tPositive_regulation:T9 Theme:T2 Cause:T1", "*\tEquiv T1 T3")
    assert set(found) == {("T1", "T2"), ("T3", "T2")}


def test_a_loss_is_no_cause() -> None:
    assert not pairs("E1\tNegative_regulation:T9 Theme:T1", "E2\tPositive_regulation:T8 Theme:T2 Cause:E1")


def test_an_event_stands_for_what_it_is_about() -> None:
    events = parse_events(["E1\tGene_expression:T9 Theme:T2", "E2\tRegulation:T8 Theme:E1"])
    assert (things_of(events, THINGS, "E2"), things_of(events, THINGS, "T1"), things_of(events, THINGS, "T9")) == (("T2",), ("T1",), ())


@given(st.lists(st.sampled_from(["Positive_regulation", "Negative_regulation", "Regulation", "Gene_expression"]), min_size=1, max_size=5))
def test_signs_multiply_along_a_chain(kinds: list[str]) -> None:
    rows = [f"E{at}\t{kind}:T9 Theme:{f'E{at - 1}' if at else 'T2'}" for at, kind in enumerate(kinds)]
    rows[-1] += " Cause:T1"
    sign = 1
    for kind in kinds:
        sign *= {"Positive_regulation": 1, "Negative_regulation": -1, "Regulation": 0, "Gene_expression": 1}[kind]
    assert pairs(*rows)["T1", "T2"].label == {1: "Positive_regulation", -1: "Negative_regulation", 0: "Regulation"}[sign]


def test_events_in_a_circle_end() -> None:
    assert pairs("E1\tRegulation:T9 Theme:E2 Cause:T1", "E2\tRegulation:T8 Theme:E1 Cause:T2") == {}
