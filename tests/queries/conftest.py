"""The stores that each query runs on, loaded once a module with the little graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.server import Server
from tests.graphs import extractions
from tests.neo4j_server import NEO4J_MARKS, clear, neo4j_server

__all__ = ["neo4j_server"]


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=NEO4J_MARKS)])
def little_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Yield a store with the four documents of `tests.graphs`, of each kind in turn."""
    if request.param == "embedded":
        store = open_store(tmp_path_factory.mktemp("little") / "graph")
    else:
        server: Server = request.getfixturevalue("neo4j_server")
        clear(server)
        store = open_store(server.url, username=server.username, password=server.password)
    with store:
        store.upsert(extractions())
        yield store
