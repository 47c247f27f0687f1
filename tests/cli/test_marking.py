"""`litkg hypotheses mark` and `marks`, and what marks leave of a ranking."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litkg.hypotheses.marks import Mark, write_mark
from litkg.stores import open_store
from tests.cli.conftest import Run
from tests.graphs import extractions

FROM = ("hypotheses", "--from", "IL-1ra", "--hide", "anakinra=depression", "--known", "claims")
IL6 = "HGNC:6018"
ABOUT_IL6 = ("hypotheses", "--from", IL6, "--known", "claims")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "little"
    with open_store(path) as store:
        store.upsert(extractions())
    return path


def targets(run: Run, graph: Path, *options: str) -> list[str]:
    return [row["object"] for row in json.loads(run(*ABOUT_IL6, *options, "--store", graph, "--json").stdout)]


def test_a_mark_is_listed_with_names_and_ids(run: Run, graph: Path) -> None:
    done = run("hypotheses", "mark", "IL-1ra", "depression", "--as", "kept", "--note", "ask the clinic", "--store", graph)
    assert done.exit_code == 0, done.output
    assert done.stdout == "kept: IL1RN (HGNC:6000), depressive disorder (MONDO:0002050)\n"
    assert json.loads(run("hypotheses", "marks", "--store", graph, "--json").stdout) == [
        {
            "subject": "HGNC:6000",
            "subject_name": "IL1RN",
            "object": "MONDO:0002050",
            "object_name": "depressive disorder",
            "verdict": "kept",
            "note": "ask the clinic",
        }
    ]


def test_a_mark_is_taken_away_once(run: Run, graph: Path) -> None:
    run("hypotheses", "mark", "IL-1ra", "depression", "--as", "known", "--store", graph)
    assert run("hypotheses", "mark", "depression", "IL-1ra", "--remove", "--store", graph).exit_code == 0
    assert "no marks" in run("hypotheses", "marks", "--store", graph).stderr
    again = run("hypotheses", "mark", "depression", "IL-1ra", "--remove", "--store", graph)
    assert again.exit_code == 1
    assert "have no mark" in again.stderr


def test_a_mark_whose_concepts_are_gone_is_listed_and_can_be_taken_away(run: Run, graph: Path) -> None:
    with open_store(graph) as store:
        write_mark(store, Mark(subject="litkg.text:nowhere", object="HGNC:6000", verdict="known"))
    (row,) = json.loads(run("hypotheses", "marks", "--store", graph, "--json").stdout)
    assert (row["subject"], row["subject_name"], row["object_name"]) == ("litkg.text:nowhere", None, "IL1RN")
    assert run("hypotheses", "mark", "litkg.text:nowhere", "IL-1ra", "--remove", "--store", graph).exit_code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--as", "maybe"), "verdict 'maybe' is none of kept, rejected, known"),
        ((), "--as kept|rejected|known"),
        (("--as", "kept", "--remove"), "--as kept|rejected|known"),
    ],
)
def test_no_verdict_and_another_one_are_errors(run: Run, graph: Path, options: tuple[str, ...], told: str) -> None:
    result = run("hypotheses", "mark", "IL-1ra", "depression", *options, "--store", graph)
    assert result.exit_code == 1
    assert told in result.stderr


def test_what_is_set_aside_is_counted_and_shown_when_asked_for(run: Run, graph: Path) -> None:
    before = targets(run, graph)
    first, second, third = before[:3]
    run("hypotheses", "mark", IL6, first, "--as", "rejected", "--note", "too wide", "--store", graph)
    run("hypotheses", "mark", second, IL6, "--as", "known", "--store", graph)
    run("hypotheses", "mark", IL6, third, "--as", "kept", "--store", graph)
    assert targets(run, graph) == before[2:]
    assert targets(run, graph, "--limit", "1") == [third]
    assert targets(run, graph, "--marked") == before
    shown = run(*ABOUT_IL6, "--store", graph)
    assert "1 marked rejected, 1 known: --marked shows them" in shown.stderr
    header, *lines = [line.split("\t") for line in shown.stdout.splitlines()]
    assert [line[header.index("mark")] for line in lines][:1] == ["kept"]
    everything = run(*ABOUT_IL6, "--marked", "--store", graph)
    assert "--marked" not in everything.stderr
    assert [line.split("\t")[header.index("mark")] for line in everything.stdout.splitlines()[1:4]] == ["rejected: too wide", "known", "kept"]


@pytest.mark.parametrize(("format_", "told"), [("csv", ",rejected,too *wide*\n"), ("markdown", "Marked rejected: too \\*wide\\*")])
def test_marks_go_with_what_is_handed_on(run: Run, graph: Path, format_: str, told: str) -> None:
    run("hypotheses", "mark", "IL-1ra", "depression", "--as", "rejected", "--note", "too *wide*", "--store", graph)
    assert told in run(*FROM, "--marked", "--format", format_, "--store", graph).stdout
    assert told not in run(*FROM, "--format", format_, "--store", graph).stdout


def test_json_has_each_mark(run: Run, graph: Path) -> None:
    run("hypotheses", "mark", "IL-1ra", "depression", "--as", "kept", "--note", "why not", "--store", graph)
    rows = json.loads(run(*FROM, "--store", graph, "--json").stdout)
    assert {row["object_name"]: row["mark"] for row in rows if row["mark"]} == {"depressive disorder": {"verdict": "kept", "note": "why not"}}


def test_marks_are_no_nodes_that_an_export_leaves_out(run: Run, graph: Path, tmp_path: Path) -> None:
    run("hypotheses", "mark", "IL-1ra", "depression", "--as", "kept", "--store", graph)
    done = run("export", "--format", "jsonl", "--output", tmp_path / "graph.jsonl", "--store", graph, "--json")
    assert json.loads(done.stdout)["left_out"] == 0
    assert "Mark" not in (tmp_path / "graph.jsonl").read_text(encoding="utf-8")
