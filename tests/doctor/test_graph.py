"""The graph's own checks: what does not hold together is named, on both stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from litkg.doctor.check import Check
from litkg.doctor.graph import check_graph
from litkg.settings import Settings
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.graph_file import GRAPH_FILE
from litkg.stores.server import Server
from litkg.stores.versions import current_version, stamp
from tests.graphs import extractions
from tests.neo4j_server import BOTH_STORES, clear, neo4j_server

__all__ = ["neo4j_server"]


@pytest.fixture(params=BOTH_STORES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Give settings whose graph is the little graph, on a store of each kind in turn."""
    found = Settings(home=tmp_path, store_url=str(tmp_path / "graph"))
    if request.param == "neo4j":
        server: Server = request.getfixturevalue("neo4j_server")
        clear(server)
        found = replace(found, store_url=server.url, neo4j_password=server.password)
    with opened(found) as store:
        store.upsert(extractions())
    yield found
    if request.param == "neo4j":
        clear(server)


def opened(settings: Settings) -> GraphStore:
    return open_store(settings.store_url, password=settings.neo4j_password)


def damage(settings: Settings, statement: str) -> None:
    with opened(settings) as store:
        store.change(lambda execute: execute(statement, {}))


def by_name(settings: Settings, *, deep: bool = False) -> dict[str, Check]:
    return {check.name: check for check in check_graph(settings, deep=deep)}


def test_a_sound_graph_is_counted(settings: Settings) -> None:
    checks = by_name(settings, deep=True)
    assert {name: check.state for name, check in checks.items()} == {"graph": "ok", "schema": "ok", "counts": "ok", "integrity": "ok"}
    assert checks["graph"].detail.startswith("4 documents, 20 evidence, 13 assertions, 10 concepts")
    assert checks["schema"].detail.startswith(f"version {current_version()}")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("MATCH (e:Evidence)-[r:FROM]->(d:Document {id: 'PMID:104'}) DELETE r", "relationships FROM for"),
        ("MATCH (e:Evidence)-[r:REFUTES]->(a:Assertion) DELETE r", "relationships SUPPORTS and REFUTES for 20 pieces of evidence"),
        ("MATCH (d:Document {id: 'PMID:103'}) DETACH DELETE d", "relationships FROM for"),
        ("MATCH (a)-[r:TREATS]->(b) DELETE r", "12 relationships between concepts for 13 assertions"),
    ],
)
def test_counts_that_do_not_add_up_are_said_without_a_deep_look(settings: Settings, statement: str, said: str) -> None:
    damage(settings, statement)
    check = by_name(settings)["counts"]
    assert check.state == "missing"
    assert said in check.detail
    assert "litkg restore" in check.remedy


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("MATCH (a:Assertion) SET a.n_support = 7", "13 assertions whose counts are not those of their evidence"),
        ("MATCH (e:Evidence)-[r:SUPPORTS]->(a:Assertion) DELETE r", "assertions without evidence"),
        ("MATCH (d:Document)-[r:MENTIONS]->(c:Concept) DELETE r", "10 concepts that no document mentions"),
    ],
)
def test_a_deep_look_finds_what_counts_do_not_show(settings: Settings, statement: str, said: str) -> None:
    damage(settings, statement)
    check = by_name(settings, deep=True)["integrity"]
    assert check.state == "missing"
    assert said in check.detail


def test_graphs_of_other_versions_say_what_to_do(settings: Settings) -> None:
    with opened(settings) as store:
        store.change(lambda execute: stamp(execute, 1))
    check = by_name(settings)["schema"]
    assert (check.state, check.remedy) == ("missing", f"litkg upgrade --store {settings.store_url}")
    with open_store(settings.store_url, password=settings.neo4j_password, any_version=True) as store:
        store.change(lambda execute: stamp(execute, current_version() + 1))
    assert "update litkg" in by_name(settings)["schema"].remedy


def test_a_missing_index_is_named_with_the_command(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, store_url=str(tmp_path / "graph"))
    with opened(settings) as store:
        store.upsert(extractions())
        store.change(lambda execute: execute("DROP INDEX litkg_concept_category", {}))
    check = by_name(settings)["schema"]
    assert "missing: litkg_concept_category" in check.detail
    assert check.remedy.startswith("litkg upgrade")


def test_graph_that_is_not_there_yet_is_no_fault(tmp_path: Path) -> None:
    (check,) = check_graph(Settings(home=tmp_path, store_url=str(tmp_path / "graph")))
    assert check.state == "optional"
    assert "litkg ingest" in check.remedy


def test_a_broken_graph_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / GRAPH_FILE).write_bytes(b"rubbish")
    (check,) = check_graph(Settings(home=tmp_path, store_url=str(tmp_path)))
    assert check.state == "missing"
    assert "litkg restore" in check.remedy


def test_server_that_is_down_is_missing(tmp_path: Path) -> None:
    (check,) = check_graph(Settings(home=tmp_path, store_url="bolt://127.0.0.1:1"))
    assert check.state == "missing"
    assert "litkg neo4j start" in check.remedy
