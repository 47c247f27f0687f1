"""The stores that each query runs on, loaded once a module with the little graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from litkg.stores.base import GraphStore
from tests.graphs import extractions
from tests.neo4j_server import BOTH_STORES, neo4j_server, open_empty_store

__all__ = ["neo4j_server"]


@pytest.fixture(scope="module", params=BOTH_STORES)
def little_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Yield a store with the four documents of `tests.graphs`, of each kind in turn."""
    with open_empty_store(request, tmp_path_factory.mktemp("little")) as store:
        store.upsert(extractions())
        yield store
