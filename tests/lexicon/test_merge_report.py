"""The report of a build: what joined, what is shared, what was refused and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import LexiconError
from litkg.lexicon.merge_report import FILE_NAME, read_report, report_table
from litkg.lexicon.merging import MergeReport
from litkg.lexicon.records import Crosswalk

REPORT = MergeReport(
    joins=(Crosswalk("MESH:D2", "MONDO:2", "mondo"), Crosswalk("MESH:D1", "MONDO:1", "gilda"), Crosswalk("MESH:D1", "MONDO:1", "gilda")),
    refused=(("MESH:D1", "MONDO:3", "doid", "two ids of MONDO"),),
)
NAMES = {"MESH:D1": "Red\tNose", "MONDO:1": 'red "nose"'}


def write(folder: Path) -> Path:
    (folder / FILE_NAME).write_bytes(report_table(REPORT, [Crosswalk("MESH:D1", "MONDO:9", "entry term or form")], NAMES))
    return folder


def test_each_crosswalk_has_one_line_and_the_reason_of_a_refusal(tmp_path: Path) -> None:
    lines = read_report(write(tmp_path))
    assert [(line.outcome, line.left, line.right, line.source, line.why) for line in lines] == [
        ("joined", "MESH:D1", "MONDO:1", "gilda", ""),
        ("joined", "MESH:D2", "MONDO:2", "mondo", ""),
        ("shared", "MESH:D1", "MONDO:9", "entry term or form", ""),
        ("refused", "MESH:D1", "MONDO:3", "doid", "two ids of MONDO"),
    ]


def test_lines_are_found_by_outcome_id_and_name(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert len(read_report(folder, outcome="refused")) == 1
    assert len(read_report(folder, name="mondo:2")) == 1
    assert len(read_report(folder, name="red nose")) == 3


def test_a_lexicon_without_a_report_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="litkg lexicon build"):
        read_report(tmp_path)
