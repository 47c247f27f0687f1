"""Match keys: spellings that mean the same meet, others stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.lexicon.normalise import APOSTROPHES, GREEK, NUMBERED, ROMAN, SPELLING, case_key, fold, full_key, inverted, match_key, split_words
from tests.lexicon.plain_keys import plain_case_key, plain_fold, plain_full_key, plain_match_key

_PIECES = (
    *(british for british, _ in SPELLING), *NUMBERED, *(numeral.upper() for numeral in ROMAN), *GREEK, *APOSTROPHES,
    *"sSyYeEiX19 -/,_.\n", "ies", "ses", "ches", "xes", "us", "SSRI", "IL6", "TNF", "Sjögren", "ﬁ", "Å", "ß", "Ⅳ", "²", "ʰ", "\u0301", "中",
)  # fmt: skip
NAMES = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)), max_size=8).map("".join)
"""Names of what the rules are about, in any order, and of any other letters."""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("IL-1ra", "IL1RA"),
        ("IL-1 RN", "il1rn"),
        ("TNF-α", "TNFalpha"),
        ("interferon-γ", "interferon gamma"),
        ("interleukin-1–receptor antagonist", "Interleukin 1 receptor antagonist"),
        ("Crohn’s disease", "Crohn disease"),
        ("Sjögren's syndrome", "Sjogren syndrome"),
        ("oedema", "edema"),
        ("anaemia", "anemia"),
        ("tumour necrosis factor", "tumor necrosis factor"),
        ("oestrogen", "estrogen"),
        ("allergies", "allergy"),
        ("psychoses", "psychosis"),
        ("viruses", "virus"),
        ("antibiotics", "antibiotic"),
        ("SSRIs", "SSRI"),
        ("factor VIII", "factor 8"),
        ("Type II", "type 2"),
        ("injection-site reactions", "injection site reaction"),
    ],
)
def test_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert match_key(left) == match_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("IL-1", "IL-10"),
        ("AIDS", "AID"),
        ("lupus", "lupu"),
        ("cytokines", "cytokinesis"),
        ("protein S", "proteins"),
        ("vitamin C", "vitamin D"),
        ("TNF-α", "TNF-β"),
        ("ISO", "150"),
    ],
)
def test_other_names_keep_other_keys(left: str, right: str) -> None:
    assert match_key(left) != match_key(right)


def test_text_without_letters_has_no_key() -> None:
    assert match_key(" - ") == ""


def test_case_key_keeps_capitals() -> None:
    assert case_key("IL-1ra") == "IL1ra" != case_key("IL-1RA")


@pytest.mark.parametrize(("name", "turned"), [("Arthritis, Rheumatoid", "Rheumatoid Arthritis"), ("2,3-dioxygenase", None), ("a, b, c", None)])
def test_headings_are_turned(name: str, turned: str | None) -> None:
    assert inverted(name) == turned


@given(st.text(max_size=60))
def test_words_lie_in_the_text_and_in_order(text: str) -> None:
    end = 0
    for piece in split_words(text):
        assert end <= piece.start < piece.end <= len(text)
        assert 0 < piece.stem <= len(piece.key)
        end = piece.end


@given(st.text(max_size=40))
def test_a_key_needs_no_second_folding_of_case(text: str) -> None:
    assert match_key(text).casefold() == match_key(text)


@given(NAMES)
def test_keys_are_what_the_rules_say_plainly(name: str) -> None:
    assert (match_key(name), full_key(name), case_key(name)) == (plain_match_key(name), plain_full_key(name), plain_case_key(name))


@given(NAMES)
def test_a_word_is_folded_as_the_rules_say_plainly(word: str) -> None:
    assert fold(word) == plain_fold(word)
