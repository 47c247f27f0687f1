"""Other names to try for a gene that the lexicon does not know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.grounding.gene_backoff import WRITING, gene_names, is_bare


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("VEGF receptor 1", "VEGFR1"),
        ("IL-4Ralpha", "IL-4 receptor alpha"),
        ("receptor for ciliary neurotrophic factor", "ciliary neurotrophic factor receptor"),
        ("type I TNF-R", "TNF-R 1"),
        ("melanocortin receptor type 4", "melanocortin receptor 4"),
        ("histone deacetylase II", "histone deacetylase 2"),
        ("H3 histamine receptor", "histamine H3 receptor"),
        ("opioid receptor u1", "opioid receptor mu1"),
        ("11b-HSD1", "11-beta-HSD1"),
        ("alpha3(V)", "collagen alpha-3(V) chain"),
        ("beta-subunit of the human electron carrier", "electron carrier beta-subunit"),
        ("delta-CaMKII", "CaMKII delta"),
        ("miRNA-650", "MIR650"),
        ("let-7b", "MIRlet-7b"),
    ],
)
def test_names_written_in_another_way(name: str, expected: str) -> None:
    assert {item.name: item.rule for item in gene_names(name)}[expected] == WRITING


@pytest.mark.parametrize(
    ("name", "expected", "rule"),
    [
        ("hDaxx", "Daxx", "without the species"),
        ("HsUAP1", "UAP1", "without the species"),
        ("human IL-6", "IL-6", "without the species"),
        ("GlyR alpha chain", "GlyR alpha", "without the kind"),
        ("sFas", "Fas", "without the form"),
        ("pro-IL-1 beta", "IL-1 beta", "without the form"),
        ("p50csk", "csk", "without the form"),
        ("GR alpha", "GR", "without the isoform"),
        ("thyroid hormone receptor a1 gene", "thyroid hormone receptor alpha1", "without the kind"),
    ],
)
def test_names_without_a_part(name: str, expected: str, rule: str) -> None:
    assert {item.name: item.rule for item in gene_names(name)}[expected] == rule


@pytest.mark.parametrize("name", ["IL6", "RABL2", "SH2B1", "p53", "Bcl-2", "insulin", "ASP receptor"])
def test_capitals_are_no_prefix_and_a_receptor_is_not_its_ligand(name: str) -> None:
    assert not {item.name for item in gene_names(name)} & {"ABL2", "H2B1", "ASP", "53", "Bcl", "nsulin", "L6"}


@pytest.mark.parametrize(
    ("name", "bare"), [("alpha 1", True), ("receptor beta", True), ("type II", True), ("IL-6", False), ("p65", False), ("beta-catenin", False)]
)
def test_bare_names_name_no_gene(name: str, bare: bool) -> None:
    assert is_bare(name) is bare


@given(st.text(alphabet="abhpsIVR12 -()αß", max_size=25))
def test_tries_are_few_and_none_is_the_name_or_comes_twice(name: str) -> None:
    names = [item.name for item in gene_names(name)]
    assert len(names) <= 40
    assert len({name, *names}) == len(names) + 1
