"""The probability of an evidence: what it hangs on, and what it is for readers that nobody has measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.calibration import HIGHEST, Reading, features_of, kind_of, load_calibration, parse_calibration, reading_of
from litkg.model import Category, Certainty, Evidence, Knowledge, SectionKind
from litkg.nlp.case_claims import CASE_EXTRACTOR
from litkg.nlp.pairs.reading import EXTRACTOR as PAIRS
from litkg.nlp.relations import EXTRACTOR as GRAMMAR
from litkg.predicates import load_predicates, make_assertion

PLAIN = Reading(
    extractor=GRAMMAR,
    predicate="increases",
    subject="gene",
    object="gene",
    subject_aspect=None,
    negated=False,
    certainty=Certainty.ASSERTED,
    knowledge=Knowledge.RESULT,
    confidence=0.75,
    gap=20,
)
readings = st.builds(
    Reading,
    extractor=st.sampled_from([GRAMMAR, PAIRS, CASE_EXTRACTOR, "another/1"]),
    predicate=st.sampled_from(sorted(load_predicates())),
    subject=st.sampled_from(["gene", "chemical", "disease", "process", "other"]),
    object=st.sampled_from(["gene", "chemical", "disease", "process", "other"]),
    subject_aspect=st.sampled_from([None, "loss_of_function", "variant"]),
    negated=st.booleans(),
    certainty=st.sampled_from(Certainty),
    knowledge=st.sampled_from(Knowledge),
    confidence=st.floats(0, 1),
    gap=st.integers(0, 5000),
)


@given(readings)
def test_a_probability_is_never_sure(reading: Reading) -> None:
    assert 0 <= load_calibration().probability(reading) <= HIGHEST


@pytest.mark.parametrize(("confidence", "probability"), [(0.6, 0.6), (1.0, HIGHEST), (0.0, 0.0)])
def test_the_confidence_of_an_unmeasured_reader_is_taken_as_it_is(confidence: float, probability: float) -> None:
    assert load_calibration().probability(PLAIN._replace(extractor="another/1", confidence=confidence)) == pytest.approx(probability)


def test_the_readers_that_ship_are_measured() -> None:
    assert {GRAMMAR, PAIRS, CASE_EXTRACTOR} <= load_calibration().measured


def test_the_surer_the_model_of_pairs_the_likelier() -> None:
    found = [load_calibration().probability(PLAIN._replace(extractor=PAIRS, confidence=value)) for value in (0.8, 0.9, 0.97)]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_far_ends_are_read_right_less_often() -> None:
    assert load_calibration().probability(PLAIN._replace(gap=300)) < load_calibration().probability(PLAIN)


def test_only_the_grammar_is_told_by_what_is_claimed() -> None:
    other = PLAIN._replace(predicate="decreases", certainty=Certainty.POSSIBLE, gap=200)
    for extractor in (PAIRS, CASE_EXTRACTOR):
        assert features_of(PLAIN._replace(extractor=extractor)) == features_of(other._replace(extractor=extractor))
    assert features_of(PLAIN) != features_of(other)


def test_a_reading_has_the_kinds_of_its_ends_and_what_lies_between_them() -> None:
    assertion = make_assertion("UNII:1", "treats", "MONDO:1")
    evidence = Evidence(
        id="ev:1",
        assertion_id=assertion.id,
        document_id="PMID:1",
        section=SectionKind.ABSTRACT,
        start=10,
        end=60,
        text="x" * 50,
        subject_mention=(40, 50),
        object_mention=(12, 20),
        negated=False,
        certainty=Certainty.PROBABLE,
        confidence=0.7,
        extractor=GRAMMAR,
        knowledge=Knowledge.BACKGROUND,
    )
    reading = reading_of(evidence, assertion, Category.DRUG, Category.PHENOTYPE)
    assert (reading.subject, reading.object, reading.gap, reading.predicate) == ("chemical", "disease", 20, "treats")
    assert (reading.certainty, reading.knowledge) == (Certainty.PROBABLE, Knowledge.BACKGROUND)


@pytest.mark.parametrize(("category", "kind"), [(Category.CYTOKINE, "gene"), (Category.BIOLOGICAL_PROCESS, "process"), (Category.ORGANISM, "other")])
def test_kinds(category: Category, kind: str) -> None:
    assert kind_of(category) == kind


def test_weights_are_added_up() -> None:
    calibration = parse_calibration(f'measured = ["{GRAMMAR}"]\nfurther_share = 0.2\n[weights]\nalways = 1.0\n"predicate increases" = -1.0\n')
    assert calibration.probability(PLAIN) == 0.5


@pytest.mark.parametrize(
    ("text", "message"),
    [("further_share = 0.2\n[weights]\n", "lacks measured"), ("measured = []\nfurther_share = 2\n[weights]\n", "outside")],
    ids=["no_readers", "share"],
)
def test_a_broken_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_calibration(text)
