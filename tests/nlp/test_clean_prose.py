"""Prose, cells and rows told apart."""

from __future__ import annotations

import pytest

from litkg.nlp.cleaning.furniture import is_furniture_line, is_teaser_heading, is_thanks
from litkg.nlp.cleaning.prose import is_cell, is_prose, is_row
from litkg.nlp.cleaning.references import is_entry
from litkg.nlp.cleaning.sentences import ends_sentence


@pytest.mark.parametrize(
    "text",
    [
        "The drug was stopped.",
        "Adults who took the drug for a year had less pain than those who were given none of it, and they walked further, but",
        "All adults gave consent, and samples were taken from",
    ],
)
def test_sentences_are_prose(text: str) -> None:
    assert is_prose(text)


@pytest.mark.parametrize(
    "text", ["Yes No No Yes", "Age (yr) 31 44 52", "Norway (living in", "Genetic Analysis", "Antacids, ibuprofen,", "34, with fever 36 38, with fever"]
)
def test_cells_and_headings_are_no_prose(text: str) -> None:
    assert not is_prose(text)


def test_cells_hold_values_or_say_one_thing_again_and_again() -> None:
    assert is_cell("Birth weight (g) 4640")
    assert is_cell("Mild form Mild form Mild form")
    assert not is_cell("Genetic Analysis of Families")


def test_rows_are_half_values() -> None:
    assert is_row("0.05 -0.15 to 0.26 0.61")
    assert not is_row("The dose was 5 mg.")


@pytest.mark.parametrize(
    "line",
    [
        "12-03-2024", "4 June 2009", "Page 3 of 12", "17", "ann knee 12;34 example.org june 4, 2011 1234", "Publication date: 28-02-2024",
        "Topic: Research", "Estimated reading time: 1 min",
        "doi: 10.1000/xyz", "https://example.org/a", "Subscribe to our newsletter", "Accept all cookies", "\u00a9 2020 The Authors.", "Original Article",
    ],
)  # fmt: skip
def test_lines_of_the_page(line: str) -> None:
    assert is_furniture_line(line)


@pytest.mark.parametrize("line", ["The drug was stopped in 2009.", "Results", "Drug X and mood", "12 adults were seen", "Search for new drugs against fever"])
def test_lines_of_the_text(line: str) -> None:
    assert not is_furniture_line(line)


def test_thanks_and_teasers() -> None:
    assert is_thanks("The study was funded by the Knee Fund.")
    assert is_thanks("We thank the nurses.")
    assert not is_thanks("The study was done in two towns.")
    assert is_teaser_heading("You may also like")
    assert not is_teaser_heading("See also the methods of Smith")


def test_references_have_number_names_year_and_pages() -> None:
    assert is_entry("12. Smith AB, Jones C. Fever in town. J Fever 2001;12:34-40.")
    assert not is_entry("12. The drug was given to adults in 2001.")
    assert not is_entry("Smith AB. Fever in town.")


@pytest.mark.parametrize("text", ["It fell.", "It fell.12", "It fell.1,2", "It fell.)", "Did it fall?", "It fell.3-5"])
def test_ends_of_sentences(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["It fell by 0.5", "It fell, and", "In 2009", "p = 0.61"])
def test_ends_that_are_no_sentence_ends(text: str) -> None:
    assert not ends_sentence(text)
