"""The map from cleaned to raw offsets."""

from __future__ import annotations

import pytest

from litkg.model import SourceMap

MOVED = SourceMap(segments=((0, 0, 5, 5), (5, 20, 5, 5), (10, 25, 2, 0), (12, 8, 10, 10)))


@pytest.mark.parametrize(
    ("clean", "expected"),
    [
        ((0, 5), (0, 5)),
        ((2, 4), (2, 4)),
        ((4, 6), (4, 21)),
        ((6, 9), (21, 24)),
        ((12, 15), (8, 11)),
        ((9, 13), (8, 25)),
        ((10, 12), (25, 25)),
        ((22, 22), (18, 18)),
        ((5, 5), (20, 20)),
    ],
)
def test_span_leads_to_the_smallest_raw_span_that_holds_it(clean: tuple[int, int], expected: tuple[int, int]) -> None:
    assert MOVED.to_raw(*clean) == expected


def test_part_of_a_whole_segment_leads_to_the_whole() -> None:
    ligature = SourceMap(segments=((0, 0, 1, 1), (1, 1, 2, 1), (3, 2, 2, 2)))
    assert ligature.to_raw(1, 2) == (1, 2)
    assert ligature.to_raw(2, 4) == (1, 3)


@pytest.mark.parametrize("span", [(3, 2), (-1, 2), (0, 23)])
def test_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no raw span"):
        MOVED.to_raw(*span)


def test_empty_map_has_no_spans() -> None:
    with pytest.raises(ValueError, match="no raw span"):
        SourceMap(segments=()).to_raw(0, 0)
