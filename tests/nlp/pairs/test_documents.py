"""The model of documents: its file, its bars, and what the shipped one makes of documents of our own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from litkg.errors import PipelineError
from litkg.nlp.pairs.documents import load_documents, write_documents
from litkg.nlp.pairs.pages import Named, Page, Told


def test_what_is_written_is_read_and_unknown_features_say_nothing(tmp_path: Path) -> None:
    write_documents(tmp_path, ["b", "a"], np.asarray([2.0, -1.0]), 0.5, related=0.4, said=0.9)
    model = load_documents(tmp_path)
    assert (model.related, model.said) == (0.4, 0.9)
    assert model.chance({}) == model.chance({"c": 9.0}) == pytest.approx(1 / (1 + np.exp(-0.5)))
    assert model.chance({"a": 1.0, "b": 0.5}) == pytest.approx(1 / (1 + np.exp(-0.5)))
    assert model.chance({"b": 1.0}) == pytest.approx(1 / (1 + np.exp(-2.5)))


def test_missing_files_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="install litkg anew"):
        load_documents(tmp_path / "none")


def page(told: float, *, rival: float = 0.0) -> Page:
    sentences = ["A rash from gold salts.", "She took gold salts and vitamin C, and a rash came."]
    named = [
        Named("rash", "Disease", 0, 2, 6),
        Named("gold", "Chemical", 0, 12, 22),
        Named("gold", "Chemical", 1, 9, 19),
        Named("c", "Chemical", 1, 24, 33),
        Named("rash", "Disease", 1, 41, 45),
    ]
    tellings = [Told(("gold", "rash"), 0, told, told, 0.05), Told(("gold", "rash"), 1, told, told, 0.05), Told(("c", "rash"), 1, rival, rival, 0.05)]
    return Page(sentences, named, tellings, lambda _: ())


def test_the_surer_the_sentences_the_surer_the_document_and_rivals_take_from_it() -> None:
    model = load_documents()
    sure, unsure, contested = (model.chances(item)["gold", "rash"] for item in (page(0.95), page(0.2), page(0.2, rival=0.95)))
    assert sure > 0.6 > unsure > contested
    assert list(model.chances(page(0.95), [("c", "rash")])) == [("c", "rash")]
