"""Writers of the embedded store exclude each other, a dead one in nobody's way; readers of either store go on reading a consistent graph during a load."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from litkg.errors import StoreError
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.server import Server
from tests.faults import killing
from tests.faults.driver import Reading, Script
from tests.faults.papers import document_id, paper
from tests.neo4j_server import clear

GROUP = 3
GROUPS = 12

CONTRADICTIONS = {
    "evidence without a document": "MATCH (e:Evidence) OPTIONAL MATCH (e)-[:FROM]->(d:Document) WITH e, count(d) AS n WHERE n <> 1 RETURN e.id AS id",
    "evidence without an assertion": """MATCH (e:Evidence) OPTIONAL MATCH (e)-[:SUPPORTS|REFUTES]->(a:Assertion) WITH e, count(a) AS n WHERE n <> 1
        RETURN e.id AS id""",
    "an assertion that counts otherwise": """MATCH (a:Assertion) OPTIONAL MATCH (a)<-[:SUPPORTS|REFUTES]-(e:Evidence) WITH a, count(e) AS n
        WHERE n <> a.n_support + a.n_refute RETURN a.id AS id""",
    "a concept that nobody mentions": "MATCH (c:Concept) OPTIONAL MATCH (c)<-[:MENTIONS]-(d:Document) WITH c, count(d) AS n WHERE n = 0 RETURN c.id AS id",
}


def groups() -> list[list[Reading]]:
    """Return batches of papers that come together, and are replaced together."""
    first = [[(group * GROUP + place, 0) for place in range(GROUP)] for group in range(GROUPS)]
    return [*first, *([(number, 1) for number, _ in group] for group in first)]


def script_for(store: str, folder: Path, server: Server | None = None) -> Script:
    return Script(
        store=store,
        board=str(folder / "board"),
        acks=str(folder / "acks"),
        steps=groups(),
        username=server.username if server else None,
        password=server.password if server else None,
    )


def watch(store: GraphStore, script: Script, folder: Path, *, isolated: bool) -> tuple[int, list[set[str]]]:
    """Read while the driver loads; return how often, and what was wrong at each look that found something."""
    child = killing.start(script, folder)
    wrong: list[set[str]] = []
    looks = 0
    while child.poll() is None:
        looks += 1
        found = contradictions(store)
        if found:
            # Neo4j isolates by "read committed": a query that runs while a batch is committed may see a part of it, one that begins later may not.
            wrong.append(found if isolated else found & contradictions(store))
    _, errors = child.communicate()
    assert child.returncode == 0, errors.decode()
    return looks, [found for found in wrong if found]


def contradictions(store: GraphStore) -> set[str]:
    """Return what does not go together in a graph."""
    wrong: set[str] = set()
    there = {str(row["id"]) for row in store.run("MATCH (d:Document) RETURN d.id AS id")}
    for group in range(GROUPS):
        of_group = {document_id(group * GROUP + place) for place in range(GROUP)}
        if there & of_group and not of_group <= there:
            wrong.add(f"half of a batch: {sorted(there & of_group)}")
    for name, query in CONTRADICTIONS.items():
        wrong |= {f"{name}: {row['id']}" for row in store.run(query)}
    return wrong


def test_readers_of_the_embedded_store_see_whole_batches(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        looks, wrong = watch(store, script_for(str(tmp_path / "graph"), tmp_path), tmp_path, isolated=True)
        assert wrong == []
        assert looks > 5
        assert store.checksum() == killing.fresh_checksum(frozenset((number, 1) for number in range(GROUP * GROUPS)), 6)


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_readers_of_neo4j_see_what_is_committed(neo4j_server: Server, tmp_path: Path) -> None:
    clear(neo4j_server)
    with open_store(neo4j_server.url, username=neo4j_server.username, password=neo4j_server.password) as store:
        looks, wrong = watch(store, script_for(neo4j_server.url, tmp_path, neo4j_server), tmp_path, isolated=False)
        assert wrong == []
        assert looks > 5


def test_a_second_writer_is_refused_with_the_pid_of_the_first(tmp_path: Path) -> None:
    script = Script(store=str(tmp_path / "graph"), board=str(tmp_path / "board"), acks=str(tmp_path / "acks"), steps=groups(), extraction_s=5.0)
    child = killing.start(script, tmp_path)
    try:
        while killing.phase_of(script) != "x":
            assert child.poll() is None
            time.sleep(0.01)
        with open_store(tmp_path / "graph") as store, pytest.raises(StoreError, match=f"process {child.pid} is writing to this graph; wait"):
            store.upsert([paper(1)])
    finally:
        child.kill()
        child.communicate()
    with open_store(tmp_path / "graph") as store:
        store.upsert([paper(1)])
        assert killing.state_of(store) == {1: 0}


def test_two_writers_that_start_together_are_one_after_the_other(tmp_path: Path) -> None:
    """One loads, the other is refused or comes later; whoever is refused loses nothing of the first one's."""
    children = []
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        script = Script(
            store=str(tmp_path / "graph"), board=str(folder / "board"), acks=str(folder / "acks"), steps=[[(paper_, number)] for paper_ in range(6)]
        )
        children.append((killing.start(script, folder), script))
    acknowledged = []
    for child, script in children:
        _, errors = child.communicate(timeout=killing.GIVE_UP_S)
        assert child.returncode == 0 or re.search(rb"process \d+ is writing to this graph", errors), errors.decode()
        acknowledged.append(killing.acknowledged(script))
    with open_store(tmp_path / "graph") as store:
        found = killing.state_of(store)
        assert set(found.items()) in [set(acks) for acks in acknowledged]
        assert store.checksum() == killing.fresh_checksum(frozenset(found.items()), 6)
