"""Rules of the build on single names, and the shipped overlay's form."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.datafiles import data_path
from litkg.errors import LexiconError
from litkg.lexicon.build import cleaned_names, is_weak, needs_case
from litkg.lexicon.readers.overlay import read_overlay
from litkg.lexicon.records import Name, NameKind
from litkg.lexicon.stopterms import load_common_words, load_stop_terms
from litkg.model import Category

COMMON = frozenset({"was", "pain", "rest", "lead", "yes", "infectious", "skin"})


@pytest.mark.parametrize("text", ["WAS", "REST", "TNF", "T3", "CAT", "SEP1", "FEB 1".replace(" ", ""), "PD"])
def test_symbols_that_may_be_words_need_their_capitals(text: str) -> None:
    assert needs_case(text, COMMON)


@pytest.mark.parametrize("text", ["Pain", "pain", "insulin", "IL6", "CXCL8", "major depression", "Serotonin"])
def test_words_and_plain_symbols_do_not(text: str) -> None:
    assert not needs_case(text, COMMON)


def names_left(text: str, kind: NameKind, category: Category, *others: str) -> list[str]:
    names = [Name("X:1", text, kind, "mondo"), *(Name("X:1", other, NameKind.PREFERRED, "mondo") for other in others)]
    return [name.text for name in cleaned_names(names, (category,), common_words=COMMON, out_of_scope=frozenset({"skin"})) if name.text not in others]


@pytest.mark.parametrize(
    ("text", "kind", "category", "other", "left"),
    [
        ("skin", NameKind.EXACT, Category.DISEASE, "skin tumor", []),
        ("infectious", NameKind.EXACT, Category.DISEASE, "infection", []),
        ("Yes", NameKind.ABBREVIATION, Category.GENE, "YES1", []),
        ("ich", NameKind.EXACT, Category.DISEASE, "intracerebral hemorrhage", ["ICH"]),
        ("gout", NameKind.EXACT, Category.DISEASE, "gouty arthritis disease", ["gout"]),
    ],
)
def test_names_that_mislead_are_left_out_or_given_capitals(text: str, kind: NameKind, category: Category, other: str, left: list[str]) -> None:
    assert names_left(text, kind, category, other) == left


@pytest.mark.parametrize(
    ("text", "kind", "weak"),
    [
        ("PD", NameKind.EXACT, True),
        ("CAR", NameKind.ABBREVIATION, True),
        ("TNF", NameKind.PREFERRED, False),
        ("RA", NameKind.CURATED, False),
        ("COPD", NameKind.EXACT, False),
        ("M.A.", NameKind.EXACT, True),
        ("md", NameKind.EXACT, True),
        ("flu", NameKind.EXACT, False),
    ],
)
def test_symbols_that_mean_too_much_are_weak(text: str, kind: NameKind, weak: bool) -> None:
    assert is_weak(Name("X:1", text, kind, "mondo")) is weak


def test_the_shipped_overlay_is_well_formed() -> None:
    overlay = read_overlay(data_path("graph/lexicon"))
    assert "HGNC:6000" in overlay.cytokines
    assert len(overlay.cytokines) > 120


def test_every_hand_made_decision_gives_a_reason_where_a_name_is_taken_away() -> None:
    lines = data_path("graph/lexicon/names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line for line in lines if line.startswith("remove") and not line.split("\t")[3].strip()] == []


def test_every_stop_term_has_a_reason() -> None:
    lines = data_path("graph/lexicon/stopterms.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line for line in lines if len(line.split("\t")) != 2 or not line.split("\t")[1].strip()] == []


def test_the_word_list_is_sorted_and_folded() -> None:
    words = [line for line in data_path("graph/lexicon/common_words.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert words == sorted(set(words))
    assert {"patients", "was"} <= load_common_words()


def test_no_stop_term_is_a_name_that_the_overlay_prefers() -> None:
    overlay = read_overlay(data_path("graph/lexicon"))
    from litkg.lexicon.normalise import match_key

    assert {item.name for item in overlay.decisions if item.action == "prefer" and match_key(item.name) in load_stop_terms()} == set()


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("names.tsv", "frobnicate\tx\tHGNC:1\t", "frobnicate"),
        ("names.tsv", "prefer\tx\tHGNC:abc\t", "HGNC:abc"),
        ("merges.tsv", "mix\tHGNC:1\tHGNC:2\t", "mix"),
        ("concepts.tsv", "HGNC:1\tx\tPlanet\t\t\t", "Planet"),
    ],
)
def test_a_bad_line_of_the_overlay_is_named(tmp_path: Path, file: str, line: str, message: str) -> None:
    for source in data_path("graph/lexicon").glob("*.tsv"):
        (tmp_path / source.name).write_text(source.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    with (tmp_path / file).open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")
    with pytest.raises(LexiconError, match=message) as caught:
        read_overlay(tmp_path)
    assert f"{file}:2" in str(caught.value)
