"""Symbols and formulas of chemicals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.grounding.formulas import spelled_out, without_isotope


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ("K", "potassium"),
        ("Na+", "sodium"),
        ("Ca2+", "calcium"),
        ("Mg(2+)", "magnesium"),
        ("H2O2", "hydrogen peroxide"),
        ("O2-", "superoxide"),
        ("NO", "nitric oxide"),
        ("KCl", "potassium chloride"),
        ("CaCl2", "calcium chloride"),
        ("NH4Cl", "ammonium chloride"),
        ("MgSO(4)", "magnesium sulfate"),
        ("Al(OH)3", "aluminum hydroxide"),
        ("FeSO4", "ferrous sulfate"),
    ],
)
def test_formulas_are_spelled_out(formula: str, name: str) -> None:
    assert name in list(spelled_out(formula))


@pytest.mark.parametrize("word", ["k", "no", "CAPS", "In vivo", "TNF", "IL-2", "5-HT", "Was", ""])
def test_words_and_symbols_of_other_things_are_not(word: str) -> None:
    assert list(spelled_out(word)) == []


@pytest.mark.parametrize(
    ("name", "bare"), [("[3H]dopamine", "dopamine"), ("(14)C-glucose", "glucose"), ("99mTc-sestamibi", None), ("6-OHDA", None), ("4-aminopyridine", None)]
)
def test_isotopes_are_taken_off(name: str, bare: str | None) -> None:
    assert without_isotope(name) == bare


@given(st.text(max_size=20))
def test_any_text_is_read(text: str) -> None:
    assert all(spelled_out(text))
    assert without_isotope(text) != text
