"""Which headings of MeSH's tree G are phenomena of a body."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.datafiles import data_path
from litkg.errors import ResourceError
from litkg.lexicon.readers import mesh, phenomena
from litkg.lexicon.readers.phenomena import is_phenomenon, load_places
from litkg.model import Category

PLACES = {"G09": True, "G09.1": False, "G09.1.2": True}


@pytest.mark.parametrize(
    ("name", "trees"),
    [
        ("Blood Pressure", ("E01.370.600.875.249", "G09.330.380.076")),
        ("Blood Viscosity", ("G09.188.370.124", "G09.330.380.630.110")),
        ("Cortical Spreading Depression", ("G11.561.200.500.300",)),
        ("Bleeding Time", ("E01.370.225.625.625.100", "G09.188.087")),
        ("Sleep", ("F02.830.855", "G11.561.803")),
        ("Oxygen Consumption", ("G03.680",)),
        ("Intraocular Pressure", ("G14.440",)),
        ("Pregnancy", ("G08.686.784.769",)),
    ],
)
def test_what_bodies_do_is_a_phenomenon(name: str, trees: tuple[str, ...]) -> None:
    assert is_phenomenon(name, trees)


@pytest.mark.parametrize(
    ("name", "trees"),
    [
        ("Friction", ("G01.374.410",)),
        ("Decarboxylation", ("G03.225",)),
        ("Alleles", ("G05.360.340.024.340.030",)),
        ("Photosynthesis", ("G15.568",)),
        ("Cheese", ("G07.203.300.350.300.444", "J02.500.350.300.444")),
        ("Diet, Mediterranean", ("E02.642.249.475.250", "G07.203.650.240.278.250")),
        ("Area Under Curve", ("G03.787.101",)),
        ("Maternal Age", ("G08.686.560",)),
        ("Supine Position", ("G11.427.695.625",)),
        ("Cardiovascular Physiological Phenomena", ("G09.330",)),
        ("Jogging", ("G11.427.410.568.610.320", "I03.450.642.845.610.320")),
        ("Hand", ("A01.378.800.667",)),
        ("Nothing", ()),
    ],
)
def test_what_bodies_do_not_is_none(name: str, trees: tuple[str, ...]) -> None:
    assert not is_phenomenon(name, trees)


@pytest.mark.parametrize(
    ("tree", "taken"), [("G09", True), ("G09.7", True), ("G09.1", False), ("G09.1.7", False), ("G09.1.2.3", True), ("G091", False), ("G10", False)]
)
def test_the_nearest_place_above_decides(tree: str, taken: bool) -> None:
    assert is_phenomenon("Pulse", (tree,), places=PLACES) is taken


def test_one_place_that_is_taken_is_enough() -> None:
    assert is_phenomenon("Pulse", ("G09.1", "G09.7"), places=PLACES)


@pytest.mark.parametrize("name", ["Blood Physiological Phenomena", "Sex Determination Processes", "Meteorological Concepts", "Growth and Development"])
def test_a_head_that_gathers_others_is_none(name: str) -> None:
    assert not is_phenomenon(name, ("G09.7",), places=PLACES)


@pytest.mark.parametrize(
    ("trees", "categories"),
    [
        ("G09.330.380.076", (Category.BIOLOGICAL_PROCESS,)),
        ("C23.888.144|G07.100.100.160.120", (Category.PHENOTYPE,)),
        ("C18.452.394.968.500|G09.188", (Category.DISEASE,)),
        ("G01.374.410", ()),
    ],
)
def test_other_trees_say_first_what_a_heading_is(trees: str, categories: tuple[Category, ...]) -> None:
    ((concept, _),) = mesh.read_headings(f"D1\tThing\tThings\t{trees}\n".encode())
    assert concept.categories == categories


def test_places_are_sorted_and_each_has_a_reason() -> None:
    rows = [line.split("\t") for line in data_path(phenomena.FILE).read_text(encoding="utf-8").splitlines()[1:]]
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert [row for row in rows if len(row) != 4 or not all(cell.strip() for cell in row)] == []


def test_no_place_says_what_the_nearest_above_says_already() -> None:
    assert [tree for tree, taken in load_places().items() if is_phenomenon("Thing", (tree.rpartition(".")[0],)) is taken] == []


def test_a_place_that_is_neither_taken_nor_left_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "phenomena.tsv"
    file.write_text("tree\theading\ttaken\twhy\nG09\tBlood\tperhaps\twho knows\n", encoding="utf-8")
    monkeypatch.setattr(phenomena, "data_path", lambda name: file)
    with pytest.raises(ResourceError, match=r"phenomena\.tsv:2: taken is 'perhaps'"):
        load_places.__wrapped__()
