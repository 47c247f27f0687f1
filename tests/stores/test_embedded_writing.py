"""Tables written into kglite: by any of its ways the same values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from litkg.stores import open_store
from litkg.stores.embedded import EmbeddedStore
from litkg.stores.embedded_writing import INDEXED_ROWS, OBJECT_WEIGHT, TOGETHER, EmbeddedWriter
from litkg.stores.rows import EDGE_NAMES

HUB, SPOKES = "HGNC:1", tuple(f"MONDO:{number}" for number in range(TOGETHER + 2))


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    store = open_store(tmp_path / "graph")
    assert isinstance(store, EmbeddedStore)
    store.apply_schema()
    return store


def write(store: EmbeddedStore, work: Callable[[EmbeddedWriter], None]) -> None:
    store.change(lambda execute: work(EmbeddedWriter(store._graph, lambda statement, params: list(execute(statement, params)))))


@pytest.mark.parametrize("hub_is_rare", [True, False])
@pytest.mark.parametrize("changed", [TOGETHER - 1, TOGETHER + 2])
@pytest.mark.parametrize("hub_is_subject", [True, False])
def test_edges_are_changed_alike_one_by_one_and_together(store: EmbeddedStore, hub_is_subject: bool, changed: int, hub_is_rare: bool) -> None:
    ends = [(HUB, spoke) if hub_is_subject else (spoke, HUB) for spoke in SPOKES]
    made = [(*pair, f"as:{number}", 1, 0.1, False, "asserted") for number, pair in enumerate(ends)]
    # A second edge of the same type between the same concepts is another claim, and stays as it is.
    twin = (*ends[0], "as:twin", 1, 0.1, False, "asserted")
    after = [(*pair, f"as:{number}", 1, 0.5 + number / 100, True, "possible") for number, pair in enumerate(ends[:changed])]
    n_documents = {HUB: 1 if hub_is_rare else 100 * OBJECT_WEIGHT, **dict.fromkeys(SPOKES, 10)}

    def work(writer: EmbeddedWriter) -> None:
        names = ("id", "name", "synonyms")
        writer.create("Concept", names, [(item, item, [item]) for item in (HUB, *SPOKES)])
        writer.connect("INCREASES", EDGE_NAMES, [*made, twin])
        writer.update_edges("INCREASES", EDGE_NAMES, after, n_documents)

    write(store, work)
    wanted = {str(row[2]): row for row in [*made, twin]} | {str(row[2]): row for row in after}
    found = store.run(
        "MATCH (s:Concept)-[r:INCREASES]->(o:Concept) RETURN s.id AS subject, o.id AS object, r.assertion_id AS assertion_id, r.sign AS sign, "
        "r.belief AS belief, r.negated AS negated, r.certainty AS certainty"
    )
    assert {str(row["assertion_id"]): tuple(row[name] for name in EDGE_NAMES) for row in found} == wanted


def test_an_index_follows_many_updates_at_once(store: EmbeddedStore) -> None:
    ids = [f"as:{number}" for number in range(INDEXED_ROWS + 50)]

    def work(writer: EmbeddedWriter) -> None:
        writer.create("Assertion", ("id", "predicate", "last_year"), [(item, "increases", 1990) for item in ids])
        writer.update("Assertion", ("id", "last_year"), [(item, 2000) for item in ids[1:]])

    write(store, work)
    found = {
        year: sorted(str(row["id"]) for row in store.run("MATCH (a:Assertion {last_year: $year}) RETURN a.id AS id", {"year": year})) for year in (1990, 2000)
    }
    assert found == {1990: ids[:1], 2000: sorted(ids[1:])}
