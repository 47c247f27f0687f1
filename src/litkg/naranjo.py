"""Naranjo's adverse drug reaction probability scale: its ten questions, their points, and the range of totals that a text leaves open.

Owns the scale as it is printed, and the arithmetic over answered items. Refuses to read text: `litkg.nlp.cases` finds the answers.

Source: Naranjo CA et al. 1981, A method for estimating the probability of adverse drug reactions, Clin Pharmacol Ther 30:239-245, table 1
(items and points) and the text beneath it (categories). An item that is not known, or was not done, scores 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from litkg.model import NARANJO_ITEMS, Answer, NaranjoItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the scale, with the points for yes and for no; unknown scores 0."""

    text: str
    yes: int
    no: int


QUESTIONS = {
    1: Question(text="Are there previous conclusive reports on this reaction?", yes=1, no=0),
    2: Question(text="Did the adverse event appear after the suspected drug was administered?", yes=2, no=-1),
    3: Question(text="Did the adverse reaction improve when the drug was discontinued or a specific antagonist was administered?", yes=1, no=0),
    4: Question(text="Did the adverse reaction reappear when the drug was readministered?", yes=2, no=-1),
    5: Question(text="Are there alternative causes (other than the drug) that could on their own have caused the reaction?", yes=-1, no=2),
    6: Question(text="Did the reaction reappear when a placebo was given?", yes=-1, no=1),
    7: Question(text="Was the drug detected in the blood (or other fluids) in concentrations known to be toxic?", yes=1, no=0),
    8: Question(text="Was the reaction more severe when the dose was increased, or less severe when the dose was decreased?", yes=1, no=0),
    9: Question(text="Did the patient have a similar reaction to the same or similar drugs in any previous exposure?", yes=1, no=0),
    10: Question(text="Was the adverse event confirmed by any objective evidence?", yes=1, no=0),
}
"""The ten questions by number."""

DEFINITE, PROBABLE, POSSIBLE, DOUBTFUL = "definite", "probable", "possible", "doubtful"


def item_points(item: NaranjoItem) -> int:
    """Return the points that the answer scores; 0 where it is unknown.

    >>> item_points(NaranjoItem(number=5, answer=Answer.NO, start=0, end=1, text="x"))
    2
    """
    question = QUESTIONS[item.number]
    return {Answer.YES: question.yes, Answer.NO: question.no, Answer.UNKNOWN: 0}[item.answer]


def item_range(item: NaranjoItem) -> tuple[int, int]:
    """Return the fewest and the most points that the item can score: its points where it is answered or said to be untested, else all that
    any answer could give."""
    if item.answer is not Answer.UNKNOWN or item.start is not None:
        return item_points(item), item_points(item)
    question = QUESTIONS[item.number]
    return min(question.yes, question.no, 0), max(question.yes, question.no, 0)


def total_range(items: Iterable[NaranjoItem]) -> tuple[int, int]:
    """Return the lowest and the highest total, in [-4, 13], over all that the open items could score; items left out are open.

    >>> total_range(())
    (-4, 13)
    """
    by_number = {number: NaranjoItem(number=number) for number in NARANJO_ITEMS} | {item.number: item for item in items}
    ranges = [item_range(item) for item in by_number.values()]
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def category(total: int) -> str:
    """Return the category of a total: 9 and more definite, 5 to 8 probable, 1 to 4 possible, 0 and less doubtful.

    >>> category(5)
    'probable'
    """
    if total >= 9:
        return DEFINITE
    if total >= 5:
        return PROBABLE
    return POSSIBLE if total >= 1 else DOUBTFUL


def format_range(items: Iterable[NaranjoItem]) -> str:
    """Return the range of totals in words, with the categories of its ends.

    >>> format_range(())
    '-4 to 13 (doubtful to definite)'
    """
    lowest, highest = total_range(items)
    ends = dict.fromkeys((category(lowest), category(highest)))
    return f"{lowest} to {highest} ({' to '.join(ends)})" if lowest != highest else f"{lowest} ({category(lowest)})"
