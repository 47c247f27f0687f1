"""Texts in arrays are the texts that went in."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.hypotheses.texts import Texts

anything = st.text(st.characters(), max_size=4)
"""Halves of characters, too: ids come from papers."""


@given(st.lists(anything))
def test_what_goes_in_comes_out(drawn: list[str]) -> None:
    texts = Texts.of(drawn)
    assert list(texts) == drawn
    assert texts[1:3] == drawn[1:3]
    assert [texts[-place - 1] for place in range(len(texts))] == drawn[::-1]


@given(st.lists(anything, unique=True), anything)
def test_sorted_texts_can_be_searched(drawn: list[str], wanted: str) -> None:
    ordered = sorted(drawn)
    assert bisect_left(Texts.of(ordered), wanted) == bisect_left(ordered, wanted)


def test_there_is_nothing_beyond_the_last() -> None:
    with pytest.raises(IndexError):
        Texts.of(["a"])[1]
