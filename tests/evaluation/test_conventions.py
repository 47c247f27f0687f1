"""Type names tell the convention of a gold."""

from __future__ import annotations

import pytest

from litkg.evaluation.conventions import CONVENTIONS, convention_of


@pytest.mark.parametrize(
    ("types", "convention"),
    [
        ("Chemical Disease", "bc5cdr"),
        ("chemical disease", "bc5cdr"),
        ("SpecificDisease Modifier DiseaseClass CompositeMention", "ncbi"),
        ("SpecificDisease", "ncbi"),
        ("PRGE CLTP CLLN DNA RNA", "jnlpba"),
        ("protein cell_type cell_line DNA RNA", "jnlpba"),
        ("PRGE", "jnlpba"),
        ("GeneOrGeneProduct DiseaseOrPhenotypicFeature ChemicalEntity OrganismTaxon SequenceVariant CellLine", "biored"),
        ("Gene FamilyName DomainMotif", "gnormplus"),
        ("Gene FamilyName", "gnormplus"),
        ("Gene FamilyName DomainMotif Cell ChromosomeLocation", "nlmgene"),
        ("Gene Cell", "nlmgene"),
        ("Gene", "nlmgene"),
        ("CHEMICAL GENE-Y GENE-N", "chemprot"),
    ],
)
def test_convention_of_each_corpus(types: str, convention: str) -> None:
    assert convention_of(types.split()) == convention
    assert convention in CONVENTIONS


@pytest.mark.parametrize(
    "types", ["", "Chemical", "Disease", "Chemical Disease Gene", "Modifier", "DNA RNA", "Gene Disease", "PRGE Chemical", "PER LOC", "CellLine"]
)
def test_other_types_are_of_no_known_convention(types: str) -> None:
    assert convention_of(types.split()) is None
