"""Ids of annotations: prefixes, species, and what the lexicon holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.evaluation.identifiers import GoldId, GoldIds, parse_identifier
from litkg.evaluation.types import GOLD_TYPES
from litkg.sources.gold import GoldMention


def gene(*identifiers: str) -> GoldMention:
    return GoldMention(document_id="7", start=0, end=3, text="Xyz", type="Gene", identifiers=identifiers)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("Chemical", "D007538", "MESH:D007538"),
        ("Chemical", "c022189", "MESH:C022189"),
        ("Disease", "MESH:D003866", "MESH:D003866"),
        ("Disease", "OMIM:125852", "OMIM:125852"),
        ("Disease", "125852", "OMIM:125852"),
        ("Gene", "3569", "NCBIGene:3569"),
        ("Organism", "10090", "NCBITaxon:10090"),
        ("Variant", "rs1234", "rs1234"),
        ("Gene", "not an id", "not an id"),
    ],
)
def test_an_id_without_prefix_is_of_the_vocabulary_of_its_type(kind: str, text: str, expected: str) -> None:
    assert parse_identifier(kind, text) == GoldId(curie=expected)


@given(st.integers(1, 10**9), st.integers(1, 10**7), st.sampled_from(["Tax", "tax"]))
def test_a_species_mark_is_no_part_of_the_id(gene_id: int, taxon: int, word: str) -> None:
    assert parse_identifier("Gene", f"{gene_id}({word}:{taxon})") == GoldId(curie=f"NCBIGene:{gene_id}", taxon=taxon)


def test_in_a_gold_with_marks_a_bare_gene_is_human_even_if_the_lexicon_lacks_it() -> None:
    mentions = [gene("1(Tax:10090)", "2(Tax:9606)"), gene("3")]
    ids = GoldIds(mentions, GOLD_TYPES, holds=lambda curie: False)
    mouse, human = ids.of(mentions[0])
    (bare,) = ids.of(mentions[1])
    assert ids.marks_species
    assert [ids.is_foreign("Gene", item) for item in (mouse, human, bare)] == [True, False, False]


def test_in_a_gold_without_marks_a_gene_is_human_if_the_lexicon_holds_it() -> None:
    mention = gene("1", "2")
    ids = GoldIds([mention], GOLD_TYPES, holds=lambda curie: curie == "NCBIGene:1")
    assert [ids.is_foreign("Gene", item) for item in ids.of(mention)] == [False, True]
    assert not ids.is_foreign("Disease", GoldId(curie="MESH:D000001"))


def test_ids_of_types_that_are_not_scored_are_none_and_prefixes_are_those_of_the_gold() -> None:
    disease = GoldMention(document_id="7", start=0, end=3, text="Xyz", type="SpecificDisease", identifiers=("D1234567", "OMIM:125852", "D1234567"))
    other = GoldMention(document_id="7", start=0, end=3, text="Xyz", type="DomainMotif", identifiers=("7",))
    ids = GoldIds([disease, other], GOLD_TYPES, holds=lambda curie: True)
    assert ids.of(other) == ()
    assert [item.curie for item in ids.of(disease)] == ["MESH:D1234567", "OMIM:125852"]
    assert ids.prefixes == {"Disease": frozenset({"MESH", "OMIM"})}
