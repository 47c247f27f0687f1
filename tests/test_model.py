"""Content ids, the sections that are read, and the map from cleaned to raw offsets."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.model import CRITERIA, READ_SECTIONS, CaseReport, Criterion, SectionKind, SourceMap, content_id

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


@pytest.mark.parametrize(
    ("raw", "expected"),
    [((0, 5), (0, 5)), ((1, 3), (1, 3)), ((8, 12), (12, 16)), ((22, 24), (7, 9)), ((5, 7), None), ((3, 9), (3, 13)), ((20, 20), None)],
)
def test_raw_span_leads_to_what_is_left_of_it(raw: tuple[int, int], expected: tuple[int, int] | None) -> None:
    assert MOVED.from_raw(*raw) == expected


@given(st.integers(0, 21), st.integers(1, 5))
def test_there_and_back_holds_the_span(start: int, size: int) -> None:
    clean = (start, min(start + size, 22))
    raw = MOVED.to_raw(*clean)
    back = MOVED.from_raw(*raw)
    kept = [offset for offset in range(*clean) if not 10 <= offset < 12]  # two characters that cleaning put in
    assert back is None if not kept else back is not None and back[0] <= kept[0] and kept[-1] < back[1]


PARTS = st.lists(st.one_of(st.text(max_size=2), st.integers(0, 2), st.none()), max_size=2)


@given(PARTS, PARTS)
def test_content_id_is_the_same_for_the_same_parts_only(first: list[object], second: list[object]) -> None:
    assert (content_id("as", *first) == content_id("as", *second)) == (first == second)


def test_content_id_does_not_run_parts_together() -> None:
    assert len({content_id("x", "ab", "c"), content_id("x", "a", "bc"), content_id("x", "abc"), content_id("x", 1), content_id("x", "1")}) == 5


def test_content_id_does_not_change_between_releases() -> None:
    assert content_id("ev", "β", 1, None, True) == "ev:a2f2f36aa9eabce169a9"


def test_tables_and_references_are_not_read() -> None:
    assert not READ_SECTIONS & {SectionKind.TABLE, SectionKind.REFERENCES, SectionKind.FURNITURE, SectionKind.HEADING}
    assert {SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.CASE_REPORT, SectionKind.CAPTION} <= READ_SECTIONS


def test_case_report_has_every_criterion_in_order_unknown_at_first() -> None:
    assert tuple(field.name for field in fields(CaseReport) if field.name in CRITERIA) == CRITERIA
    report = CaseReport(id="case:1", document_id="d", drug="d:1", event="e:1")
    assert {getattr(report, name) for name in CRITERIA} == {Criterion()}
