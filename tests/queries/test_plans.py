"""Plans on Neo4j: a canned query that names a concept, or a claim, starts there, and looks at no label whole."""

from __future__ import annotations

from collections.abc import Iterator

import neo4j
import pytest

from litkg.queries import CannedQuery, defaults, load_queries
from litkg.stores import open_store
from litkg.stores.server import Server
from tests.graphs import DEPRESSION, IL1RN, extractions
from tests.neo4j_server import NEO4J_MARKS, clear, neo4j_server

__all__ = ["neo4j_server"]

pytestmark = list(NEO4J_MARKS)

STARTS = {"concept", "cytokine", "disease", "drug", "event", "start", "end", "first", "second", "subject", "object", "assertion", "assertions", "concepts"}
QUERIES = {name: query for name, query in load_queries().items() if query.search is None and STARTS & {item.name for item in query.parameters}}
SCANS = ("AllNodesScan", "NodeByLabelScan", "RelationshipTypeScan", "DirectedRelationshipTypeScan", "UndirectedRelationshipTypeScan", "NodeIndexScan")


@pytest.fixture(scope="module")
def session(neo4j_server: Server) -> Iterator[neo4j.Session]:
    """Yield a session on the little graph."""
    clear(neo4j_server)
    with open_store(neo4j_server.url, username=neo4j_server.username, password=neo4j_server.password) as store:
        store.upsert(extractions())
    with neo4j.GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.username, neo4j_server.password)) as driver, driver.session() as opened:
        yield opened


def operators(plan: dict[str, object]) -> Iterator[tuple[str, int]]:
    """Yield each operator of a profile with the rows that it gave."""
    yield str(plan["operatorType"]).partition("@")[0], int(str(plan.get("rows", 0)))
    for child in plan.get("children", []):  # type: ignore[attr-defined]
        yield from operators(child)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_named_concept_is_found_by_its_key(query: CannedQuery, session: neo4j.Session) -> None:
    ends = iter((IL1RN.id, DEPRESSION.id))
    given = {item.name: [IL1RN.id] if item.type == "string list" else next(ends) for item in query.parameters if item.name in STARTS}
    profile = session.run("PROFILE " + query.statement, defaults(query) | given).consume().profile
    assert profile is not None
    looked_at = [(name, rows) for name, rows in operators(profile) if any(name.endswith(scan) for scan in SCANS) and rows > 0]
    assert looked_at == []


def test_a_scan_would_be_seen(session: neo4j.Session) -> None:
    profile = session.run("PROFILE MATCH (c:Concept) RETURN c.id").consume().profile
    assert profile is not None
    assert any(name.endswith(scan) and rows > 0 for name, rows in operators(profile) for scan in SCANS)
