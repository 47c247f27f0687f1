"""The list of scored types, and how one run changes it."""

from __future__ import annotations

import pytest

from litkg.errors import InputError
from litkg.evaluation.types import CATEGORY_TYPES, GOLD_TYPES, parse_types
from litkg.model import Category

GOLD = {"Gene", "FamilyName", "DomainMotif"}


def test_every_category_is_scored_as_some_type() -> None:
    assert set(CATEGORY_TYPES) == set(Category)


def test_gold_types_lead_to_types_that_categories_have() -> None:
    assert set(GOLD_TYPES.values()) <= set(CATEGORY_TYPES.values())
    assert all(name == name.casefold() for name in GOLD_TYPES)


@pytest.mark.parametrize(
    ("name", "scored"),
    [
        ("PRGE", "Gene"),
        ("DNA", None),
        ("RNA", None),
        ("CLTP", "CellType"),
        ("CLLN", "CellLine"),
        ("SequenceVariant", "Variant"),
        ("OrganismTaxon", "Organism"),
        ("DomainMotif", None),
        ("GENE-N", "Gene"),
    ],
)
def test_what_the_types_of_corpora_are_scored_as(name: str, scored: str | None) -> None:
    assert GOLD_TYPES.get(name.casefold()) == scored


def test_pairs_change_the_list_whatever_their_case_and_spaces() -> None:
    types = parse_types(" familyname = , DomainMotif=Gene,", gold_types=GOLD)
    assert dict(GOLD_TYPES) | {"domainmotif": "Gene"} == dict(types) | {"familyname": "Gene"}
    assert "familyname" not in types


@pytest.mark.parametrize(
    ("text", "message"), [("Gene", "is no pair"), ("=Gene", "is no pair"), ("Gen=Gene", "has no type 'Gen'.*FamilyName"), ("Gene=Genes", "one of .*Gene")]
)
def test_bad_pairs_are_errors(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_types(text, gold_types=GOLD)
