"""Marks in both stores: kept beside the papers, and no part of what these say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.errors import StoreError
from litkg.hypotheses.marks import Mark, marks_about, read_marks, remove_mark, set_aside, write_mark
from litkg.hypotheses.records import Hypothesis
from litkg.stores.base import GraphStore
from litkg.stores.counting import count_graph
from litkg.stores.differences import graph_items
from litkg.stores.versions import stamp
from tests.graphs import extractions
from tests.neo4j_server import BOTH_STORES, neo4j_server, open_empty_store

__all__ = ["neo4j_server"]

IL1RN, DEPRESSION, IL6, DIRA = "HGNC:6000", "MONDO:0002050", "HGNC:6018", "MONDO:0013029"
KEPT = Mark(subject=IL1RN, object=IL6, verdict="kept", note="ask the clinic")
KNOWN = Mark(subject=DEPRESSION, object=IL1RN, verdict="known")
GONE = Mark(subject="MONDO:0000001", object=IL6, verdict="rejected", note='it\'s "too" wide\n\\ {x} $y é')

IDS = st.sampled_from([IL1RN, DEPRESSION, IL6, DIRA, "x", ""])


@pytest.fixture(params=BOTH_STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    with open_empty_store(request, tmp_path) as store:
        store.upsert(extractions())
        yield store


def test_marks_are_read_as_written_in_the_order_of_their_pairs(store: GraphStore) -> None:
    assert read_marks(store) == ()
    for mark in (GONE, KNOWN, KEPT):
        write_mark(store, mark)
    assert read_marks(store) == (KEPT, KNOWN, GONE)


def test_a_pair_has_one_mark_whichever_comes_first(store: GraphStore) -> None:
    write_mark(store, KEPT)
    later = Mark(subject=KEPT.object, object=KEPT.subject, verdict="rejected")
    write_mark(store, later)
    assert read_marks(store) == (later,)
    assert remove_mark(store, KEPT.subject, KEPT.object)
    assert read_marks(store) == ()
    assert not remove_mark(store, KEPT.subject, KEPT.object)


def test_marks_are_no_part_of_what_papers_say(store: GraphStore) -> None:
    before = store.checksum(), count_graph(store), sorted(name for name, _ in graph_items(store)), len(list(store.nodes()))
    write_mark(store, KEPT)
    assert (store.checksum(), count_graph(store), sorted(name for name, _ in graph_items(store)), len(list(store.nodes()))) == before


def test_marks_outlive_the_papers_that_name_their_concepts(store: GraphStore) -> None:
    write_mark(store, KEPT)
    for extraction in extractions():
        store.remove(extraction.document.id)
    assert read_marks(store) == (KEPT,)
    assert list(store.nodes()) == []
    store.upsert(extractions())
    assert read_marks(store) == (KEPT,)


def test_a_graph_with_marks_lacks_nothing(store: GraphStore) -> None:
    missing = store.missing_schema()
    write_mark(store, KEPT)
    assert store.missing_schema() == missing == ()


def test_users_ask_for_marks_in_cypher(store: GraphStore) -> None:
    write_mark(store, KEPT)
    (row,) = store.run("MATCH (m:Mark) RETURN m")
    assert row["m"] == {
        "labels": ["Mark"],
        "properties": {"id": KEPT.id, "note": KEPT.note, "object": KEPT.object, "subject": KEPT.subject, "verdict": KEPT.verdict},
    }
    assert list(store.run_confined("MATCH (m:Mark) RETURN m.verdict AS verdict")) == [{"verdict": "kept"}]
    with pytest.raises(StoreError, match="refused"):
        store.run("MATCH (m:Mark) SET m.verdict = 'known'")


def test_marks_of_other_data_are_not_ours(store: GraphStore) -> None:
    store.change(lambda execute: execute("CREATE (m:Mark {id: 'hallmark', price: 3})", {}))
    assert read_marks(store) == ()
    assert "hallmark" in {node.id for node in store.nodes()}


def test_a_mark_that_is_none_is_told(store: GraphStore) -> None:
    write_mark(store, KEPT)
    store.change(lambda execute: execute("MATCH (m:Mark) SET m.verdict = 'perhaps'", {}))
    with pytest.raises(StoreError, match="verdict 'perhaps' is none of kept, rejected, known"):
        read_marks(store)


def test_the_version_stays_what_it_is(store: GraphStore) -> None:
    write_mark(store, KEPT)
    store.change(stamp)
    assert store.state().version is not None
    assert read_marks(store) == (KEPT,)


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ({"object": IL6, "verdict": "maybe"}, "verdict 'maybe' is none of kept, rejected, known"),
        ({"object": IL1RN, "verdict": "kept"}, "one concept"),
        ({"object": IL6, "verdict": "kept", "note": "\ud800"}, "no text"),
    ],
)
def test_what_is_no_mark_is_refused(mark: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Mark(subject=IL1RN, **mark)


@given(IDS, IDS, IDS)
def test_pairs_are_told_apart_and_orders_are_not(first: str, second: str, third: str) -> None:
    if first == second:
        return
    one, back = Mark(subject=first, object=second, verdict="kept"), Mark(subject=second, object=first, verdict="known")
    assert one.id == back.id
    if first != third:
        assert (Mark(subject=first, object=third, verdict="kept").id == one.id) is (second == third)
    assert marks_about([one], first) == {second: one}
    assert marks_about([one], second) == {first: one}


def test_what_is_rejected_or_known_is_set_aside() -> None:
    first, second, third, fourth = found = [hypothesis(rank) for rank in range(1, 5)]
    marks = [
        Mark(subject=first.object, object=IL1RN, verdict="rejected"),
        Mark(subject=IL1RN, object=second.object, verdict="kept"),
        Mark(subject=IL1RN, object=fourth.object, verdict="known"),
        Mark(subject=second.object, object=third.object, verdict="known"),
    ]
    assert set_aside(found, marks, limit=4) == ([second, third], {"rejected": 1, "known": 1})
    assert set_aside(found, marks, limit=1) == ([second], {"rejected": 1})


def hypothesis(rank: int) -> Hypothesis:
    """Return a hypothesis about IL1RN and a concept of its own."""
    return Hypothesis(
        rank=rank,
        subject=IL1RN,
        subject_name="IL1RN",
        object=f"litkg.text:{rank}",
        object_name=str(rank),
        category="Gene",
        score=1 / rank,
        parts=(),
        n_paths=1,
        sign=0,
        agreement=None,
        direction=0,
        reading=None,
        shared_documents=0,
        known_relatives=(),
        linking_terms=(),
        routes=(),
        mechanisms=(),
        disagreeing=(),
    )
