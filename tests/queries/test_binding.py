"""Binding: text to typed parameters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.errors import QueryError
from litkg.queries import CannedQuery, bind, get_query, parse_query

TYPES = """\
// title = "All types"
// description = "One of each."
// [returns]
// x = "something"
// [parameters.text]
// type = "string"
// help = "h"
// example = "a"
// default = "none"
// [parameters.any_text]
// type = "string"
// help = "h"
// example = "a"
// default = ""
// [parameters.whole]
// type = "integer"
// help = "h"
// example = 2
// default = 1
// minimum = 1
// maximum = 4
// [parameters.real]
// type = "number"
// help = "h"
// example = 0.5
// default = 0
// minimum = 0
// maximum = 1
// [parameters.flag]
// type = "boolean"
// help = "h"
// example = false
// default = true
// [parameters.items]
// type = "string list"
// help = "h"
// example = ["a", "b"]
// default = ["x"]
RETURN [$text, $any_text, $whole, $real, $flag, $items] AS x
"""


@pytest.fixture
def query() -> CannedQuery:
    """Return a query with one parameter of each type."""
    return parse_query(TYPES, "all-types")


def test_defaults_fill_what_is_not_given(query: CannedQuery) -> None:
    assert bind(query, {}) == {"text": "none", "any_text": "", "whole": 1, "real": 0.0, "flag": True, "items": ["x"]}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("text", " IL-1ra ", "IL-1ra"),
        ("any_text", "", ""),
        ("whole", "4", 4),
        ("real", "0.25", 0.25),
        ("real", "1", 1.0),
        ("flag", "no", False),
        ("flag", "TRUE", True),
        ("items", "a, b,,c", ["a", "b", "c"]),
    ],
)
def test_text_becomes_a_value_of_the_type(query: CannedQuery, name: str, text: str, value: object) -> None:
    bound = bind(query, {name: text})[name]
    assert bound == value
    assert type(bound) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("text", "", "takes some text"),
        ("whole", "two", "a whole number at least 1 and at most 4, not 'two'; for example: --whole 2"),
        ("whole", "2.0", "a whole number"),
        ("whole", "0", "at least 1"),
        ("whole", "5", "at most 4"),
        ("real", "nan", "a number at least 0"),
        ("real", "inf", "at most 1"),
        ("real", "-0.1", "at least 0"),
        ("flag", "maybe", "true or false"),
        ("items", " , ", "values with commas between them"),
    ],
)
def test_text_that_does_not_fit_is_refused_with_what_would(query: CannedQuery, name: str, text: str, expected: str) -> None:
    with pytest.raises(QueryError) as caught:
        bind(query, {name: text})
    assert expected in str(caught.value)


def test_an_unknown_parameter_is_refused_with_those_there_are() -> None:
    with pytest.raises(QueryError, match="takes no parameter 'drg'; it takes drug, per_claim, limit; for example: litkg query adverse-events --drug anakinra"):
        bind(get_query("adverse-events"), {"drg": "x"})


def test_a_missing_parameter_is_refused_with_an_example_command() -> None:
    with pytest.raises(QueryError, match=r"needs --end .*litkg query mechanism-paths --start IL-1ra --end depression"):
        bind(get_query("mechanism-paths"), {"start": "HGNC:6000"})


def test_an_unknown_query_is_refused_with_the_nearest_and_the_list() -> None:
    with pytest.raises(QueryError, match=r"no query 'mechanism-path'; did you mean mechanism-paths\? there are: adverse-events"):
        get_query("mechanism-path")


@given(value=st.integers(min_value=1, max_value=4))
def test_a_whole_number_within_bounds_comes_back(value: int) -> None:
    assert bind(parse_query(TYPES, "all-types"), {"whole": str(value)})["whole"] == value
