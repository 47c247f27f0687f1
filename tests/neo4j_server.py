"""A real Neo4j Community server for the tests: one for the whole run, used by one worker alone.

Import `neo4j_server` and `neo4j_store` into a conftest.py to use them, and mark the tests with `NEO4J_MARKS`: they share one database.
Where Java or Maven is missing the tests are skipped with the install command; where CI is set they fail instead.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from litkg.errors import StoreError
from litkg.settings import settings_from_environment
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.jars import NEO4J_VERSION, RELEASES, fetch_jars, find_java, find_maven
from litkg.stores.server import Server, start_server, stop_server

JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A server that lives for a minute on two cores is faster with the quick compiler alone."""

SETTINGS = {"dbms.cypher.min_replan_interval": "1h", "dbms.cypher.statistics_divergence_threshold": "1.0"}
"""Every test empties the database, and no plan is worth making again for that."""

NEO4J_MARKS = (pytest.mark.neo4j, pytest.mark.xdist_group("neo4j"))

BOTH_STORES = ("embedded", pytest.param("neo4j", marks=NEO4J_MARKS))
"""Parameters of a fixture that gives a store of each kind in turn, by `open_empty_store`."""


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the server of this run: the first module that asks starts it, the last that is done stops it."""
    jars = jars_of_tests()
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / "neo4j"
    with _users(home) as users:
        cached = home / NEO4J_VERSION
        if not cached.exists():
            cached.symlink_to(jars.parent, target_is_directory=True)
        if set(users) - {os.getpid()}:
            pytest.fail("two workers would empty each other's database: run pytest with --dist loadgroup, and a pytest whose groups pytest-xdist can read")
        server = start_server(home, password="a password for tests only", java_options=JAVA_OPTIONS, settings=SETTINGS, usual_ports=False)
        users.append(os.getpid())
    yield server
    with _users(home) as users:
        users.remove(os.getpid())
        if not users:
            stop_server(home)


@pytest.fixture
def neo4j_store(neo4j_server: Server) -> Iterator[GraphStore]:
    """Yield an empty store on the server of this run."""
    clear(neo4j_server)
    with open_store(neo4j_server.url, username=neo4j_server.username, password=neo4j_server.password) as store:
        yield store


def open_empty_store(request: pytest.FixtureRequest, folder: Path) -> GraphStore:
    """Return an empty store of the kind that the fixture's parameter names: in `folder`, or on the server of this run."""
    if request.param == "embedded":
        return open_store(folder / "graph")
    server: Server = request.getfixturevalue("neo4j_server")
    clear(server)
    return open_store(server.url, username=server.username, password=server.password)


def clear(server: Server) -> None:
    """Delete all nodes and relationships of a server."""
    with neo4j.GraphDatabase.driver(server.url, auth=(server.username, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")


def drop_schema(server: Server) -> None:
    """Drop all constraints and indexes of a server but those that look up labels and types."""
    with neo4j.GraphDatabase.driver(server.url, auth=(server.username, server.password)) as driver:
        for record in driver.execute_query("SHOW CONSTRAINTS YIELD name").records:
            driver.execute_query(f"DROP CONSTRAINT `{record['name']}`")
        for record in driver.execute_query("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name").records:
            driver.execute_query(f"DROP INDEX `{record['name']}`")


def jars_of_tests() -> Path:
    """Return the folder of Neo4j's jars; where they cannot be had the test is skipped, and fails where CI is set."""
    cache = settings_from_environment(os.environ).home / "neo4j"
    release = RELEASES[NEO4J_VERSION]
    try:
        find_java(release)
        if not (cache / NEO4J_VERSION / "lib").is_dir():
            find_maven()
    except StoreError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    return fetch_jars(cache, release)


@contextlib.contextmanager
def _users(home: Path) -> Iterator[list[int]]:
    """Yield the process ids of those who use the server, to be changed, under a lock that all workers share."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "users").open("a+", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        users = [int(line) for line in handle.read().split()]
        yield users
        handle.seek(0)
        handle.truncate()
        handle.write("\n".join(map(str, users)))
