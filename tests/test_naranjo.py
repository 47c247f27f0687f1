"""Naranjo's scale: its points, and the range of totals that open items leave."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.model import NARANJO_ITEMS, Answer, NaranjoItem
from litkg.naranjo import QUESTIONS, category, format_range, item_points, item_range, total_range
from tests.extractions import naranjo_items

# Naranjo et al. 1981, Clin Pharmacol Ther 30:239, table 1: points for yes and for no.
POINTS = {1: (1, 0), 2: (2, -1), 3: (1, 0), 4: (2, -1), 5: (-1, 2), 6: (-1, 1), 7: (1, 0), 8: (1, 0), 9: (1, 0), 10: (1, 0)}


def answered(number: int, answer: Answer) -> NaranjoItem:
    """Return an item with a span."""
    return NaranjoItem(number=number, answer=answer, start=0, end=1, text="x")


@pytest.mark.parametrize("number", NARANJO_ITEMS)
def test_points_are_those_of_the_printed_table(number: int) -> None:
    yes, no = POINTS[number]
    assert (QUESTIONS[number].yes, QUESTIONS[number].no) == (yes, no)
    assert [item_points(answered(number, answer)) for answer in (Answer.YES, Answer.NO, Answer.UNKNOWN)] == [yes, no, 0]


def test_an_open_item_can_score_all_that_an_answer_could_and_an_untested_one_nothing() -> None:
    assert item_range(NaranjoItem(number=4)) == (-1, 2)
    assert item_range(answered(4, Answer.UNKNOWN)) == (0, 0)
    assert item_range(answered(5, Answer.YES)) == (-1, -1)


def test_totals_run_from_minus_four_to_thirteen_where_nothing_is_said() -> None:
    assert total_range(()) == (-4, 13)
    assert total_range(tuple(NaranjoItem(number=number) for number in NARANJO_ITEMS)) == (-4, 13)


def test_a_fully_answered_scale_has_one_total() -> None:
    items = tuple(answered(number, Answer.NO if number in (5, 6) else Answer.YES) for number in NARANJO_ITEMS)
    assert total_range(items) == (13, 13)
    assert format_range(items) == "13 (definite)"


@given(naranjo_items(5))
def test_any_answer_to_an_open_item_stays_within_the_range(items: tuple[NaranjoItem, ...]) -> None:
    lowest, highest = total_range(items)
    for item, answer in product(items, Answer):
        if item.start is None:
            other = tuple(replace(one, answer=answer, start=0, end=0) if one is item else one for one in items)
            assert lowest <= total_range(other)[0] <= total_range(other)[1] <= highest


@given(st.integers(-4, 13))
def test_categories_are_cut_at_nine_five_and_one(total: int) -> None:
    assert category(total) == ("definite" if total > 8 else "probable" if total > 4 else "possible" if total > 0 else "doubtful")
