"""Which clauses report a null result, and what it refutes: sentences of our own, false friends included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.model import SectionKind
from litkg.nlp.comparisons import with_null_results
from litkg.nlp.nulls import clauses, find_nulls
from tests.nlp.marked import parse_marked, relations_of

NULL = [
    "There was no significant difference in weight between the groups.",
    "Ferritin did not differ between arms (P = 0.41).",
    "Ferritin was not significantly higher with iron.",
    "The drug failed to improve sleep.",
    "Sleep was unchanged.",
    "Sleep scores were 4.1 and 4.3 (p = 0.62).",
    "Recurrence was 8% and 9% (NS).",
    "Both creams were equally effective.",
    "The odds ratio for a fall was 1.20 (95% CI 0.80 to 1.90).",
    "The mean difference in weight was 0.3 kg (95% CI −0.4 to 1.0).",
    "The vaccine was no better than saline.",
]
EFFECT = [
    "Weight fell in the diet arm (P < 0.001).",
    "Sleep improved significantly with light.",
    "The odds ratio for a fall was 2.20 (95% CI 1.30 to 3.90).",
    "The mean difference in weight was 1.3 kg (95% CI 0.4 to 2.0).",
    "Similar falls were seen in both arms (p = 0.01).",
    "Not only sleep but also mood improved.",
]


@pytest.mark.parametrize("text", NULL)
def test_null_results_are_found(text: str) -> None:
    (null,) = find_nulls(text)
    assert text[null.cue[0] : null.cue[1]]


@pytest.mark.parametrize("text", EFFECT)
def test_effects_are_no_null_results(text: str) -> None:
    assert find_nulls(text) == []


def test_only_the_clause_that_says_so_is_null() -> None:
    text = "Sleep improved with light (p = 0.01), whereas mood did not change."
    (null,) = find_nulls(text)
    assert text[null.start : null.end] == "whereas mood did not change."


def test_a_clause_that_points_back_is_about_the_one_before() -> None:
    text = "Mood was better with light, but this difference was not significant."
    (null,) = find_nulls(text)
    assert null.start == 0


@given(st.text(alphabet="ab ;:,.(P=0)but", max_size=60))
def test_clauses_hold_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in clauses(text)) == text


def refuted(marked: str) -> set[str]:
    """Return the refuted effects as `subject predicate object vs comparator`."""
    text, groundings = parse_marked(marked)
    found = with_null_results(relations_of(marked), text, (0, len(text)), groundings, SectionKind.RESULTS)
    return {
        f"{relation.subject.mention.text} {relation.predicate} {relation.object.mention.text} vs {text[slice(*relation.comparator)]}"
        for relation in found
        if relation.negated and relation.comparator is not None
    }


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("We found no significant difference in {k:IL-6} between {d:aspirin} and placebo.", {"aspirin affects IL-6 vs placebo"}),
        ("{k:IL-6} levels did not differ between {d:aspirin} and placebo.", {"aspirin affects IL-6 vs placebo"}),
        (
            "There were no differences between the {d:minocycline} and placebo groups in {p:fatigue} or {s:depression} scores.",
            {"minocycline affects fatigue vs placebo", "minocycline affects depression vs placebo"},
        ),
        (
            "Serum {k:TNF} and {k:IL-6} were similar in the {d:zinc} and control groups.",
            {"zinc affects TNF vs control", "zinc affects IL-6 vs control"},
        ),
        ("{d:Sertraline} was no better than placebo for {p:pain}.", {"Sertraline treats pain vs placebo"}),
        ("{d:Sertraline} was not superior to placebo in terms of {s:depression}.", {"Sertraline treats depression vs placebo"}),
        ("The rate of {s:pneumonia} was 4% with {d:zinc} and 5% with placebo (p = 0.63).", {"zinc affects pneumonia vs placebo"}),
        ("There was no difference in mean {k:IL-10} concentration between placebo and {d:curcumin}.", {"curcumin affects IL-10 vs placebo"}),
        ("{d:Zinc} reduced {k:CRP}, whereas {k:IL-6} did not differ between {d:zinc} and placebo.", {"zinc affects IL-6 vs placebo"}),
        ("{d:Zinc} had no effect on {k:CRP} compared with placebo.", {"Zinc affects CRP vs placebo"}),
        ("No significant difference in {k:IL-6} was seen between {d:aspirin} and {d:ibuprofen}.", set()),
        ("{k:CRP} fell with {d:zinc} (P < 0.01) but did not fall with placebo.", set()),
        ("{d:Zinc} lowered {k:CRP} compared with placebo (p = 0.01).", set()),
        ("No difference in {k:IL-6} was seen between patients with {s:asthma} and controls.", set()),
        ("No difference in outcome was seen between {d:zinc} and placebo in patients with {s:asthma}.", set()),
        ("{d:Zinc} and placebo did not differ in the treatment of {s:asthma}.", set()),
    ],
)
def test_a_null_result_refutes_and_keeps_what_was_compared(marked: str, expected: set[str]) -> None:
    assert refuted(marked) == expected
