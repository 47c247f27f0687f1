"""Kinds of section from headings, labels and content."""

from __future__ import annotations

import pytest

from litkg.model import SectionKind
from litkg.nlp.sections import describes_patient, heading_kind, is_salutation, labels


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Introduction", "introduction"),
        ("1. Introduction", "introduction"),
        ("BACKGROUND", "introduction"),
        ("Aims and objectives", "introduction"),
        ("Objective:", "introduction"),
        ("2. Materials and Methods", "methods"),
        ("MATERIALS AND METHODS", "methods"),
        ("Patients and methods", "methods"),
        ("ME THODS", "methods"),
        ("Study design", "methods"),
        ("II. METHODS", "methods"),
        ("Methods/design", "methods"),
        ("Statistical analysis", "methods"),
        ("Research Design and Methods", "methods"),
        ("Experimental procedures", "methods"),
        ("Results", "results"),
        ("3 Results and discussion", "results"),
        ("RE SULTS", "results"),
        ("Main findings", "results"),
        ("Discussion", "discussion"),
        ("Discussion and conclusions", "discussion"),
        ("4.1. Limitations", "discussion"),
        ("Comment", "discussion"),
        ("Conclusions", "conclusion"),
        ("5. Conclusion", "conclusion"),
        ("Concluding remarks", "conclusion"),
        ("Case presentation", "case_report"),
        ("Case report", "case_report"),
        ("CASE 1", "case_report"),
        ("Report of a case", "case_report"),
        ("Abstract", "abstract"),
        ("SUMMARY", "abstract"),
        ("References", "references"),
        ("Literature Cited", "references"),
        ("Bibliography:", "references"),
        ("Acknowledgements", "furniture"),
        ("Acknowledgments", "furniture"),
        ("Funding", "furniture"),
        ("Conflict of interest", "furniture"),
        ("Competing interests", "furniture"),
        ("Author contributions", "furniture"),
        ("Authors' contributions", "furniture"),
        ("Data availability statement", "furniture"),
        ("Supplementary material", "furniture"),
        ("Keywords", "furniture"),
        ("Figure legends", "caption"),
        ("BODY.METHODS.PARTICIPANTS:", "methods"),
        ("ABSTRACT.RESULTS", "abstract"),
    ],
)
def test_heading_says_its_kind(heading: str, kind: str) -> None:
    assert heading_kind(heading) == SectionKind(kind)


@pytest.mark.parametrize(
    "heading",
    [
        "Genetic analysis",
        "Results were mixed in all of the towns",
        "Treatment with drug X",
        "The method of Smith",
        "Case against drug X",
        "Methods for counting cells in blood",
        "",
        "x" * 500,
    ],
)
def test_heading_that_says_nothing_has_no_kind(heading: str) -> None:
    assert heading_kind(heading) is None


@pytest.mark.parametrize("line", ["Sirs:", "Sir,", "To the Editor:", "To the Editors", "Dear Editor,", "Dear Sir or Madam,", "Editor:"])
def test_salutations(line: str) -> None:
    assert is_salutation(line)


@pytest.mark.parametrize("line", ["Editor", "Sir William went home.", "To the Editor we owe much", "Dear readers:"])
def test_lines_that_are_no_salutation(line: str) -> None:
    assert not is_salutation(line)


def test_labels_are_found_at_the_start_and_after_sentences() -> None:
    text = "OBJECTIVE: To see. METHODS: We saw it: all. Main outcome measures: Pain."
    assert [(text[start:end], kind.value) for start, end, kind, _ in labels(text)] == [
        ("OBJECTIVE: ", "introduction"),
        ("METHODS: ", "methods"),
        ("Main outcome measures: ", "methods"),
    ]


def test_words_before_a_colon_inside_a_sentence_are_no_labels() -> None:
    assert labels("We report the results: none died. Drug X: a cure.") == ()


@pytest.mark.parametrize(
    "paragraph",
    [
        "A 43-year-old man came.",
        "The patient was sent home.",
        "An 8-month-old girl was seen [3].",
        "She was given drug X and died of it.",
        "Our patient had no fever.",
    ],
)
def test_paragraphs_that_tell_of_a_patient(paragraph: str) -> None:
    assert describes_patient(paragraph)


@pytest.mark.parametrize(
    "paragraph", ["In one case [1], the patient was also sad.", "This report shows why doctors should look out.", "Patients with high levels did worse."]
)
def test_paragraphs_that_tell_of_the_literature(paragraph: str) -> None:
    assert not describes_patient(paragraph)
