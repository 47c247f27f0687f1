"""Scores: a softmax over what features add up to, explained by its parts."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.grounding.features import Feature
from litkg.grounding.score import Weighed, Weights, score_options
from litkg.lexicon.records import Candidate, NameKind
from litkg.model import Category

WEIGHTS = Weights({"letters alike": 2.0, "another number": -1.5})
FEATURES = st.lists(st.tuples(st.sampled_from(["letters alike", "another number", "never learned"]), st.floats(0, 5), st.sampled_from(["", "why"])), max_size=5)


def weighed(concept: str, *features: Feature) -> Weighed:
    candidate = Candidate(
        concept=concept, concept_name=concept, categories=(Category.DISEASE,), matched="m", kind=NameKind.EXACT, source="s", exactness=1.0, rank=0
    )
    return Weighed(candidate, features, WEIGHTS.total(features))


@given(FEATURES)
def test_parts_add_up_to_the_log_odds_and_reasons_are_those_given(drawn: list[Feature]) -> None:
    (scored,) = score_options([weighed("MONDO:1", *drawn)], WEIGHTS)
    assert sum(part.adds for part in scored.parts) == pytest.approx(scored.log_odds, abs=1e-3)
    assert scored.reasons == tuple(reason for *_, reason in drawn if reason)
    assert scored.score == pytest.approx(1 / (1 + math.exp(-scored.log_odds)), abs=1e-3)


def test_a_concept_counts_once_with_the_probabilities_of_all_its_ways() -> None:
    found = score_options(
        [
            weighed("MONDO:1", ("another number", 1.0, "")),
            weighed("MONDO:2", ("letters alike", 0.5, "")),
            weighed("MONDO:1", ("letters alike", 1.0, "like it")),
        ],
        WEIGHTS,
    )
    assert [item.candidate.concept for item in found] == ["MONDO:1", "MONDO:2"]
    assert found[0].log_odds == pytest.approx(math.log(math.exp(2.0) + math.exp(-1.5)), abs=1e-3)
    assert sum(part.adds for part in found[0].parts) == pytest.approx(found[0].log_odds, abs=1e-3)
    assert found[0].reasons == ("like it",), "a way that adds next to nothing is not worth a word"
    assert sum(item.score for item in found) < 1


def test_two_ways_as_good_as_each_other_are_said() -> None:
    (both,) = score_options([weighed("MONDO:1", ("letters alike", 1.0, "one")), weighed("MONDO:1", ("letters alike", 1.0, "other"))], WEIGHTS)
    assert both.log_odds == pytest.approx(2.0 + math.log(2), abs=1e-3)
    assert both.reasons == ("one", "2 ways lead to it")


def test_nothing_to_score_is_no_answer() -> None:
    assert score_options([], WEIGHTS) == ()
