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
        (("--format", "x"), "--format x is none of table, csv, markdown"),
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
