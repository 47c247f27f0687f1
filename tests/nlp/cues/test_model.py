"""The shipped cues and scopes, on sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from litkg.errors import PipelineError
from litkg.nlp.cues.loglinear import feature_key
from litkg.nlp.cues.model import CueModel
from litkg.nlp.cues.parsed import ParsedSentence, read_parsed
from litkg.nlp.syntax.model import load_syntax, set_sentence_starts


@pytest.fixture(scope="module")
def syntax() -> Language:
    return load_syntax()


MODEL = CueModel.load()


@pytest.fixture(scope="module")
def model() -> CueModel:
    return MODEL


def parse(syntax: Language, text: str) -> ParsedSentence:
    (sentence,) = read_parsed(syntax(set_sentence_starts(syntax.make_doc(text), [(0, len(text))])))
    return sentence


CASES = [
    ("The antibody did not lower TNF in these mice.", [("negation", "not", "not lower TNF in these mice")]),
    ("TNF was not lowered by the antibody.", [("negation", "not", "TNF was not lowered by the antibody")]),
    ("Etanercept failed to prevent colitis, whereas infliximab worked.", [("negation", "failed", "failed to prevent colitis")]),
    ("No increase in IL-10 was seen.", [("negation", "No", "No increase in IL-10 was seen")]),
    ("IL-4 rose in the absence of steroids.", [("negation", "absence", "absence of steroids")]),
    ("The toxin may damage neurons.", [("speculation", "may", "may damage neurons")]),
    ("These data suggest that IL-33 raises IL-13.", [("speculation", "suggest", "suggest that IL-33 raises IL-13")]),
    ("We asked whether zinc lowers CRP.", [("speculation", "whether", "whether zinc lowers CRP")]),
    ("Neither zinc nor copper raised ferritin.", [("negation", "Neither ... nor", "Neither zinc nor copper raised ferritin")]),
    ("Zinc lowers CRP in adults.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_cues_and_their_scopes(syntax: Language, model: CueModel, text: str, expected: list[tuple[str, str, str]]) -> None:
    sentence = parse(syntax, text)
    found = [
        (
            scope.kind,
            " ... ".join(text[sentence.spans[first][0] : sentence.spans[last][1]] for first, last in scope.parts),
            text[sentence.spans[scope.first][0] : sentence.spans[scope.last][1]],
        )
        for scope in model.find(sentence)
    ]
    assert found == expected


@pytest.mark.parametrize("text", [text for text, expected in CASES if expected] + ["It can't help.", "It cannot help.", "Some thought so."], ids=str)
def test_no_sentence_with_a_cue_is_passed_over(model: CueModel, text: str) -> None:
    assert model.may_hold_cue(text, 0, len(text))


def test_a_plain_sentence_need_not_be_parsed(model: CueModel) -> None:
    assert not model.may_hold_cue("Zinc lowers CRP in normal adults or nodes.", 0, 42)


@given(st.lists(st.sampled_from(["not", "may", "TNF", "rose", ",", "or", "either", "suggest"]), min_size=1, max_size=8), st.data())
def test_scopes_hold_their_cues(words: list[str], data: st.DataObject) -> None:
    heads = [data.draw(st.integers(0, at)) if at else 0 for at in range(len(words))]
    sentence = ParsedSentence(
        words=words, lemmas=words, tags=["RB"] * len(words), labels=["dep"] * len(words), heads=heads, spans=[(at, at + 1) for at in range(len(words))]
    )
    for scope in MODEL.find(sentence):
        assert 0 <= scope.first <= scope.parts[0][0] <= scope.parts[-1][1] <= scope.last < len(words)


def test_a_folder_without_weights_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="make -C training scope"):
        CueModel.load(tmp_path)


def test_keys_of_features_are_the_same_everywhere() -> None:
    assert feature_key("phrase") == 2722883084
