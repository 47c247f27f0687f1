"""Unicode look-alikes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.nlp.cleaning.characters import normalise_characters, normalise_dashes
from litkg.nlp.cleaning.rope import rope


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("in\ufb02ammation, \ufb01brosis, e\ufb03cacy", "inflammation, fibrosis, efficacy"),
        ("cyto\u00adkine", "cytokine"),
        ("10\u00a0mg\u2009daily", "10 mg daily"),
        ("\ufeffThe\u200b drug", "The drug"),
        ("the patient\u2019s \u201cprobable\u201d link", 'the patient\'s "probable" link'),
        ("5 \u00b5g", "5 \u03bcg"),
        ("IL-1\u00df and TGF-\u00df1", "IL-1\u03b2 and TGF-\u03b21"),
        ("Stra\u00dfe in Gie\u00dfen, Wei\u00df", "Stra\u00dfe in Gie\u00dfen, Wei\u00df"),
        ("one\r\ntwo\rthree\u2028four\x0cfive", "one\ntwo\nthree\nfour\nfive"),
        ("Behc\u0327et", "Beh\u00e7et"),
        ("TNF-\u03b1, \u0394psi, \u03bb phage", "TNF-\u03b1, \u0394psi, \u03bb phage"),
        ("IL-1\uf062 and TNF-\uf061", "IL-1\u03b2 and TNF-\u03b1"),
        ("prom\u00ad\ninent", "prom\u00ad\ninent"),
        ("tab\there\x00", "tab here"),
    ],
)
def test_characters_have_one_spelling(raw: str, expected: str) -> None:
    assert normalise_characters(rope(raw)).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("interleukin-1\u2013receptor", "interleukin-1-receptor"),
        ("\u22122.5", "-2.5"),
        ("non\u2010smoker, co\u2011morbid", "non-smoker, co-morbid"),
        ("yes \u2014 no", "yes \u2014 no"),
    ],
)
def test_dashes_become_hyphens_but_em_dashes_stay(raw: str, expected: str) -> None:
    assert normalise_dashes(rope(raw)).text == expected


@given(st.text())
def test_result_is_in_nfc(raw: str) -> None:
    assert unicodedata.is_normalized("NFC", normalise_characters(rope(raw)).text)
