"""The files of a built lexicon, read as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import LexiconError
from litkg.lexicon.records import Name, NameKind
from litkg.lexicon.storage import read_names, write_lexicon
from litkg.model import Category, Concept


def test_all_names_of_each_concept_are_read(tmp_path: Path) -> None:
    gene = Concept(id="HGNC:11892", name="TNF", categories=(Category.GENE,), synonyms=("TNF-alpha", "cachectin"))
    silent = Concept(id="CHEBI:1", name="wombatinol", categories=(Category.CHEMICAL,))
    names = [Name(gene.id, text, NameKind.EXACT, "tiny") for text in ("TNF", "cachectin", "tumor necrosis factor")]
    write_lexicon(tmp_path / "lexicon", [gene, silent], names)
    assert [(concept.id, found) for concept, found in read_names(tmp_path / "lexicon")] == [
        ("CHEBI:1", ("wombatinol",)),
        ("HGNC:11892", ("TNF", "TNF-alpha", "cachectin", "tumor necrosis factor")),
    ]


def test_names_of_a_missing_lexicon_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="litkg lexicon build"):
        list(read_names(tmp_path / "lexicon"))
