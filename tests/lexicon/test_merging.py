"""Merging: one thing is one concept, and unlike things stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.lexicon.merging import categories_of, merge
from litkg.lexicon.records import Crosswalk, NameKind, RawConcept
from litkg.model import Category

SOURCES = {"MESH": "mesh", "CHEBI": "chebi", "HGNC": "hgnc", "MONDO": "mondo", "HP": "hp", "UNII": "unii"}


def raw(curie: str, *categories: Category) -> RawConcept:
    return RawConcept(id=curie, name=curie.lower(), categories=categories or (Category.CHEMICAL,), source=SOURCES[curie.split(":")[0]])


def merged_ids(curies: list[str], *pairs: tuple[str, str], apart: frozenset[frozenset[str]] = frozenset()) -> list[tuple[str, ...]]:
    concepts, _ = merge([raw(curie) for curie in curies], [Crosswalk(*pair, "test") for pair in pairs], kept_apart=apart)
    return [concept.ids for concept in concepts]


def test_a_crosswalk_makes_one_concept_with_the_canonical_id() -> None:
    (concept,), report = merge([raw("MESH:D1"), raw("CHEBI:2")], [Crosswalk("MESH:D1", "CHEBI:2", "test")])
    assert (concept.id, concept.xrefs(), report.joined) == ("CHEBI:2", ("MESH:D1",), 1)


def test_two_ids_of_one_source_are_not_joined() -> None:
    assert merged_ids(["MESH:D1", "CHEBI:1", "CHEBI:2"], ("MESH:D1", "CHEBI:1"), ("MESH:D1", "CHEBI:2")) == [("CHEBI:1", "MESH:D1"), ("CHEBI:2",)]


def test_a_gene_and_a_chemical_are_not_joined() -> None:
    assert len(merged_ids(["HGNC:1", "MESH:D1", "CHEBI:1"], ("HGNC:1", "MESH:D1"), ("MESH:D1", "CHEBI:1"))) == 2


def test_what_the_overlay_keeps_apart_stays_apart() -> None:
    pair = frozenset({"MESH:D1", "CHEBI:1"})
    assert len(merged_ids(["MESH:D1", "CHEBI:1"], ("MESH:D1", "CHEBI:1"), apart=frozenset({pair}))) == 2


def test_a_refused_crosswalk_is_reported_with_its_reason() -> None:
    _, report = merge([raw("HGNC:1"), raw("CHEBI:1")], [Crosswalk("HGNC:1", "CHEBI:1", "test")])
    assert report.refused == (("HGNC:1", "CHEBI:1", "test", "chemical and gene"),)


def test_a_crosswalk_to_an_unknown_id_joins_nothing() -> None:
    assert merged_ids(["MESH:D1"], ("MESH:D1", "CHEBI:9")) == [("MESH:D1",)]


def test_a_chemical_that_a_drug_list_names_is_a_drug() -> None:
    (concept,), _ = merge([raw("CHEBI:1"), raw("UNII:AAAAAAAAA1", Category.DRUG)], [Crosswalk("CHEBI:1", "UNII:AAAAAAAAA1", "test")])
    assert categories_of(concept, frozenset()) == (Category.DRUG,)


def test_a_gene_on_the_cytokine_list_is_a_cytokine_too() -> None:
    (concept,), _ = merge([raw("HGNC:1", Category.GENE)], [])
    assert categories_of(concept, frozenset({"HGNC:1"})) == (Category.GENE, Category.CYTOKINE)


@given(
    st.lists(
        st.tuples(st.sampled_from(["MESH:D1", "MESH:D2", "CHEBI:1", "CHEBI:2", "UNII:AAAAAAAAA1", "HGNC:1"]), st.sampled_from(["MESH:D1", "CHEBI:2", "HGNC:1"]))
    )
)
def test_no_concept_holds_two_ids_of_one_source_and_none_is_lost(pairs: list[tuple[str, str]]) -> None:
    curies = ["MESH:D1", "MESH:D2", "CHEBI:1", "CHEBI:2", "UNII:AAAAAAAAA1", "HGNC:1"]
    found = merged_ids(curies, *pairs)
    assert sorted(curie for ids in found for curie in ids) == sorted(curies)
    for ids in found:
        prefixes = [curie.split(":")[0] for curie in ids]
        assert len(prefixes) == len(set(prefixes))


def disease(curie: str, name: str, *synonyms: str) -> RawConcept:
    return RawConcept(
        id=curie, name=name, categories=(Category.DISEASE,), source=curie.partition(":")[0].lower(), names=tuple((text, NameKind.EXACT) for text in synonyms)
    )


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        (disease("MONDO:1", "lingual-facial-buccal dyskinesia"), disease("HP:1", "Dyskinesia"), False),
        (disease("MONDO:1", "late-onset Parkinson disease"), disease("MESH:1", "Parkinson Disease"), False),
        (disease("MONDO:1", "Parkinson disease"), disease("MESH:1", "Parkinson Diseases"), True),
        (disease("MONDO:1", "type 2 diabetes mellitus"), disease("MESH:1", "Diabetes Mellitus, Type 2"), True),
        (disease("MONDO:1", "compartment"), disease("MESH:1", "Compartment Syndromes"), True),
        (disease("MONDO:1", "primary insomnia", "insomnia"), disease("HP:1", "Insomnia"), True),
        (disease("MONDO:1", "kidney failure"), disease("HP:1", "Renal failure"), True),
    ],
)
def test_crosswalk_to_a_narrower_disease_is_refused(left: RawConcept, right: RawConcept, joined: bool) -> None:
    merged, report = merge([left, right], [Crosswalk(left.id, right.id, "mondo")])
    assert (len(merged) == 1) is joined
    assert bool(report.refused) is not joined
