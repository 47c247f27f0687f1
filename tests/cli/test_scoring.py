"""`litkg evaluate --task ner` on each format of gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CONLL = "Anakinra\tB-CHED\nand\tO\ndepression\tB-Disease\n.\tO\n"


def write_gold(folder: Path) -> None:
    (folder / "gold.tsv").write_text(CONLL, encoding="utf-8")
    (folder / "gold.pubtator").write_text("5|t|Anakinra and depression.\n5|a|\n5\t13\t23\tdepression\tDisease\tD003866\n", encoding="utf-8")
    (folder / "brat").mkdir()
    (folder / "brat" / "5.txt").write_text("Anakinra and depression.", encoding="utf-8")
    (folder / "brat" / "5.ann").write_text("T1\tDisease 13 23\tdepression\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["gold.tsv", "gold.pubtator", "brat", "brat/5.ann"])
def test_spans_are_scored_on_every_format(run: Run, tmp_path: Path, name: str) -> None:
    write_gold(tmp_path)
    result = run("evaluate", name, "--task", "ner", "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    (disease,) = [score for score in report["scores"] if (score["level"], score["type"]) == ("strict", "Disease")]
    assert (disease["f1"], report["documents"], report["errors"]) == (1.0, 1, [])


def test_types_are_mapped_by_an_option_and_errors_shown(run: Run, tmp_path: Path) -> None:
    write_gold(tmp_path)
    result = run("evaluate", "gold.tsv", "--task", "ner", "--types", "CHED=Gene", "--errors", "3")
    assert result.exit_code == 0, result.output
    assert "type\t1\tAnakinra\tGene\tAnakinra\tChemical" in result.stdout
    assert "annotations of types that are not scored: none" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--task", "ner", "--types", "Disease="), "no type of this gold is scored; it has CHED, Disease"),
        (("--task", "ner", "--types", "Gone=Gene"), "the gold has no type 'Gone'"),
        (("--types", "Disease="), "--types is for --task ner"),
    ],
)
def test_types_that_cannot_be_scored_are_errors(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    write_gold(tmp_path)
    result = run("evaluate", "gold.tsv", *arguments)
    assert result.exit_code == 1
    assert message in result.stderr
