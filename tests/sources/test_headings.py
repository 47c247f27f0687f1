from __future__ import annotations

import pytest

from litkg.model import SectionKind
from litkg.sources.headings import kind_of_heading


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Background", SectionKind.INTRODUCTION),
        ("1. Introduction", SectionKind.INTRODUCTION),
        ("INTRO", SectionKind.INTRODUCTION),
        ("Patients and Methods", SectionKind.METHODS),
        ("materials|methods", SectionKind.METHODS),
        ("2.1 Statistical analysis", SectionKind.METHODS),
        ("RESULTS:", SectionKind.RESULTS),
        ("Results and Discussion", SectionKind.RESULTS),
        ("IV. Discussion", SectionKind.DISCUSSION),
        ("Conclusions and outlook", SectionKind.CONCLUSION),
        ("Case presentation", SectionKind.CASE_REPORT),
        ("Case 2", SectionKind.CASE_REPORT),
        ("References", SectionKind.REFERENCES),
        ("Authors’ contributions", SectionKind.FURNITURE),
        ("Conflict of interest statement", SectionKind.FURNITURE),
        ("Acknowledgments", SectionKind.FURNITURE),
    ],
)
def test_names_the_kind_of_a_usual_heading(heading: str, kind: SectionKind) -> None:
    assert kind_of_heading(heading) is kind


@pytest.mark.parametrize(
    "heading",
    ["", "IL-6 raises the level of CRP", "Results of the first IL-1 trial in mice", "Methodical doubts", "Casein in milk", "Discussing serotonin", "2024"],
)
def test_leaves_a_heading_of_content_alone(heading: str) -> None:
    assert kind_of_heading(heading) is None
