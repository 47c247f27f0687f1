"""What differs between two graphs is found item for item, though neither is held whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.differences import Difference, compare, differences, graph_items
from tests.faults.papers import paper

ITEMS = st.dictionaries(st.sampled_from("abcd"), st.lists(st.fixed_dictionaries({}, optional={"x": st.integers(0, 1), "y": st.none()}), min_size=1, max_size=3))


def as_kept(change: Difference) -> tuple[str, str, tuple[str, ...]]:
    return change.change, change.item, change.properties


def test_what_changed_is_named_with_its_properties() -> None:
    found = compare({"a": [{"x": 1, "y": 2}], "b": [{}]}, {"a": [{"x": 1, "y": 3}], "c": [{}]})
    assert [as_kept(change) for change in found] == [("~", "a", ("y: 2 -> 3",)), ("-", "b", ()), ("+", "c", ())]


def test_what_is_there_twice_is_counted() -> None:
    assert [as_kept(change) for change in compare({"a": [{"x": 1}, {"x": 1}]}, {"a": [{"x": 1}]})] == [("-", "a", ())]


@given(first=ITEMS, second=ITEMS)
def test_the_same_bags_and_only_these_do_not_differ(first: dict[str, list[dict[str, object]]], second: dict[str, list[dict[str, object]]]) -> None:
    def bags(items: dict[str, list[dict[str, object]]]) -> list[tuple[str, list[str]]]:
        return [(name, sorted(str(sorted(item.items())) for item in items[name])) for name in sorted(items)]

    assert (list(compare(first, second)) == []) is (bags(first) == bags(second))
    turned = {"+": "-", "-": "+", "~": "~"}
    there, back = compare(first, second), compare(second, first)
    assert sorted((turned[change.change], change.item) for change in there) == sorted((change.change, change.item) for change in back)


@pytest.fixture
def other(tmp_path: Path) -> GraphStore:
    return open_store(tmp_path / "other")


def test_the_same_papers_leave_no_difference(store: GraphStore, other: GraphStore) -> None:
    store.upsert(paper(number) for number in range(8))
    for number in reversed(range(8)):
        other.upsert([paper(number)])
    assert list(differences(store, other)) == []


def test_lots_of_one_item_find_the_same_as_all_at_once(store: GraphStore, other: GraphStore) -> None:
    store.upsert([paper(1), paper(2), paper(3)])
    other.upsert([paper(1), paper(2, 1), paper(4)])
    whole = list(differences(store, other))
    names = [{name for name, _ in graph_items(graph)} for graph in (store, other)]
    assert {change.item for change in whole if change.change == "-"} == names[0] - names[1]
    assert {change.item for change in whole if change.change == "+"} == names[1] - names[0]
    assert any(change.change == "~" and change.item == f"Document {paper(2).document.id}" for change in whole)
    assert sorted(map(as_kept, differences(store, other, most_held=40))) == sorted(map(as_kept, whole))
