"""Checks of the graph: that it opens, which version of the schema it is of, what is missing of the schema, and whether it holds together.

Owns what must hold in every graph of litkg's. Refuses to mend: what does not hold together is loaded anew or restored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from litkg.doctor.check import Check
from litkg.errors import LitkgError, SchemaVersionError
from litkg.settings import Settings
from litkg.stores import open_store
from litkg.stores.base import WRITE_TIMEOUT_S, GraphStore
from litkg.stores.schema import load_schema
from litkg.stores.versions import GraphState, require_readable, require_writable

MEND = "litkg restore BACKUP --force, or load the papers into a new graph: litkg ingest PATH --store NEW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something that no node may be: `statement` returns how many are, as `n`, and the id of one of them, as `example`."""

    title: str
    statement: str


DEEP_RULES = (
    Rule(
        title="assertions without evidence",
        statement="MATCH (a:Assertion) WHERE NOT EXISTS { (a)<-[:SUPPORTS|REFUTES]-(:Evidence) } RETURN count(a) AS n, min(a.id) AS example",
    ),
    Rule(
        title="assertions without a subject",
        statement="MATCH (a:Assertion) WHERE NOT EXISTS { (a)-[:SUBJECT]->(:Concept) } RETURN count(a) AS n, min(a.id) AS example",
    ),
    Rule(
        title="assertions without an object",
        statement="MATCH (a:Assertion) WHERE NOT EXISTS { (a)-[:OBJECT]->(:Concept) } RETURN count(a) AS n, min(a.id) AS example",
    ),
    Rule(
        title="evidence without a document",
        statement="MATCH (e:Evidence) WHERE NOT EXISTS { (e)-[:FROM]->(:Document) } RETURN count(e) AS n, min(e.id) AS example",
    ),
    Rule(
        title="evidence without a claim",
        statement="MATCH (e:Evidence) WHERE NOT EXISTS { (e)-[:SUPPORTS|REFUTES]->(:Assertion) } RETURN count(e) AS n, min(e.id) AS example",
    ),
    Rule(
        title="concepts that no document mentions",
        statement="MATCH (c:Concept) WHERE NOT EXISTS { (c)<-[:MENTIONS]-(:Document) } RETURN count(c) AS n, min(c.id) AS example",
    ),
    Rule(
        title="families without a member",
        statement="MATCH (f:Family) WHERE NOT EXISTS { (f)<-[:IN_FAMILY]-(:Concept) } RETURN count(f) AS n, min(f.id) AS example",
    ),
    Rule(
        title="runs whose counts are not those of their documents",
        statement="""
MATCH (r:Run)
OPTIONAL MATCH (r)<-[:READ_IN]-(d:Document)
WITH r, count(d) AS documents
WHERE r.n_documents <> documents
RETURN count(r) AS n, min(r.id) AS example
""",
    ),
    Rule(
        title="assertions whose counts are not those of their evidence",
        statement="""
MATCH (a:Assertion)<-[:SUPPORTS|REFUTES]-(e:Evidence)
WITH a, sum(CASE WHEN e.negated THEN 0 ELSE 1 END) AS supporting, sum(CASE WHEN e.negated THEN 1 ELSE 0 END) AS refuting
WHERE a.n_support <> supporting OR a.n_refute <> refuting
RETURN count(a) AS n, min(a.id) AS example
""",
    ),
)
"""What a look at every node finds."""


def check_graph(settings: Settings, *, deep: bool = False, progress: Callable[[str], None] = lambda message: None) -> list[Check]:
    """Return whether the graph opens and, where it does, how its schema is and whether it holds together; a folder that is not there yet is no fault."""
    try:
        store = open_store(settings.store_url, username=settings.neo4j_username, password=settings.neo4j_password, create=False, any_version=True)
    except LitkgError as error:
        return [_closed(settings, error)]
    try:
        with store:
            return _checks(store, settings, deep=deep, progress=progress)
    except LitkgError as error:
        return [_closed(settings, error)]


