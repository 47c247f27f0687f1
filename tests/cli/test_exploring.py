"""Questions to the little graph: names are looked up, paths and explanations quote their sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litkg.cli.exploring import given_parameters
from litkg.errors import QueryError
from litkg.queries import load_queries
from litkg.stores import open_store
from tests.cli.conftest import Run
from tests.graphs import ASSERTIONS, extractions


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the little graph."""
    path = tmp_path_factory.mktemp("graphs") / "little"
    with open_store(path) as store:
        store.apply_schema()
        store.upsert(extractions())
    return path


def test_query_without_a_name_lists_them_all(run: Run) -> None:
    assert [row["name"] for row in json.loads(run("query", "--json").stdout)] == list(load_queries())
    assert len(run("query").stdout.splitlines()) == len(load_queries()) + 1


@pytest.mark.parametrize("name", load_queries())
def test_help_of_each_query_tells_its_parameters(run: Run, name: str) -> None:
    result = run("query", name, "--help")
    assert result.exit_code == 0
    for parameter in load_queries()[name].parameters:
        assert f"--{parameter.name.replace('_', '-')}" in result.stdout


def test_help_of_query_itself(run: Run) -> None:
    assert "Usage: " in run("query", "--help").stdout


@pytest.mark.parametrize("drug", ["anakinra", "Kineret", "ANAKINRA", "UNII:9013DUQ28K", "unii:9013DUQ28K"])
def test_concepts_are_found_by_any_name_or_id(run: Run, graph: Path, drug: str) -> None:
    result = run("query", "adverse-events", "--drug", drug, "--store", graph, "--json")
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    assert [row["event"] for row in rows] == ["depressive disorder"]
    assert rows[0]["case_reports"][0]["dechallenge"] == "yes"


def test_table_leaves_nested_columns_out_and_says_so(run: Run, graph: Path) -> None:
    result = run("query", "adverse-events", "--drug", "anakinra", "--store", graph)
    assert "quotes" not in result.stdout
    assert "left out of the table: case_reports, quotes" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("query", "no-such-query"), "there are: adverse-events"),
        (("query", "adverse-events"), "needs --drug"),
        (("query", "adverse-events", "--drug"), "--drug has no value"),
        (("query", "adverse-events", "anakinra"), "stands alone"),
        (("query", "adverse-events", "--drug", "anakinra", "--dose", "1"), "takes no parameter 'dose'"),
        (("query", "adverse-events", "--drug", "anakinra", "--limit", "many"), "--limit takes"),
        (("query", "adverse-events", "--drug", "anakinraa"), "anakinra (UNII:9013DUQ28K)"),
        (("path", "anakinraa", "depression"), "anakinra (UNII:9013DUQ28K)"),
        (("path", "IL-1ra", "CAPS"), "'CAPS' is ambiguous"),
        (("explain", "as:nothing"), "nothing in this graph has the id 'as:nothing'"),
        (("explain", "HGNC:99999999"), "HGNC:99999999"),
    ],
)
def test_wrong_question_is_one_line_that_helps(run: Run, graph: Path, words: tuple[str, ...], message: str) -> None:
    result = run(*words, "--store", graph)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert message in result.stderr


def test_path_quotes_the_sentences_of_each_hop(run: Run, graph: Path) -> None:
    result = run("path", "IL-1ra", "depression", "--store", graph)
    assert result.exit_code == 0
    first = result.stdout.split("\n\n")[0]
    for word in ("IDO1", "serotonin", "depressive disorder", "net sign", "PMID:101", "possible"):
        assert word in first or word in result.stdout
    chains = [[hop["end"]["name"] for hop in path["hops"]] for path in json.loads(run("path", "IL-1ra", "depression", "--store", graph, "--json").stdout)]
    assert ["IDO1", "serotonin", "depressive disorder"] in chains
    assert ["serotonin", "depressive disorder"] in chains


def test_path_that_is_not_there_says_so(run: Run, graph: Path) -> None:
    result = run("path", "depression", "IL-1ra", "--store", graph)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no path from depression" in result.stderr


def test_explain_shows_the_text_for_and_against(run: Run, graph: Path) -> None:
    claim = ASSERTIONS["anakinra_adverse_depression"].id
    result = run("explain", claim, "--store", graph)
    assert "1 for, 1 against" in result.stdout
    assert "refutes" in result.stdout
    assert json.loads(run("explain", claim, "--store", graph, "--json").stdout)["claims"][0]["assertion_id"] == claim


def test_explain_takes_a_concept_by_name(run: Run, graph: Path) -> None:
    assert "anakinra (UNII:9013DUQ28K)" in run("explain", "Kineret", "--store", graph).stdout


@pytest.mark.parametrize("name", ["litkg.text:quintamab", "quintamab"])
def test_concept_that_is_not_grounded_is_found_by_its_id_and_its_name(run: Run, graph: Path, name: str) -> None:
    result = run("explain", name, "--store", graph)
    assert result.exit_code == 0, result.output
    assert "not grounded" in result.stdout


@pytest.mark.parametrize("words", [["x"], ["--a"], ["--a", "1", "--a", "2"], ["--"]])
def test_parameters_that_are_no_pairs_are_refused(words: list[str]) -> None:
    with pytest.raises(QueryError):
        given_parameters(words)


def test_cypher_prints_what_came_before_the_cut_and_says_that_there_is_more(run: Run, tmp_path: Path) -> None:
    with open_store(tmp_path / "litkg-graph") as store:
        store.upsert(extractions())
    cut = run("cypher", "UNWIND range(1, 9) AS x RETURN x", "--max-rows", "3", "--json")
    assert (cut.exit_code, [row["x"] for row in json.loads(cut.stdout)]) == (1, [1, 2, 3])
    assert "cut after 3 rows, and there are more" in cut.stderr
    whole = run("cypher", "UNWIND range(1, 9) AS x RETURN x", "--max-rows", "9", "--json")
    assert (whole.exit_code, len(json.loads(whole.stdout))) == (0, 9)


@pytest.mark.parametrize("statement", ["MATCH (n) DETACH DELETE n", "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row", "CALL dbms.listConfig()"])
def test_cypher_refuses_what_does_more_than_ask_the_graph(run: Run, tmp_path: Path, statement: str) -> None:
    with open_store(tmp_path / "litkg-graph") as store:
        store.upsert(extractions())
    result = run("cypher", statement)
    assert result.exit_code == 1
    assert "refused" in result.stderr
