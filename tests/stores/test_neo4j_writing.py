"""How tables reach Neo4j: by statements that find nodes without a search, and never in part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import neo4j
import pytest

from litkg.errors import StoreError
from litkg.stores import neo4j_statements, open_store
from litkg.stores.base import Row
from litkg.stores.neo4j_writing import Neo4jWriter
from litkg.stores.rows import ASSERTION_NAMES, CONCEPT_NAMES, DOCUMENT_NAMES, EDGE_NAMES, EVIDENCE_NAMES, MENTION_NAMES, SUMMARY_NAMES, case_report_names
from litkg.stores.server import Server
from litkg.stores.writing import Link
from tests.neo4j_server import clear, neo4j_server

__all__ = ["neo4j_server"]

FROM, SUPPORTS = ("FROM", "Document"), ("SUPPORTS", "Assertion")
ENDS = (("SUBJECT", "Concept"), ("OBJECT", "Concept"))
STATEMENTS = {
    "numbers": neo4j_statements.number_nodes("Concept"),
    "documents": neo4j_statements.create_nodes("Document", DOCUMENT_NAMES, (), (), numbered=True),
    "concepts": neo4j_statements.create_nodes("Concept", CONCEPT_NAMES, ("Gene", "Cytokine"), (), numbered=True),
    "assertions": neo4j_statements.create_nodes("Assertion", ASSERTION_NAMES, (), ENDS, numbered=True),
    "evidence": neo4j_statements.create_nodes("Evidence", EVIDENCE_NAMES, (), (FROM, SUPPORTS), numbered=False),
    "case reports": neo4j_statements.create_nodes("CaseReport", (), (), (FROM, ("REPORTS_DRUG", "Concept")), numbered=False),
    "mentions": neo4j_statements.create_relationships("MENTIONS", MENTION_NAMES[2:]),
    "edges": neo4j_statements.create_relationships("INCREASES", EDGE_NAMES[2:]),
    "known assertions": neo4j_statements.update_nodes("Assertion", SUMMARY_NAMES),
    "known edges": neo4j_statements.update_edges("INCREASES", EDGE_NAMES[3:]),
}
FOUND = ("NodeByIdSeek", "NodeUniqueIndexSeek", "DirectedRelationshipIndexSeek")


@pytest.fixture(scope="module")
def session(neo4j_server: Server) -> Iterator[neo4j.Session]:
    """Yield a session on an empty graph with its schema."""
    clear(neo4j_server)
    with open_store(neo4j_server.url, username=neo4j_server.username, password=neo4j_server.password) as store:
        store.apply_schema()
    with neo4j.GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.username, neo4j_server.password)) as driver, driver.session() as opened:
        yield opened


def operators(plan: Mapping[str, object]) -> Iterator[str]:
    """Yield the operators of a plan."""
    yield str(plan["operatorType"]).partition("@")[0]
    for child in plan.get("children", ()):  # type: ignore[attr-defined]
        yield from operators(child)


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_what_is_there_is_found_by_key_or_number_and_nothing_is_gathered_first(statement: str, session: neo4j.Session) -> None:
    plan = session.run("EXPLAIN " + statement, rows=[], keys=[]).consume().plan
    assert plan is not None
    seen = list(operators(plan))
    assert not [name for name in seen if "Scan" in name or ("IndexSeek" in name and not name.startswith(FOUND))]
    assert "Eager" not in seen


@pytest.mark.parametrize("name", ["", "id`: 1}) DETACH DELETE n //", "subject"])
def test_names_outside_the_schema_never_reach_a_statement(name: str) -> None:
    with pytest.raises(KeyError):
        neo4j_statements.create_nodes("Document", ("id", name), (), (), numbered=False)
    with pytest.raises(KeyError):
        neo4j_statements.create_nodes("Concept", ("id",), (name,), (), numbered=False)
    with pytest.raises(KeyError):
        neo4j_statements.create_nodes("Evidence", ("id",), (), ((name, "Document"),), numbered=False)
    with pytest.raises(KeyError):
        neo4j_statements.update_nodes("Document", (name,))
    with pytest.raises(KeyError):
        neo4j_statements.create_relationships("MENTIONS", (name,))
    with pytest.raises(KeyError):
        neo4j_statements.update_edges("INCREASES", (name,))


class Recorder:
    """Answers like a server that has the nodes `there`, by key, and keeps what it was asked."""

    def __init__(self, **there: int) -> None:
        self.there = there
        self.asked: list[list[str]] = []
        self.rows: list[object] = []

    def __call__(self, statement: str, params: Mapping[str, object]) -> list[Row]:
        if "keys" in params:
            keys = [str(key) for key in params["keys"]]  # type: ignore[attr-defined]
            self.asked.append(keys)
            found = [key for key in keys if key in self.there]
            return [{"keys": found, "numbers": [self.there[key] for key in found]}]
        self.rows.append(params["rows"])
        return [{"keys": ["d9"], "numbers": [9]}] if "collect(" in statement else []


def test_a_node_is_looked_up_once_however_many_relationships_lead_to_it() -> None:
    server = Recorder(d1=11, c1=21, c2=22)
    writer = Neo4jWriter(server)
    writer.connect("MENTIONS", ("document", "concept", "count"), [("d1", "c1", 1), ("d1", "c2", 2)])
    writer.connect("MENTIONS", ("document", "concept", "count"), [("d1", "c2", 3)])
    assert server.asked == [["d1"], ["c1", "c2"]]
    assert server.rows == [[(11, 21, 1), (11, 22, 2)], [(11, 22, 3)]]


def test_a_node_that_was_just_made_is_not_looked_up() -> None:
    server = Recorder(a1=31)
    writer = Neo4jWriter(server)
    writer.create("Document", ("id", "year"), [("d9", 1999)])
    links = [Link(type="FROM", label="Document", ends=["d9"]), Link(type="SUPPORTS", label="Assertion", ends=["a1"])]
    writer.create("Evidence", ("id", "text"), [("e1", None)], links=links)
    assert server.asked == [["a1"]]
    assert server.rows == [[("d9", 1999)], [("e1", None, 9, 31)]]


def test_many_properties_are_sent_as_those_that_there_are() -> None:
    server = Recorder(d1=11, c1=21)
    names = case_report_names()
    links = [Link(type="FROM", label="Document", ends=["d1"]), Link(type="REPORTS_DRUG", label="Concept", ends=["c1"])]
    Neo4jWriter(server).create("CaseReport", names, [("r1", *(None for _ in names[1:]))], links=links)
    assert server.rows == [[({"id": "r1"}, 11, 21)]]


def test_an_end_that_is_not_there_is_an_error_and_no_missing_relationship() -> None:
    server = Recorder(d1=11)
    with pytest.raises(StoreError, match="Concept 'c1' went from the graph while it was written to"):
        Neo4jWriter(server).connect("MENTIONS", ("document", "concept", "count"), [("d1", "c1", 1)])
    assert server.rows == []
