"""`--linker scispacy` on every command that has it, and `litkg lexicon index` that it needs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def indexed_home(tiny_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the tiny lexicon and scispaCy's index of it."""
    from litkg.grounding.scispacy.index import write_name_index

    home = tmp_path_factory.mktemp("indexed")
    shutil.copytree(tiny_home / "lexicon", home / "lexicon")
    write_name_index(home / "lexicon", progress=lambda line: None)
    return home


def test_the_index_is_made_once(run: Run, tiny_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(tiny_home / "lexicon", home / "lexicon")
    first = run("lexicon", "index", LITKG_HOME=str(home))
    assert first.exit_code == 0, first.output
    assert "indexing 22 names (disease)" in first.stderr
    again = run("lexicon", "index", "--json", LITKG_HOME=str(home))
    assert "indexing" not in again.stderr
    assert json.loads(again.stdout)["bytes"] > 0
    assert "indexing" in run("lexicon", "index", "--force", LITKG_HOME=str(home)).stderr


@pytest.mark.parametrize("words", [("ground", "anakinra"), ("extract", "letter.txt"), ("ingest", "letter.txt")])
def test_without_an_index_the_command_is_named(run: Run, letter: Path, words: tuple[str, ...]) -> None:
    result = run(*words, "--linker", "scispacy")
    assert result.exit_code == 1
    assert "run `litkg lexicon index`" in result.stderr


def test_ground_shows_similarities(run: Run, indexed_home: Path) -> None:
    result = run("ground", "metothrexate", "--linker", "scispacy", LITKG_HOME=str(indexed_home))
    assert result.exit_code == 0, result.output
    header, line = result.stdout.splitlines()
    assert header.split("\t") == ["id", "name", "score", "why"]
    assert line.startswith("CHEBI:44185\tmethotrexate\t0.7")
    assert "like 'methotrexate' by trigrams" in line


def test_the_environment_chooses_and_the_option_goes_before_it(run: Run, indexed_home: Path) -> None:
    chosen = run("ground", "CAPS", "--json", LITKG_HOME=str(indexed_home), LITKG_LINKER="scispacy")
    assert json.loads(chosen.stdout)[0]["parts"][0]["feature"] == "similarity"
    own = run("ground", "CAPS", "--json", "--linker", "litkg", LITKG_HOME=str(indexed_home), LITKG_LINKER="scispacy")
    assert "similarity" not in own.stdout
    wrong = run("ground", "CAPS", LITKG_LINKER="spacy")
    assert (wrong.exit_code, "LITKG_LINKER=spacy: set it to litkg or scispacy" in wrong.stderr) == (1, True)


def test_extract_and_ingest_ground_by_it(run: Run, letter: Path, indexed_home: Path) -> None:
    result = run("extract", letter, "--linker", "scispacy", LITKG_HOME=str(indexed_home))
    assert result.exit_code == 0, result.output
    mentions = [line for line in map(json.loads, result.stdout.splitlines()) if line["type"] == "mention"]
    assert {"UNII:9013DUQ28K", "MONDO:0002050", "CHEBI:44185", "HGNC:6000"} <= {item["concept"]["id"] for item in mentions if item["concept"]}
    loaded = run("ingest", letter, "--linker", "scispacy", "--json", LITKG_HOME=str(indexed_home))
    assert json.loads(loaded.stdout)["read"] == 1


def test_links_are_scored_with_it(run: Run, tmp_path: Path, indexed_home: Path) -> None:
    (tmp_path / "gold.pubtator").write_text("7|t|5-hydroxytryptamyn fell.\n7|a|\n7\t0\t18\t5-hydroxytryptamyn\tChemical\tD012701\n", encoding="utf-8")
    right = {}
    for linker in ("litkg", "scispacy"):
        result = run("evaluate", "gold.pubtator", "--task", "link", "--linker", linker, "--json", LITKG_HOME=str(indexed_home))
        assert result.exit_code == 0, result.output
        right[linker] = {score["type"]: score["right"] for score in json.loads(result.stdout)["mentions"]}["Chemical"]
    assert right == {"litkg": 0, "scispacy": 1}
