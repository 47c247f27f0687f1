"""Identifiers: spelling, links, refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.curie import PREFIXES, curie_link, is_curie, normalise_curie, parse_curie
from litkg.errors import CurieError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HGNC:6000", "HGNC:6000"),
        ("hgnc:6000", "HGNC:6000"),
        ("HGNC:HGNC:6000", "HGNC:6000"),
        ("MeSH:D003863", "MESH:D003863"),
        ("mesh:d003863", "MESH:D003863"),
        ("pubmed:1", "PMID:1"),
        ("PMC:PMC42", "PMC:PMC42"),
        ("pmcid:42", "PMC:PMC42"),
        ("taxid:9606", "NCBITaxon:9606"),
        ("up:p18510", "UniProt:P18510"),
        (" mondo:0002050 ", "MONDO:0002050"),
        ("litkg.text:tnfreceptor", "litkg.text:tnfreceptor"),
    ],
)
def test_ids_are_brought_into_one_spelling(text: str, expected: str) -> None:
    assert normalise_curie(text) == expected


@pytest.mark.parametrize("text", ["", "IL-1ra", "HGNC:", "HGNC:abc", "MONDO:12", "XYZ:1", "2:1", "MESH:6000"])
def test_what_is_no_id_is_refused(text: str) -> None:
    assert not is_curie(text)
    with pytest.raises(CurieError):
        parse_curie(text)


def test_an_unknown_prefix_lists_the_known_ones() -> None:
    with pytest.raises(CurieError, match="HGNC"):
        parse_curie("XYZ:1")


def test_every_link_template_has_a_place_for_the_id() -> None:
    assert all(prefix.link is None or "{id}" in prefix.link for prefix in PREFIXES.values())


def test_litkgs_own_ids_have_no_link() -> None:
    assert curie_link("litkg.text:x") is None


@given(st.sampled_from(["HGNC", "CHEBI", "PMID", "DOID"]), st.integers(min_value=0, max_value=10**9))
def test_a_normal_id_stays_as_it_is(prefix: str, number: int) -> None:
    curie = normalise_curie(f"{prefix.lower()}:{number}")
    assert normalise_curie(curie) == curie == f"{prefix}:{number}"
