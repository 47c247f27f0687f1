"""The fingerprint of a graph: as long as it stays, so does the graph."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from litkg.stores import graph_folder, open_store
from litkg.stores.backup import back_up, restore
from litkg.stores.base import GraphStore
from litkg.stores.graph_file import GRAPH_FILE, file_fingerprint
from litkg.stores.server import Server
from tests.graphs import extractions
from tests.neo4j_server import BOTH_STORES, clear

Open = Callable[[], GraphStore]


@pytest.fixture(params=BOTH_STORES)
def open_graph(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Yield what opens an empty graph, as another process would."""
    if request.param == "embedded":
        yield lambda: open_store(tmp_path / "graph")
        return
    server: Server = request.getfixturevalue("neo4j_server")
    clear(server)
    yield lambda: open_store(server.url, username=server.username, password=server.password)


def test_each_change_leaves_its_own(open_graph: Open) -> None:
    changes: tuple[Callable[[GraphStore], object], ...] = (
        lambda store: store.upsert(extractions()[:1]),
        lambda store: store.upsert(extractions()[1:]),
        lambda store: store.remove(extractions()[0].document.id),
        lambda store: store.change(lambda execute: execute("MATCH (d:Document) SET d.year = 1999", {})),
    )
    found = []
    for change in changes:
        with open_graph() as store:
            change(store)
        with open_graph() as store:
            found.append(store.fingerprint())
    assert None not in found
    assert len(set(found)) == len(found)


def test_reading_leaves_it(open_graph: Open) -> None:
    with open_graph() as store:
        store.upsert(extractions())
    with open_graph() as store, open_graph() as other:
        before = store.fingerprint()
        assert len(list(store.stream("MATCH (n) RETURN n.id AS id"))) > 0
        assert store.fingerprint() == before == other.fingerprint()
        assert before is not None


def test_who_writes_cannot_tell(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        assert store.fingerprint() is None
        store.upsert(extractions())
        assert store.fingerprint() is None


def test_the_file_tells_without_being_opened(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        store.upsert(extractions())
    with open_store(tmp_path / "graph") as store:
        assert store.fingerprint() == file_fingerprint(tmp_path / "graph" / GRAPH_FILE)


def test_a_file_put_in_its_place_has_another_though_its_times_are_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("one", encoding="utf-8")
    before = file_fingerprint(first)
    second.write_text("two", encoding="utf-8")
    shutil.copystat(first, second)
    second.replace(first)
    assert file_fingerprint(first) != before
    changed = file_fingerprint(first)
    status = first.stat()
    first.write_text("six", encoding="utf-8")
    os.utime(first, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file_fingerprint(first) != changed


def test_what_lies_beside_a_graph_is_no_part_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    with open_store(folder) as store:
        store.upsert(extractions())
        checksum = store.checksum()
    beside = folder / f"{GRAPH_FILE}.hypotheses" / "a table"
    beside.mkdir(parents=True)
    (beside / "x.npy").write_bytes(b"x")
    back_up(folder, tmp_path / "backup")
    with open_store(folder) as store:
        store.remove(extractions()[0].document.id)
    restore(tmp_path / "backup", folder, force=True)
    with open_store(folder) as store:
        assert store.checksum() == checksum
    (folder / GRAPH_FILE).unlink()
    restore(tmp_path / "backup", folder)
    with open_store(folder) as store:
        assert store.checksum() == checksum


def test_only_a_folder_is_a_folder(tmp_path: Path) -> None:
    assert graph_folder(tmp_path) == graph_folder(f"file://{tmp_path}") == tmp_path
    assert graph_folder("bolt://localhost:7687") is None
