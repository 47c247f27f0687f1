"""The words of names as a search compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.grounding.words import name_stems


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("renal toxicity", "kidney disease"),
        ("cognitive impairment", "cognition disorders"),
        ("muscle dystrophies", "muscle dystrophy"),
        ("hemorrhaging", "hemorrhagic"),
        ("tumours of the skin", "cutaneous neoplasm"),
        ("Factor VIII deficiency", "deficient factor 8"),
    ],
)
def test_names_of_one_thing_share_their_stems(name: str, other: str) -> None:
    assert sorted(name_stems(name)) == sorted(name_stems(other))


@pytest.mark.parametrize(("name", "other"), [("hypertension", "hypotension"), ("type 1 diabetes", "type 2 diabetes"), ("liver disease", "kidney disease")])
def test_other_things_do_not(name: str, other: str) -> None:
    assert sorted(name_stems(name)) != sorted(name_stems(other))


@given(st.text(max_size=40))
def test_every_stem_is_a_word(name: str) -> None:
    assert all(name_stems(name))
