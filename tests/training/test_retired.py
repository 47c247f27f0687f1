"""What withdrawn ids stand for, learned from the names that annotators gave them."""

from __future__ import annotations

import pytest
from training.grounding.examples import Abstract, Name
from training.grounding.retired import learn_retired, renewed

from litkg.lexicon.lookup import Lexicon
from litkg.model import Category, Mention
from tests.lexicon.tiny import TinyRow, build_tiny_lexicon

ROWS: tuple[TinyRow, ...] = (
    ("CHEBI:9130", "sevoflurane", "Drug", "", "MESH:D000077149"),
    ("CHEBI:7735", "olanzapine", "Drug", "OLZ", "MESH:D000077152"),
    ("CHEBI:1", "unjoined", "Drug", "", ""),
)


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    return Lexicon.open(build_tiny_lexicon(tmp_path_factory.mktemp("retired") / "lexicon", ROWS), retired={})


def abstract(*names: tuple[str, str], abbreviations: dict[str, str] | None = None) -> Abstract:
    marked = tuple(
        Name(
            mention=Mention(document_id="d", start=0, end=len(text), text=text, label=Category.CHEMICAL, component="gold"),
            kind="Chemical",
            ids=frozenset({curie}),
        )
        for text, curie in names
    )
    return Abstract(corpus="c", pmid="1", text="", names=marked, abbreviations=abbreviations or {})


@pytest.mark.parametrize(
    ("names", "current"),
    [
        ([("Sevoflurane", "MESH:C009250")], "MESH:D000077149"),
        ([("SVF", "MESH:C009250")], "MESH:D000077149"),
        ([("sevoflurane", "MESH:C009250"), ("olanzapine", "MESH:C009250")], None),
        ([("nothing known", "MESH:C009250")], None),
        ([("unjoined", "MESH:C009250")], None),
        ([("sevoflurane", "MESH:D999999")], None),
        ([("sevoflurane", "MESH:D000077149")], None),
    ],
)
def test_an_id_that_the_lexicon_lacks_stands_for_the_one_concept_of_its_names(lexicon: Lexicon, names: list[tuple[str, str]], current: str | None) -> None:
    found = learn_retired([abstract(*names, abbreviations={"SVF": "sevoflurane"})], lexicon)
    assert [new for new, _ in found.values()] == ([current] if current else [])


def test_names_get_the_current_id(lexicon: Lexicon) -> None:
    (changed,) = renewed([abstract(("x", "MESH:C1"), ("y", "MESH:C2"))], {"MESH:C1": ("MESH:D1", "x")})
    assert [name.ids for name in changed.names] == [{"MESH:D1"}, {"MESH:C2"}]
