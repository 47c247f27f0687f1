"""Ropes: texts that remember where their characters came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.nlp.cleaning.rope import Rope, cut, edit, join, position_of, raw_span, rope


def test_edit_maps_a_replacement_as_a_whole() -> None:
    edited = edit(rope("a\ufb01b"), [(1, 2, "fi")])
    assert edited.text == "afib"
    assert edited.pieces == ((0, 0, 1, 1), (1, 1, 2, 1), (3, 2, 1, 1))
    assert raw_span(edited, 2, 3) == (1, 2)


def test_edit_that_removes_leaves_a_gap_in_the_map() -> None:
    edited = edit(rope("prom-\ninent"), [(4, 6, "")])
    assert edited.text == "prominent"
    assert raw_span(edited, 0, 9) == (0, 11)
    assert raw_span(edited, 4, 9) == (6, 11)


def test_edit_refuses_overlaps() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        edit(rope("abcdef"), [(0, 3, "x"), (2, 4, "y")])


def test_join_puts_moved_parts_out_of_raw_order() -> None:
    whole = rope("one TWO three")
    moved = join([cut(whole, 0, 3), cut(whole, 8, 13), cut(whole, 4, 7)], " ")
    assert moved.text == "one three TWO"
    assert raw_span(moved, 10, 13) == (4, 7)


def test_position_of_a_raw_offset_after_edits() -> None:
    edited = edit(rope("ab\r\ncd"), [(2, 4, "\n")])
    assert [position_of(edited, offset) for offset in (0, 2, 4, 6)] == [0, 2, 3, 5]


@st.composite
def _edited(draw: st.DrawFn) -> Rope:
    text = draw(st.text(max_size=40))
    made = rope(text)
    for _ in range(draw(st.integers(0, 3))):
        borders = sorted(draw(st.lists(st.integers(0, len(made)), max_size=6).filter(lambda found: len(found) % 2 == 0)))
        made = edit(made, [(first, last, draw(st.text(max_size=3))) for first, last in zip(borders[::2], borders[1::2], strict=True)])
    return made


@given(_edited())
def test_pieces_cover_the_text_in_order(made: Rope) -> None:
    position = raw = 0
    for start, raw_start, length, raw_length in made.pieces:
        assert start == position
        assert length > 0
        assert raw_length >= 0
        assert raw_start >= raw or raw_start + raw_length >= raw
        position, raw = start + length, raw_start
    assert position == len(made.text)
