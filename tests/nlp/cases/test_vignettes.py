"""What is read in the vignettes: no worse than it was, in the part that rules were mended on and in the part set aside."""

from __future__ import annotations

from collections import Counter

import pytest

from litkg.model import CRITERIA, Answer, CaseReport
from litkg.nlp.case_reports import find_case_reports
from tests.nlp.cases.reading import Vignette, is_held_out, read, vignettes
from tests.nlp.cases.scoring import FIELDS, accuracy, tally

STUDY = tuple(vignette for vignette in vignettes() if not is_held_out(vignette))
HELD_OUT = tuple(vignette for vignette in vignettes() if is_held_out(vignette))


def reports(vignette: Vignette) -> tuple[str, tuple[CaseReport, ...]]:
    """Return the plain text of a vignette and its case reports."""
    document, sentences, groundings = read(vignette["text"])
    return document.text, find_case_reports(document, sentences, groundings)


def test_both_parts_have_half_of_the_vignettes() -> None:
    assert (len(STUDY), len(HELD_OUT)) == (46, 47)
    assert len({vignette["id"] for vignette in vignettes()}) == len(vignettes())


@pytest.mark.parametrize(("part", "least"), [(STUDY, 0.86), (HELD_OUT, 0.66)], ids=["study", "held_out"])
def test_answers_over_all_fields_are_as_right_as_they_were(part: tuple[Vignette, ...], least: float) -> None:
    assert accuracy(sum(tally(part).values(), Counter())) >= least


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_reads_more_wrong_than_right(field: str) -> None:
    counts = tally(vignettes())[field]
    assert counts["right"] > counts["wrong"] + counts["spurious"]


@pytest.mark.parametrize("vignette", vignettes(), ids=lambda vignette: str(vignette["id"]))
def test_every_answer_is_quoted_from_the_text(vignette: Vignette) -> None:
    text, found = reports(vignette)
    for report in found:
        spans = [(answer.start, answer.end, answer.text) for name in CRITERIA if (answer := getattr(report, name)).answer is not Answer.UNKNOWN]
        spans += [(item.start, item.end, item.text) for item in report.naranjo if item.text]
        spans += [(cause.start, cause.end, cause.text) for cause in report.alternative_causes]
        assert all(start is not None and end is not None and text[start:end] == words for start, end, words in spans)
        assert [item.number for item in report.naranjo] == list(range(1, 11))
        assert all(item.answer is Answer.UNKNOWN for item in report.naranjo if item.start is None)
