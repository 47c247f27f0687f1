from __future__ import annotations

import gzip
import logging
import os
import threading
from pathlib import Path

import pytest

from litkg.errors import InputError
from litkg.sources.content import Limits
from litkg.sources.registry import Skip, read_gold, read_path


def test_a_folder_is_read_in_order_past_bad_and_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text("Hidden")
    (tmp_path / ".note").write_text("Hidden")
    (tmp_path / "b empty.txt").write_bytes(b"")
    (tmp_path / "c\tödd.xml").write_text("Third")
    (tmp_path / "a.txt").write_text("First")
    (tmp_path / "sub" / "d.pdf").write_text("4|t|Fourth\n4|a|x\n")
    skips: list[Skip] = []
    assert [document.title for document in read_path(tmp_path, on_skip=skips.append)] == ["First", "Third", "Fourth"]
    assert skips == [Skip(path=tmp_path / "b empty.txt", reason="empty, nothing to read")]


def test_without_on_skip_a_bad_file_stops_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("First")
    (tmp_path / "b.txt").write_bytes(b"")
    documents = read_path(tmp_path)
    assert next(documents).title == "First"
    with pytest.raises(InputError, match=r"b\.txt: empty"):
        next(documents)


def test_a_single_bad_file_is_an_error_even_with_on_skip(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"")
    with pytest.raises(InputError, match="empty"):
        list(read_path(tmp_path / "b.txt", on_skip=lambda _: None))


@pytest.mark.parametrize("name", ["missing.txt", "empty folder"])
def test_nothing_to_read_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty folder").mkdir()
    with pytest.raises(InputError, match=r"no such file|without files"):
        list(read_path(tmp_path / name))


def test_gzip_is_unwrapped_by_its_magic_and_changes_no_id(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(b"Words"))
    (tmp_path / "b").write_bytes(b"Words")
    (tmp_path / "c").write_bytes(gzip.compress(gzip.compress(b"Words")))
    assert len({document.id for document in read_path(tmp_path)}) == 1


def test_broken_gzip_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"Words " * 1000)[:-20])
    with pytest.raises(InputError, match="truncated or broken gzip"):
        list(read_path(path))


def test_a_gzip_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"1|t|" + b"a" * 50_000_000))
    with pytest.raises(InputError, match="more than 1 MB"):
        list(read_path(path, limits=Limits(unpacked=1 << 20)))


def test_what_had_to_be_guessed_is_logged_where_nobody_listens(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a.txt").write_bytes("café".encode("cp1252"))
    with caplog.at_level(logging.WARNING):
        list(read_path(tmp_path / "a.txt"))
    assert "Windows-1252" in caplog.text


def test_links_in_a_circle_and_pipes_do_not_hang_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("First")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    skips: list[Skip] = []
    assert [document.title for document in read_path(tmp_path, on_skip=skips.append)] == ["First"]
    assert [Path(skip.path).name for skip in skips] == ["dangling", "pipe"]


def test_a_pipe_named_by_the_user_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(b"Words from a pipe"),))
    writer.start()
    (document,) = read_path(pipe)
    writer.join()
    assert document.text == "Words from a pipe"


def test_a_name_too_long_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        list(read_path(tmp_path / ("x" * 5000)))


GOLD = {
    "pubtator": b"1|t|Anakinra\n1|a|It helped.\n1\t0\t8\tAnakinra\tChemical\tC1\n",
    "xml": b"<collection><document><id>1</id><passage><offset>0</offset><text>Anakinra</text><annotation id='a'><infon key='type'>Chemical</infon>"
    b"<infon key='identifier'>C1</infon><location offset='0' length='8'/></annotation></passage></document></collection>",
    "json": b'{"documents": [{"id": "1", "passages": [{"offset": 0, "text": "Anakinra", "annotations": [{"id": "a", "locations": [{"offset": 0, "length": 8}],'
    b' "infons": {"type": "Chemical", "identifier": "C1"}}]}]}]}',
}


@pytest.mark.parametrize("name", GOLD)
def test_gold_is_read_by_content_and_unwrapped(tmp_path: Path, name: str) -> None:
    (tmp_path / "gold").write_bytes(gzip.compress(GOLD[name]))
    (mention,) = read_gold(tmp_path / "gold").mentions
    assert (mention.document_id, mention.start, mention.end, mention.text, mention.type, mention.identifiers) == (
        "PMID:1",
        0,
        8,
        "Anakinra",
        "Chemical",
        ("C1",),
    )


@pytest.mark.parametrize(("data", "message"), [(b"Just words", "carries no annotations"), (b"", "empty")])
def test_gold_that_is_none_is_an_error(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "gold").write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_gold(tmp_path / "gold")
