from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from litkg.errors import InputError
from litkg.sources.content import Limits
from litkg.sources.registry import read_path
from tests.sources.shared import read_bytes


def test_keeps_every_character_line_ends_and_all(tmp_path: Path) -> None:
    text = "A letter on anakinra\r\n\r\nIL-1β fell.\tThen it rose.  \r\n\x0cpage two\n"
    (document,) = read_bytes(tmp_path, text.encode())
    assert document.text == text
    assert document.title == "A letter on anakinra"
    assert document.blocks == ()
    assert document.format == "text"


def test_the_id_depends_on_the_content_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "b ü\n.pdf"):
        (tmp_path / name).write_text("Same words")
    first, second = read_path(tmp_path)
    assert first.id == second.id == "litkg.doc:" + hashlib.sha256(b"Same words").hexdigest()[:20]
    assert first.source != second.source


def test_windows_text_is_reported(tmp_path: Path) -> None:
    warnings: list[str] = []
    (document,) = read_bytes(tmp_path, "Fièvre".encode("cp1252"), warnings=warnings)
    assert document.text == "Fièvre"
    assert len(warnings) == 1


def test_a_first_line_too_long_for_a_title_is_none(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"word " * 100)[0].title == ""


def test_refuses_a_text_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"word " * 1000)
    with pytest.raises(InputError, match="split it"):
        list(read_path(path, limits=Limits(text=4999)))
