"""The servers that faults are tried on."""

from __future__ import annotations

from tests.neo4j_server import neo4j_server, neo4j_store

__all__ = ["neo4j_server", "neo4j_store"]
