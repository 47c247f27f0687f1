"""Bad input, end to end: one clear line for each, the right exit code, and never a half-loaded document."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from litkg.model import Extraction, RawDocument
from litkg.stores import open_store
from litkg.workflow import Workflow
from tests.cli.conftest import Run

BOMB = '<?xml version="1.0"?><!DOCTYPE article [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><article><body><p>&b;</p></body></article>'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]><article><body><p>&x;</p></body></article>'

BAD_FILES: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\n ",
    "binary rubbish": bytes(range(256)) * 40,
    "truncated PDF": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 ob",
    "entity bomb": BOMB.encode(),
    "external entity": EXTERNAL.encode(),
    "broken gzip": b"\x1f\x8b\x08\x00 this is no gzip at all",
    "broken XML": b'<?xml version="1.0"?><article><body><p>cut off he',
}


def documents(folder: Path) -> set[str]:
    """Return the ids of the documents that a graph holds; none where there is no graph."""
    if not (folder / "graph.kgl").exists():
        return set()
    with open_store(folder, create=False) as store:
        return {node.id for node in store.nodes() if node.kind == "Document"}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_bad_file_is_one_line_that_names_it_and_ends_with_1(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "paper.dat").write_bytes(content)
    result = run("ingest", "paper.dat", "--store", "graph")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("litkg: skipped paper.dat: ")
    assert "Traceback" not in result.output
    assert documents(tmp_path / "graph") == set()


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_extract_says_the_same_and_prints_nothing(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "paper.dat").write_bytes(content)
    result = run("extract", "paper.dat")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


def test_text_in_a_wrong_encoding_is_read_with_a_note_or_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_bytes("Anakinra caused depression in Zürich: naïve façade, 5 µg, plus 20 °C.\n".encode("cp1252"))
    result = run("extract", "paper.txt")
    assert len(result.stderr.splitlines()) == 1
    assert "paper.txt" in result.stderr
    assert result.exit_code == (0 if result.stdout else 1)


def test_text_of_200_mb_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "huge.txt").write_bytes(b"Anakinra was given. " * 10_000_000)
    result = run("ingest", "huge.txt", "--store", "graph")
    assert result.exit_code == 1
    assert "split it" in result.stderr
    (tmp_path / "huge.txt").unlink()


def test_sentence_of_50000_words_is_read_to_its_end(run: Run, tmp_path: Path) -> None:
    words = " ".join(["anakinra and serotonin with fever"] * 10_000)
    (tmp_path / "long.txt").write_text(f"A long sentence\n\nThen {words} came.\n\nAnakinra caused depression.\n", encoding="utf-8")
    result = run("ingest", "long.txt", "--store", "graph")
    assert result.exit_code == 0, result.output
    assert len(documents(tmp_path / "graph")) == 1


def test_folder_goes_on_past_bad_files_and_lists_them(run: Run, tmp_path: Path, letter: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    letter.rename(folder / "m-letter.txt")
    (folder / "a-empty.txt").write_bytes(b"")
    (folder / "z-cut.pdf").write_bytes(BAD_FILES["truncated PDF"])
    result = run("ingest", folder, "--store", "graph")
    assert result.exit_code == 0
    assert [line.split(": ")[1].removeprefix(f"skipped {folder}/") for line in result.stderr.splitlines()] == ["a-empty.txt", "z-cut.pdf"]
    assert "skipped  2" in result.stdout
    assert len(documents(tmp_path / "graph")) == 1


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("ingest", "nowhere.txt"), "skipped nowhere.txt: no such file or folder"),
        (("ingest", "PMID:abc"), "skipped PMID:abc: "),
        (("stats", "--store", "nowhere"), "nowhere"),
        (("stats", "--store", "bolt://127.0.0.1:1"), "bolt://127.0.0.1:1"),
        (("stats", "--store", "ftp://x"), "unknown kind of store 'ftp'"),
        (("diff", "nowhere", "nowhere"), "nowhere"),
    ],
)
def test_what_is_not_there_is_one_line_and_1(run: Run, words: tuple[str, ...], line: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert line in result.stderr


def test_graph_below_a_file_is_one_line(run: Run, tmp_path: Path, letter: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = run("ingest", letter, "--store", "file/graph")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to a read-only folder: run the tests as another user")
def test_graph_in_a_read_only_folder_is_one_line(run: Run, tmp_path: Path, letter: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    result = run("ingest", letter, "--store", "closed/graph")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_output_that_cannot_be_written_is_one_line(run: Run, letter: Path) -> None:
    result = run("extract", letter, "--output", "no/such/folder/out.jsonl")
    assert result.exit_code == 1
    assert "no/such/folder/out.jsonl" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_missing_lexicon_names_the_command(run: Run, letter: Path, tmp_path: Path) -> None:
    result = run("ingest", letter, "--store", "graph", LITKG_HOME=str(tmp_path / "empty"))
    assert result.exit_code == 1
    assert "litkg lexicon build" in result.stderr
    assert documents(tmp_path / "graph") == set()


def test_debug_shows_the_traceback(run: Run) -> None:
    result = run("stats", "--store", "nowhere", LITKG_DEBUG="1")
    assert result.exception is not None
    assert not isinstance(result.exception, SystemExit)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Return a folder of three papers."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Paper {number}\n\nAnakinra caused depression in patient {number}.\n", encoding="utf-8")
    return folder


def test_interrupt_lets_the_document_at_hand_be_finished(run: Run, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract = Workflow.extract

    def interrupted(self: Workflow, raw: RawDocument) -> Extraction:
        if raw.source.endswith("1.txt"):
            os.kill(os.getpid(), signal.SIGINT)
        return extract(self, raw)

    monkeypatch.setattr(Workflow, "extract", interrupted)
    result = run("ingest", papers, "--store", "graph")
    assert result.exit_code == 130
    assert "stopped" in result.stderr
    assert len(documents(tmp_path / "graph")) == 2


def test_second_interrupt_stops_at_once_and_keeps_whole_documents(run: Run, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract = Workflow.extract

    def interrupted(self: Workflow, raw: RawDocument) -> Extraction:
        if raw.source.endswith("1.txt"):
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
        return extract(self, raw)

    with monkeypatch.context() as patch:
        patch.setattr(Workflow, "extract", interrupted)
        result = run("ingest", papers, "--store", "graph")
    assert result.exit_code == 130
    assert len(documents(tmp_path / "graph")) == 1
    again = run("ingest", papers, "--store", "graph")
    assert again.exit_code == 0
    assert "read     2 documents, 1 already there" in again.stdout
    assert run("ingest", papers, "--store", "whole").exit_code == 0
    assert run("diff", "graph", "whole").exit_code == 0
