"""The command line on a real Neo4j server: the same graph as in the embedded store, and one line for a wrong password."""

from __future__ import annotations

from pathlib import Path

from litkg.stores import GraphStore
from litkg.stores.server import Server
from tests.cli.conftest import Run
from tests.neo4j_server import NEO4J_MARKS, neo4j_server, neo4j_store

__all__ = ["neo4j_server", "neo4j_store"]

pytestmark = list(NEO4J_MARKS)


def test_ingest_gives_the_same_graph_in_both_stores(run: Run, letter: Path, neo4j_store: GraphStore, neo4j_server: Server) -> None:
    environment = neo4j_server.environment()
    loaded = run("ingest", letter, **environment)
    assert loaded.exit_code == 0, loaded.output
    assert run("ingest", letter, "--store", "graph").exit_code == 0
    compared = run("diff", "graph", neo4j_server.url, **environment)
    assert (compared.exit_code, compared.stdout) == (0, "the same graph\n")


def test_wrong_password_is_one_line_without_the_password(run: Run, neo4j_server: Server) -> None:
    result = run("stats", **(neo4j_server.environment() | {"NEO4J_PASSWORD": "wrong-secret"}))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "NEO4J_PASSWORD" in result.stderr
    assert "wrong-secret" not in result.output
