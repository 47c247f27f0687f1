"""A case report in lines: what is answered, in the text's words, and the range of Naranjo totals."""

from __future__ import annotations

from litkg.cli.cases import case_report_lines

REPORT: dict[str, object] = {
    "document_id": "PMID:1",
    "dechallenge": "yes",
    "dechallenge_value": "improved",
    "dechallenge_text": "It went\nwhen the drug did.",
    "rechallenge": "unknown",
    "alternative_causes": ["gout", "flu"],
    "alternative_causes_ruled_out": ["yes", "no"],
    "alternative_causes_text": ["No gout.", "Perhaps flu."],
    "naranjo_lowest": -2,
    "naranjo_highest": 9,
    "naranjo": [
        {"item": 3, "question": "Did it improve?", "answer": "yes", "points": 1, "text": "It went."},
        {"item": 4, "question": "Did it reappear?", "answer": "unknown", "points": 0, "text": ""},
    ],
}


def test_answers_come_with_their_words_and_unknown_ones_are_left_out() -> None:
    lines = list(case_report_lines(REPORT))
    assert lines[0] == "  case report in PMID:1"
    assert '    dechallenge: yes, improved   "It went when the drug did."' in lines
    assert not any("rechallenge" in line for line in lines)


def test_other_causes_say_whether_they_are_ruled_out() -> None:
    lines = list(case_report_lines(REPORT))
    assert '    other cause ruled out: gout   "No gout."' in lines
    assert '    other cause not ruled out: flu   "Perhaps flu."' in lines


def test_the_naranjo_total_is_a_range_and_names_the_open_items() -> None:
    lines = list(case_report_lines(REPORT))
    assert "    Naranjo total: -2 to 9 (doubtful to definite), as the text leaves open item 4" in lines
    assert [line for line in lines if "3. Did it improve? yes, +1" in line]


def test_a_report_without_items_shows_no_total() -> None:
    assert list(case_report_lines({"document_id": "PMID:2"})) == ["  case report in PMID:2"]
