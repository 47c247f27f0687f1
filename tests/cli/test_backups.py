"""`litkg backup` and `litkg restore` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litkg.stores import open_store
from tests.cli.conftest import Run
from tests.graphs import extractions


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Return the folder of the little graph."""
    with open_store(tmp_path / "little") as store:
        store.upsert(extractions())
    return tmp_path / "little"


def test_backup_and_restore_name_what_they_did(run: Run, graph: Path, tmp_path: Path) -> None:
    result = run("backup", "--store", graph)
    assert result.exit_code == 0, result.output
    assert "backup   little.backup" in result.stdout
    assert "20 Evidence" in result.stdout
    restored = json.loads(run("restore", "little.backup", "--store", tmp_path / "other", "--json").stdout)
    assert (restored["counts"]["Document"], restored["schema_version"]) == (4, 2)
    with open_store(graph) as one, open_store(tmp_path / "other", create=False) as other:
        assert one.checksum() == other.checksum()


def test_restore_only_checks_where_it_is_told_so(run: Run, graph: Path, tmp_path: Path) -> None:
    run("backup", "one.backup", "--store", graph)
    result = run("restore", "one.backup", "--check", "--store", tmp_path / "other")
    assert (result.exit_code, "sound    one.backup" in result.stdout) == (0, True)
    assert not (tmp_path / "other").exists()
    (tmp_path / "one.backup").write_bytes(b"rubbish")
    assert run("restore", "one.backup", "--check").exit_code == 1


def test_neo4j_is_sent_to_its_own_tools(run: Run) -> None:
    for words in (["backup"], ["restore", "one.backup"]):
        result = run(*words, "--store", "bolt://127.0.0.1:1")
        assert result.exit_code == 1
        assert "neo4j-admin database dump" in result.stderr
