"""Graphs of another version: refused with the command that helps, and brought up to date to the very graph of a fresh load."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import kglite
import neo4j
import pytest

from litkg.errors import SchemaVersionError
from litkg.stores import open_store
from litkg.stores.base import Execute, GraphStore, Row
from litkg.stores.graph_file import GRAPH_FILE
from litkg.stores.migrations import MIGRATIONS, Migration, upgrade
from litkg.stores.migrations.base import Change, Progress
from litkg.stores.server import Server
from litkg.stores.versions import GraphState, current_version, stamp
from tests.graphs import extractions
from tests.neo4j_server import BOTH_STORES, clear, drop_schema
from tests.stores.old_graphs import SCHEMA, write_version_1


@dataclass
class Place:
    """Somewhere that a store can be opened, and a way to write there that knows nothing of litkg's stores."""

    url: str
    password: str | None
    write: Callable[[Callable[[Execute], None]], None]
    drop_schema: Callable[[], None] = lambda: None

    def open(self, *, any_version: bool = False) -> GraphStore:
        return open_store(self.url, password=self.password, any_version=any_version)


@pytest.fixture(params=BOTH_STORES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Give an empty place of each kind in turn."""
    if request.param == "embedded":
        yield Place(str(tmp_path / "graph"), None, lambda work: _write_file(tmp_path / "graph", work))
        return
    server: Server = request.getfixturevalue("neo4j_server")
    clear(server)
    yield Place(server.url, server.password, lambda work: _write_server(server, work), lambda: drop_schema(server))
    clear(server)


def _write_file(folder: Path, work: Callable[[Execute], None]) -> None:
    folder.mkdir(exist_ok=True)
    graph = kglite.open(str(folder / GRAPH_FILE), durable="off", lock=False)

    def execute(statement: str, params: Mapping[str, object]) -> list[Row]:
        return [dict(row) for row in cast("list[Row]", graph.cypher(statement, params=dict(params)))]

    work(execute)
    graph.save()


def _write_server(server: Server, work: Callable[[Execute], None]) -> None:
    with neo4j.GraphDatabase.driver(server.url, auth=(server.username, server.password)) as driver:

        def execute(statement: str, params: Mapping[str, object]) -> list[Row]:
            return [record.data() for record in driver.execute_query(statement, dict(params)).records]

        work(execute)


def version_1(execute: Execute) -> None:
    for statement in SCHEMA:
        execute(statement, {})
    write_version_1(execute)


def test_a_graph_of_version_1_is_refused_with_the_command_that_upgrades_it(place: Place) -> None:
    place.write(version_1)
    with pytest.raises(SchemaVersionError, match=r"is of schema version 1, .*litkg upgrade --store"):
        place.open()


def test_an_upgraded_graph_is_the_graph_of_a_fresh_load(place: Place, tmp_path: Path) -> None:
    place.drop_schema()
    place.write(version_1)
    with place.open(any_version=True) as store:
        done = upgrade(store)
    assert (done.found, done.version) == (1, current_version())
    with place.open() as store, open_store(tmp_path / "fresh") as fresh:
        fresh.upsert(extractions())
        assert store.checksum() == fresh.checksum()
        assert store.missing_schema() == ()
        store.upsert(extractions()[:1])
        assert store.checksum() == fresh.checksum()


def test_upgrading_twice_does_nothing_more(place: Place) -> None:
    place.write(version_1)
    with place.open(any_version=True) as store:
        upgrade(store)
        before = store.checksum()
        again = upgrade(store)
        assert (again.found, again.steps, again.made) == (current_version(), (), ())
        assert store.checksum() == before


def test_a_graph_of_a_newer_litkg_is_refused_and_not_touched(place: Place) -> None:
    with place.open() as store:
        store.upsert(extractions())
        store.change(lambda execute: stamp(execute, current_version() + 1))
    with pytest.raises(SchemaVersionError, match=r"written by a newer litkg.*update litkg"):
        place.open()
    with place.open(any_version=True) as store:
        before = store.checksum()
        with pytest.raises(SchemaVersionError, match="update litkg"):
            upgrade(store)
        assert store.checksum() == before


def test_an_empty_database_becomes_a_graph_of_this_version_at_its_first_load(place: Place) -> None:
    with place.open() as store:
        assert store.state() == GraphState()
        store.upsert(extractions()[:1])
        assert store.state() == GraphState(version=current_version())


def test_a_graph_that_lost_its_last_document_keeps_its_version(place: Place) -> None:
    with place.open() as store:
        store.upsert(extractions()[:1])
        store.remove(extractions()[0].document.id)
        assert list(store.nodes()) == []
        assert store.state() == GraphState(version=current_version())


def test_other_data_is_read_but_not_written_to_before_it_is_claimed(place: Place) -> None:
    place.write(lambda execute: _ignore(execute("CREATE (n:Film {name: 'one'})", {})))
    with place.open() as store:
        assert list(store.run("MATCH (n:Film) RETURN n.name AS name")) == [{"name": "one"}]
        for write in (store.apply_schema, lambda: store.upsert(extractions()[:1])):
            with pytest.raises(SchemaVersionError, match=r"holds other data \(a node labelled Film\).*litkg upgrade --claim"):
                write()
    with place.open(any_version=True) as store:
        with pytest.raises(SchemaVersionError, match="--claim"):
            upgrade(store)
        assert upgrade(store, claim=True).found is None
    with place.open() as store:
        store.upsert(extractions()[:1])
        assert list(store.run("MATCH (n:Film) RETURN n.name AS name")) == [{"name": "one"}]


def test_an_upgrade_that_was_stopped_goes_on_where_it_was(place: Place) -> None:
    place.write(version_1)
    seen: list[str] = []
    with place.open(any_version=True) as store, pytest.raises(ZeroDivisionError):
        upgrade(store, migrations=(*MIGRATIONS, _counting_step(seen, fail_at=2)))
    assert seen == ["PMID:101", "PMID:102"]
    with place.open(any_version=True) as store:
        kept = list(store.run("MATCH (d:Document) WHERE d.counted = 1 RETURN count(*) AS n"))
        assert kept == [{"n": 0 if store.saves_whole else 1}]
    with place.open(any_version=True) as store:
        done = upgrade(store, migrations=(*MIGRATIONS, _counting_step(seen)))
        assert (done.found, done.version, done.steps) == (2, 3, ("counted",))
        assert list(store.run("MATCH (d:Document) WHERE d.counted = 1 RETURN count(*) AS n")) == [{"n": 4}]
    assert seen[2:] == ["PMID:101", "PMID:102", "PMID:103", "PMID:104"][0 if kept == [{"n": 0}] else 1 :]


def test_the_steps_lead_to_the_version_of_the_schema() -> None:
    assert [step.version for step in MIGRATIONS] == list(range(2, current_version() + 1))


def _counting_step(seen: list[str], *, fail_at: int | None = None) -> Migration:
    """Return a step that marks one document a transaction, and that fails in the one where `seen` gets so long."""

    def apply(change: Change, progress: Progress) -> None:
        def mark(execute: Execute) -> bool:
            rows = execute("MATCH (d:Document) WHERE d.counted IS NULL RETURN d.id AS id ORDER BY id LIMIT 1", {})
            for row in rows:
                seen.append(str(row["id"]))
                execute("MATCH (d:Document {id: $id}) SET d.counted = 1", {"id": row["id"]})
                if len(seen) == fail_at:
                    raise ZeroDivisionError
            return bool(rows)

        while change(mark):
            progress(f"{len(seen)} documents")

    return Migration(version=3, title="counted", apply=apply)


def _ignore(rows: object) -> None:
    """Do nothing with rows."""
