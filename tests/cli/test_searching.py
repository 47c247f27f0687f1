"""`litkg search` and `litkg upgrade` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.versions import current_version, stamp
from tests.cli.conftest import Run
from tests.graphs import extractions


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Return the folder of the little graph."""
    with open_store(tmp_path / "little") as store:
        store.upsert(extractions())
    return tmp_path / "little"


def mark(store: GraphStore, version: int) -> None:
    store.change(lambda execute: stamp(execute, version))


def test_search_shows_concepts_and_sentences(run: Run, graph: Path) -> None:
    result = run("search", "IL-6", "--store", graph)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split("\t")[:2] == ["concept_id", "name"]
    assert lines[1].split("\t")[:3] == ["HGNC:6018", "IL6", "IL-6"]
    assert any("IL-1β makes cells release IL-6." in line for line in lines)


def test_search_words_given_as_one_stand_side_by_side(run: Run, graph: Path) -> None:
    apart = json.loads(run("search", "release", "cells", "--store", graph, "--json").stdout)
    together = json.loads(run("search", "cells release", "IL-6", "--store", graph, "--json").stdout)
    assert (len(apart["evidence"]), len(together["evidence"])) == (2, 1)


def test_search_for_what_is_not_there_says_so_and_is_no_error(run: Run, graph: Path) -> None:
    result = run("search", "penguin", "--store", graph)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no name has the words penguin" in result.stderr


def test_search_without_a_word_says_what_it_takes(run: Run, graph: Path) -> None:
    result = run("search", "-", "--store", graph)
    assert result.exit_code == 1
    assert "takes words" in result.stderr


def test_an_old_graph_is_refused_by_every_command_until_it_is_upgraded(run: Run, graph: Path, letter: Path) -> None:
    with open_store(graph) as store:
        mark(store, 1)
    for words in (["stats"], ["query", "statistics"], ["search", "x"], ["ingest", str(letter)], ["export", "--format", "jsonl"], ["cypher", "RETURN 1 AS x"]):
        result = run(*words, "--store", graph)
        assert (result.exit_code, f"litkg upgrade --store {graph}" in result.stderr) == (1, True), words
    done = json.loads(run("upgrade", "--store", graph, "--json").stdout)
    assert (done["found_version"], done["version"], len(done["steps"])) == (1, current_version(), current_version() - 1)
    assert run("stats", "--store", graph).exit_code == 0


def test_a_newer_graph_asks_for_a_newer_litkg(run: Run, graph: Path) -> None:
    with open_store(graph) as store:
        mark(store, current_version() + 1)
    for words in (["stats"], ["upgrade"]):
        result = run(*words, "--store", graph)
        assert (result.exit_code, "update litkg" in result.stderr) == (1, True)


def test_upgrade_of_a_graph_that_is_up_to_date_does_nothing(run: Run, graph: Path) -> None:
    before = (graph / "graph.kgl").stat().st_mtime_ns
    result = run("upgrade", "--store", graph)
    assert result.exit_code == 0
    assert "found    version 2" in result.stdout
    assert (graph / "graph.kgl").stat().st_mtime_ns == before
