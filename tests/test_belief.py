"""Belief: the properties that its reader relies on."""

from __future__ import annotations

from functools import reduce
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.belief import CERTAINTY_WEIGHT, Observation, add_summaries, summarise, summarise_one
from litkg.calibration import HIGHEST, load_calibration
from litkg.model import Certainty

SHARE = load_calibration().further_share


def observed(
    document_id: str = "PMID:1",
    certainty: Certainty = Certainty.ASSERTED,
    *,
    negated: bool = False,
    probability: float = 0.8,
    year: int | None = None,
    evidence_id: str = "ev:1",
) -> Observation:
    return Observation(
        evidence_id=f"{document_id} {evidence_id}", document_id=document_id, year=year, negated=negated, certainty=certainty, probability=probability
    )


observations = st.builds(
    Observation,
    evidence_id=st.sampled_from(["ev:1", "ev:2", "ev:3", "ev:4"]),
    document_id=st.sampled_from(["PMID:1", "PMID:2", "PMID:3"]),
    year=st.one_of(st.none(), st.integers(1900, 2030)),
    negated=st.booleans(),
    certainty=st.sampled_from(Certainty),
    probability=st.floats(0.0, 1.0),
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


@given(some, st.randoms(use_true_random=False))
def test_the_same_evidence_again_changes_nothing(evidence: list[Observation], random: Random) -> None:
    assert summarise([*evidence, random.choice(evidence)]) == summarise(evidence)


@given(some, observations)
def test_support_never_lowers_and_refutation_never_raises_belief(evidence: list[Observation], more: Observation) -> None:
    before, after = summarise(evidence).belief, summarise([*evidence, more]).belief
    assert after <= before if more.negated else after >= before


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_another_document_adds_more_than_another_sentence(first: float, second: float) -> None:
    one = observed(probability=first)
    same = summarise([one, observed(probability=second, evidence_id="ev:2")]).belief
    other = summarise([one, observed("PMID:2", probability=second)]).belief
    assert max(first, second) < same < other


@pytest.mark.parametrize(
    ("evidence", "belief"),
    [
        ([observed()], 0.8),
        ([observed(probability=0.5)], 0.5),
        ([observed(probability=1.0)], HIGHEST),
        ([observed(certainty=Certainty.HYPOTHESISED)], 0.16),
        ([observed(), observed()], 0.8),
        ([observed(), observed(evidence_id="ev:2")], 1 - 0.2 * (1 - SHARE * 0.8)),
        ([observed(certainty=Certainty.POSSIBLE), observed(evidence_id="ev:2")], 1 - 0.2 * (1 - SHARE * 0.32)),
        ([observed("PMID:1"), observed("PMID:2")], 0.96),
        ([observed(negated=True)], 0.0),
        ([observed("PMID:1"), observed("PMID:2", negated=True)], 0.16),
        ([observed("PMID:1"), observed("PMID:1", negated=True, evidence_id="ev:2")], 0.16),
        ([observed("PMID:1"), observed("PMID:2", certainty=Certainty.HYPOTHESISED, negated=True)], 0.672),
    ],
    ids=[
        "one",
        "half_sure_reading",
        "no_reading_is_certain",
        "hypothesis",
        "same_evidence_twice",
        "two_sentences_of_a_document",
        "best_of_a_document_counts_in_full",
        "two_documents",
        "refuted",
        "contradicted",
        "contradicts_itself",
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


def test_probability_outside_the_unit_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        summarise([observed(probability=1.5)])


@given(st.lists(observations, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_documents_added_in_any_order_give_the_summary_of_all(evidence: list[Observation], random: Random) -> None:
    parts = [[item for item in evidence if item.document_id == document] for document in sorted({item.document_id for item in evidence})]
    random.shuffle(parts)
    assert reduce(add_summaries, map(summarise, parts)) == summarise(evidence)


@given(observations)
def test_one_evidence_is_summed_up_as_a_list_of_one(one: Observation) -> None:
    assert summarise_one(one.year, one.negated, one.certainty, one.probability) == summarise([one])
