"""The stores that each contract test runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from litkg.stores import open_store
from litkg.stores.base import GraphStore
from tests.neo4j_server import BOTH_STORES, neo4j_server, neo4j_store

__all__ = ["neo4j_server", "neo4j_store"]


@pytest.fixture
def embedded_store(tmp_path: Path) -> Iterator[GraphStore]:
    """Yield an empty embedded store."""
    with open_store(tmp_path / "graph") as store:
        yield store


@pytest.fixture(params=BOTH_STORES)
def store(request: pytest.FixtureRequest) -> GraphStore:
    """Return an empty store, of each kind in turn."""
    found: GraphStore = request.getfixturevalue(f"{request.param}_store")
    return found
