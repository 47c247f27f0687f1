"""Case reports on short vignettes of our own: each criterion yes, no and unknown, and the readings that must not be taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.model import CRITERIA, Answer, CaseReport, Certainty, Criterion, SectionKind
from litkg.nlp.case_reports import Exclusion, Suspicion, find_case_reports, find_exclusions, find_suspicions
from tests.nlp.cases.reading import cases, read


def the_case(marked: str) -> CaseReport:
    """Return the only case report of a marked text."""
    (report,) = find_case_reports(*read(marked))
    return report


def criterion(report: CaseReport, name: str) -> Criterion:
    """Return one criterion of a report by its name."""
    found: Criterion = getattr(report, name)
    return found


INTRO = "A 50-year-old woman was seen with {event:tremor} caused by {drug:zorvatin}."


def test_a_drug_and_event_of_a_patient_make_a_case() -> None:
    assert list(cases(INTRO)) == [("zorvatin", "tremor")]


@pytest.mark.parametrize(
    "sentence",
    [
        "We saw a 50-year-old woman with {drug:zorvatin}-induced {event:tremor}.",
        "We saw a 50-year-old woman with {drug:zorvatin}-related severe {event:tremor}.",
        "A 50-year-old woman had {event:tremor} due to {drug:zorvatin}.",
        "A 50-year-old woman had {event:tremor}, which we attributed to treatment with {drug:zorvatin}.",
        "In a 50-year-old woman we found a link between {event:tremor} and {drug:zorvatin}.",
        "In a 50-year-old woman we found an association between {drug:zorvatin} and {event:tremor}.",
        "A 50-year-old woman had {event:tremor} as a side effect of {drug:zorvatin}.",
        "In a 50-year-old woman {drug:zorvatin} was the cause of {event:tremor}.",
        "In a 50-year-old woman {drug:zorvatin} caused {event:tremor}.",
        "A 50-year-old woman developed {event:tremor} while taking {drug:zorvatin}.",
        "After a month of {drug:zorvatin}, a 50-year-old woman developed {event:tremor}.",
        "Here {event:tremor} in a 50-year-old woman treated with {drug:zorvatin} is described.",
    ],
)
def test_each_wording_of_suspicion_makes_the_drug_a_suspect(sentence: str) -> None:
    assert list(cases(sentence)) == [("zorvatin", "tremor")]


@pytest.mark.parametrize(
    "text",
    [
        # A trial, an animal study, a review: nobody's story.
        "Patients were randomized to {drug:zorvatin} or placebo. We enrolled 80 participants. {event:Tremor} due to {drug:zorvatin} occurred in 4 of them.",
        "Rats were fed. {drug:Zorvatin} caused {event:tremor} in rats. The rats were killed.",
        "Drugs that cause {event:tremor} are reviewed. {drug:Zorvatin}-induced {event:tremor} is common.",
        "We enrolled patients aged 70 years or more. {event:Tremor} due to {drug:zorvatin} was rare, and placebo did as well.",
        # The drug is for the disease.
        "A 50-year-old woman was given {drug:zorvatin} for {event:tremor}.",
        "A 50-year-old woman with {event:tremor} improved after {drug:zorvatin}.",
        "A 50-year-old woman with {event:tremor} was treated with {drug:zorvatin}.",
        # Withdrawal is another story than use.
        "A 50-year-old woman developed {event:tremor} after withdrawal of {drug:zorvatin}.",
        # Said not to be the cause.
        "A 50-year-old woman had {event:tremor} that was not caused by {drug:zorvatin}.",
        # A level in the blood is no drug that was given.
        "In a 50-year-old woman low {chem:dopanol} levels caused {event:tremor}.",
    ],
)
def test_no_case_is_made_where_the_text_tells_none(text: str) -> None:
    assert cases(text) == {}


def test_a_drug_that_treats_the_event_is_no_suspect() -> None:
    text = f"{INTRO} {{drug:Calmolol}} was given for the {{event:tremor}}. The {{event:tremor}} was treated with {{drug:calmolol}}."
    assert list(cases(text)) == [("zorvatin", "tremor")]


def test_a_disease_that_the_drug_was_given_for_is_no_event() -> None:
    text = "A 50-year-old woman with {event:gout} received {drug:zorvatin} for {event:gout}. She developed {event:tremor} after {drug:zorvatin} was started."
    assert list(cases(text)) == [("zorvatin", "tremor")]


def test_names_of_one_event_make_one_case_named_by_what_is_suspected_most() -> None:
    text = (
        "We report {drug:zorvatin}-induced {event:depression}. Two weeks after starting {drug:zorvatin}, the patient developed {event:depressive symptoms}. "
        "She was admitted with {event:major depressive disorder}. The patient had {drug:zorvatin}-related {event:depression}."
    )
    assert list(cases(text)) == [("zorvatin", "depression")]


def test_two_suspected_events_make_two_cases() -> None:
    text = "A 50-year-old woman had {drug:zorvatin}-induced {event:tremor}. {drug:Zorvatin} also caused {event:jaundice} in this patient."
    assert set(cases(text)) == {("zorvatin", "tremor"), ("zorvatin", "jaundice")}


def test_a_cytokine_that_is_given_can_be_the_suspect() -> None:
    text = "A 50-year-old woman was treated with {bio:interleukin-77}. {bio:Interleukin-77} caused {event:jaundice} in our patient."
    assert list(cases(text)) == [("interleukin-77", "jaundice")]


def test_a_cytokine_of_the_body_is_no_suspect() -> None:
    assert cases("A 50-year-old woman had {event:jaundice}. {bio:Interleukin-77} caused {event:jaundice}.") == {}


def test_a_drug_in_brackets_stands_for_the_protein_before_it() -> None:
    assert list(cases("Does {bio:IL-77ra} ({drug:zorvakinra}) cause {event:tremor} in our patient? A 50-year-old man was seen.")) == [("zorvakinra", "tremor")]


STORY = "A 50-year-old woman had {drug:zorvatin}-induced {event:tremor}. She also took {drug:otheril}. "


SHOOK = STORY + "{event:Tremor} was severe. "


@pytest.mark.parametrize(
    ("text", "name", "answer", "value"),
    [
        # Temporal order and time to onset.
        (STORY + "Nine days after the start of {drug:zorvatin}, {event:tremor} began.", "temporal_order", "yes", None),
        (STORY + "Nine days after the start of {drug:zorvatin}, {event:tremor} began.", "time_to_onset", "yes", "Nine days"),
        (STORY + "She developed {event:tremor} two days after starting {drug:zorvatin}.", "time_to_onset", "yes", "two days"),
        (STORY + "{drug:Zorvatin} was started in May. Three weeks later she developed {event:tremor}.", "temporal_order", "yes", None),
        (STORY + "{drug:Zorvatin} was started in May. Three weeks later she developed {event:tremor}.", "time_to_onset", "yes", "Three weeks"),
        (STORY + "{drug:Zorvatin}, introduced shortly before the {event:tremor}, was suspected.", "temporal_order", "yes", None),
        (STORY + "There was a close temporal relationship between {drug:zorvatin} and {event:tremor}.", "temporal_order", "yes", None),
        (STORY + "{event:Tremor} began two days after starting {drug:otheril}.", "temporal_order", "unknown", None),
        (STORY + "The {event:tremor} had begun before the start of {drug:zorvatin}.", "temporal_order", "no", None),
        (STORY + "{event:Tremor} was seen.", "temporal_order", "unknown", None),
        # Dechallenge.
        (STORY + "{drug:Zorvatin} was discontinued. Some days on, the {event:tremor} disappeared.", "dechallenge", "yes", "improved"),
        (STORY + "{drug:Zorvatin} was discontinued and her symptoms resolved.", "dechallenge", "yes", "improved"),
        (STORY + "The {event:tremor} resolved after withdrawal of {drug:zorvatin}.", "dechallenge", "yes", "improved"),
        (STORY + "She stopped taking {drug:zorvatin}. She recovered fully.", "dechallenge", "yes", "improved"),
        (STORY + "The dose of {drug:zorvatin} was halved. The {event:tremor} improved.", "dechallenge", "yes", "improved"),
        (STORY + "We suspected {drug:zorvatin}. The drug was withdrawn. The symptoms subsided.", "dechallenge", "yes", "improved"),
        (STORY + "The offending drug was stopped, after which the {event:tremor} abated.", "dechallenge", "yes", "improved"),
        (STORY + "Switching from {drug:zorvatin} was tried. Dechallenge was positive.", "dechallenge", "yes", "improved"),
        (STORY + "{drug:Zorvatin} was discontinued, but the {event:tremor} persisted.", "dechallenge", "no", "did not improve"),
        (STORY + "{drug:Zorvatin} was withdrawn. The {event:tremor} did not improve.", "dechallenge", "no", "did not improve"),
        (STORY + "{drug:Zorvatin} was withdrawn. She died two days later.", "dechallenge", "no", "did not improve"),
        (STORY + "{drug:Otheril} was discontinued. The drug was not tolerated. The {event:tremor} improved.", "dechallenge", "unknown", None),
        (STORY + "{drug:Zorvatin} was not discontinued. The {event:tremor} improved.", "dechallenge", "no", "not done"),
        (STORY + "{drug:Zorvatin} should be stopped in such patients. The {event:tremor} improved.", "dechallenge", "unknown", None),
        (STORY + "The {event:tremor} improved.", "dechallenge", "unknown", None),
        (
            (
                "A 50-year-old woman had {event:gout}. {drug:Zorvatin} was given for it, and the {event:gout} promptly disappeared. "
                "She had {drug:zorvatin}-induced {event:tremor}."
            ),
            "dechallenge",
            "unknown",
            None,
        ),
        (STORY + "In one published case, {drug:zorvatin} was stopped and the {event:tremor} resolved.", "dechallenge", "unknown", None),
        (
            STORY + "One earlier patient, whose {event:gout} was made worse by {drug:zorvatin}, also had {event:tremor}, which went away after it was stopped.",
            "dechallenge",
            "unknown",
            None,
        ),
        (STORY + "Despite stopping {drug:zorvatin}, the hands went on shaking.", "dechallenge", "no", "did not improve"),
        (STORY + "The {event:tremor} responded to withdrawal of {drug:zorvatin}.", "dechallenge", "yes", "improved"),
        (STORY + "{drug:Zorvatin} was discontinued, followed by rapid improvement.", "dechallenge", "yes", "improved"),
        (STORY + "After calmolol was substituted for {drug:zorvatin}, the {event:tremor} resolved.", "dechallenge", "yes", "improved"),
        # Rechallenge.
        (STORY + "She developed {event:tremor} when {drug:zorvatin} was restarted.", "rechallenge", "yes", "recurred"),
        (STORY + "On {drug:zorvatin} her pre-treatment {event:tremor} worsened.", "rechallenge", "unknown", None),
        (STORY + "{drug:Zorvatin} was reintroduced and the {event:tremor} recurred.", "rechallenge", "yes", "recurred"),
        (STORY + "She resumed {drug:zorvatin}. After a day the {event:tremor} came back.", "rechallenge", "yes", "recurred"),
        (STORY + "Rechallenge was positive.", "rechallenge", "yes", "recurred"),
        (STORY + "{drug:Zorvatin} was restarted without recurrence of the {event:tremor}.", "rechallenge", "no", "did not recur"),
        (STORY + "On rechallenge with {drug:zorvatin} the {event:tremor} did not recur.", "rechallenge", "no", "did not recur"),
        (STORY + "{drug:Zorvatin} was not reintroduced.", "rechallenge", "no", "not done"),
        (STORY + "No rechallenge with {drug:zorvatin} was attempted.", "rechallenge", "no", "not done"),
        (STORY + "{drug:Zorvatin} was never given again, and the {event:tremor} did not recur.", "rechallenge", "no", "not done"),
        (STORY + "{drug:Otheril} was reintroduced and {event:gout} recurred.", "rechallenge", "unknown", None),
        (STORY + "The {event:tremor} did not recur.", "rechallenge", "unknown", None),
        (SHOOK + "A second dose of {drug:zorvatin} brought the {event:tremor} back.", "rechallenge", "yes", "recurred"),
        (SHOOK + "She inadvertently took {drug:zorvatin} and the {event:tremor} recurred.", "rechallenge", "yes", "recurred"),
        (SHOOK + "A further course of {drug:zorvatin} was well tolerated.", "rechallenge", "no", "did not recur"),
        (SHOOK + "The next infusion was uneventful.", "rechallenge", "no", "did not recur"),
        (SHOOK + "She was advised never to take {drug:zorvatin}.", "rechallenge", "no", "not done"),
        (SHOOK + "A second dose of {drug:otheril} was given, and {event:gout} recurred.", "rechallenge", "unknown", None),
        (SHOOK + "Such errors can be avoided by better labels on the medication.", "rechallenge", "unknown", None),
        # Seriousness and treatment.
        (SHOOK + "She was admitted to intensive care.", "seriousness", "yes", "hospitalisation"),
        (SHOOK + "The {event:tremor} was life-threatening, and she was intubated.", "seriousness", "yes", "life-threatening"),
        (SHOOK + "She was unable to walk.", "seriousness", "yes", "disability"),
        (SHOOK + "She was never admitted to hospital.", "seriousness", "no", "no"),
        (SHOOK + "The {event:tremor} was violent.", "seriousness", "unknown", None),
        (SHOOK + "She was treated with {drug:calmolol} and {drug:restavan}.", "treatment", "yes", "calmolol, restavan"),
        (SHOOK + "{drug:Calmolol} cured the {event:tremor}.", "treatment", "yes", "Calmolol"),
        (SHOOK + "{drug:Zorvatin} was changed to {drug:calmolol}.", "treatment", "unknown", None),
        (SHOOK + "{drug:Calmolol} was given for {event:gout}.", "treatment", "unknown", None),
        (SHOOK + "The {event:tremor} resolved spontaneously.", "treatment", "no", "none"),
        # Other causes.
        (STORY + "The role of {drug:otheril} in {event:tremor} can be excluded.", "alternative_cause_ruled_out", "yes", "otheril"),
        (STORY + "There was no family history of {event:tremor}.", "alternative_cause_ruled_out", "yes", "family history"),
        (STORY + "{event:Tremor} grew worse. No other cause was found.", "alternative_cause_ruled_out", "yes", "other cause"),
        (STORY + "{event:Tremor} grew worse. Serological tests were negative.", "alternative_cause_ruled_out", "yes", "Serological tests"),
        (STORY + "Another cause of the {event:tremor} could not be ruled out.", "alternative_cause_ruled_out", "no", "Another cause of the tremor"),
        (STORY + "She was 160 cm tall.", "alternative_cause_ruled_out", "unknown", None),
        (
            "A 50-year-old woman had {event:gout}. Blood cultures were negative. Later {drug:zorvatin}-induced {event:tremor} was seen.",
            "alternative_cause_ruled_out",
            "unknown",
            None,
        ),
        # Dose.
        (STORY + "She took {drug:zorvatin} 20 mg daily and {drug:otheril} 5 mg weekly.", "dose", "yes", "20 mg daily"),
        (STORY + "She took {drug:otheril} 5 mg weekly and {drug:zorvatin} (20 mg/kg/day).", "dose", "yes", "20 mg/kg/day"),
        (STORY + "Treatment with {drug:zorvatin} was begun (100 mg subcutaneously once a week).", "dose", "yes", "100 mg subcutaneously once a week"),
        (STORY + "She was given 50 mg of {drug:zorvatin} after {drug:otheril}.", "dose", "yes", "50 mg"),
        (STORY + "She took {drug:otheril} 5 mg weekly.", "dose", "unknown", None),
        (STORY + "On {drug:zorvatin} her creatinine was 2.1 mg/dl.", "dose", "unknown", None),
        (STORY + "{drug:Zorvatin} was reduced to 5 mg daily. She had begun {drug:zorvatin} at 20 mg daily.", "dose", "yes", "20 mg daily"),
        # Outcome.
        (STORY + "The {event:tremor} is a potentially fatal complication.", "outcome", "unknown", None),
        (STORY + "{drug:Zorvatin} was stopped. The {event:tremor} resolved. Other symptoms persisted.", "outcome", "yes", "recovered"),
        (STORY + "{drug:Zorvatin} was stopped. The {event:tremor} resolved.", "outcome", "yes", "recovered"),
        (STORY + "{drug:Zorvatin} was stopped. The {event:tremor} improved.", "outcome", "yes", "improved"),
        (STORY + "{drug:Zorvatin} was stopped. The {event:tremor} persisted.", "outcome", "yes", "not recovered"),
        (STORY + "The patient died of {event:tremor}.", "outcome", "yes", "fatal"),
        (STORY + "{drug:Zorvatin} was stopped. The {event:tremor} left permanent damage.", "outcome", "yes", "sequelae"),
        (STORY + "{event:Tremor} was seen.", "outcome", "unknown", None),
    ],
)
def test_a_criterion_is_answered_by_the_text(text: str, name: str, answer: str, value: str | None) -> None:
    found = criterion(cases(text)["zorvatin", "tremor"], name)
    assert (found.answer.value, found.value) == (answer, value)


def test_the_span_of_an_answer_is_the_text_that_gives_it() -> None:
    document, sentences, groundings = read(STORY + "{drug:Zorvatin} was discontinued. Some days on, the {event:tremor} disappeared. She went home.")
    (report,) = find_case_reports(document, sentences, groundings)
    assert report.dechallenge.text == "Zorvatin was discontinued. Some days on, the tremor disappeared."
    assert document.text[report.dechallenge.start : report.dechallenge.end] == report.dechallenge.text


def test_a_case_report_section_is_a_case_without_age_or_announcement() -> None:
    marked = read("{event:Tremor} due to {drug:zorvatin} was seen.", section=SectionKind.CASE_REPORT)
    assert len(find_case_reports(*marked)) == 1


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("{drug:Zorvatin} caused the {event:tremor}.", Certainty.ASSERTED),
        ("We see a “probable” link between the {event:tremor} and {drug:zorvatin}.", Certainty.PROBABLE),
        ("{drug:Zorvatin} possibly caused the {event:tremor}.", Certainty.POSSIBLE),
        ("{drug:Zorvatin} may cause {event:tremor}.", Certainty.POSSIBLE),
        ("She developed {event:tremor} after {drug:zorvatin}.", Certainty.POSSIBLE),
        ("We hypothesise that {drug:zorvatin} caused the {event:tremor}.", Certainty.HYPOTHESISED),
        ("Does {drug:zorvatin} induce {event:tremor}?", Certainty.HYPOTHESISED),
        ("The Naranjo score for {event:tremor} due to {drug:zorvatin} was 7 (probable).", Certainty.PROBABLE),
        ("The Naranjo score for {event:tremor} due to {drug:zorvatin} was 3.", Certainty.POSSIBLE),
        ("The Naranjo score for {event:tremor} due to {drug:zorvatin} was 10.", Certainty.ASSERTED),
        ("By the WHO-UMC criteria, {event:tremor} due to {drug:zorvatin} was certain.", Certainty.ASSERTED),
    ],
)
def test_a_suspicion_is_as_sure_as_its_wording(sentence: str, certainty: Certainty) -> None:
    assert [s.certainty for s in suspicions(sentence)] == [certainty]


def suspicions(marked: str) -> tuple[Suspicion, ...]:
    """Return the suspicions of a marked text."""
    return find_suspicions(*read(marked))


def test_a_scale_without_names_speaks_of_the_drug_and_event_of_the_case() -> None:
    found = suspicions("{drug:Zorvatin} caused {event:tremor}. The Naranjo score was 6, i.e. probable.")
    assert [(s.drug.mention.text, s.event.mention.text, s.certainty) for s in found][1] == ("Zorvatin", "tremor", Certainty.PROBABLE)


@pytest.mark.parametrize(
    "sentence", ["{event:Tremor} was not caused by {drug:zorvatin}.", "There was no association between {drug:zorvatin} and {event:tremor}."]
)
def test_a_denied_suspicion_is_negated(sentence: str) -> None:
    assert [s.negated for s in suspicions(sentence)] == [True]


@pytest.mark.parametrize(
    "sentence",
    [
        "{drug:Zorvatin} reduced {event:tremor}.",
        "{event:Tremor} improved after {drug:zorvatin}.",
        "{event:Tremor} recurred after withdrawal of {drug:zorvatin}.",
        "A search of the literature found no report of {event:tremor} related to {drug:zorvatin}.",
        "{drug:Zorvatin} was given for {event:tremor}.",
        "{drug:Zorvatin} receptors cause {event:tremor}.",
    ],
)
def test_what_is_no_suspicion_is_left_alone(sentence: str) -> None:
    assert suspicions(sentence) == ()


def exclusions(marked: str) -> list[tuple[str, str, str]]:
    """Return drug, event and reason of the exclusions of a marked text."""
    found: tuple[Exclusion, ...] = find_exclusions(*read(marked))
    return [(e.drug.mention.text, e.event.mention.text, e.reason) for e in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "The role of {drug:otheril} can be excluded.",
        "The role of {drug:otheril} can also be ruled out.",
        "{drug:Otheril} was ruled out as the cause.",
        "{drug:Otheril} was unlikely to be the cause.",
        "{drug:Otheril} could not account for it.",
        "{drug:Otheril} was not responsible.",
        "We excluded a role of {drug:otheril}.",
        "The {event:tremor} resolved despite continuation of {drug:otheril}.",
    ],
)
def test_each_wording_of_exclusion_clears_the_drug_of_the_event_of_the_case(sentence: str) -> None:
    found = exclusions(f"{INTRO} {sentence}")
    assert [(drug.lower(), event) for drug, event, _ in found] == [("otheril", "tremor")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The role of {drug:otheril} cannot be excluded.",
        "The role of {drug:otheril} could not be ruled out.",
        "{drug:Otheril} was stopped.",
        "The {event:gout} improved despite continuation of {drug:otheril}.",
        "{drug:Otheril} was continued.",
    ],
)
def test_what_clears_nobody_is_no_exclusion(sentence: str) -> None:
    assert exclusions(f"{INTRO} {sentence}") == []


def test_an_exclusion_carries_its_reason_and_the_event_of_its_own_clause() -> None:
    sentence = "The role of {drug:otheril} can be excluded because it was begun long after the {event:jaundice}."
    text = f"{INTRO} {{drug:Zorvatin}} caused {{event:jaundice}}. {sentence}"
    assert exclusions(text) == [("otheril", "jaundice", "it was begun long after the jaundice")]


def test_an_exclusion_meets_the_suspected_event_under_its_concept() -> None:
    text = "{drug:Zorvatin} caused {event:depression} in a 50-year-old man. The {event:depressive symptoms} abated despite continued use of {drug:otheril}."
    (found,) = find_exclusions(*read(text))
    assert found.event.concept is not None
    assert (found.event.mention.text, found.event.concept.name) == ("depressive symptoms", "depression")


def test_an_excluded_drug_makes_no_case() -> None:
    text = f"{INTRO} {{drug:Otheril}} may cause {{event:tremor}}. The role of {{drug:otheril}} can be excluded."
    assert list(cases(text)) == [("zorvatin", "tremor")]


def test_a_very_long_sentence_is_read_in_time() -> None:
    words = "A 50-year-old woman had {event:tremor} due to {drug:zorvatin} and then " + "a word of {drug:otheril} or " * 5000 + "went home."
    assert ("zorvatin", "tremor") in cases(words)


@given(
    st.lists(st.sampled_from([INTRO, "{drug:Zorvatin} was stopped.", "It resolved.", "The {event:tremor} came back.", "İ ﬁ ß", "", "Rechallenge?"]), max_size=8)
)
def test_any_order_of_sentences_gives_spans_within_the_text(pieces: list[str]) -> None:
    document, sentences, groundings = read(" ".join(pieces))
    for report in find_case_reports(document, sentences, groundings):
        for name in CRITERIA:
            found = criterion(report, name)
            if found.answer is Answer.UNKNOWN:
                assert found.start is None
            else:
                assert document.text[found.start : found.end] == found.text
