"""`litkg hypotheses` on a kept table: the graph itself is not opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from litkg.cli import hypothesis_source
from litkg.stores import open_store
from tests.cli.conftest import Run
from tests.graphs import extractions

ASKED = ("hypotheses", "--from", "IL-1ra", "--hide", "anakinra=depression")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    with open_store(tmp_path / "little") as store:
        store.upsert(extractions())
    return tmp_path / "little"


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes opening any graph an error from then on."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    return lambda: monkeypatch.setattr(hypothesis_source, "open_graph", refuse)


@pytest.mark.parametrize(
    "words",
    [
        (*ASKED,),
        (*ASKED, "--json"),
        (*ASKED, "--format", "csv"),
        (*ASKED, "--until", "2010"),
        (*ASKED, "--to", "depression"),
        ("hypotheses", "evaluate", "--until", "2010"),
    ],
)
def test_the_second_call_gives_the_same_without_the_graph(run: Run, graph: Path, closed: Callable[[], None], words: tuple[str, ...]) -> None:
    first = run(*words, "--store", graph)
    assert first.exit_code == 0, first.output
    assert "reading claims of the graph" in first.stderr
    closed()
    second = run(*words, "--store", graph)
    assert second.stdout == first.stdout
    assert "reading" not in second.stderr


def test_sentences_are_read_from_the_graph(run: Run, graph: Path) -> None:
    first = run(*ASKED, "--format", "markdown", "--store", graph)
    assert run(*ASKED, "--format", "markdown", "--store", graph).stdout == first.stdout


def test_a_changed_graph_is_read_anew(run: Run, graph: Path) -> None:
    words = ("hypotheses", "--from", "IL-1ra", "--json", "--store", graph)
    before = run(*words).stdout
    run("remove", extractions()[1].document.id, "--store", graph)
    after = run(*words)
    assert "reading claims of the graph" in after.stderr
    assert after.stdout != before


def test_a_mark_counts_from_the_next_call_on(run: Run, graph: Path) -> None:
    assert "depressive disorder" in run(*ASKED, "--store", graph).stdout
    assert run("hypotheses", "mark", "IL-1ra", "depression", "--as", "known", "--store", graph).exit_code == 0
    for _ in range(2):
        result = run(*ASKED, "--store", graph)
        assert "depressive disorder" not in result.stdout.partition("best path")[0]
        assert "1 marked known" in result.stderr


@pytest.mark.parametrize("change", [("--as", "known"), ("--as", "kept"), ("--remove",)])
def test_a_mark_does_not_have_the_graph_read_anew(run: Run, graph: Path, closed: Callable[[], None], change: tuple[str, ...]) -> None:
    run("hypotheses", "mark", "IL-1ra", "depression", "--as", "rejected", "--store", graph)
    run(*ASKED, "--store", graph)
    assert run("hypotheses", "mark", "IL-1ra", "depression", *change, "--store", graph).exit_code == 0
    closed()
    result = run(*ASKED, "--store", graph)
    assert result.exit_code == 0, result.output
    assert ("1 marked known" in result.stderr) is (change == ("--as", "known"))
    assert "rejected" not in result.stderr


def test_a_paper_that_came_before_a_mark_is_read(run: Run, graph: Path) -> None:
    run(*ASKED, "--store", graph)
    run("remove", extractions()[1].document.id, "--store", graph)
    run("hypotheses", "mark", "IL-1ra", "depression", "--as", "kept", "--store", graph)
    assert "reading claims of the graph" in run(*ASKED, "--store", graph).stderr


def test_where_nothing_can_be_kept_it_is_said(run: Run, graph: Path) -> None:
    (graph / "graph.kgl.hypotheses").write_text("no folder", encoding="utf-8")
    for _ in range(2):
        result = run(*ASKED, "--store", graph)
        assert result.exit_code == 0, result.output
        assert "nothing can be kept beside it" in result.stderr


def test_no_graph_is_an_error(run: Run, tmp_path: Path) -> None:
    assert "no graph at" in run(*ASKED, "--store", tmp_path / "nothing").stderr
    assert not (tmp_path / "nothing").exists()
