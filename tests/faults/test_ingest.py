"""`litkg ingest` itself, in a process of its own: stopped by a signal it finishes the document at hand; killed, it leaves a whole graph; again, it goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from litkg.stores import open_store
from tests.cli.conftest import tiny_home
from tests.faults.test_killed import ROUNDS, SEED
from tests.sources.fake_ncbi import Reply, serve

__all__ = ["tiny_home"]

COMMAND = (sys.executable, "-c", "from litkg.cli import main; main()", "ingest")
LETTERS = 12
SENTENCES = (
    "Anakinra caused depression in one patient.",
    "IL-1ra decreases serotonin.",
    "Methotrexate did not cause depression.",
    "TNF-alpha increases IL-6.",
    "Interleukin-6 may increase the activity of IDO.",
    "Anakinra was not tested.",
)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Return a folder of letters, each of some sentences."""
    folder = tmp_path / "letters"
    folder.mkdir()
    draw = random.Random(7)
    for number in range(LETTERS):
        (folder / f"{number:02}.txt").write_text(f"Letter {number}\n\n{' '.join(draw.choices(SENTENCES, k=3))}\n", encoding="utf-8")
    return folder


def environment(home: Path, **more: str) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LITKG_", "NEO4J_", "NCBI_"))}
    return kept | {"LITKG_HOME": str(home)} | more


def ingest(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, words)], env=environment(home), capture_output=True, text=True, check=False)


def graph_of(path: Path) -> tuple[str, Sequence[str]]:
    with open_store(path) as store:
        return store.checksum(), sorted(str(row["id"]) for row in store.run("MATCH (d:Document) RETURN d.id AS id"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl_c", "sigterm"])
def test_a_stopped_ingest_finishes_the_document_at_hand(tiny_home: Path, letters: Path, tmp_path: Path, number: signal.Signals) -> None:
    children: list[subprocess.Popen[str]] = []

    def answer(call: int, query: dict[str, str]) -> Reply:
        children[0].send_signal(number)
        time.sleep(0.3)
        return Reply(b"", status=400)

    words = [letters / "00.txt", "PMID:1", letters / "01.txt", letters / "02.txt", "--store", tmp_path / "graph"]
    with serve(answer) as ncbi:
        child = subprocess.Popen(
            [*COMMAND, *map(str, words)], env=environment(tiny_home, NCBI_BASE_URL=ncbi.url), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        children.append(child)
        output, errors = child.communicate(timeout=120)
    assert child.returncode == 130, errors
    assert "read     2 documents" in output
    assert "stopped; what was loaded stays, and the same command goes on from there" in errors
    again = ingest(tiny_home, letters / "00.txt", letters / "01.txt", letters / "02.txt", "--store", tmp_path / "graph")
    assert "read     1 document, 2 already there" in again.stdout


def test_a_killed_ingest_goes_on_with_the_same_command(tiny_home: Path, letters: Path, tmp_path: Path) -> None:
    started = time.monotonic()
    done = ingest(tiny_home, letters, "--store", tmp_path / "undisturbed")
    whole_s = time.monotonic() - started
    assert done.returncode == 0, done.stderr
    undisturbed = graph_of(tmp_path / "undisturbed")
    draw = random.Random(SEED)
    for round_ in range(max(1, ROUNDS // 10)):
        graph = tmp_path / f"graph{round_}"
        child = subprocess.Popen(
            [*COMMAND, str(letters), "--store", str(graph)], env=environment(tiny_home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(draw.uniform(0.2, 1.0) * whole_s)
        child.kill()
        child.wait()
        _, there = graph_of(graph)
        again = ingest(tiny_home, letters, "--store", graph)
        assert again.returncode == 0, again.stderr
        assert f"read     {LETTERS - len(there)} documents" in again.stdout, f"seed {SEED}, round {round_}"
        assert graph_of(graph) == undisturbed, f"seed {SEED}, round {round_}"
