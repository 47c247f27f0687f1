"""Backups: what is put back is what was there, and what is not sound is refused before anything is touched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from litkg.errors import SchemaVersionError, StoreError
from litkg.hypotheses.marks import Mark, read_marks, write_mark
from litkg.stores import open_store
from litkg.stores.backup import MANIFEST, back_up, check_backup, restore
from litkg.stores.graph_file import GRAPH_FILE
from litkg.stores.versions import current_version, stamp
from tests.graphs import extractions
from tests.stores.test_embedded import CHECKOUT, HOLDER, start

RESTORER = """
import sys
from pathlib import Path
from litkg.stores import backup
def stop(message):
    if message == sys.argv[3]:
        print(message, flush=True)
        sys.stdin.read()
backup.restore(Path(sys.argv[1]), Path(sys.argv[2]), force=True, progress=stop)
"""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Return the folder of the little graph."""
    with open_store(tmp_path / "graph") as store:
        store.upsert(extractions())
    return tmp_path / "graph"


@pytest.fixture
def backup(graph: Path, tmp_path: Path) -> Path:
    """Return a backup of the little graph."""
    back_up(graph, tmp_path / "one.backup")
    return tmp_path / "one.backup"


def test_marks_are_put_back(graph: Path, tmp_path: Path) -> None:
    made = Mark(subject="HGNC:6000", object="HGNC:6018", verdict="kept", note="ask the clinic")
    with open_store(graph) as store:
        write_mark(store, made)
    back_up(graph, tmp_path / "marked.backup")
    restore(tmp_path / "marked.backup", tmp_path / "other")
    with open_store(tmp_path / "other", create=False) as store:
        assert read_marks(store) == (made,)


def checksum(folder: Path) -> str:
    with open_store(folder, create=False) as store:
        return store.checksum()


def test_a_restored_graph_is_the_graph_that_was_there(graph: Path, backup: Path, tmp_path: Path) -> None:
    manifest = restore(backup, tmp_path / "other")
    assert checksum(tmp_path / "other") == checksum(graph)
    assert (manifest.counts["Evidence"], manifest.counts["Document"], manifest.schema_version) == (20, 4, current_version())


def test_the_same_graph_file_gives_the_same_backup(graph: Path, backup: Path, tmp_path: Path) -> None:
    back_up(graph, tmp_path / "two.backup")
    assert (tmp_path / "two.backup").read_bytes() == backup.read_bytes()


def test_a_backup_made_beside_a_writer_holds_the_last_save(tmp_path: Path) -> None:
    holder = start(HOLDER, tmp_path / "graph")
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "writing\n"
        assert back_up(tmp_path / "graph", tmp_path / "one.backup").counts["Document"] == 1
        with pytest.raises(StoreError, match="another process is writing"):
            restore(tmp_path / "one.backup", tmp_path / "graph", force=True)
    finally:
        holder.communicate("")


def test_nothing_is_replaced_unasked(graph: Path, backup: Path) -> None:
    before = backup.read_bytes(), checksum(graph)
    with pytest.raises(StoreError, match=r"is there already.*--force"):
        back_up(graph, backup)
    with pytest.raises(StoreError, match=r"holds a graph already.*--force"):
        restore(backup, graph)
    assert (backup.read_bytes(), checksum(graph)) == before
    restore(backup, graph, force=True)
    assert checksum(graph) == before[1]


def test_a_broken_graph_can_be_replaced(graph: Path, backup: Path) -> None:
    (graph / GRAPH_FILE).write_bytes(b"rubbish")
    restore(backup, graph, force=True)
    with open_store(graph) as store:
        assert len(list(store.run("MATCH (d:Document) RETURN d.id AS id"))) == 4


def _changed(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "rubbish": lambda content: b"rubbish" * 1000,
    "cut short": lambda content: content[: len(content) // 2],
    "a bit flipped in the middle": lambda content: _changed(content, len(content) // 2),
    "a bit flipped in the manifest": lambda content: _changed(content, 60),
    "a bit flipped near the end": lambda content: _changed(content, len(content) - 60),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_backup_is_refused_and_nothing_changed(graph: Path, backup: Path, damage: str) -> None:
    before = checksum(graph)
    backup.write_bytes(DAMAGE[damage](backup.read_bytes()))
    with pytest.raises(StoreError, match="is no sound backup"):
        restore(backup, graph, force=True)
    with pytest.raises(StoreError, match="is no sound backup"):
        check_backup(backup)
    assert checksum(graph) == before
    assert [item.name for item in graph.iterdir() if ".tmp." in item.name] == []


def _rewrite(backup: Path, change: Callable[[dict[str, object]], None], *, graph: bytes | None = None) -> None:
    with zipfile.ZipFile(backup) as archive:
        manifest, content = json.loads(archive.read(MANIFEST)), archive.read(GRAPH_FILE)
    change(manifest)
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
        archive.writestr(GRAPH_FILE, content if graph is None else graph)


@pytest.mark.parametrize(
    ("field", "value"), [("sha256", "0" * 64), ("bytes", 10), ("counts", {}), ("schema_version", 1), ("litkg", None), ("format", "other"), ("more", 1)]
)
def test_a_manifest_that_does_not_fit_is_refused(backup: Path, field: str, value: object) -> None:
    def change(manifest: dict[str, object]) -> None:
        if value is None:
            del manifest[field]
        else:
            manifest[field] = value

    _rewrite(backup, change)
    with pytest.raises(StoreError, match="is no sound backup"):
        check_backup(backup)


def test_a_backup_of_a_newer_litkg_is_refused(graph: Path, tmp_path: Path) -> None:
    with open_store(graph) as store:
        store.change(lambda execute: stamp(execute, current_version() + 1))
    back_up(graph, tmp_path / "one.backup")
    with pytest.raises(SchemaVersionError, match="update litkg"):
        restore(tmp_path / "one.backup", tmp_path / "other")
    _rewrite(tmp_path / "one.backup", lambda manifest: manifest.update(format_version=2))
    with pytest.raises(StoreError, match="update litkg"):
        check_backup(tmp_path / "one.backup")


def test_a_backup_of_an_older_graph_is_put_back_as_it_is(graph: Path, tmp_path: Path) -> None:
    with open_store(graph) as store:
        store.change(lambda execute: stamp(execute, 1))
    back_up(graph, tmp_path / "one.backup")
    restore(tmp_path / "one.backup", tmp_path / "other")
    with pytest.raises(SchemaVersionError, match="litkg upgrade"):
        open_store(tmp_path / "other")


@pytest.mark.parametrize("moment", ["reading the backup", "checking the graph"])
def test_a_restore_that_is_killed_leaves_the_old_graph_and_can_be_done_again(graph: Path, backup: Path, moment: str) -> None:
    with open_store(graph) as store:
        store.remove("PMID:104")
    before = checksum(graph)
    command = [sys.executable, "-c", RESTORER, str(backup), str(graph), moment]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == f"{moment}\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert checksum(graph) == before
    restore(backup, graph, force=True)
    assert checksum(graph) != before
    assert [item.name for item in graph.iterdir() if ".tmp." in item.name] == []


def test_there_is_no_backup_of_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph at"):
        back_up(tmp_path / "nowhere", tmp_path / "one.backup")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="no backup at"):
        check_backup(tmp_path / "one.backup")


def test_a_folder_of_other_things_is_not_restored_into(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.txt").write_text("x")
    with pytest.raises(StoreError, match="holds other files"):
        restore(backup, tmp_path / "papers")
