"""Chosen sentences of a text, parsed."""

from __future__ import annotations

from litkg.nlp.parsing import Parses, parse_sentences, sentence_syntax

TEXT = "Aspirin lowered fever.  It rained. Zinc did not help him."
PLACES = [(0, 22), (35, 57)]


def test_spans_count_in_the_text_and_other_sentences_are_left_out() -> None:
    parsed = parse_sentences(TEXT, PLACES, sentence_syntax())
    assert [[TEXT[slice(*span)] for span in item.spans] for item in parsed] == [
        ["Aspirin", "lowered", "fever", "."],
        ["Zinc", "did", "not", "help", "him", "."],
    ]


def test_what_is_known_is_not_parsed_again() -> None:
    known: Parses = {}
    (first,) = parse_sentences(TEXT, PLACES[:1], sentence_syntax(), known=known)
    again = parse_sentences(TEXT, [*PLACES, PLACES[0]], sentence_syntax(), known=known)
    assert again[0] is first
    assert again[2] is first
    assert list(known) == PLACES


def test_no_sentences_are_no_parses() -> None:
    assert parse_sentences(TEXT, [], sentence_syntax()) == []
