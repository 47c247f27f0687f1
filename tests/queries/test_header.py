"""Headers: what parses, and what is refused with which words."""

from __future__ import annotations

import pytest

from litkg.errors import QueryError
from litkg.queries import Column, Parameter, parse_query

GOOD = """\
// title = "Claims of a concept"
// description = "All of them."
// [returns]
// id = "id of the claim"
// [parameters.concept]
// type = "concept"
// help = "the concept"
// example = "IL-1ra"
// [parameters.limit]
// type = "integer"
// default = 10
// minimum = 1
// help = "most rows"
// example = 5
// not a parameter is what a string or a comment holds
MATCH (a:Assertion)-[:SUBJECT]->(c:Concept {id: $concept}) // $unused in a comment
WHERE a.predicate <> '$unused in a string'
RETURN a.id AS id
ORDER BY id
LIMIT $limit
""".replace("// not a parameter is what a string or a comment holds\n", "")


def test_a_header_gives_columns_and_parameters_in_order() -> None:
    query = parse_query(GOOD, "claims-of")
    assert query.title == "Claims of a concept"
    assert query.columns == (Column(name="id", meaning="id of the claim"),)
    assert query.parameters == (
        Parameter(name="concept", type="concept", help="the concept", example="IL-1ra"),
        Parameter(name="limit", type="integer", help="most rows", example=5, default=10, minimum=1.0),
    )
    assert query.statement.startswith("MATCH (a:Assertion)")
    assert query.concept_parameters() == ("concept",)


def test_the_example_command_gives_what_must_be_given() -> None:
    assert parse_query(GOOD, "claims-of").example_command() == "litkg query claims-of --concept IL-1ra"


def test_an_example_with_a_space_is_quoted_for_the_shell() -> None:
    query = parse_query(GOOD.replace('"IL-1ra"', '"IL-1 receptor"'), "claims-of")
    assert query.example_command() == "litkg query claims-of --concept 'IL-1 receptor'"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('// title = "Claims of a concept"', "// title", "not TOML"),
        ('// title = "Claims of a concept"', "//", "'title' is missing"),
        ('// title = "Claims of a concept"', "// title = 3", "'title' is missing or is no text"),
        ('// title = "Claims of a concept"', '// title = "T"\n// author = "x"', "unknown entry 'author'"),
        ('// [returns]\n// id = "id of the claim"\n', "", "[returns] is missing"),
        ('// id = "id of the claim"', '// id = ""', "'id' is missing or is no text"),
        ('// type = "concept"', '// type = "node"', "unknown type 'node'; one of string, concept"),
        ('// help = "the concept"', "//", "'help' is missing"),
        ('// example = "IL-1ra"', "//", "'example' is missing"),
        ('// example = "IL-1ra"', "// example = 3", "3 is no concept"),
        ("// default = 10", "// default = true", "True is no integer"),
        ("// default = 10", '// default = "10"', "'10' is no integer"),
        ("// minimum = 1", '// minimum = "one"', "minimum 'one' is no number"),
        ("// minimum = 1", "// least = 1", "unknown entry 'least'"),
        ("[parameters.limit]", "[parameters.Limit]", "a parameter is named by lower-case letters"),
        ("// [returns]", '// best_first = "concept"\n// [returns]', "best_first takes a statement whose parameter 'concept' is of type number"),
        ("// [returns]", '// best_first = "least"\n// [returns]', "best_first takes a statement whose parameter 'least' is of type number"),
        ("LIMIT $limit", "LIMIT 5", "declared but not used: $limit"),
        ("LIMIT $limit", "LIMIT $limit + $more", "used but not declared: $more"),
    ],
)
def test_a_wrong_header_is_refused_with_the_file_and_the_reason(old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(QueryError) as caught:
        parse_query(GOOD.replace(old, new), "claims-of")
    assert str(caught.value).startswith("queries/claims-of.cypher")
    assert words in str(caught.value)


def test_a_header_without_a_statement_is_refused() -> None:
    with pytest.raises(QueryError, match="no statement"):
        parse_query(GOOD[: GOOD.index("MATCH")], "claims-of")


@pytest.mark.parametrize("name", ["Claims", "claims_of", "claims--of", "-claims", ""])
def test_a_file_name_that_is_no_query_name_is_refused(name: str) -> None:
    with pytest.raises(QueryError, match="named by lower-case words"):
        parse_query(GOOD, name)
