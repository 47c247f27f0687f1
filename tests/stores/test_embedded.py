"""What only the embedded store does: one writer, whole saves, and clear words about paths that are no graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import kglite
import pytest

from litkg.errors import StoreError
from litkg.stores import open_store
from litkg.stores.graph_file import GRAPH_FILE
from tests.graphs import extractions

CHECKOUT = Path(__file__).parents[2]

HOLDER = """
import sys
from litkg.stores import open_store
from tests.graphs import extractions
store = open_store(sys.argv[1])
store.upsert(extractions()[:1])
print("writing", flush=True)
sys.stdin.read()
"""

LOADER = """
import sys
from litkg.stores import embedded, open_store
from tests.graphs import extractions
embedded.BATCH_EVIDENCE, embedded.SAVE_SECONDS, embedded.SAVE_SHARE = 1, 0.0, 1e9
def told(ids):
    print(*ids, flush=True)
with open_store(sys.argv[1]) as store:
    while True:
        store.upsert(extractions(), on_saved=told)
        for extraction in extractions()[1:]:
            store.remove(extraction.document.id)
"""


def start(program: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_graph_is_there_when_opened_again(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        store.upsert(extractions())
        before = store.checksum()
    with open_store(tmp_path / "graph") as store:
        assert store.checksum() == before


def test_a_second_writer_is_told_which_process_writes(tmp_path: Path) -> None:
    holder = start(HOLDER, tmp_path / "graph")
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "writing\n"
        with open_store(tmp_path / "graph") as store:
            assert len(list(store.run("MATCH (d:Document) RETURN d.id AS id"))) == 1
            with pytest.raises(StoreError, match=f"process {holder.pid} is writing"):
                store.upsert(extractions())
    finally:
        holder.communicate("")


def test_a_reader_sees_the_last_save(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as writer, open_store(tmp_path / "graph") as reader:
        assert list(reader.nodes()) == []
        writer.upsert(extractions())
        assert reader.checksum() == writer.checksum()


def test_a_writer_that_waited_starts_from_the_last_save(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as late:
        with open_store(tmp_path / "graph") as early:
            early.upsert(extractions()[:2])
        late.upsert(extractions()[2:])
        assert len(list(late.run("MATCH (d:Document) RETURN d.id AS id"))) == 4


def test_a_killed_load_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    loader = start(LOADER, tmp_path / "graph")
    assert loader.stdout is not None
    acknowledged = [loader.stdout.readline().strip() for _ in range(2)]
    os.kill(loader.pid, signal.SIGKILL)
    loader.communicate()
    with open_store(tmp_path / "graph") as store, open_store(tmp_path / "other") as other:
        there = {str(row["id"]) for row in store.run("MATCH (d:Document) RETURN d.id AS id")}
        assert acknowledged[0] in there
        other.upsert(extraction for extraction in extractions() if extraction.document.id in there)
        assert store.checksum() == other.checksum()


def test_a_failed_save_is_an_error_and_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "graph"
    with open_store(folder) as store:
        store.upsert(extractions()[:1])
        before = store.checksum()
        (folder / GRAPH_FILE).rename(folder / "aside")
        (folder / GRAPH_FILE).mkdir()
        with pytest.raises(StoreError, match=r"cannot be written|no readable graph"):
            store.upsert(extractions()[1:])
    (folder / GRAPH_FILE).rmdir()
    (folder / "aside").rename(folder / GRAPH_FILE)
    with open_store(folder) as store:
        assert store.checksum() == before


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with open_store(tmp_path / "file" / "graph") as store, pytest.raises(StoreError, match="cannot be written"):
        store.upsert(extractions())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to any folder: run the tests as another user")
def test_a_read_only_folder_is_an_error_that_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    folder.mkdir(mode=0o500)
    with open_store(folder) as store, pytest.raises(StoreError, match="cannot be written"):
        store.upsert(extractions())


def test_a_file_is_no_graph_folder(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_text("x")
    with pytest.raises(StoreError, match="is a file, not a graph folder"):
        open_store(tmp_path / "paper.pdf")


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_text("x")
    with pytest.raises(StoreError, match=r"holds other files \(paper.pdf\)"):
        open_store(tmp_path)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"RGF\x00" * 100], ids=["empty", "rubbish", "wrong_header"])
def test_a_broken_file_is_an_error_that_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / GRAPH_FILE).write_bytes(content)
    with pytest.raises(StoreError, match=r"is no readable graph.*litkg ingest"):
        open_store(tmp_path)


def test_a_truncated_file_is_an_error(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        store.upsert(extractions())
    file = tmp_path / "graph" / GRAPH_FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(StoreError, match="is no readable graph"):
        open_store(tmp_path / "graph")


def test_a_missing_graph_is_an_error_where_none_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no graph at .*litkg ingest"):
        open_store(tmp_path / "graph", create=False)


def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        assert list(store.run("MATCH (n) RETURN n.id AS id")) == []
    assert not (tmp_path / "graph").exists()


def test_the_wrong_optimizer_pass_is_known_to_this_kglite() -> None:
    assert "fuse_match_return_aggregate" in kglite.cypher_pass_names()


@pytest.mark.parametrize("url", ["http://localhost:7474", "postgres://localhost/graph"])
def test_an_unknown_kind_of_store_is_an_error(url: str) -> None:
    with pytest.raises(StoreError, match="unknown kind of store"):
        open_store(url)
