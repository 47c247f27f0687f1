"""litkg's spaCy pipeline, on sentences of our own; nothing here depends on which weights the NER model has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from litkg.errors import PipelineError
from litkg.lexicon.lookup import Lexicon
from litkg.nlp.entities.conventions import CONSENSUS, HEADS
from litkg.nlp.entities.records import Entity
from litkg.nlp.language import load_language, surest
from litkg.nlp.sentences import split_text
from tests.lexicon.tiny import open_tiny_lexicon

TEXT = (
    "Colchicine for gout\n\nInterleukin-1 beta raised fever in mice with gouty arthritis. Anakinra, an IL-1 receptor antagonist, lowered it.\n"
    "Macrophages   did not respond (P = 0.03)."
)
PARTS = ["IL-6", "gout", " ", "  ", "\n", "\n\n", ".", ". ", "anakinra", "The mice", "(", ")", "β", "é", "\u00a0", "TNF-α/IL-1β"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lexicon]:
    with open_tiny_lexicon(tmp_path_factory.mktemp("language")) as lexicon:
        yield lexicon


@pytest.fixture(scope="module")
def nlp(tiny: Lexicon) -> Language:
    return load_language(tiny)


def check(doc: Doc) -> None:
    """Assert what holds of any document."""
    types = set(CONSENSUS)
    for span in doc.spans["entities"]:
        assert span.text == doc.text[span.start_char : span.end_char]
        assert span.text and span.text == span.text.strip()
        assert span.label_ in types
        assert 0 < span._.score <= 1
    everything = {(span.start, span.end, span.label_) for span in doc.spans["entities"]}
    assert {(span.start, span.end, span.label_) for span in doc.ents} <= everything
    assert all(before.end <= after.start for before, after in pairwise(doc.ents))
    assert bool(doc.ents) == bool(everything)


def test_plain_words_are_tagged_and_parsed(nlp: Language) -> None:
    doc = nlp("The drug decreases serum levels of IL-6 in mice.")
    assert [token.tag_ for token in doc[:5]] == ["DT", "NN", "VBZ", "NN", "NNS"]
    assert [token.lemma_ for token in doc[2:5]] == ["decrease", "serum", "level"]
    assert doc[1].head == doc[2] and doc[2].dep_ == "ROOT"


def test_sentences_are_those_of_the_rules(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [sentence.start_char for sentence in doc.sents] == [start for start, _ in split_text(TEXT)]
    assert next(sentence.text.strip() for sentence in doc.sents) == "Colchicine for gout"
    assert all(sum(token.head == token for token in sentence) == 1 for sentence in doc.sents)


def test_entities_align(nlp: Language) -> None:
    check(nlp(TEXT))


def test_pipe_gives_what_calls_give(nlp: Language) -> None:
    texts = [TEXT, "", "Fever.", TEXT[::-1]]
    for text, doc in zip(texts, nlp.pipe(texts), strict=True):
        single = nlp(text)
        assert doc.text == text
        assert [(token.tag_, token.dep_, token.lemma_) for token in doc] == [(token.tag_, token.dep_, token.lemma_) for token in single]
        assert [(span.start, span.end, span.label_, span._.score) for span in doc.spans["entities"]] == [
            (span.start, span.end, span.label_, span._.score) for span in single.spans["entities"]
        ]
        check(doc)


def test_articles_are_not_all_held_at_once(nlp: Language) -> None:
    texts = iter([f"Text {number}." for number in range(100)])
    next(nlp.pipe(texts))
    assert len(list(texts)) > 90


def test_a_document_comes_back_from_bytes_with_its_scores(nlp: Language) -> None:
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [span._.score for span in again.spans["entities"]] == [span._.score for span in doc.spans["entities"]]
    check(again)


def test_a_span_that_was_not_found_has_no_score(nlp: Language) -> None:
    assert nlp("The mice ate.")[1:2]._.score is None


def test_a_convention_has_its_own_types(tiny: Lexicon) -> None:
    doc = load_language(tiny, convention="ncbi")(TEXT)
    assert {span.label_ for span in doc.spans["entities"]} <= set(HEADS["ncbi"])
    with pytest.raises(PipelineError, match="no convention"):
        load_language(tiny, convention="none of them")(TEXT)


def test_without_terms_there_is_no_ner() -> None:
    nlp = load_language(None)
    assert nlp.pipe_names == ["litkg_syntax", "litkg_lemmatizer"]
    doc = nlp(TEXT)
    assert not doc.ents and not doc.spans


def test_the_component_needs_its_lexicon() -> None:
    nlp = Language()
    nlp.add_pipe("litkg_ner")
    with pytest.raises(PipelineError, match="load_language"):
        nlp("mice")


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_any_text(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    check(doc)


@given(
    st.lists(
        st.builds(
            lambda start, length, score: Entity(start, start + length, "Gene", score), st.integers(0, 30), st.integers(1, 6), st.sampled_from([0.5, 0.7, 0.9])
        )
    )
)
def test_the_surest_entities(entities: list[Entity]) -> None:
    kept = surest(entities)
    assert kept == sorted(kept)
    assert all(before.end <= after.start for before, after in pairwise(kept))
    for entity in entities:
        assert any(other.score >= entity.score and other.start < entity.end and entity.start < other.end for other in kept)
