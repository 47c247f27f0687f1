"""The server of one's own: what is said where it cannot be, and the record of one that runs."""

from __future__ import annotations

import json
import os
import stat
import time
from pathlib import Path

import pytest

from litkg.errors import StoreError
from litkg.stores import jars, server
from litkg.stores.jars import RELEASES, fetch_jars, find_java, find_maven
from litkg.stores.server import Server, server_status, start_server, stop_server

RELEASE = RELEASES[jars.NEO4J_VERSION]


def test_without_maven_the_install_command_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="apt-get install openjdk-17-jre-headless maven"):
        find_maven()


def test_without_a_fitting_java_the_install_command_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jars, "_java_version", lambda java: 11)
    with pytest.raises(StoreError, match=r"needs Java 17 to 21, and there is none.*apt-get install"):
        find_java(RELEASE)


def test_jars_that_are_there_need_no_maven(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / RELEASE.version / "lib").mkdir(parents=True)
    assert fetch_jars(tmp_path, RELEASE) == tmp_path / RELEASE.version / "lib"


def test_what_maven_complains_of_is_passed_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\necho '[ERROR] no route to host'\nexit 1\n")
    maven.chmod(0o755)
    monkeypatch.setattr(jars, "find_maven", lambda: maven)
    told: list[str] = []
    with pytest.raises(StoreError, match=r"Maven could not fetch Neo4j .*: no route to host"):
        fetch_jars(tmp_path, RELEASE, progress=told.append)
    assert told == [f"fetching Neo4j {RELEASE.version} with Maven (123 MB, once)"]
    assert list(tmp_path.glob("*/lib*")) == []


def test_an_unknown_version_is_an_error_that_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"5\.26\.30, 2026\.08\.1"):
        start_server(tmp_path, version="3.5")


def test_no_record_means_no_server(tmp_path: Path) -> None:
    assert server_status(tmp_path) is None
    assert stop_server(tmp_path) is False


def test_the_record_of_a_process_that_is_another_one_now_is_forgotten(tmp_path: Path) -> None:
    record = {"pid": os.getpid(), "version": "5.26.30", "url": "bolt://127.0.0.1:1", "browser": "", "username": "neo4j", "password": "x", "folder": "/nowhere"}
    (tmp_path / "server.json").write_text(json.dumps(record))
    assert server_status(tmp_path) is None
    assert not (tmp_path / "server.json").exists()


def test_a_broken_record_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "server.json").write_text("{")
    with pytest.raises(StoreError, match="is no record of a server"):
        server_status(tmp_path)


def test_the_password_shows_nowhere_but_in_the_variables() -> None:
    running = Server(pid=1, version="5", url="bolt://127.0.0.1:1", browser="", username="neo4j", password="hidden", folder="")
    assert "hidden" not in repr(running)
    assert running.environment() == {"NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD_FILE": str(running.password_file)}


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_the_running_server_has_a_record_that_only_its_owner_reads(neo4j_server: Server) -> None:
    home = Path(neo4j_server.folder).parent
    assert server_status(home) == neo4j_server
    assert stat.S_IMODE((home / "server.json").stat().st_mode) == 0o600


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_starting_a_server_that_runs_returns_it(neo4j_server: Server) -> None:
    started = time.monotonic()
    assert start_server(Path(neo4j_server.folder).parent) == neo4j_server
    assert time.monotonic() - started < 2


def test_a_port_in_use_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        monkeypatch.setitem(server._DEFAULT_PORTS, "bolt", taken)
        assert server._free_port("bolt") != taken
