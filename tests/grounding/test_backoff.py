"""Other names to try for one that the lexicon does not know."""

from __future__ import annotations

import time

import pytest

from litkg.grounding.backoff import last_words, other_names


@pytest.mark.parametrize(
    ("name", "group", "expected"),
    [
        ("hIL6", "gene", "IL6"),
        ("human insulin", "gene", "insulin"),
        ("BRCA1 gene", "gene", "BRCA1"),
        ("interleukin (IL)-6", "gene", "interleukin -6"),
        ("sTNF-R2", "gene", "TNF-R2"),
        ("glycogen synthase kinase 3 b", "gene", "glycogen synthase kinase 3 beta"),
        ("rhIL-2", "gene", "IL-2"),
        ("serum IL-6", "gene", "IL-6"),
        ("Phospho-ERK1", "gene", "ERK1"),
        ("autoinflammatory diseases", "disease", "autoinflammatory syndrome"),
        ("metabolic disorder", "disease", "metabolic disease"),
        ("FLNB1v4", "gene", "FLNB1"),
        ("PAK1/2/3", "gene", "PAK1"),
        ("von Willebrand", "disease", "von Willebrand disease"),
        ("hypertensive", "disease", "hypertension"),
        ("nephrotoxic", "disease", "nephrotoxicity"),
        ("psychotic", "disease", "psychosis"),
        ("cisplatin-induced", "chemical", "cisplatin"),
        ("gentamicin sulfate", "chemical", "gentamicin"),
        ("sodium valproate", "chemical", "valproate"),
        ("valproate", "chemical", "valproic acid"),
    ],
)
def test_other_names(name: str, group: str, expected: str) -> None:
    names = [item.name for item in other_names(name, group)]
    assert expected in names
    assert name not in names


@pytest.mark.parametrize(("name", "group"), [("IL6", "gene"), ("TP53", "gene"), ("aspirin", "chemical"), ("p53", "gene")])
def test_plain_names_have_no_others(name: str, group: str) -> None:
    assert [item.name for item in other_names(name, group)] == []


def test_the_longest_end_comes_first_and_says_what_was_left_out() -> None:
    assert [(item.name, item.reason) for item in last_words("severe familial periodic fever")] == [
        ("familial periodic fever", "without 'severe'"),
        ("periodic fever", "without 'severe familial'"),
        ("fever", "without 'severe familial periodic'"),
    ]


@pytest.mark.parametrize("name", ["autoinflammatory syndrome", "bone lesions", "clotting factor"])
def test_a_noun_that_names_nothing_by_itself_is_no_end(name: str) -> None:
    assert list(last_words(name)) == []


@pytest.mark.parametrize("group", ["gene", "disease", "chemical"])
@pytest.mark.parametrize("name", ["x" + " " * 20_000 + "y", "x" + " -" * 10_000 + "z", "(" * 20_000, "x " * 10_000])
def test_a_name_of_any_length_takes_no_longer_than_to_read_it(name: str, group: str) -> None:
    start = time.process_time()
    assert len([*other_names(name, group), *last_words(name)]) < 20
    # Some milliseconds; where a pattern takes quadratic time, it is minutes.
    assert time.process_time() - start < 5


def test_ends_of_genes_need_a_word_of_their_own_and_no_preposition_before_them() -> None:
    assert [item.name for item in last_words("monokine induced by IFN-gamma", "gene")] == ["induced by IFN-gamma", "by IFN-gamma"]
    assert [item.name for item in last_words("GlyR alpha 1", "gene")] == []
