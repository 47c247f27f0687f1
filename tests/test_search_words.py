"""What a search takes for words. That the patterns match alike in both stores is tested in tests/queries/test_search.py."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.search_words import search_parameter


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("anakinra", '+"anakinra"'),
        ("IL-6 release", '+"IL 6" +"release"'),
        ('"low mood" women', '+"low mood" +"women"'),
        ("TNF-α/IL-1β", '+"TNF α IL 1β"'),
        ("2,3-dioxygenase 5.5", '+"2,3 dioxygenase" +"5.5"'),
        ("e.g. it's", '+"e.g" +"it\'s"'),
        ('say "IL-6', '+"say" +"IL 6"'),
        ("the mood", '+"mood"'),
        ("of the", '+"of" +"the"'),
        ('a) OR b:* ~"x\\', '+"b" +"x"'),
        ("__ x", '+"x"'),
    ],
)
def test_words_of_a_search(text: str, search: str) -> None:
    found = search_parameter(text)
    assert found is not None
    assert found["search"] == search


def test_common_words_must_be_there_though_no_index_is_asked_for_them() -> None:
    found = search_parameter("the mood")
    assert found is not None
    assert len(cast("list[str]", found["patterns"])) == 2


@pytest.mark.parametrize("text", ["", " ", "-", '""', "_", "( ) *"])
def test_no_word_is_no_search(text: str) -> None:
    assert search_parameter(text) is None


@given(st.text())
def test_no_text_writes_its_own_search_syntax(text: str) -> None:
    found = search_parameter(text)
    for part in cast(str, found["search"]).split(' +"') if found else []:
        assert not set(part.removeprefix('+"').removesuffix('"')) & set('"\\+*~()[]{}^!|&/-')
