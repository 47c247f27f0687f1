"""The closed set of labels and relationship types, and statements made of nothing else."""

from __future__ import annotations

import pytest

from litkg.errors import StoreError
from litkg.model import CRITERIA, NARANJO_ITEMS, Category
from litkg.predicates import load_predicates
from litkg.stores import statements
from litkg.stores.reading import refuse_file_access
from litkg.stores.schema import load_schema, relationship_type


def test_every_category_is_a_label() -> None:
    assert set(load_schema().nodes["Concept"].labels) == {category.value for category in Category}


def test_every_predicate_is_a_relationship_type() -> None:
    types = load_schema().relationships
    assert {item.predicate for item in types.values() if item.predicate} == set(load_predicates())


def test_no_predicate_has_the_name_of_a_structural_relationship() -> None:
    structural = {name for name, item in load_schema().relationships.items() if item.predicate is None}
    assert not structural & {relationship_type(name) for name in load_predicates()}


def test_case_reports_keep_five_properties_a_criterion_and_item_lists_of_causes_and_the_range() -> None:
    assert len(load_schema().nodes["CaseReport"].properties) == 2 + 5 * len(CRITERIA) + 6 + 5 * len(NARANJO_ITEMS) + 2


@pytest.mark.parametrize("label", ["Concept", "Gene) DETACH DELETE (n", ""])
def test_labels_outside_the_set_never_reach_a_statement(label: str) -> None:
    with pytest.raises(KeyError):
        statements.add_label(label)


@pytest.mark.parametrize("name", ["FROM", "INCREASES]->() DELETE r //", ""])
def test_types_outside_the_set_never_reach_a_statement(name: str) -> None:
    with pytest.raises(KeyError):
        statements.update_edges_at("subject", name, ("belief",))


@pytest.mark.parametrize(
    "query",
    [
        "LOAD CSV FROM $url AS l RETURN l",
        "load\ncsv",
        "LOAD/* x */CSV",
        "LOAD // '\n CSV",
        "RETURN '//' LOAD CSV",
        r"\u004cOAD CSV",
        r"RETURN '\u0027 LOAD CSV",
    ],
)
def test_loading_files_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(StoreError, match="LOAD CSV"):
        refuse_file_access(query)


@pytest.mark.parametrize("query", ["RETURN 'LOAD CSV'", "// LOAD CSV\nRETURN 1", "MATCH (n:`LOAD CSV`) RETURN n", "MATCH (n) WHERE n.load = $csv RETURN n"])
def test_speaking_of_loading_files_is_allowed(query: str) -> None:
    refuse_file_access(query)
