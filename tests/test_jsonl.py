"""The extract format holds all of an extraction, obeys its schema, and refuses broken lines with their place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from litkg.errors import InputError
from litkg.jsonl import FORMAT_VERSION, dump_extraction, load_extractions
from litkg.model import CRITERIA, Answer, Category, Certainty, Extraction, Knowledge, SectionKind
from litkg.predicates import ASPECTS, SUBJECT_ASPECT_SIGN, load_predicates
from tests import graphs
from tests.extractions import extractions

SCHEMA_PATH = Path(__file__).parent.parent / "docs" / "extract-format.schema.json"


@cache
def schema() -> dict[str, dict[str, dict[str, object]]]:
    """Return the contract."""
    loaded: dict[str, dict[str, dict[str, object]]] = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    return loaded


@cache
def validator() -> Draft202012Validator:
    """Return the contract's checker."""
    return Draft202012Validator(schema())


@given(st.lists(extractions(), max_size=3))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back_whole(given_extractions: list[Extraction]) -> None:
    lines = [line for extraction in given_extractions for line in dump_extraction(extraction)]
    assert list(load_extractions(lines)) == given_extractions


@given(extractions())
@settings(max_examples=40, deadline=None)
def test_each_line_obeys_the_schema_and_is_one_line(extraction: Extraction) -> None:
    for line in dump_extraction(extraction):
        assert "\n" not in line
        validator().validate(json.loads(line))


def test_the_little_graph_survives_with_all_kinds_of_line() -> None:
    extraction = graphs.extractions()[0]
    lines = list(dump_extraction(extraction))
    assert {json.loads(line)["type"] for line in lines} == {"document", "mention", "assertion", "evidence", "case_report"}
    assert next(load_extractions(lines)) == extraction


def test_schema_is_valid_and_tells_the_format_version() -> None:
    Draft202012Validator.check_schema(schema())
    assert properties("document")["format_version"] == {"const": FORMAT_VERSION}


@pytest.mark.parametrize(
    ("values", "known"),
    [
        (lambda: schema()["$defs"]["category"]["enum"], list(Category)),
        (lambda: schema()["$defs"]["section_kind"]["enum"], list(SectionKind)),
        (lambda: enum_of("assertion", "predicate"), list(load_predicates())),
        (lambda: enum_of("assertion", "aspect"), [None, *sorted(ASPECTS)]),
        (lambda: enum_of("assertion", "subject_aspect"), [None, *sorted(filter(None, SUBJECT_ASPECT_SIGN))]),
        (lambda: enum_of("evidence", "certainty"), list(Certainty)),
        (lambda: enum_of("evidence", "knowledge"), list(Knowledge)),
        (lambda: enum_of("criterion", "answer"), list(Answer)),
        (lambda: [name for name, value in properties("case_report").items() if value == {"$ref": "#/$defs/criterion"}], list(CRITERIA)),
    ],
    ids=["category", "section", "predicate", "aspect", "subject_aspect", "certainty", "knowledge", "answer", "criteria"],
)
def test_closed_sets_of_the_schema_are_those_of_the_model(values: object, known: list[object]) -> None:
    assert callable(values)
    assert values() == known


def test_lines_are_read_one_document_at_a_time() -> None:
    first, second = graphs.extractions()[:2]
    read: list[str] = []

    def lines() -> Iterator[str]:
        for extraction in (first, second):
            for line in dump_extraction(extraction):
                read.append(line)
                yield line

    assert next(load_extractions(lines())) == first
    assert len(read) == len(list(dump_extraction(first))) + 1


def test_mention_says_where_it_stands_in_the_input() -> None:
    extraction = graphs.extractions()[0]
    mention = next(json.loads(line) for line in dump_extraction(extraction) if json.loads(line)["type"] == "mention")
    assert (mention["raw_start"], mention["raw_end"]) == extraction.document.source_map.to_raw(mention["start"], mention["end"])


BROKEN = {
    "no JSON": ('{"type": ', "line 2: broken or truncated JSON"),
    "too deep": ("[" * 200_000, "line 2: JSON nested too deep"),
    "no object": ("[1]", "line 2: a JSON object is needed"),
    "no type": ("{}", "line 2: the field type is missing"),
    "unknown type": ('{"type": "claim", "document_id": "PMID:101"}', "line 2: unknown type 'claim'"),
    "wrong field": ('{"type": "mention", "concept": 7}', "line 2: concept must be an object, not 7"),
    "unknown version": ('{"type": "document", "format_version": 99}', "format_version 99 is not read here"),
}


@pytest.mark.parametrize(("line", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_line_is_refused_with_its_number(line: str, message: str) -> None:
    document = next(dump_extraction(graphs.extractions()[0]))
    with pytest.raises(InputError, match=message):
        list(load_extractions([document, line]))


def test_line_before_any_document_is_refused() -> None:
    with pytest.raises(InputError, match="before any document"):
        list(load_extractions(['{"type": "mention"}']))


def test_line_of_another_document_is_refused() -> None:
    first, second = graphs.extractions()[:2]
    strays = [line for line in dump_extraction(second) if '"type":"evidence"' in line]
    with pytest.raises(InputError, match="keep a document's lines together"):
        list(load_extractions([next(dump_extraction(first)), strays[0]]))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("year", "2006", "year must be an integer"),
        ("title", 3, "title must be a string"),
        ("retracted", 0, "retracted must be true or false"),
        ("sections", {}, "sections must be a list"),
        ("sections", [{"kind": "poem", "start": 0, "end": 1, "title": ""}], r"sections\[0\]: kind must be one of title"),
        ("source_map", [[0, 0, 1]], r"source_map\[0\] must be a list of 4 integers"),
        ("concepts", ["x"], r"concepts\[0\] must be an object"),
    ],
)
def test_field_of_the_wrong_type_is_named_with_its_value(field: str, value: object, message: str) -> None:
    shape = json.loads(next(dump_extraction(graphs.extractions()[0])))
    with pytest.raises(InputError, match=f"line 1: {message}"):
        list(load_extractions([json.dumps(shape | {field: value})]))


def properties(name: str) -> dict[str, dict[str, object]]:
    """Return the properties of one definition."""
    found: dict[str, dict[str, object]] = schema()["$defs"][name]["properties"]  # type: ignore[assignment]
    return found


def enum_of(name: str, field: str) -> object:
    """Return the closed set of one field."""
    return properties(name)[field]["enum"]
