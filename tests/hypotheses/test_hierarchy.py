"""The hierarchy as arrays against the same worked out pair by pair, and what is kept of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.hypotheses import kept_hierarchy
from litkg.hypotheses.discovery import linked_with
from litkg.hypotheses.hierarchy import Hierarchy, hierarchy_of
from litkg.hypotheses.kept import Table, keep
from litkg.hypotheses.kept_hierarchy import read_hierarchy
from litkg.hypotheses.links import link
from litkg.hypotheses.literature import Literature
from litkg.hypotheses.relatives import Parents, Relatives
from tests.hypotheses.literatures import literature, literatures

FILED = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=10)
"""Pairs of a concept and what it is filed under; those from 7 on are in no graph."""


def parents_of(filed: list[tuple[int, int]]) -> Parents:
    return lambda concept: {f"c:{above:03d}" for below, above in filed if f"c:{below:03d}" == concept}


@settings(deadline=None)
@given(literatures(), FILED)
def test_what_is_wider_than_the_known_is_implied_both_ways(drawn: Literature, filed: list[tuple[int, int]]) -> None:
    table, ids, relatives = link(drawn), drawn.concepts.ids, Relatives(parents_of(filed))
    hierarchy = hierarchy_of(drawn.concepts, parents_of(filed))

    def is_implied(start: int, end: int) -> bool:
        return any(ids[end] in relatives.above(ids[other]) for other in linked_with(table, start, "claims").tolist())

    for start in range(len(ids)):
        wanted = [is_implied(start, end) or is_implied(end, start) for end in range(len(ids))]
        assert hierarchy.implied(table, start).tolist() == wanted


@settings(deadline=None)
@given(literatures(), FILED)
def test_only_direct_relatives_are_near(drawn: Literature, filed: list[tuple[int, int]]) -> None:
    table, ids, relatives = link(drawn), drawn.concepts.ids, Relatives(parents_of(filed))
    hierarchy = hierarchy_of(drawn.concepts, parents_of(filed))

    def near(one: int, other: int) -> bool:
        return ids[one] in relatives.direct(ids[other]) or ids[other] in relatives.direct(ids[one])

    for start in range(len(ids)):
        for end in range(len(ids)):
            linked = {one: set(linked_with(table, one, "any").tolist()) for one in (start, end)}
            wanted = [place for place in range(len(ids)) if (place in linked[start] and near(place, end)) or (place in linked[end] and near(place, start))]
            assert hierarchy.known_relatives(table, start, end, "any") == wanted


def same(one: Hierarchy, other: Hierarchy) -> bool:
    return all(
        np.array_equal(getattr(getattr(one, part), name), getattr(getattr(other, part), name))
        for part in ("wider", "narrower", "beside")
        for name in ("start", "other")
    )


@pytest.fixture
def table(tmp_path: Path) -> Table:
    made = literature(3, [1980], [(0, 0), (0, 1)], [(0, 1, 1, True, False)], [(0, 0, 0.5, 0.0)])
    return keep(tmp_path, "a state", Table(literature=made, links=link(made)))


def test_it_is_made_once_for_a_lexicon(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    parents = parents_of([(0, 1), (1, 2)])
    made = read_hierarchy(table, parents, "a lexicon")
    assert made.wider.other.tolist() == [1, 2, 2]
    other = read_hierarchy(table, parents_of([]), "another lexicon")
    monkeypatch.setattr(kept_hierarchy, "hierarchy_of", None)
    assert same(read_hierarchy(table, parents, "a lexicon"), made)
    assert same(read_hierarchy(table, parents, "another lexicon"), other)


def test_a_damaged_one_is_made_anew(table: Table) -> None:
    parents = parents_of([(0, 1), (1, 2)])
    made = read_hierarchy(table, parents, "a lexicon")
    assert table.folder is not None
    for file in table.folder.glob("hierarchy-*/*.npy"):
        content = file.read_bytes()
        file.write_bytes(content[:-4])
        assert same(read_hierarchy(table, parents, "a lexicon"), made)
        assert len(file.read_bytes()) == len(content)


def test_without_a_folder_it_is_made(table: Table) -> None:
    unkept = Table(literature=table.literature, links=table.links)
    assert same(read_hierarchy(unkept, parents_of([(0, 1)]), "a lexicon"), hierarchy_of(table.literature.concepts, parents_of([(0, 1)])))
