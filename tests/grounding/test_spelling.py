"""Misspellings among all names of a lexicon."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from litkg.grounding import spelling
from litkg.grounding.spelling import NearNames, write_near_names
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.storage import read_info
from tests.lexicon.tiny import build_tiny_lexicon

NAMES = ("methotrexate", "prednisolone", "citalopram", "cefazolin", "serotonin", "il6receptor", "fever")
INDEX = NearNames.build(NAMES)
DISTANCE = OSA.distance


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("metothrexate", (2, ("methotrexate",))),
        ("methotrexat", (1, ("methotrexate",))),
        ("serotonni", (1, ("serotonin",))),
        ("methotrexate", (0, ())),
        ("nethotrexate", (0, ())),
        ("serotin", (0, ())),
        ("il5receptor", (0, ())),
        ("fevr", (0, ())),
        ("", (0, ())),
    ],
)
def test_slips_are_found(name: str, expected: tuple[int, tuple[str, ...]]) -> None:
    assert INDEX.nearest(name) == expected


@given(st.sampled_from(["methotrexate", "prednisolone", "citalopram"]), st.integers(1, 8), st.sampled_from("abcdefghijklmnopqrstuvwxyz"), st.integers(0, 2))
def test_every_single_slip_after_the_first_letter_is_found(name: str, place: int, letter: str, kind: int) -> None:
    slipped = [name[:place] + name[place + 1 :], name[:place] + letter + name[place:], name[:place] + letter + name[place + 1 :]][kind]
    assert INDEX.nearest(slipped) == ((0, ()) if slipped == name else (1, (name,)))


@pytest.mark.parametrize("name", ["abababab", "aaaaaaaa", "ababababa", "abbbbbbba", "a" * 20])
def test_few_names_are_compared_however_many_are_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    every_name = ["".join(letters) for length in (7, 8, 9) for letters in product("ab", repeat=length)]
    index = NearNames.build([*every_name, "a" * 19, "a" * 20])
    compared = []

    def distance(left: str, right: str, *, score_cutoff: int) -> int:
        compared.append(right)
        return DISTANCE(left, right, score_cutoff=score_cutoff)

    monkeypatch.setattr(OSA, "distance", distance)
    index.nearest(name)
    length = len(name)
    # Of two letters, a string of this length has one to put in at each place of each string that it has one letter more than.
    assert len(compared) <= 2 * length * (length + 1) < len(every_name)


@pytest.mark.parametrize("name", ["ab", "a" * 10_000, "ab" * 5_000])
def test_names_too_short_or_too_long_are_compared_with_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "OSA", None)
    assert NearNames.build(["abc", "abababab", "a" * 20]).nearest(name) == (0, ())


def test_the_index_beside_a_lexicon_is_of_that_lexicon(tmp_path: Path) -> None:
    path = build_tiny_lexicon(tmp_path / "lexicon")
    assert NearNames.open(path, read_info(path)) is None
    write_near_names(path)
    with Lexicon.open(path) as lexicon:
        near = NearNames.open(path, lexicon.info())
        assert near is not None
        assert near.nearest("anakirna") == (1, ("anakinra",))
    build_tiny_lexicon(tmp_path / "lexicon", [("MONDO:1", "influenza", "Disease", "", "")])
    assert NearNames.open(path, read_info(path)) is None
