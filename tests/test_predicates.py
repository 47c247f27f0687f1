"""The closed set of predicates, and what makes two claims the same."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.model import Category
from litkg.predicates import ASPECTS, SUBJECT_ASPECT_SIGN, load_predicates, make_assertion

SYMMETRIC = [name for name, row in load_predicates().items() if row.symmetric]
DIRECTED = [name for name, row in load_predicates().items() if not row.symmetric]
CURIES = st.from_regex(r"[A-Z]{2,6}:[0-9]{1,6}", fullmatch=True)


@pytest.mark.parametrize("name", load_predicates())
def test_row_is_complete_and_within_the_vocabulary(name: str) -> None:
    row = load_predicates()[name]
    assert row.name == name
    assert row.sign in {-1, 0, 1}
    assert row.domain | row.range <= set(Category)
    assert row.biolink_predicate.startswith("biolink:")
    assert row.description
    assert not (row.symmetric and row.causal)


@pytest.mark.parametrize(
    ("name", "sign", "causal", "symmetric"),
    [
        ("increases", 1, True, False),
        ("decreases", -1, True, False),
        ("treats", -1, True, False),
        ("has_adverse_event", 1, True, False),
        ("associated_with", 0, False, True),
        ("negatively_correlated_with", -1, False, True),
        ("form_of", 0, False, False),
    ],
)
def test_predicate_has_its_sign(name: str, sign: int, causal: bool, symmetric: bool) -> None:
    row = load_predicates()[name]
    assert (row.sign, row.causal, row.symmetric) == (sign, causal, symmetric)


@given(CURIES, CURIES, st.sampled_from(SYMMETRIC))
def test_symmetric_claim_is_one_both_ways(first: str, second: str, predicate: str) -> None:
    assert make_assertion(first, predicate, second) == make_assertion(second, predicate, first)


@given(CURIES, CURIES, st.sampled_from(DIRECTED))
def test_directed_claim_keeps_its_ends(first: str, second: str, predicate: str) -> None:
    made = make_assertion(first, predicate, second)
    assert (made.subject, made.object) == (first, second)
    assert (made.id == make_assertion(second, predicate, first).id) == (first == second)


def test_state_of_one_end_keeps_the_order_of_a_symmetric_claim() -> None:
    made = make_assertion("b:2", "associated_with", "a:1", subject_aspect="variant")
    assert (made.subject, made.object) == ("b:2", "a:1")


@pytest.mark.parametrize(
    ("predicate", "state", "sign"),
    [
        ("decreases", None, -1),
        ("decreases", "loss_of_function", 1),
        ("decreases", "decreased", 1),
        ("increases", "increased", 1),
        ("increases", "gain_of_function", 1),
        ("causes", "loss_of_function", -1),
        ("causes", "variant", 0),
        ("affects", "loss_of_function", 0),
    ],
)
def test_state_of_the_subject_turns_the_sign(predicate: str, state: str | None, sign: int) -> None:
    assert make_assertion("a:1", predicate, "b:2", subject_aspect=state).sign == sign


def test_every_part_of_a_claim_counts_for_its_id() -> None:
    claims = product(["a:1", "a:2"], DIRECTED, ["b:1", "b:2"], [None, *sorted(ASPECTS)], SUBJECT_ASPECT_SIGN)
    ids = [make_assertion(s, p, o, aspect=aspect, subject_aspect=state).id for s, p, o, aspect, state in claims]
    assert len(ids) == len(set(ids))


def test_unknown_predicate_is_refused() -> None:
    with pytest.raises(KeyError, match="cures"):
        make_assertion("a:1", "cures", "b:2")


@pytest.mark.parametrize(("aspect", "state", "message"), [("colour", None, "unknown aspect 'colour'"), (None, "sad", "unknown subject aspect 'sad'")])
def test_unknown_aspect_is_refused_with_those_that_there_are(aspect: str | None, state: str | None, message: str) -> None:
    with pytest.raises(ValueError, match=f"{message}: one of "):
        make_assertion("a:1", "increases", "b:2", aspect=aspect, subject_aspect=state)
