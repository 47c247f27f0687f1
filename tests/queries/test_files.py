"""The query files themselves: the dialect that both stores speak, the closed sets that they spell out, and the README."""

from __future__ import annotations

import re

import pytest

from litkg.datafiles import data_path
from litkg.predicates import load_predicates
from litkg.queries import RENEW_COMMAND, CannedQuery, bind, load_queries, render_readme, run_query
from litkg.stores.base import GraphStore
from litkg.stores.schema import load_schema, relationship_type

QUERIES = load_queries()
CODE = {name: re.sub(r"'[^']*'", "''", query.statement) for name, query in QUERIES.items() if query.search is None}

FORBIDDEN = {
    r"/\*": "block comments are refused by the embedded store",
    r";": "one statement a file",
    r"\$\(": "labels and relationship types are fixed text",
    r"(?i)\bshortest|\ballShortest": "its WHERE filters after the search",
    r"\{\d*,\d*\}|\)\s*[+*]\s*[(\n]": "no quantified path patterns",
    r"\*\s*\d*\.\.": "variable lengths are not bounded at hubs",
    r"\.type\b": "type is virtual in the embedded store",
    r"(?i)\bproperties\s*\(|\.\*": "virtual properties differ between stores",
    r"(?i)\b(CREATE|MERGE|DELETE|SET|REMOVE|LOAD|FOREACH)\b": "queries only read",
    r"\bapoc\.|\bgds\.": "no plug-ins",
}


@pytest.mark.parametrize("name", CODE)
@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_a_query_keeps_to_what_both_stores_speak(name: str, pattern: str) -> None:
    assert not re.search(pattern, CODE[name]), f"queries/{name}.cypher: {FORBIDDEN[pattern]}"


@pytest.mark.parametrize("name", CODE)
def test_a_query_ends_ordered_and_limited(name: str) -> None:
    tail = CODE[name][CODE[name].rindex("RETURN") :]
    assert re.search(r"\nORDER BY [^\n]+\nLIMIT \$limit$", tail), f"queries/{name}.cypher must end with ORDER BY and LIMIT $limit"
    limit = QUERIES[name].parameter("limit")
    assert limit is not None
    assert limit.default is not None
    assert limit.minimum == 1


@pytest.mark.parametrize("name", CODE)
def test_title_is_asked_of_documents_only(name: str) -> None:
    assert {match[1] for match in re.finditer(r"\b(\w+)\.title\b", CODE[name])} <= {"d"}


@pytest.mark.parametrize("name", CODE)
def test_a_query_names_only_labels_and_relationships_of_the_schema(name: str) -> None:
    schema = load_schema()
    types = {part for match in re.finditer(r"\[\w*:([A-Z_|]+)", CODE[name]) for part in match[1].split("|")}
    labels = {match[1] for match in re.finditer(r"\(\w*:(\w+)", CODE[name])}
    assert types <= schema.relationships.keys()
    assert labels <= schema.nodes.keys()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_examples_bind(query: CannedQuery) -> None:
    given = {item.name: ",".join(item.example) if isinstance(item.example, tuple) else str(item.example) for item in query.parameters}
    assert bind(query, given).keys() == {item.name for item in query.parameters}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_over_a_graph_without_answers_gives_no_rows(query: CannedQuery, little_store: GraphStore) -> None:
    given = {item.name: "nothing:0" for item in query.parameters if item.type in ("concept", "string", "string list")}
    if given:
        assert list(run_query(little_store, query, bind(query, given))) == []


@pytest.mark.parametrize("name", ["steps-from", "steps-to"])
def test_steps_spell_out_the_closed_set_of_predicates(name: str) -> None:
    predicates = {predicate: row for predicate, row in load_predicates().items() if predicate != "compared_with"}
    causal = {relationship_type(item) for item, row in predicates.items() if row.causal} | {"FORM_OF", "MEMBER_OF"}
    symmetric = {relationship_type(item) for item, row in predicates.items() if row.symmetric}
    rest = {relationship_type(item) for item in predicates} - causal - symmetric
    patterns = [set(match[1].split("|")) for match in re.finditer(r"\[r:([A-Z_|]+)\]", QUERIES[name].statement)]
    assert patterns == [causal, {"FORM_OF"}, symmetric, symmetric, rest]


def test_open_discovery_spells_out_the_causal_predicates() -> None:
    patterns = {frozenset(match[1].split("|")) for match in re.finditer(r"\[r:([A-Z_|]+)\]", QUERIES["open-discovery"].statement)}
    assert patterns == {frozenset(relationship_type(name) for name, row in load_predicates().items() if row.causal)}


def test_the_readme_is_up_to_date() -> None:
    text = (data_path("queries") / "README.md").read_text(encoding="utf-8")
    assert text == render_readme(QUERIES), f"queries/README.md is out of date; renew it with: {RENEW_COMMAND}"
