"""`litkg lexicon build` builds only where what it was built from has changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from litkg.cli import lexicons
from tests.cli.conftest import Run


@pytest.fixture
def home(tiny_home: Path, tmp_path: Path) -> Path:
    """Return a home of its own with the tiny lexicon, marked as built from what is here now."""
    shutil.copytree(tiny_home, tmp_path / "home")
    (tmp_path / "home" / "lexicon" / lexicons.INPUTS_FILE).write_text(lexicons.inputs_hash(), encoding="utf-8")
    return tmp_path / "home"


def test_build_does_nothing_where_the_lexicon_is_up_to_date(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litkg.lexicon.build.build_lexicon", lambda *_, **__: pytest.fail("built again"))
    result = run("lexicon", "build", LITKG_HOME=str(home))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("lexicon  ")


@pytest.mark.parametrize("content", ["of another time", None], ids=["other inputs", "no mark"])
def test_lexicon_of_other_inputs_is_not_current(home: Path, content: str | None) -> None:
    mark = home / "lexicon" / lexicons.INPUTS_FILE
    assert lexicons.is_current(home / "lexicon")
    if content is None:
        mark.unlink()
    else:
        mark.write_text(content, encoding="utf-8")
    assert not lexicons.is_current(home / "lexicon")


def test_missing_lexicon_is_not_current(tmp_path: Path) -> None:
    assert not lexicons.is_current(tmp_path)


def test_merges_shows_counts_and_what_concerns_one_concept(run: Run, home: Path) -> None:
    table = "outcome\tleft\tleft_name\tright\tright_name\tsource\twhy\n"
    table += "joined\tMESH:D1\tRed Nose\tMONDO:1\tred nose\tmondo\t\nrefused\tMESH:D1\tRed Nose\tMONDO:3\tnose\tdoid\ttwo ids of MONDO\n"
    (home / "lexicon" / "merges.tsv").write_text(table, encoding="utf-8")
    counts = run("lexicon", "merges", LITKG_HOME=str(home))
    assert counts.exit_code == 0, counts.output
    assert "two ids of MONDO" in counts.stdout
    one = run("lexicon", "merges", "mondo:3", "--json", LITKG_HOME=str(home))
    assert [(row["outcome"], row["right"]) for row in json.loads(one.stdout)] == [("refused", "MONDO:3")]


def test_merges_without_a_report_names_the_command_that_makes_one(run: Run, home: Path) -> None:
    result = run("lexicon", "merges", LITKG_HOME=str(home))
    assert result.exit_code != 0
    assert "litkg lexicon build" in result.output
