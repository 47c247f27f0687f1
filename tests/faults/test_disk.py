"""A disk that is full or read-only, and a folder that goes away: a clear error, the graph before it whole, and the same steps again once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from litkg.errors import StoreError
from litkg.stores import open_store
from tests.faults import killing
from tests.faults.driver import Script
from tests.faults.papers import paper

CLAIMS = 40
PAPERS = 60


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Yield the mount point of a disk of 96 kB, in memory."""
    point = tmp_path / "disk"
    point.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", point], capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small disk takes root and a machine that allows it; a limit on the size of files stands in for it below")
    yield point
    subprocess.run(["umount", point], check=True)


def load(path: Path, saved: list[str]) -> None:
    with open_store(path) as store:
        for number in range(PAPERS):
            store.upsert([paper(number, 0, CLAIMS)], on_saved=saved.extend)


def assert_holds(path: Path, papers: int) -> None:
    with open_store(path) as store:
        state = dict.fromkeys(range(papers), 0)
        assert killing.state_of(store) == state
        assert store.checksum() == killing.fresh_checksum(frozenset(state.items()), CLAIMS)


def test_a_full_disk_is_said_and_loses_nothing(disk: Path) -> None:
    saved: list[str] = []
    with pytest.raises(StoreError, match=r"cannot be written: .*No space left on device.*check permissions and free space"):
        load(disk / "graph", saved)
    assert 0 < len(saved) < PAPERS
    assert [item.name for item in (disk / "graph").iterdir() if ".tmp" in item.name] == [], "what was half written fills the disk"
    assert_holds(disk / "graph", len(saved))
    subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)
    load(disk / "graph", saved)
    assert_holds(disk / "graph", PAPERS)


def test_a_disk_without_room_for_a_first_graph_leaves_none(disk: Path) -> None:
    (disk / "filler").write_bytes(bytes(84 * 1024))
    with pytest.raises(StoreError, match="No space left on device"):
        load(disk / "graph", [])
    (disk / "filler").unlink()
    with open_store(disk / "graph") as store:
        store.upsert([paper(0, 0, CLAIMS)])
    assert_holds(disk / "graph", 1)


def test_a_read_only_disk_is_read_and_said(disk: Path) -> None:
    with open_store(disk / "graph") as store:
        store.upsert([paper(0, 0, CLAIMS)])
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert_holds(disk / "graph", 1)
    with open_store(disk / "graph") as store, pytest.raises(StoreError, match=r"cannot be written: .*Read-only file system"):
        store.upsert([paper(1, 0, CLAIMS)])
    assert_holds(disk / "graph", 1)


def test_a_file_that_may_not_grow_is_an_error_and_loses_nothing(tmp_path: Path) -> None:
    script = Script(
        store=str(tmp_path / "graph"),
        board=str(tmp_path / "board"),
        acks=str(tmp_path / "acks"),
        steps=[[(number, 0)] for number in range(PAPERS)],
        claims=CLAIMS,
        fails_at_byte=48 * 1024,
    )
    child = killing.start(script, tmp_path)
    _, errors = child.communicate(timeout=killing.GIVE_UP_S)
    acks = killing.acknowledged(script)
    assert child.returncode == 1
    assert b"cannot be written: File I/O error: File too large" in errors
    assert 0 < len(acks) < PAPERS
    assert_holds(tmp_path / "graph", len(acks))
    load(tmp_path / "graph", [])
    assert_holds(tmp_path / "graph", PAPERS)


def test_a_folder_that_goes_away_is_an_error_and_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    with open_store(folder) as store:
        store.upsert([paper(0, 0, CLAIMS)])
        shutil.rmtree(folder)
        with pytest.raises(StoreError, match=r"cannot be written: .*No such file or directory"):
            store.upsert([paper(1, 0, CLAIMS)])
        assert killing.state_of(store) == {}
        store.upsert([paper(0, 0, CLAIMS)])
    assert_holds(folder, 1)
