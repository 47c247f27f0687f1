"""A damaged file of the embedded store is refused with a clear message, or read right: never a wrong graph in silence.

`LITKG_FAULT_FLIPS` bits are flipped (default 40), one at a time, in a file small enough to be compressed whole and in one whose columns are mapped.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import kglite
import pytest

from litkg.errors import StoreError
from litkg.stores import open_store
from litkg.stores.graph_file import GRAPH_FILE
from tests.faults.papers import paper

FLIPS = int(os.environ.get("LITKG_FAULT_FLIPS", "40"))


@pytest.fixture(scope="module", params=[(20, 6), (40, 900)], ids=["compressed", "mapped"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a graph's folder and its checksum."""
    papers, claims = request.param
    folder = tmp_path_factory.mktemp("whole") / "graph"
    with open_store(folder) as store:
        store.upsert(paper(number, 0, claims) for number in range(papers))
    with open_store(folder) as store:  # saved once more after it was read, kglite writes the texts mapped too
        store.apply_schema()
        # From 256 kB on a column is mapped from the file as it is, and kglite (0.21.2) by default does not look at its checksum.
        assert bool(kglite.load(str(folder / GRAPH_FILE)).verify_integrity()["sections"]) is (claims > 100)
        return folder, store.checksum()


def test_no_flipped_bit_is_read_as_a_graph(whole: tuple[Path, str], tmp_path: Path) -> None:
    folder, checksum = whole
    content = (folder / GRAPH_FILE).read_bytes()
    draw = random.Random(len(content))
    file = tmp_path / GRAPH_FILE
    for _ in range(FLIPS):
        position, bit = draw.randrange(len(content)), draw.randrange(8)
        file.write_bytes(content[:position] + bytes([content[position] ^ 1 << bit]) + content[position + 1 :])
        try:
            with open_store(tmp_path) as store:
                found = store.checksum()
        except StoreError as error:
            assert "is no readable graph" in str(error)
        else:
            assert found == checksum, f"bit {bit} of byte {position} of {len(content)}"


def test_a_file_cut_off_anywhere_is_refused(whole: tuple[Path, str], tmp_path: Path) -> None:
    content = (whole[0] / GRAPH_FILE).read_bytes()
    draw = random.Random(len(content))
    for size in sorted({0, 1, len(content) - 1, *(draw.randrange(len(content)) for _ in range(FLIPS // 2))}):
        (tmp_path / GRAPH_FILE).write_bytes(content[:size])
        with pytest.raises(StoreError, match=r"is no readable graph.*litkg ingest"):
            open_store(tmp_path)


def test_a_file_that_was_damaged_while_it_was_read_is_not_written_on(whole: tuple[Path, str], tmp_path: Path) -> None:
    """A writer opens the file anew: its checksums count then too, or the next save would make the damage look sound."""
    folder = tmp_path / "graph"
    shutil.copytree(whole[0], folder)
    file = folder / GRAPH_FILE
    content = file.read_bytes()
    draw = random.Random(5)
    for _ in range(max(5, FLIPS // 4)):
        file.write_bytes(content)
        with open_store(folder) as store:
            position = draw.randrange(len(content) // 2, len(content))
            damaged = content[:position] + bytes([content[position] ^ 0x10]) + content[position + 1 :]
            aside = folder / "graph.kgl.aside"
            aside.write_bytes(damaged)
            aside.replace(file)
            with pytest.raises(StoreError, match="is no readable graph"):
                store.upsert([paper(999)])
        assert file.read_bytes() == damaged
