"""Names in running text beside words that are no names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from litkg.lexicon.lookup import Lexicon
from tests.lexicon.tiny import TinyRow, build_tiny_lexicon

ROWS: tuple[TinyRow, ...] = (
    ("UNII:1", "whole blood", "Drug", "", ""),
    ("UNII:2", "blood", "Drug", "", ""),
    ("MESH:1", "blood viscosity", "BiologicalProcess", "", ""),
    ("MESH:2", "viscosity", "BiologicalProcess", "", ""),
)


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    path: Path = build_tiny_lexicon(tmp_path_factory.mktemp("finding") / "lexicon", ROWS)
    return Lexicon.open(path)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It lowers whole blood viscosity.", ["blood viscosity"]),
        ("It lowers blood viscosity.", ["blood viscosity"]),
        ("We drew whole blood, viscosity was measured.", ["viscosity"]),
        ("We drew whole blood.", []),
    ],
)
def test_a_term_out_of_scope_does_not_take_the_first_word_of_a_name(lexicon: Lexicon, text: str, names: list[str]) -> None:
    spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    assert [text[span.start : span.end] for span in lexicon.find(text, spans)] == names
