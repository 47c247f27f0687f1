"""What only the Neo4j store does: clear words when the server is not as it should be, and loads side by side."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import Neo4jError

from litkg.errors import StoreError
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.neo4j import Neo4jStore
from litkg.stores.schema import neo4j_statements
from litkg.stores.server import Server
from tests.graphs import extractions

pytestmark = [pytest.mark.xdist_group("neo4j")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_that_is_down_is_named_with_what_to_do() -> None:
    url = f"bolt://127.0.0.1:{free_port()}"
    with pytest.raises(StoreError, match=f"no Neo4j server answers at {url}; start one with litkg neo4j start"):
        open_store(url, password="any")


def test_a_port_that_speaks_something_else_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_answer_http, args=(listener,), daemon=True)
        thread.start()
        with pytest.raises(StoreError, match=r"127\.0\.0\.1"):
            open_store(f"bolt://127.0.0.1:{listener.getsockname()[1]}", password="any")
        thread.join(timeout=5)


@pytest.mark.parametrize(
    ("agent", "refused"), [("Neo4j/5.25.1", True), ("Neo4j/4.4.40", True), ("Memgraph/3.1", True), ("Neo4j/5.26.30", False), ("Neo4j/2026.08.1", False)]
)
def test_versions_before_5_26_are_refused(monkeypatch: pytest.MonkeyPatch, agent: str, refused: bool) -> None:
    class FakeInfo:
        def __init__(self) -> None:
            self.agent = agent

    class FakeDriver:
        def get_server_info(self) -> FakeInfo:
            return FakeInfo()

    store = object.__new__(Neo4jStore)
    store._url = "bolt://somewhere"
    store._driver = FakeDriver()  # type: ignore[assignment]
    if refused:
        with pytest.raises(StoreError, match=r"needs Neo4j 5\.26 or newer"):
            store._check_version()
    else:
        store._check_version()


@pytest.mark.neo4j
def test_a_wrong_password_is_an_error_that_names_the_variables(neo4j_server: Server) -> None:
    with pytest.raises(StoreError, match=r"wrong user name or password; set NEO4J_USERNAME and NEO4J_PASSWORD"):
        open_store(neo4j_server.url, username="neo4j", password="wrong")


@pytest.mark.neo4j
def test_no_password_is_an_error_too(neo4j_server: Server) -> None:
    with pytest.raises(StoreError, match="does not let 'neo4j' in"):
        open_store(neo4j_server.url)


@pytest.mark.neo4j
def test_a_missing_database_is_named(neo4j_server: Server) -> None:
    with pytest.raises(StoreError, match="has no database 'absent'"):
        open_store(f"{neo4j_server.url}/absent", username=neo4j_server.username, password=neo4j_server.password)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "lets 'ann' only read"),
        ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", "lets 'ann' only read"),
        ("Neo.ClientError.Security.Forbidden", "lets 'ann' only read"),
        ("Neo.ClientError.Security.CredentialsExpired", "must be changed first"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "wait a few seconds"),
        ("Neo.TransientError.General.OutOfMemoryError", "too much"),
    ],
)
def test_errors_of_the_server_become_one_line(code: str, words: str) -> None:
    class ServerError(Neo4jError):
        code = ""
        message = "too much\nof it"

    ServerError.code = code
    store = object.__new__(Neo4jStore)
    store._url, store._username = "bolt://somewhere", "ann"
    with pytest.raises(StoreError, match=words) as raised, store._translated():
        raise ServerError
    assert "\n" not in str(raised.value)


@pytest.mark.neo4j
def test_a_neo4j_url_works_as_well(neo4j_server: Server) -> None:
    url = neo4j_server.url.replace("bolt://", "neo4j://")
    with open_store(url, username=neo4j_server.username, password=neo4j_server.password) as store:
        assert list(store.run("RETURN 1 AS one")) == [{"one": 1}]


@pytest.mark.neo4j
def test_the_whole_schema_is_made(neo4j_server: Server, neo4j_store: GraphStore) -> None:
    neo4j_store.apply_schema()
    with neo4j.GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.username, neo4j_server.password)) as driver:
        there = {record["name"] for record in driver.execute_query("SHOW INDEXES YIELD name").records}
    assert set(neo4j_statements()) <= there


@pytest.mark.neo4j
def test_two_loads_side_by_side_give_the_graph_of_one(neo4j_server: Server, neo4j_store: GraphStore, tmp_path: Path) -> None:
    neo4j_store.apply_schema()

    def load(number: int) -> None:
        with open_store(neo4j_server.url, username=neo4j_server.username, password=neo4j_server.password) as store:
            for extraction in extractions()[number::2] * 3:
                store.upsert([extraction])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(load, range(2)))
    with open_store(tmp_path / "graph") as embedded:
        embedded.upsert(extractions())
        assert neo4j_store.checksum() == embedded.checksum()


def _answer_http(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(64)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
