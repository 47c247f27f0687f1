"""The shipped syntax model, on sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from litkg.errors import PipelineError
from litkg.nlp.syntax.model import load_syntax, set_sentence_starts
from litkg.nlp.tokens import TreebankTokenizer


@pytest.fixture(scope="module")
def model() -> Language:
    return load_syntax()


def parsed(model: Language, text: str) -> Doc:
    return model(set_sentence_starts(model.make_doc(text), [(0, len(text))]))


def arcs(doc: Doc) -> set[tuple[str, str, str]]:
    return {(token.text, token.dep_, token.head.text) for token in doc}


def test_active_clause(model: Language) -> None:
    doc = parsed(model, "The drug decreases serum levels of IL-6 in mice.")
    assert arcs(doc) >= {
        ("drug", "nsubj", "decreases"),
        ("decreases", "ROOT", "decreases"),
        ("levels", "dobj", "decreases"),
        ("serum", "compound", "levels"),
        ("of", "prep", "levels"),
        ("mice", "pobj", "in"),
    }
    assert [token.tag_ for token in doc[:5]] == ["DT", "NN", "VBZ", "NN", "NNS"]


def test_passive_and_coordinated_clause(model: Language) -> None:
    doc = parsed(model, "Expression of the gene was not increased by estrogen, but both proteins were degraded.")
    assert arcs(doc) >= {
        ("Expression", "nsubjpass", "increased"),
        ("was", "auxpass", "increased"),
        ("not", "neg", "increased"),
        ("estrogen", "pobj", "by"),
        ("degraded", "conj", "increased"),
        ("proteins", "nsubjpass", "degraded"),
    }


def test_lemmas_and_classes(model: Language) -> None:
    doc = parsed(model, "Studies of mice were showing higher levels.")
    assert [token.lemma_ for token in doc] == ["study", "of", "mouse", "be", "show", "high", "level", "."]
    assert [token.pos_ for token in doc] == ["NOUN", "ADP", "NOUN", "VERB", "VERB", "ADJ", "NOUN", "PUNCT"]


def test_sentences_that_are_given_are_kept(model: Language) -> None:
    text = "Levels fell in mice. They rose in rats."
    assert [sentence.text for sentence in parsed(model, text).sents] == [text]
    given = set_sentence_starts(model.make_doc(text), [(0, 20), (21, 39)])
    assert [sentence.text for sentence in model(given).sents] == ["Levels fell in mice.", "They rose in rats."]
    assert [sentence.text for sentence in model(text).sents] == ["Levels fell in mice.", "They rose in rats."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "IL-6\n\nIL-6"])
def test_odd_text_is_parsed(model: Language, text: str) -> None:
    assert model(set_sentence_starts(model.make_doc(text), [])).text == text


@given(st.text(alphabet=" \nab.-", max_size=40), st.sets(st.integers(0, 40)))
def test_starts_are_the_tokens_at_these_places(text: str, starts: set[int]) -> None:
    doc = set_sentence_starts(TreebankTokenizer(Vocab())(text), [(start, start + 1) for start in starts])
    assert [token.is_sent_start for token in doc] == [token.i == 0 or token.idx in starts for token in doc]


def test_folder_without_model_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="syntax-train"):
        load_syntax(tmp_path)
