"""Misspellings: near a name of the document, and unknown otherwise."""

from __future__ import annotations

import re

import pytest

from litkg.grounding.misspellings import find_misspellings

NAMES = ("methotrexate", "prednisolone", "citalopram", "lupus")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the metothrexate dose", [("metothrexate", "methotrexate")]),
        ("methotrexat was stopped", [("methotrexat", "methotrexate")]),
        ("Prednisollone went on", [("Prednisollone", "prednisolone")]),
        ("prednisolones", [("prednisolones", "prednisolone")]),
        ("methotrexate itself", []),
        ("escitalopram is another drug", []),
        ("prednisone is known", []),
        ("lupsu is too short", []),
        ("methanol", []),
    ],
)
def test_words_near_a_name_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    spans = [match.span() for match in re.finditer(r"\w+", text)]
    found = find_misspellings(text, spans, NAMES, {"escitalopram", "prednisone", "methanol", "dose", "stopped", "another"}.__contains__)
    assert [(text[item.start : item.end], item.name) for item in found] == expected


def test_a_word_as_near_to_two_names_is_neither() -> None:
    assert find_misspellings("cefaxolin", [(0, 9)], ("cefazolin", "cefaxonin"), lambda word: False) == ()
