"""What would test a hypothesis: by its sign, the kinds of its concepts, and its weakest step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.hypotheses.experiments import weakest_hop, what_would_test
from litkg.model import Category
from tests.hypotheses.making import hop, hypothesis, route

KINDS = st.sampled_from([category.value for category in Category])
SIGNS = st.sampled_from([1, -1, 0])


@pytest.mark.parametrize(
    ("kind", "category", "sign", "told"),
    [
        ("Drug", "Disease", -1, "Give A, and leave it out for comparison: with more A, C should be less frequent or milder."),
        ("Cytokine", "Gene", 1, "Raise A, and block it: with more A, C should go up."),
        ("Disease", "Phenotype", 1, "Compare those who have A with those who do not: with A, C should be more frequent or worse."),
        ("CellType", "Chemical", -1, "Change A, or compare where it differs: with more A, C should go down."),
        ("Drug", "Disease", 0, "Give A, and leave it out for comparison: see whether C changes; no path tells in which direction."),
    ],
)
def test_the_whole_comes_first(kind: str, category: str, sign: int, told: str) -> None:
    item = hypothesis([route(hop("A", "B"), hop("B", "C", sign))], category=category)
    assert what_would_test(item, {"[A]": kind})[0] == told


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("Gene", "do the same where B is blocked or missing"),
        ("Disease", "look at those without B apart"),
        ("BiologicalProcess", "do the same where B is kept as it is"),
    ],
)
def test_what_is_between_is_measured_and_taken_away(kind: str, told: str) -> None:
    item = hypothesis([route(hop("A", "B", -1), hop("B", "C"))])
    (line,) = [line for line in what_would_test(item, {"[B]": kind}) if line.startswith("B ")]
    assert line.startswith("B should go down first.")
    assert told in line


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"belief": 0.0, "shared": 7}, "No paper claims anything of B and C yet; read those that mention both (7)"),
        ({"belief": 0.1, "divided": True}, "(belief 0.1), and papers disagree about its direction"),
        ({"belief": 0.1, "causal": False}, "no paper claims that one acts on the other: change B and see whether C follows"),
        ({"belief": 0.1, "sign": 0}, "no paper says whether the first raises or lowers the second"),
        ({"belief": 0.1}, "The least certain step is between B and C (belief 0.1): repeat it"),
    ],
)
def test_the_weakest_step_is_named_with_what_it_lacks(step: dict[str, float], told: str) -> None:
    item = hypothesis([route(hop("A", "B"), hop("B", "C", **step))])  # type: ignore[arg-type]
    assert any(told in line for line in what_would_test(item, {}))


def test_of_equal_steps_that_without_cause_is_the_weakest() -> None:
    sure, linked = hop("A", "B"), hop("B", "C", causal=False)
    assert weakest_hop(route(sure, linked)) == linked


def test_chains_that_lead_back_are_tested_from_their_beginning() -> None:
    back = route(hop("A", "B", backward=True), hop("B", "C", -1, backward=True, belief=0.4))
    first, second, third = what_would_test(hypothesis([back], category="Drug"), {"[A]": "Gene", "[B]": "Gene"})
    assert first == "Give C, and leave it out for comparison: with more C, A should go down."
    assert second.startswith("B should go down first. ")
    assert second.endswith("if A changes as much as before, this path does not carry the effect.")
    assert third == "The least certain step is between C and B (belief 0.4): repeat it before the rest."


def test_paths_that_disagree_are_told_apart() -> None:
    up, down = route(hop("A", "B"), hop("B", "C")), route(hop("A", "D"), hop("D", "C", -1))
    told = "Paths disagree: through B, C should go up; through D, it should go down. Measure B and D in one experiment"
    assert told in what_would_test(hypothesis([up], disagreeing=[down], agreement=0.6), {})[-1]
    turned = "Paths disagree: through D, C should go down; through B, it should go up. "
    assert turned in what_would_test(hypothesis([down], disagreeing=[up], agreement=0.6), {})[-1]
    assert not any(line.startswith("Paths") for line in what_would_test(hypothesis([up], disagreeing=[down], agreement=0.9), {}))


@pytest.mark.parametrize(("reading", "told"), [("repurposing", "In records of care"), ("adverse event", "In reports of side effects"), (None, None)])
def test_drugs_and_diseases_are_looked_up_in_records(reading: str | None, told: str | None) -> None:
    second = what_would_test(hypothesis([route(hop("A", "B"), hop("B", "C"))], category="Disease", reading=reading), {"[A]": "Drug"})[1]
    assert second.startswith("B should" if told is None else told)
    turned = what_would_test(hypothesis([route(hop("C", "B"), hop("B", "A"))], category="Drug", reading=reading), {"[C]": "Disease"})[1]
    assert told is None or turned == second


@given(KINDS, KINDS, KINDS, SIGNS, SIGNS, st.booleans(), st.floats(0, 1), st.sampled_from([None, 0.5, 1.0]))
def test_every_hypothesis_can_be_tested_somehow(
    first: str, between: str, last: str, up: int, on: int, causal: bool, belief: float, agreement: float | None
) -> None:
    item = hypothesis([route(hop("A", "B", up, causal=causal), hop("B", "C", on, belief=belief))], category=last, agreement=agreement)
    lines = what_would_test(item, {"[A]": first, "[B]": between, "[C]": last})
    assert len(lines) >= 3
    assert all(line.endswith((".", "?")) and "  " not in line for line in lines)
