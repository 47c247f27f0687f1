"""Headings that mean a concept of another source: joined where most names agree, shared where MeSH has the name, left alone otherwise."""

from __future__ import annotations

from litkg.lexicon.headings import entry_term_crosswalks, with_shared_headings
from litkg.lexicon.hierarchy import nearest_above, parents_of
from litkg.lexicon.merging import MergedConcept, merge
from litkg.lexicon.records import Crosswalk, NameKind, RawConcept
from litkg.model import Category


def raw(curie: str, name: str, *names: str, category: Category = Category.DISEASE, parents: tuple[str, ...] = (), forms: tuple[str, ...] = ()) -> RawConcept:
    source = {"MESH": "mesh", "MONDO": "mondo", "CHEBI": "chebi", "HGNC": "hgnc", "FPLX": "famplex"}[curie.partition(":")[0]]
    return RawConcept(
        id=curie, name=name, categories=(category,), source=source, names=tuple((text, NameKind.EXACT) for text in names), parents=parents, forms=forms
    )


NEOPLASMS = raw("MESH:D1", "Nasal Neoplasms", "Nasal Cancer", "Cancer of Nose", "Nasal Tumor")
NEOPLASM = raw("MONDO:1", "nasal neoplasm", "nasal tumor")
CANCER = raw("MONDO:2", "nasal cancer", "malignant tumor of nose", parents=("MONDO:1",))


def shared(*concepts: RawConcept, walks: tuple[Crosswalk, ...] = (), apart: frozenset[frozenset[str]] = frozenset()) -> dict[str, MergedConcept]:
    merged, _ = merge(concepts, walks)
    return {concept.id: concept for concept in with_shared_headings(merged, kept_apart=apart)}


def test_a_concept_whose_name_the_heading_has_shares_its_id_and_stays_itself() -> None:
    found = shared(NEOPLASMS, NEOPLASM, CANCER, walks=(Crosswalk("MESH:D1", "MONDO:1", "mondo"),))
    assert (found["MONDO:1"].ids, found["MONDO:2"].ids) == (("MESH:D1", "MONDO:1"), ("MONDO:2",))
    assert found["MONDO:2"].xrefs() == ("MESH:D1",)


def test_a_name_of_two_headings_tells_nothing() -> None:
    found = shared(NEOPLASMS, raw("MESH:D2", "Nose Diseases", "Nasal Cancer"), CANCER)
    assert found["MONDO:2"].shared == ()


def test_a_chemical_does_not_share_the_heading_of_a_disease() -> None:
    found = shared(NEOPLASMS, raw("CHEBI:1", "nasal cancer", category=Category.CHEMICAL))
    assert found["CHEBI:1"].shared == ()


def test_what_the_overlay_keeps_apart_shares_nothing() -> None:
    assert shared(NEOPLASMS, CANCER, apart=frozenset({frozenset({"MESH:D1", "MONDO:2"})}))["MONDO:2"].shared == ()


def test_the_base_of_an_acid_shares_the_acids_heading() -> None:
    acid = raw("CHEBI:1", "calmic acid", category=Category.CHEMICAL)
    base = raw("CHEBI:2", "calmate", category=Category.CHEMICAL, forms=("CHEBI:1",))
    heading = raw("MESH:D3", "Calmic Acid", category=Category.CHEMICAL)
    assert shared(acid, base, heading, walks=(Crosswalk("MESH:D3", "CHEBI:1", "gilda"),))["CHEBI:2"].shared == ("MESH:D3",)


def test_a_drug_shares_the_heading_of_its_salt_and_a_salt_that_of_the_drug() -> None:
    heading = raw("MESH:D7", "Calmazine Hydrochloride", category=Category.DRUG)
    assert shared(heading, raw("CHEBI:7", "calmazine", category=Category.DRUG))["CHEBI:7"].shared == ("MESH:D7",)
    bare = raw("MESH:D8", "Calmidone", category=Category.DRUG)
    assert shared(bare, raw("CHEBI:8", "calmidone maleate", category=Category.DRUG))["CHEBI:8"].shared == ("MESH:D8",)
    assert shared(bare, raw("CHEBI:8", "calmidone maleate", category=Category.CHEMICAL))["CHEBI:8"].shared == ()


def test_a_heading_joins_the_concept_that_has_most_of_its_names() -> None:
    heading = raw("MESH:D4", "Kidney Failure, Chronic", "End-Stage Renal Disease", "Renal Failure, End-Stage")
    assert entry_term_crosswalks([heading, raw("MONDO:4", "end stage renal disease", "end-stage renal failure")]) == (
        Crosswalk("MESH:D4", "MONDO:4", "entry term"),
    )


def test_a_heading_does_not_join_a_kind_of_it_by_one_entry_term() -> None:
    sounds = raw("MESH:D5", "Respiratory Sounds", "Rales", "Wheezing", "Stridor")
    assert entry_term_crosswalks([sounds, raw("MONDO:5", "wheezing", "wheeze", "whistling breath")]) == ()


def test_parents_are_ids_of_merged_concepts() -> None:
    merged, report = merge([NEOPLASMS, NEOPLASM, CANCER], [Crosswalk("MESH:D1", "MONDO:1", "mondo")])
    assert parents_of(merged, report.refused) == {"MONDO:2": ("MONDO:1",)}


def test_a_refused_crosswalk_to_a_heading_makes_it_a_parent() -> None:
    tics, chronic = raw("MESH:D6", "Tic Disorders"), raw("MONDO:6", "chronic tic disorder")
    merged, report = merge([tics, chronic], [Crosswalk("MONDO:6", "MESH:D6", "mondo")])
    assert len(report.refused) == 1
    assert parents_of(merged, report.refused) == {"MONDO:6": ("MESH:D6",)}


def test_a_family_is_the_parent_of_its_member() -> None:
    member = raw("HGNC:1", "ABC1", category=Category.GENE, parents=("FPLX:ABC", "FPLX:unknown"))
    merged, _ = merge([member, raw("FPLX:ABC", "ABC", category=Category.GENE)], [])
    assert parents_of(merged) == {"HGNC:1": ("FPLX:ABC",)}


def test_the_climb_ends_though_parents_go_round() -> None:
    above = {"a": ("b",), "b": ("a",)}
    assert nearest_above("a", lambda curie: above.get(curie, ()), lambda curie: False) == ()
