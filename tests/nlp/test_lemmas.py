"""Lemmas and coarse word classes."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from litkg.nlp.lemmas import Lemmas, Lemmatizer

TABLES = Lemmas(
    exceptions={"NNS": {"mice": "mouse"}, "VBN": {"seen": "see"}},
    endings={"NNS": {"s": (1, ""), "ies": (3, "y"), "ss": (0, "")}, "VBN": {"ed": (2, ""), "sed": (1, "")}},
)


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("mice", "NNS", "mouse"),
        ("Mice", "NNS", "mouse"),
        ("levels", "NNS", "level"),
        ("Studies", "NNS", "study"),
        ("loss", "NNS", "loss"),
        ("levels", "VBZ", "levels"),
        ("used", "VBN", "use"),
        ("treated", "VBD", "treat"),
        ("seen", "VBD", "see"),
        ("IL", "NN", "il"),
        ("s", "NNS", "s"),
        ("", "NNS", ""),
    ],
)
def test_longest_ending_of_the_tag_gives_the_lemma(word: str, tag: str, lemma: str) -> None:
    assert TABLES.find(word, tag) == lemma


def blank() -> tuple[Language, Lemmatizer]:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("litkg_lemmatizer")
    assert isinstance(component, Lemmatizer)
    component.lemmas = TABLES
    return nlp, component


def tagged(nlp: Language) -> Doc:
    return Doc(nlp.vocab, words=["The", "mice", "used", "\n", "it", "."], tags=["DT", "NNS", "VBD", "_SP", "PRP", "."])


def test_component_sets_lemmas_and_classes() -> None:
    nlp, component = blank()
    doc = component(tagged(nlp))
    assert [token.lemma_ for token in doc] == ["the", "mouse", "use", "\n", "it", "."]
    assert [token.pos_ for token in doc] == ["DET", "NOUN", "VERB", "SPACE", "PRON", "PUNCT"]
    assert [token.tag_ for token in doc] == ["DT", "NNS", "VBD", "_SP", "PRP", "."]


def test_empty_document_stays_empty() -> None:
    nlp, component = blank()
    assert len(component(Doc(nlp.vocab))) == 0


def test_tables_are_kept_with_the_model(tmp_path: Path) -> None:
    nlp, component = blank()
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model").get_pipe("litkg_lemmatizer")
    assert isinstance(again, Lemmatizer)
    assert again.lemmas == component.lemmas
    copy = Lemmatizer(nlp, "copy").from_bytes(component.to_bytes())
    assert copy.lemmas == component.lemmas
