"""Belief: the properties that its reader relies on."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.belief import CERTAINTY_WEIGHT, Observation, summarise
from litkg.model import Certainty


def observed(
    document_id: str = "PMID:1", certainty: Certainty = Certainty.ASSERTED, *, negated: bool = False, confidence: float = 1.0, year: int | None = None
) -> Observation:
    return Observation(document_id=document_id, year=year, negated=negated, certainty=certainty, confidence=confidence)


observations = st.builds(
    Observation,
    document_id=st.sampled_from(["PMID:1", "PMID:2", "PMID:3"]),
    year=st.one_of(st.none(), st.integers(1900, 2030)),
    negated=st.booleans(),
    certainty=st.sampled_from(Certainty),
    confidence=st.floats(0.0, 1.0),
)
some = st.lists(observations, min_size=1, max_size=8)


@given(some)
def test_belief_lies_in_the_unit_interval(evidence: list[Observation]) -> None:
    assert 0.0 <= summarise(evidence).belief <= 1.0


@given(some, st.randoms(use_true_random=False))
def test_order_does_not_matter(evidence: list[Observation], random: Random) -> None:
    shuffled = list(evidence)
    random.shuffle(shuffled)
    assert summarise(shuffled) == summarise(evidence)


@given(some, observations)
def test_support_never_lowers_and_refutation_never_raises_belief(evidence: list[Observation], more: Observation) -> None:
    before, after = summarise(evidence).belief, summarise([*evidence, more]).belief
    assert after <= before if more.negated else after >= before


@pytest.mark.parametrize(
    ("evidence", "belief"),
    [
        ([observed()], 0.85),
        ([observed(confidence=0.5)], 0.425),
        ([observed(certainty=Certainty.HYPOTHESISED)], 0.15),
        ([observed(), observed()], 0.85),
        ([observed(), observed(certainty=Certainty.POSSIBLE)], 0.85),
        ([observed("PMID:1"), observed("PMID:2")], 0.9775),
        ([observed(negated=True)], 0.0),
        ([observed("PMID:1"), observed("PMID:2", negated=True)], 0.1275),
        ([observed("PMID:1"), observed("PMID:2", certainty=Certainty.HYPOTHESISED, negated=True)], 0.7225),
    ],
    ids=[
        "one",
        "half_sure_extractor",
        "hypothesis",
        "same_document_twice",
        "best_of_a_document",
        "two_documents",
        "refuted",
        "contradicted",
        "hedged_refutation",
    ],
)
def test_belief_by_hand(evidence: list[Observation], belief: float) -> None:
    assert summarise(evidence).belief == pytest.approx(belief, abs=1e-6)


def test_counts_years_and_certainty() -> None:
    summary = summarise(
        [
            observed("PMID:1", Certainty.POSSIBLE, year=2010),
            observed("PMID:2", Certainty.PROBABLE, year=None),
            observed("PMID:3", Certainty.ASSERTED, negated=True, year=2001),
        ]
    )
    assert (summary.n_support, summary.n_refute, summary.n_hedged) == (2, 1, 2)
    assert (summary.first_year, summary.last_year) == (2001, 2010)
    assert (summary.negated, summary.certainty) == (False, Certainty.PROBABLE)


def test_only_refuted_is_negated_with_the_certainty_of_the_refutation() -> None:
    summary = summarise([observed(certainty=Certainty.PROBABLE, negated=True)])
    assert (summary.negated, summary.certainty, summary.first_year) == (True, Certainty.PROBABLE, None)


def test_weights_fall_with_certainty() -> None:
    assert list(CERTAINTY_WEIGHT) == list(Certainty)
    assert sorted(CERTAINTY_WEIGHT.values(), reverse=True) == list(CERTAINTY_WEIGHT.values())


def test_no_evidence_is_refused() -> None:
    with pytest.raises(ValueError, match="no evidence"):
        summarise([])


def test_confidence_outside_the_unit_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        summarise([observed(confidence=1.5)])
