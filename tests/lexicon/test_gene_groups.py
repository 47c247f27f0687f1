"""HGNC's groups: which are families, which genes are in them, and what FamPlex and MeSH call them."""

from __future__ import annotations

import gzip

import pytest

from litkg.errors import ResourceError
from litkg.lexicon.gene_headings import gene_heading_crosswalks
from litkg.lexicon.readers.gene_groups import group_crosswalks, read_famplex_headings, read_groups, read_omim
from litkg.lexicon.records import Crosswalk, NameKind, RawConcept
from litkg.model import Category

TABLE = gzip.compress(
    b"hgnc_id\tgene_family\tgene_family_id\tomim_id\n"
    b"HGNC:1\tZapper receptors|Membrane zappers\t7|8\t100001\n"
    b"HGNC:2\tZapper receptors\t7\t\n"
    b"HGNC:3\tMicroRNAs\t9\t\n"
    b"HGNC:4\tMicroRNAs\t9\t\n"
    b"HGNC:9\tZapper receptors\t7\t\n"
)


def gene(number: int, name: str, *names: tuple[str, NameKind], source: str = "hgnc") -> RawConcept:
    return RawConcept(id=f"HGNC:{number}", name=name, categories=(Category.GENE,), source=source, names=names)


def heading(curie: str, name: str, *names: str, parents: tuple[str, ...] = ()) -> RawConcept:
    return RawConcept(id=curie, name=name, categories=(Category.GENE,), source="mesh", names=tuple((text, NameKind.EXACT) for text in names), parents=parents)


def family(curie: str, name: str, *names: str) -> RawConcept:
    return RawConcept(id=curie, name=name, categories=(Category.GENE,), source="famplex", names=tuple((text, NameKind.EXACT) for text in names))


def test_groups_have_two_genes_at_least_and_are_no_lists_of_transcripts() -> None:
    groups, groups_of = read_groups(TABLE, [gene(number, f"Z{number}") for number in (1, 2, 3, 4)])
    assert [(group.id, group.name) for group in groups] == [("HGNC.GROUP:7", "Zapper receptors")]
    assert groups_of == {"HGNC:1": ("HGNC.GROUP:7",), "HGNC:2": ("HGNC.GROUP:7",)}


def test_a_gene_that_the_overlay_keeps_apart_is_no_member() -> None:
    genes = [gene(number, f"Z{number}") for number in (1, 2, 9)]
    _, groups_of = read_groups(TABLE, genes, apart=frozenset({frozenset({"HGNC:9", "HGNC.GROUP:7"})}))
    assert sorted(groups_of) == ["HGNC:1", "HGNC:2"]


def test_genes_have_their_omim_entries() -> None:
    assert read_omim(TABLE) == {"HGNC:1": ("OMIM:100001",)}


@pytest.mark.parametrize("data", [b"no table", gzip.compress(b"hgnc_id\tgene_family\tgene_family_id\tomim_id\n", mtime=0)], ids=["no gzip", "no rows"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(ResourceError, match="not what it was"):
        read_groups(data, [gene(1, "Z1")])


def test_famplex_joins_its_families_with_groups_and_headings() -> None:
    groups, _ = read_groups(TABLE, [gene(1, "Z1"), gene(2, "Z2")])
    equivalences = b"HGNC_GROUP,7,ZAPR\nHGNC_GROUP,99,Gone\nMESH,D000001,ZAPR\n"
    assert list(group_crosswalks(equivalences, [], groups)) == [Crosswalk("FPLX:ZAPR", "HGNC.GROUP:7", "famplex")]
    assert list(read_famplex_headings(equivalences)) == [Crosswalk("FPLX:ZAPR", "MESH:D000001", "famplex")]


@pytest.mark.parametrize(("names", "joined"), [((("zapper receptor",),), True), ((("zapper receptor",), ("Zapper receptors",)), False)])
def test_the_one_family_with_a_groups_name_is_the_group(names: tuple[tuple[str, ...], ...], joined: bool) -> None:
    groups, _ = read_groups(TABLE, [gene(1, "Z1"), gene(2, "Z2")])
    families = [family(f"FPLX:F{index}", f"F{index}", *own) for index, own in enumerate(names)]
    assert bool(list(group_crosswalks(b"", families, groups))) is joined


ALIAS, LOOSE = NameKind.EXACT, "ncbigene"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param([gene(1, "ZAP1", ("zapper one", NameKind.PREFERRED)), heading("MESH:D1", "Zapper One")], {"HGNC:1"}, id="its name"),
        pytest.param([gene(1, "ZAP1"), heading("MESH:D1", "Bolt Receptor", "Zap-1")], {"HGNC:1"}, id="an entry term that is its symbol"),
        pytest.param([gene(1, "CDX", ("IGZ", ALIAS)), heading("MESH:D1", "Immunozapulin Z", "IgZ")], set(), id="a short alias"),
        pytest.param([gene(1, "POUX", ("homeo protein", ALIAS), source=LOOSE), heading("MESH:D1", "Homeo Proteins"),
                      heading("MESH:D2", "Homeo Protein Alpha", parents=("MESH:D1",))], set(), id="a class by a loose name"),
        pytest.param([gene(1, "POUX", ("membrane zapper", ALIAS), source=LOOSE), heading("MESH:D1", "Zapulin", "Membrane Zapper")], {"HGNC:1"}, id="a leaf"),
        pytest.param([gene(1, "CALX", ("protein Z", ALIAS), source=LOOSE), heading("MESH:D1", "Bacterial Protein Z", "Protein Z")], set(), id="too loose"),
        pytest.param([gene(1, "AGX", ("zapotensin", ALIAS)), heading("MESH:D1", "Zapotensin"),
                      RawConcept(id="CHEBI:1", name="zapotensin", categories=(Category.CHEMICAL,), source="chebi")], set(), id="a peptide that ChEBI has"),
        pytest.param([family("FPLX:Z", "Z", "zapper"), heading("MESH:D1", "Zapulins", "Zappers"), heading("MESH:D2", "Z2", parents=("MESH:D1",))],
                     {"FPLX:Z"}, id="a class is a family"),
    ],
)  # fmt: skip
def test_headings_of_proteins_join_what_they_mean(raw: list[RawConcept], expected: set[str]) -> None:
    found = [walk for walk in gene_heading_crosswalks(raw, {}, ()) if walk.left == "MESH:D1"]
    assert {walk.right for walk in found} == expected


def test_a_group_that_is_a_family_counts_as_the_family() -> None:
    group = RawConcept(id="HGNC.GROUP:7", name="Zapper receptors", categories=(Category.GENE,), source="hgnc_group")
    raw = [family("FPLX:ZAPR", "ZAPR", "zapper receptor"), group, heading("MESH:D1", "Receptors, Zapper")]
    assert gene_heading_crosswalks(raw, {}, [Crosswalk("FPLX:ZAPR", group.id, "famplex")]) == [Crosswalk("MESH:D1", "FPLX:ZAPR", "equal gene name")]
