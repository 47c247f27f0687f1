"""Which claims are denied, and how sure a text is of them: false friends of the cues included."""

from __future__ import annotations

import re

import pytest

from litkg.model import Certainty
from litkg.nlp.scope import weaker
from tests.nlp.marked import relations_of

ENDS = {"D": "{d:aspirin}", "O": "{k:IL-6}"}


def judged(sentence: str) -> set[tuple[bool, str]]:
    """Return `(negated, certainty)` of the relations between the drug D and the cytokine O."""
    marked = re.sub(r"\b[DO]\b", lambda match: ENDS[match[0]], sentence)
    return {(relation.negated, relation.certainty.value) for relation in relations_of(marked)}


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("D did not lower O.", True),
        ("D does n't lower O.", True),
        ("D never lowered O.", True),
        ("D cannot reduce O.", True),
        ("D failed to lower O.", True),
        ("D was unable to lower O.", True),
        ("D had no effect on O.", True),
        ("No effect of D on O was seen.", True),
        ("Neither D nor {d:zinc} lowered O.", True),
        ("There was no association between D and O.", True),
        ("O was not reduced by D.", True),
        ("D does not seem to reduce O.", True),
        ("D has not been shown to reduce O.", True),
        ("O fell in no way, and D reduces O.", False),
        ("Not all agree; D reduces O.", False),
        ("D reduces O but not pain.", False),
        ("D, which is not new, reduces O.", False),
        ("D not only reduces O but also helps.", False),
        ("There is no doubt that D reduces O.", False),
        ("D reduces O.", False),
        ("D reduced O in those who did not smoke.", False),
    ],
)
def test_negation_reaches_its_claim_only(sentence: str, negated: bool) -> None:
    assert {denied for denied, _ in judged(sentence)} == {negated}


@pytest.mark.parametrize(
    "sentence",
    [
        "There have been no reports of {d:zinc}-induced {s:gout}.",
        "{d:Zinc}-induced {s:gout} has not been reported.",
        "To our knowledge, no prior cases of {d:zinc}-induced {s:gout} have been described.",
        "{s:Gout} associated with {d:zinc} has not been described before.",
        "There are no known citations of {s:gout} caused by {d:zinc}.",
    ],
)
def test_what_nobody_has_told_of_is_no_claim(sentence: str) -> None:
    assert relations_of(sentence) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "We report the first case of {s:gout} caused by {d:zinc}.",
        "We saw {d:zinc}-induced {s:gout}, which has not been reported before.",
        "There are no reports of harm, but {d:zinc} caused {s:gout}.",
    ],
)
def test_what_is_told_for_the_first_time_is_a_claim(sentence: str) -> None:
    assert [relation.negated for relation in relations_of(sentence)] == [False]


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("D reduces O.", "asserted"),
        ("D reduced O in May.", "asserted"),
        ("In May 2010, D reduced O.", "asserted"),
        ("From 2 May, 2010, D reduced O.", "asserted"),
        ("May D reduce O?", "hypothesised"),
        ("D probably reduces O.", "probable"),
        ("D is likely to reduce O.", "probable"),
        ("D appears to reduce O.", "probable"),
        ("D seems to reduce O.", "probable"),
        ("These data indicate that D reduces O.", "probable"),
        ("These data strongly suggest that D reduces O.", "probable"),
        ("D may reduce O.", "possible"),
        ("D might reduce O.", "possible"),
        ("D could reduce O.", "possible"),
        ("These data suggest that D reduces O.", "possible"),
        ("Possibly D reduces O.", "possible"),
        ("D is thought to reduce O.", "possible"),
        ("These data strongly suggest that D may reduce O.", "possible"),
        ("We hypothesised that D reduces O.", "hypothesised"),
        ("We speculate that D reduces O.", "hypothesised"),
        ("We asked whether D reduces O.", "hypothesised"),
        ("We aimed to test if D reduces O.", "hypothesised"),
        ("It remains to be seen if D reduces O.", "hypothesised"),
        ("Does D reduce O?", "hypothesised"),
        ("The effect of D on O was studied.", "hypothesised"),
        ("Others may differ, but D reduces O.", "asserted"),
        ("Others may differ; D reduces O.", "asserted"),
        ("D reduces O; others may differ.", "asserted"),
        ("D reduces O, although others may differ.", "asserted"),
    ],
)
def test_certainty_is_that_of_the_cues_that_govern_the_claim(sentence: str, certainty: str) -> None:
    assert {level for _, level in judged(sentence)} == {certainty}


@pytest.mark.parametrize("first", Certainty)
@pytest.mark.parametrize("second", Certainty)
def test_weaker_is_the_later_of_the_order(first: Certainty, second: Certainty) -> None:
    order = list(Certainty)
    assert weaker(first, second) is order[max(order.index(first), order.index(second))]
    assert weaker(first, second) is weaker(second, first)
