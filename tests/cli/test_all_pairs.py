"""`litkg hypotheses all` on the little graph."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from litkg.stores import open_store
from tests.cli.conftest import Run
from tests.graphs import extractions

ALL = ("hypotheses", "all", "--category", "Gene", "--to-category", "Disease", "--known", "claims", "--workers", "1")


def told(row: dict[str, object]) -> list[object]:
    """Return what a pair is told by, whoever asks for it."""
    return [row[name] for name in ("subject", "object", "score", "parts", "n_paths", "sign", "agreement", "known_relatives", "linking_terms", "mark")]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    with open_store(tmp_path / "little") as store:
        store.upsert(extractions())
    return tmp_path / "little"


def test_pairs_are_those_of_each_concept(run: Run, graph: Path, tmp_path: Path) -> None:
    result = run(*ALL, "--store", graph, "--output", "pairs.jsonl")
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert f"pairs.jsonl: {len(rows)} pairs" in result.stderr
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    for start in {row["subject"] for row in rows}:
        own = json.loads(run("hypotheses", "--from", start, "--category", "Disease", "--known", "claims", "--store", graph, "--json").stdout)
        assert [told(row) for row in rows if row["subject"] == start] == [told(row) for row in own]
    assert not (tmp_path / "pairs.jsonl.unfinished").exists()


def test_csv_has_a_line_a_pair(run: Run, graph: Path, tmp_path: Path) -> None:
    assert run(*ALL, "--store", graph, "--output", "pairs.csv", "--limit", "2").exit_code == 0
    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["rank"] for row in rows] == ["1", "2"]
    assert all(row["category"] == "Disease" for row in rows)


def test_one_pair_a_concept_leaves_the_best(run: Run, graph: Path, tmp_path: Path) -> None:
    run(*ALL, "--store", graph, "--output", "pairs.csv", "--per-concept", "1")
    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as handle:
        starts = [row["subject"] for row in csv.DictReader(handle)]
    assert len(starts) == len(set(starts)) > 1


def test_a_pair_that_is_known_is_left_out_unless_asked_for(run: Run, graph: Path, tmp_path: Path) -> None:
    run(*ALL, "--store", graph, "--output", "before.jsonl")
    first = json.loads((tmp_path / "before.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert run("hypotheses", "mark", first["object"], first["subject"], "--as", "known", "--note", "old", "--store", graph).exit_code == 0
    result = run(*ALL, "--store", graph, "--output", "after.jsonl")
    assert "pairs left out that are marked rejected or known: 1; --marked ranks them" in result.stderr
    after = [json.loads(line) for line in (tmp_path / "after.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (first["subject"], first["object"]) not in [(row["subject"], row["object"]) for row in after]
    run(*ALL, "--store", graph, "--output", "marked.jsonl", "--marked")
    marked = json.loads((tmp_path / "marked.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert marked == first | {"mark": {"verdict": "known", "note": "old"}}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--output", "x.txt"), "--output x.txt: the name of the file ends with none of .csv, .jsonl"),
        (("--output", "nowhere/x.csv"), "--output nowhere/x.csv: there is no such folder"),
        (("--output", "x.csv", "--metric", "x"), "--metric x is none of combined"),
        (("--output", "x.csv", "--links", "x"), "layer 'x' is none of claims, mentions, any"),
        (("--output", "x.csv", "--via", "x"), "--via x: no concept of the graph is of this category; there are"),
    ],
)
def test_a_wrong_choice_names_the_right_ones(run: Run, graph: Path, words: tuple[str, ...], told: str) -> None:
    result = run(*ALL, "--store", graph, *words)
    assert result.exit_code == 1
    assert told in result.stderr


def test_what_an_earlier_run_did_otherwise_goes_and_it_is_said(run: Run, graph: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pairs.csv.unfinished"
    folder.mkdir()
    (folder / "lock").touch()
    (folder / "ranking.key").write_text("another", encoding="utf-8")
    result = run(*ALL, "--store", graph, "--output", "pairs.csv")
    assert "starting anew: what an earlier run had done was of another graph, or asked for otherwise" in result.stderr
    assert not folder.exists()
