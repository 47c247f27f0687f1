"""The merge of what documents say of one concept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.model import Category, Concept
from litkg.stores.concepts import ConceptRecord, apply_variant, merge, record_of, variant_of


def record(name: str = "a", *categories: str, grounded: bool = True) -> ConceptRecord:
    return ConceptRecord(name=name, categories=categories or ("Gene",), synonyms=(), xrefs=(), grounded=grounded)


records = st.builds(
    ConceptRecord,
    name=st.text(max_size=3),
    categories=st.lists(st.sampled_from(Category).map(str), min_size=1, unique=True, max_size=3).map(tuple),
    synonyms=st.lists(st.text(max_size=2), max_size=2).map(tuple),
    xrefs=st.just(()),
    grounded=st.booleans(),
)


@pytest.mark.parametrize(
    ("votes", "merged"),
    [
        ({record("a"): 1}, record("a")),
        ({record("a"): 1, record("b"): 2}, record("b")),
        ({record("b"): 1, record("a"): 1}, record("a")),
        ({record("a", grounded=False): 1, record("b"): 1}, record("b")),
        ({record("a", "Disease"): 3, record("a", "Disease", "AdverseEvent"): 1}, record("a", "Disease", "AdverseEvent")),
        ({record("a", "Disease"): 1, record("a", "Drug"): 2, record("a", "Gene"): 1}, record("a", "Drug", "Gene", "Disease")),
    ],
    ids=["one", "majority", "first_in_order_of_equals", "grounded_among_equals", "roles_of_all", "main_category_of_most"],
)
def test_merge_by_hand(votes: dict[ConceptRecord, int], merged: ConceptRecord) -> None:
    assert merge(votes) == merged


@given(st.dictionaries(records, st.integers(1, 5), min_size=1, max_size=4))
def test_merging_does_not_depend_on_order(votes: dict[ConceptRecord, int]) -> None:
    assert merge(dict(reversed(votes.items()))) == merge(votes)


@given(records, records)
def test_a_variant_gives_the_record_back(one: ConceptRecord, merged: ConceptRecord) -> None:
    assert apply_variant(merged, variant_of(one, merged)) == one


def test_a_record_has_sorted_synonyms_and_each_category_once() -> None:
    concept = Concept(id="X:1", name="x", categories=(Category.GENE, Category.CYTOKINE, Category.GENE), synonyms=("b", "a", "b"), xrefs=("Z:1", "A:1"))
    assert record_of(concept) == ConceptRecord(name="x", categories=("Gene", "Cytokine"), synonyms=("a", "b"), xrefs=("A:1", "Z:1"), grounded=True)
