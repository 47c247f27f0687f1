"""Which short forms a text defines."""

from __future__ import annotations

import pytest

from litkg.nlp.abbreviations import find_definitions
from tests.nlp.marked import blank


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We gave interleukin-6 (IL-6) to all.", {"IL-6": "interleukin-6"}),
        ("The major depressive disorder (MDD) was mild; bipolar disorder (BD) was not.", {"MDD": "major depressive disorder", "BD": "bipolar disorder"}),
        ("The confidence interval (CI) is wide.", {"CI": "confidence interval"}),
        ("MDD (major depressive disorder of adults) is common.", {"MDD": "major depressive disorder of adults"}),
        ("It fell (in all).", {}),
        ("It fell (n = 12).", {}),
        ("It fell (see the text of that other paper by them).", {}),
        ("(MDD) stands alone.", {}),
        ("No bracket at all", {}),
        ("", {}),
        ("((( ) ( (", {}),
        ("One heart rate (HR) and one hazard ratio (HR).", {"HR": "heart rate"}),
        ("a nested (tumor necrosis factor (TNF)) one", {"TNF": "tumor necrosis factor"}),
    ],
)
def test_definitions(text: str, expected: dict[str, str]) -> None:
    assert find_definitions(blank()(text)) == expected
