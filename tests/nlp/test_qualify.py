"""Who denies and doubts a relation, with the words that are shown: sentences of our own, false friends included."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language

from litkg.model import Certainty, Knowledge, Relation, SectionKind
from litkg.nlp.cues.governing import Denials
from litkg.nlp.cues.model import CueModel
from litkg.nlp.qualify import certainty_of_cue, load_ladder, qualify_relations
from litkg.nlp.syntax.model import load_syntax
from tests.nlp.marked import parse_marked, relations_of


@cache
def models() -> tuple[Language, CueModel, Denials]:
    return load_syntax(), CueModel.load(), Denials.load()


def qualified(marked: str, section: SectionKind = SectionKind.RESULTS) -> tuple[str, tuple[Relation, ...]]:
    text, _ = parse_marked(marked)
    syntax, cues, denials = models()
    return text, qualify_relations(text, [(0, len(text), section)], relations_of(marked), syntax=syntax, cues=cues, denials=denials)


@pytest.mark.parametrize(
    ("marked", "cue", "scope"),
    [
        ("{d:Aspirin} failed to reduce {k:IL-6} in septic mice.", "failed", "failed to reduce IL-6 in septic mice"),
        ("{d:Aspirin} was not associated with {s:asthma}.", "not", "Aspirin was not associated with asthma"),
        ("There was no evidence that {d:aspirin} lowered {k:IL-6}.", "no", "no evidence that aspirin lowered IL-6"),
        ("Neither {d:aspirin} nor {d:zinc} lowered {k:IL-6}.", "Neither", "Neither aspirin nor zinc lowered IL-6"),
        ("{d:Zinc} reduced {k:IL-6}, whereas {d:aspirin} did not reduce {k:IL-8}.", "not", "not reduce IL-8"),
    ],
)
def test_a_denied_relation_shows_its_cue_and_scope(marked: str, cue: str, scope: str) -> None:
    text, relations = qualified(marked)
    denied = [relation for relation in relations if relation.negated]
    assert denied
    for relation in denied:
        assert relation.negation is not None
        assert relation.negation.text == cue == text[relation.negation.start : relation.negation.end]
        assert text[slice(*relation.negation.scope)] == scope


@pytest.mark.parametrize(
    ("marked", "certainty", "cue"),
    [
        ("{d:Aspirin} may reduce {k:IL-6} by another path.", "possible", "may"),
        ("These data suggest that {d:aspirin} reduces {k:IL-6}.", "possible", "suggest"),
        ("{d:Aspirin} appears to reduce {k:IL-6}.", "probable", "appears"),
        ("{d:Aspirin} probably reduces {k:IL-6}.", "probable", "probably"),
        ("We asked whether {d:aspirin} reduces {k:IL-6}.", "hypothesised", "whether"),
        ("We hypothesised that {d:aspirin} reduces {k:IL-6}.", "hypothesised", "hypothesised"),
        ("{d:Aspirin} reduces {k:IL-6}.", "asserted", None),
        ("{d:Aspirin} reduces {k:IL-6}, and {d:zinc} may reduce {k:IL-8}.", "asserted", None),
    ],
)
def test_a_doubted_relation_shows_its_cue(marked: str, certainty: str, cue: str | None) -> None:
    _, relations = qualified(marked)
    assert relations
    first = relations[0]
    assert first.certainty.value == certainty
    assert (first.doubt.text if first.doubt else None) == cue


@pytest.mark.parametrize(
    "marked",
    [
        "{d:Aspirin} reduces {k:IL-6} in those who do not smoke.",
        "{s:Renal failure} associated with {d:acetazolamide} was seen.",
        "{d:Aspirin} may raise {k:IL-6} but cannot be the only cause.",
        "{d:Aspirin} reduces {k:IL-6}; nothing else was not tried.",
        "No drug was at hand then; {d:aspirin} reduced {k:IL-6} later.",
    ],
)
def test_a_denial_elsewhere_denies_nothing(marked: str) -> None:
    _, relations = qualified(marked)
    assert relations
    assert not any(relation.negated for relation in relations)


def test_offsets_are_those_of_the_text_over_sentences_and_line_breaks() -> None:
    marked = "{d:Zinc} may\nlower {k:IL-6}. // {d:Aspirin} did not\nlower {k:IL-8}."
    text, _ = parse_marked(marked)
    syntax, cues, denials = models()
    cut = text.index(" // ")
    sentences = [(0, cut, SectionKind.ABSTRACT), (cut + 4, len(text), SectionKind.ABSTRACT)]
    doubted, denied = qualify_relations(text, sentences, relations_of(marked), syntax=syntax, cues=cues, denials=denials)
    assert doubted.doubt is not None
    assert denied.negation is not None
    assert text[doubted.doubt.start : doubted.doubt.end] == "may"
    assert text[denied.negation.start : denied.negation.end] == "not"


def test_what_the_sentence_brings_is_kept() -> None:
    _, relations = qualified("It has been reported that {d:aspirin} reduces {k:IL-6}.", SectionKind.DISCUSSION)
    assert {relation.knowledge for relation in relations} == {Knowledge.BACKGROUND}


def test_ladder_has_no_cue_twice_and_a_middle_for_the_unknown() -> None:
    assert len(load_ladder()) > 60
    assert certainty_of_cue("some new doubt") is Certainty.POSSIBLE
    assert certainty_of_cue("whether") is Certainty.HYPOTHESISED
