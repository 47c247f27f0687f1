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
        ("Nephritis was doxorubicin (DOX)-induced.", {"DOX": "doxorubicin"}),
        ("Rats had sodium nitroprusside (SNP, n = 7) or none.", {"SNP": "sodium nitroprusside"}),
        ("Rats had doxorubicin, (DOX; 5 mg/kg).", {"DOX": "doxorubicin"}),
        ("Cells had 5-fluorouracil (5-FU) or folate [FA].", {"5-FU": "5-fluorouracil", "FA": "folate"}),
        ("Myotonic dystrophy (DM) is slow.", {"DM": "Myotonic dystrophy"}),
        ("It is a big drop (DB).", {}),
        ("The mice died. Young (YD) ones did not.", {}),
        ("It fell in adults (i.e., in all) and it grew (minutes, maximum 4).", {}),
        ("a nested (tumor necrosis factor (TNF)) one", {"TNF": "tumor necrosis factor"}),
    ],
)
def test_definitions(text: str, expected: dict[str, str]) -> None:
    assert find_definitions(blank()(text)) == expected
