"""The shipped NER model."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import PipelineError
from litkg.lexicon.lookup import Lexicon
from litkg.nlp.entities.conventions import HEADS
from litkg.nlp.entities.model import EntityModel

TEXT = "Sorafenib slowed hepatocellular carcinoma in mice; IL-6 and STAT3 fell. Sorafenib was stopped."


@pytest.fixture(scope="module")
def model() -> EntityModel:
    return EntityModel.load()


def found(model: EntityModel, lexicon: Lexicon, text: str, **options: object) -> list[tuple[str, str]]:
    entities = model.find(text, lexicon, **options)  # type: ignore[arg-type]
    assert all(0 < entity.score <= 1 for entity in entities)
    return [(text[entity.start : entity.end], entity.type) for entity in entities]


def test_finds_names_of_every_kind(model: EntityModel, lexicon: Lexicon) -> None:
    names = found(model, lexicon, TEXT)
    assert {("Sorafenib", "Chemical"), ("hepatocellular carcinoma", "Disease"), ("STAT3", "Gene"), ("mice", "Organism")} <= set(names)
    assert names.count(("Sorafenib", "Chemical")) == 2


def test_a_convention_marks_its_own_types_only(model: EntityModel, lexicon: Lexicon) -> None:
    for convention, types in HEADS.items():
        assert {kind for _, kind in found(model, lexicon, TEXT, convention=convention)} <= set(types)
    assert ("hepatocellular carcinoma", "Disease") in found(model, lexicon, TEXT, convention="ncbi")


def test_reads_only_the_ranges(model: EntityModel, lexicon: Lexicon) -> None:
    start = TEXT.index("IL-6")
    names = [name for name, _ in found(model, lexicon, TEXT, ranges=[(start, start + 20)])]
    assert "STAT3" in names and "Sorafenib" not in names
    assert found(model, lexicon, "") == []


def test_unknown_convention_names_those_there_are(model: EntityModel, lexicon: Lexicon) -> None:
    with pytest.raises(PipelineError, match="bc5cdr"):
        model.find(TEXT, lexicon, convention="nowhere")


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="cannot be read"):
        EntityModel.load(tmp_path)
