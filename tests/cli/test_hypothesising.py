"""`litkg hypotheses` on the little graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litkg.stores import open_store
from tests.cli.conftest import Run
from tests.graphs import extractions


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graphs") / "little"
    with open_store(path) as store:
        store.upsert(extractions())
    return path


def test_hypotheses_are_ranked(run: Run, graph: Path) -> None:
    result = run("hypotheses", "--from", "IL-1ra", "--hide", "anakinra=depression", "--store", graph, "--json")
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    assert "depressive disorder" in [row["object_name"] for row in rows]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


def test_a_line_shows_the_best_path_with_its_signs(run: Run, graph: Path) -> None:
    lines = run("hypotheses", "--from", "IL-1ra", "--category", "Disease", "--hide", "anakinra=depression", "--store", graph).stdout.splitlines()
    assert lines[0].split("\t")[:3] == ["rank", "concept", "id"]
    assert any("IL1RN -| serotonin -| depressive disorder" in line for line in lines[1:])


def test_what_joins_two(run: Run, graph: Path) -> None:
    result = run("hypotheses", "--from", "IL-1ra", "--to", "depression", "--intermediates", "2", "--store", graph)
    assert any("IL1RN -> IDO1 -| serotonin -| depressive disorder" in line and "+\t->" in line for line in result.stdout.splitlines()), result.stdout
    assert result.stdout.splitlines()[0].split("\t")[:3] == ["rank", "linking term", "id"]


def test_what_is_hidden_is_not_walked(run: Run, graph: Path) -> None:
    result = run("hypotheses", "--from", "IL-1ra", "--to", "depression", "--hide", "anakinra=depression", "--store", graph)
    assert "anakinra" not in result.stdout


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--metric", "x"), "x: no concept of this graph, or none of its metrics: combined"),
        (("--links", "x"), "layer 'x' is none of claims, mentions, any"),
        (("--known", "x"), "known 'x' is none of claims, mentions, any"),
        (("--rank", "x"), "--rank x is none of paths, learned"),
        (("--rank", "learned"), "are needed to learn from: load more papers"),
        (("--reading", "x"), "--reading x is none of repurposing, adverse event"),
        (("--format", "x"), "--format x is none of table, csv, json, markdown, html"),
        (("--hide", "anakinra"), "--hide anakinra: write two concepts as X=Y"),
    ],
)
def test_a_wrong_choice_names_the_right_ones(run: Run, graph: Path, option: tuple[str, str], told: str) -> None:
    result = run("hypotheses", "--from", "IL-1ra", *option, "--store", graph)
    assert result.exit_code == 1
    assert told in result.stderr


def test_the_past_is_measured_on_what_came_after(run: Run, graph: Path) -> None:
    result = run("hypotheses", "evaluate", "--until", "2010", "--store", graph, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["n_pairs"] > 0
    assert {score["method"] for score in found["scores"]} >= {"belief", "random", "degree", "co-occurrence"}
    assert any("lexicon" in line for line in found["not_ruled_out"])


def test_a_future_without_news_is_an_error(run: Run, graph: Path) -> None:
    result = run("hypotheses", "evaluate", "--until", "2020", "--store", graph)
    assert result.exit_code == 1
    assert "nothing is newly linked after 2020" in result.stderr


def test_nobody_to_ask_about_is_an_error(run: Run, graph: Path) -> None:
    assert "litkg hypotheses --from A" in run("hypotheses", "--store", graph).stderr


@pytest.mark.parametrize(("format_", "first"), [("csv", "rank,subject,subject_name,object"), ("markdown", "## 1. ")])
def test_hypotheses_to_hand_on(run: Run, graph: Path, format_: str, first: str) -> None:
    assert run("hypotheses", "--from", "IL-1ra", "--known", "claims", "--store", graph, "--format", format_).stdout.startswith(first)


@pytest.mark.parametrize(
    "options", [("--format", "table"), ("--format", "csv"), ("--format", "json"), ("--format", "markdown"), ("--format", "html"), ("--json",)]
)
def test_every_format_can_go_to_a_file(run: Run, graph: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    words = ("hypotheses", "--from", "IL-1ra", "--known", "claims", *options, "--store", graph)
    written = run(*words, "--output", tmp_path / "report")
    assert written.exit_code == 0, written.output
    assert written.stdout == ""
    assert (tmp_path / "report").read_text(encoding="utf-8") == run(*words).stdout
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_the_page_says_how_it_was_asked_for(run: Run, graph: Path) -> None:
    text = run("hypotheses", "--from", "IL-1ra", "--hide", "anakinra=depression", "--known", "claims", "--marked", "--store", graph, "--format", "html").stdout
    assert text.startswith("<!DOCTYPE html>")
    assert "<code>litkg hypotheses --from IL-1ra --known claims --hide anakinra=depression --marked</code>" in text
    assert "<dt>metric</dt><dd>combined</dd>" in text.replace("\n", "")
    assert str(graph) not in text


def test_json_in_full_has_sentences_and_json_has_years(run: Run, graph: Path) -> None:
    words = ("hypotheses", "--from", "IL-1ra", "--hide", "anakinra=depression", "--known", "claims", "--store", graph)
    quick, full = (json.loads(run(*words, *options).stdout)[0] for options in (("--json",), ("--format", "json")))
    assert quick["tests"] == full["tests"]
    hops = [(item["mechanisms"][0]["hops"][0]) for item in (quick, full)]
    assert hops[0]["first_year"] == hops[1]["first_year"] == 2006
    assert "support" not in hops[0]
    assert hops[1]["support"]["text"]


def test_what_joins_two_is_a_table_or_json(run: Run, graph: Path, tmp_path: Path) -> None:
    words = ("hypotheses", "--from", "IL-1ra", "--to", "depression", "--store", graph)
    result = run(*words, "--format", "html")
    assert result.exit_code == 1
    assert "what joins A and C is a table, or --json" in result.stderr
    assert run(*words, "--json", "--output", tmp_path / "paths.json").exit_code == 0
    assert json.loads((tmp_path / "paths.json").read_text(encoding="utf-8"))


def test_what_could_have_been_discovered_is_listed(run: Run, graph: Path) -> None:
    rows = json.loads(run("hypotheses", "discoverable", "--after", "2010", "--store", graph, "--json").stdout)
    assert rows
    assert set(rows[0]) == {"first", "first_name", "second", "second_name", "papers"}
    shown = run("hypotheses", "discoverable", "--after", "2010", "--limit", "1", "--store", graph)
    assert len(shown.stdout.splitlines()) == 2
    assert f"{len(rows)} pairs, of which 1 are shown" in shown.stderr
    assert "--links x is none of" in run("hypotheses", "discoverable", "--after", "2010", "--links", "x", "--store", graph).stderr