def _checks(store: GraphStore, settings: Settings, *, deep: bool, progress: Callable[[str], None]) -> list[Check]:
    kind = "Neo4j" if _is_server(settings) else "embedded"
    state = store.state()
    nodes = {label: _one(store, f"MATCH (n:{label}) RETURN count(n) AS n") for label in load_schema().nodes}
    counts = ", ".join(f"{nodes[label]:,} {label.lower()}{'s' if label != 'Evidence' else ''}" for label in ("Document", "Evidence", "Assertion", "Concept"))
    checks = [Check(name="graph", ok=True, detail=f"{counts}; {kind}, at {settings.store_url}"), _schema(store, state, settings)]
    if state.version is not None:
        checks.append(_whole("counts", _count_faults(store, nodes), "as many relationships as there must be"))
        if deep:
            progress("looking at every node of the graph")
            checks.append(_whole("integrity", _deep_faults(store), "every node has what it must have"))
    return checks


def _schema(store: GraphStore, state: GraphState, settings: Settings) -> Check:
    try:
        require_readable(state, settings.store_url)
        require_writable(state, settings.store_url)
    except SchemaVersionError as error:
        ours = state.version is not None and state.version < load_schema().version.schema_version
        remedy = f"litkg upgrade --store {settings.store_url}" if ours else str(error).partition("; ")[2]
        return Check(name="schema", ok=False, detail=str(error).partition("; ")[0], remedy=remedy)
    if state.version is None:
        return Check(name="schema", ok=True, detail="an empty database; the first load makes it a graph")
    missing = store.missing_schema()
    if missing:
        detail = f"version {state.version}; missing: {', '.join(missing[:4])}{' ...' if len(missing) > 4 else ''}"
        return Check(name="schema", ok=False, detail=detail, remedy=f"litkg upgrade --store {settings.store_url}")
    return Check(name="schema", ok=True, detail=f"version {state.version}, all constraints and indexes")


def _count_faults(store: GraphStore, nodes: dict[str, int]) -> Iterator[str]:
    """Yield what does not add up between the numbers of nodes and of relationships, which both stores know without counting."""
    predicates = [item.type for item in load_schema().relationships.values() if item.predicate is not None]
    types = {name: _one(store, f"MATCH ()-[r:{name}]->() RETURN count(r) AS n") for name in load_schema().relationships}
    claims = nodes["Assertion"]
    expected = (
        ("SUPPORTS and REFUTES", types["SUPPORTS"] + types["REFUTES"], "pieces of evidence", nodes["Evidence"]),
        ("FROM", types["FROM"], "pieces of evidence and case reports", nodes["Evidence"] + nodes["CaseReport"]),
        ("SUBJECT", types["SUBJECT"], "assertions", claims),
        ("OBJECT", types["OBJECT"], "assertions", claims),
        ("between concepts", sum(types[name] for name in predicates), "assertions", claims),
        ("REPORTS_DRUG", types["REPORTS_DRUG"], "case reports", nodes["CaseReport"]),
        ("REPORTS_EVENT", types["REPORTS_EVENT"], "case reports", nodes["CaseReport"]),
    )
    for relationships, found, what, wanted in expected:
        if found != wanted:
            yield f"{found:,} relationships {relationships} for {wanted:,} {what}"


def _deep_faults(store: GraphStore) -> Iterator[str]:
    for rule in DEEP_RULES:
        (row,) = store.run(rule.statement, timeout_s=WRITE_TIMEOUT_S)
        if row["n"]:
            yield f"{row['n']} {rule.title} (such as {row['example']})"


def _whole(name: str, faults: Iterator[str], fine: str) -> Check:
    found = list(faults)
    return Check(name=name, ok=not found, detail="; ".join(found) or fine, remedy=MEND if found else "")


def _closed(settings: Settings, error: LitkgError) -> Check:
    server = _is_server(settings)
    there_is_none = "no graph at" in str(error)
    remedy = "litkg neo4j start, or name another graph in LITKG_STORE" if server else "litkg ingest PATH makes it; or name another one in LITKG_STORE"
    if not server and not there_is_none:
        remedy = MEND
    return Check(name="graph", ok=False, detail=" ".join(str(error).split()), remedy=remedy, needed=not there_is_none)


def _is_server(settings: Settings) -> bool:
    return "://" in settings.store_url and not settings.store_url.startswith("file://")


def _one(store: GraphStore, statement: str) -> int:
    (row,) = store.run(statement, timeout_s=WRITE_TIMEOUT_S)
    return cast(int, row["n"])
