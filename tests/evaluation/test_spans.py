"""Each span is of one kind, and the counts add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.evaluation.spans import ErrorKind, MarkedSpan, compare_spans, frequent_errors

TYPES = ("Gene", "Disease")
SPANS = st.builds(
    lambda start, length, kind: MarkedSpan(start=start, end=start + length, type=kind, text="x" * length),
    st.integers(0, 12),
    st.integers(1, 5),
    st.sampled_from([*TYPES, "DNA"]),
)


def span(start: int, end: int, kind: str = "Gene", text: str = "") -> MarkedSpan:
    return MarkedSpan(start=start, end=end, type=kind, text=text)


@pytest.mark.parametrize(
    ("gold", "found", "kinds"),
    [
        ([span(0, 4)], [span(0, 4)], []),
        ([span(0, 4)], [span(0, 6)], ["boundary"]),
        ([span(0, 4)], [span(0, 4, "Disease")], ["type"]),
        ([span(0, 4)], [span(4, 6)], ["missed", "spurious"]),
        ([span(0, 4, "DNA")], [span(0, 4)], ["type"]),
        ([span(0, 4)], [span(0, 4, "Organism")], ["type"]),
        ([span(0, 4)], [span(0, 4), span(0, 4, "Disease")], ["type"]),
        ([span(0, 9)], [span(0, 3), span(4, 9)], ["boundary", "boundary"]),
        ([span(0, 4), span(0, 9)], [span(0, 4)], ["boundary"]),
    ],
)
def test_kinds_of_errors(gold: list[MarkedSpan], found: list[MarkedSpan], kinds: list[str]) -> None:
    assert [error.kind.value for error in compare_spans("d", gold, found, TYPES)[1]] == kinds


def test_an_error_names_the_span_that_overlaps_most() -> None:
    (first, second) = compare_spans("d", [span(0, 9)], [span(0, 3), span(3, 9)], TYPES)[1]
    assert (first.found, second.found) == (span(0, 3), span(3, 9))
    (missed,) = compare_spans("d", [span(0, 9)], [span(0, 3, "DNA"), span(3, 9, "DNA")], TYPES)[1]
    assert missed.found == span(3, 9, "DNA")


@given(st.sets(SPANS, max_size=8), st.sets(SPANS, max_size=8))
def test_counts_add_up_and_each_wrong_span_is_in_the_list(gold: set[MarkedSpan], found: set[MarkedSpan]) -> None:
    counts, errors = compare_spans("d", sorted(gold), sorted(found), TYPES)
    for kind in TYPES:
        assert sum(counts[kind].gold.values()) == sum(item.type == kind for item in gold)
        assert sum(counts[kind].found.values()) == sum(item.type == kind for item in found)
        assert counts[kind].gold.get(ErrorKind.CORRECT, 0) == counts[kind].found.get(ErrorKind.CORRECT, 0) == sum(item.type == kind for item in gold & found)
        assert ErrorKind.SPURIOUS not in counts[kind].gold
        assert ErrorKind.MISSED not in counts[kind].found
    wrong_gold = {item for item in gold if item.type in TYPES and item not in found}
    wrong_found = {item for item in found if item.type in TYPES and item not in gold}
    assert wrong_gold <= {error.gold for error in errors}
    assert wrong_found <= {error.found for error in errors}
    assert all(error.gold in wrong_gold or error.found in wrong_found for error in errors)
    missed = sum(counts[kind].gold.get(ErrorKind.MISSED, 0) for kind in TYPES)
    assert sum(error.kind is ErrorKind.MISSED for error in errors) == missed
    assert all((error.found is None) == (error.kind is ErrorKind.MISSED) and (error.gold is None) == (error.kind is ErrorKind.SPURIOUS) for error in errors)


def test_frequent_errors_are_grouped_by_text_and_cut_within_each_kind() -> None:
    gold = [span(0, 4, text="IL-6"), span(10, 14, text="IL-6"), span(20, 23, text="TNF")]
    found = [span(30, 33, text="CRP")]
    errors = compare_spans("d", gold, found, TYPES)[1]
    assert frequent_errors(errors, 1) == [("missed", "2", "IL-6", "Gene", "", ""), ("spurious", "1", "", "", "CRP", "Gene")]
