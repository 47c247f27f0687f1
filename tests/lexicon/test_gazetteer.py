"""Marks on tokens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.lexicon.gazetteer import CLASSES, POSITIONS, WIDTH
from litkg.lexicon.lookup import Lexicon
from litkg.nlp.tokens import find_tokens


def marked(lexicon: Lexicon, text: str, name: str, *, loose: bool = False) -> str:
    """Return a letter of BIES a token for the marks of the class, a full stop where there is none."""
    spans = find_tokens(text)
    index = [label for label, _ in CLASSES].index(name)
    first = (2 * index + loose) * POSITIONS
    found = lexicon.marks(text, spans)
    assert found.shape == (len(spans), WIDTH)
    part = found[:, first : first + POSITIONS]
    assert part.sum(axis=1).max(initial=0) <= 1
    return "".join("BIES"[int(row.argmax())] if row.any() else "." for row in part)


@pytest.mark.parametrize(
    ("text", "name", "marks"),
    [
        ("anakinra lowered it", "drug", "S.."),
        ("the IL-1ra level", "gene", ".BIE."),
        ("the IL-1ra level", "cytokine", ".BIE."),
        ("IL-6/TNF rose", "gene", "BIE.S."),
        ("with major depressive disorder now", "disease", ".BIE."),
        ("serotonin and anakinra", "chemical", "S.."),
    ],
)
def test_marks_names_of_each_class(lexicon: Lexicon, text: str, name: str, marks: str) -> None:
    assert marked(lexicon, text, name) == marks


def test_marks_names_with_other_capitals_apart(lexicon: Lexicon) -> None:
    assert marked(lexicon, "the caps CAPS", "gene") == "..S"
    assert marked(lexicon, "the caps CAPS", "gene", loose=True) == ".S."


@given(st.lists(st.sampled_from(["anakinra", "IL-1ra", "was", "depression", "(", "major", "IL", "-", "1", "α"]), max_size=12))
def test_begins_and_ends_match(lexicon: Lexicon, words: list[str]) -> None:
    text = " ".join(words)
    found = lexicon.marks(text, find_tokens(text)).reshape(-1, len(CLASSES) * 2, POSITIONS).astype(int)
    assert (found[..., 0].sum(axis=0) == found[..., 2].sum(axis=0)).all()
    assert np.isin(found, (0, 1)).all()


TEXTS = ("anakinra and IL-1ra fell", "IL-1ra fell, then TNF", "major depressive disorder", "")


@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(["marks", "names", "one token"])), max_size=8))
def test_marks_and_names_are_the_same_whatever_was_read_before(lexicon: Lexicon, calls: list[tuple[str, str]]) -> None:
    alone: dict[tuple[str, str], object] = {}
    for text in TEXTS:
        spans = find_tokens(text)
        lexicon.marks("something else", [(0, 9)])
        alone[text, "marks"] = lexicon.marks(text, spans).tolist()
        lexicon.marks("something else", [(0, 9)])
        alone[text, "names"] = [(span.start, span.end) for span in lexicon.find(text, spans)]
        lexicon.marks("something else", [(0, 9)])
        alone[text, "one token"] = [(span.start, span.end) for span in lexicon.find(text, spans[:1])]
    for text, what in calls:
        spans = find_tokens(text)
        if what == "marks":
            assert lexicon.marks(text, spans).tolist() == alone[text, what]
        else:
            assert [(span.start, span.end) for span in lexicon.find(text, spans if what == "names" else spans[:1])] == alone[text, what]
