"""Lexicon, its indexes, disks and memory: what is there is said with figures, what is not with the command."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from litkg.doctor.machine import check_disks, check_memory
from litkg.doctor.names import check_lexicon, check_linker, check_spelling, check_words
from litkg.settings import Linker, Settings
from tests.lexicon.tiny import build_tiny_lexicon


class Usage(NamedTuple):
    free: int


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, store_url=str(tmp_path / "graph"))


def test_missing_lexicon_names_the_command_that_builds_it(settings: Settings) -> None:
    check = check_lexicon(settings)
    assert (check.state, check.remedy) == ("missing", "litkg lexicon build")


def test_built_lexicon_is_counted(settings: Settings) -> None:
    build_tiny_lexicon(settings.lexicon_path)
    check = check_lexicon(settings, deep=True)
    assert check.ok
    assert "concepts" in check.detail


def test_lexicon_that_was_cut_short_is_built_anew(settings: Settings) -> None:
    build_tiny_lexicon(settings.lexicon_path)
    (settings.lexicon_path / "names.bin").write_bytes(b"x")
    check = check_lexicon(settings)
    assert (check.state, check.remedy) == ("missing", "litkg lexicon build --force")
    assert "names.bin" in check.detail


def test_lexicon_with_a_changed_byte_is_found_by_a_deep_look(settings: Settings) -> None:
    build_tiny_lexicon(settings.lexicon_path)
    names = settings.lexicon_path / "names.bin"
    names.write_bytes(b"~" + names.read_bytes()[1:])
    assert check_lexicon(settings).ok
    assert not check_lexicon(settings, deep=True).ok


def test_indexes_that_are_missing_are_optional_but_for_the_linker_that_is_asked_for(settings: Settings) -> None:
    build_tiny_lexicon(settings.lexicon_path)
    assert check_linker(settings).state == "optional"
    check = check_linker(replace(settings, linker=Linker.SCISPACY))
    assert (check.state, check.remedy) == ("missing", "litkg lexicon index")
    shutil.rmtree(settings.home)
    for index in (check_spelling(settings), check_words(settings)):
        assert (index.state, index.remedy) == ("optional", "litkg lexicon build --force")


def test_a_full_disk_is_named_with_what_is_needed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [check.name for check in check_disks(settings)] == ["home disk", "graph disk"]
    assert all(check.ok for check in check_disks(settings))
    monkeypatch.setattr("litkg.doctor.machine.shutil.disk_usage", lambda path: Usage(free=1_000_000))
    checks = check_disks(settings)
    assert [check.state for check in checks] == ["missing", "missing"]
    assert "make room for 0.5 GB" in checks[0].remedy


def test_a_large_graph_needs_room_for_two(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(settings.store_url)
    folder.mkdir()
    with (folder / "graph.kgl").open("wb") as handle:
        handle.truncate(700_000_000)
    monkeypatch.setattr("litkg.doctor.machine.shutil.disk_usage", lambda path: Usage(free=1_000_000_000))
    assert {check.name: check.ok for check in check_disks(settings)} == {"home disk": True, "graph disk": False}


def test_the_data_of_a_local_neo4j_are_looked_at(settings: Settings) -> None:
    (settings.home / "neo4j").mkdir()
    server = replace(settings, store_url="bolt://127.0.0.1:7687")
    assert [check.name for check in check_disks(server)] == ["home disk", "neo4j disk"]


def test_little_memory_is_no_fault_but_is_said() -> None:
    assert check_memory(10**10).ok
    assert (check_memory(10**8).state, check_memory(10**8).detail) == ("optional", "0.1 GB free")
    assert check_memory().detail
