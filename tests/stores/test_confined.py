"""Queries from outside, on both stores: none writes, reaches beyond the graph, or takes the process, the server or the graph with it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from litkg.errors import RowLimitError, StoreError
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.confined import ConfinedReader
from litkg.stores.embedded import EmbeddedStore
from litkg.stores.reading import MAX_DEPTH, MAX_LENGTH, check_reading
from tests.graphs import extractions

WRITES = {
    "create": "CREATE (:Concept {id: 'x'})",
    "merge": "MERGE (:Concept {id: 'x'})",
    "set": "MATCH (n) SET n.name = 'x'",
    "remove": "MATCH (n) REMOVE n.name",
    "delete": "MATCH (n) DETACH DELETE n",
    "foreach": "FOREACH (x IN [1] | CREATE (:Concept {id: 'x'}))",
    "subquery": "CALL () { CREATE (n:Concept {id: 'x'}) RETURN n } RETURN n.id AS id",
    "subquery without rows": "MATCH (n) CALL (n) { SET n.name = 'x' } RETURN 1 AS one",
    "in transactions": "UNWIND [1, 2] AS x CALL (x) { CREATE (:Concept {id: x}) } IN TRANSACTIONS RETURN x",
    "create index": "CREATE INDEX mine FOR (n:Concept) ON (n.zzz)",
    "drop index": "DROP INDEX litkg_concept_name",
    "create constraint": "CREATE CONSTRAINT mine FOR (n:Concept) REQUIRE n.zzz IS UNIQUE",
    "drop constraint": "DROP CONSTRAINT litkg_concept_key",
    "escaped": "\\u0043REATE (:Concept {id: 'x'})",
    "profiled": "PROFILE CREATE (:Concept {id: 'x'})",
    "two statements": "MATCH (n) RETURN n.id AS id; MATCH (n) DETACH DELETE n",
    "ontology": "CALL db.ontology.clear()",
    "embeddings": "CALL db.relationship_embeddings.set({})",
    "new label": "CALL db.createLabel('X')",
    "full text": "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
}
BEYOND = {
    "csv": "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row",
    "csv from the net": "LOAD CSV WITH HEADERS FROM 'https://example.org/x.csv' AS row RETURN row",
    "csv in pieces": "LOAD /* a */\n CSV FROM 'file:///etc/hostname' AS row RETURN row",
    "csv after a comment": "LOAD // a\nCSV FROM 'file:///etc/hostname' AS row RETURN row",
    "csv escaped": "LOAD C\\u0053V FROM 'file:///etc/hostname' AS row RETURN row",
    "csv after a quote": "RETURN 'it\\'s' AS a UNION LOAD CSV FROM 'file:///etc/hostname' AS a RETURN a",
    "csv in a subquery": "CALL { LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row } RETURN row",
    "apoc": "CALL apoc.load.json('file:///etc/hostname')",
    "apoc quoted": "CALL `apoc`.`load`.`json`('file:///etc/hostname')",
    "apoc function": "RETURN apoc.util.md5(['x']) AS x",
    "settings": "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "settings escaped": "C\\u0041LL dbms.listConfig()",
    "settings shown": "SHOW SETTINGS YIELD name, value RETURN name, value",
    "users": "SHOW USERS",
    "transactions": "SHOW TRANSACTIONS",
    "end transactions": "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "kill": "CALL dbms.killConnection('bolt-1')",
    "user": "CREATE USER mallory SET PASSWORD 'guess-me-not'",
    "password": "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "database": "DROP DATABASE neo4j",
    "other database": "USE system SHOW DATABASES",
    "ping": "CALL db.ping()",
}
EXHAUSTING = {
    "rows without end": "UNWIND range(1, 1000000000000) AS x RETURN count(x) AS n",
    "product": "MATCH (a), (b), (c), (d), (e), (f) RETURN collect([a.id, b.id, c.id, d.id, e.id, f.id]) AS all",
    "text doubled": "RETURN size(reduce(t = 'abcdefghij', x IN range(1, 40) | t + t)) AS n",
    "paths without bound": "MATCH p = (a)-[*]-(b) RETURN count(p) AS n",
    "long reduce": "RETURN reduce(s = 0, x IN range(1, 10000000) | s + size(toString(x)) + size([y IN range(1, 1000) | y])) AS n",
    "brackets": "RETURN " + "(" * 3000 + "1" + ")" * 3000 + " AS n",
    "lists": "RETURN " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1) + " AS n",
    "cases": "RETURN " + "CASE WHEN true THEN " * (MAX_DEPTH + 1) + "1" + " END" * (MAX_DEPTH + 1) + " AS n",
    "length": "RETURN 1" + "+1" * MAX_LENGTH + " AS n",
}


@pytest.fixture
def loaded(store: GraphStore) -> GraphStore:
    """Return a store of each kind in turn, with the little graph in it."""
    store.upsert(extractions())
    return store


def test_no_query_writes_or_reaches_beyond_the_graph(loaded: GraphStore) -> None:
    before, schema = loaded.checksum(), list(loaded.run("SHOW INDEXES YIELD name RETURN name ORDER BY name"))
    for name, query in (WRITES | BEYOND).items():
        with pytest.raises(StoreError):
            pytest.fail(f"{name}: {list(loaded.run_confined(query, timeout_s=10))}")
        with pytest.raises(StoreError):
            pytest.fail(f"{name}, in run: {list(loaded.run(query, timeout_s=10))}")
    assert loaded.checksum() == before
    assert list(loaded.run("SHOW INDEXES YIELD name RETURN name ORDER BY name")) == schema


def test_what_exhausts_time_or_memory_ends_and_the_store_answers_on(loaded: GraphStore) -> None:
    before = loaded.checksum()
    for name, query in EXHAUSTING.items():
        with pytest.raises(StoreError, match=r"longer than 1 s|memory|would materialize|refused"):
            pytest.fail(f"{name}: {list(loaded.run_confined(query, timeout_s=1))}")
        assert list(loaded.run_confined("RETURN 1 AS one", timeout_s=30)) == [{"one": 1}]
    assert loaded.checksum() == before


def test_rows_beyond_the_limit_are_told_and_not_dropped_in_silence(loaded: GraphStore) -> None:
    for run in (loaded.run, loaded.run_confined):
        rows = run("UNWIND range(1, 50) AS x RETURN x", max_rows=20)
        assert [next(rows)["x"] for _ in range(20)] == list(range(1, 21))
        with pytest.raises(RowLimitError, match="cut after 20 rows"):
            next(rows)
        assert len(list(run("UNWIND range(1, 20) AS x RETURN x", max_rows=20))) == 20
        assert list(run("MATCH (n:Concept {id: 'none'}) RETURN n.id AS id", max_rows=20)) == []


def test_a_limit_ends_the_work_too(loaded: GraphStore) -> None:
    rows = loaded.run_confined("UNWIND range(1, 300000) AS x RETURN x", max_rows=3, timeout_s=30)
    assert [next(rows)["x"] for _ in range(3)] == [1, 2, 3]


def test_confined_queries_give_the_rows_that_others_give(loaded: GraphStore) -> None:
    queries = {
        "MATCH (n) RETURN n ORDER BY n.id LIMIT 5": {},
        "MATCH (s:Concept)-[r]->(o:Concept) RETURN s.id AS s, r AS r, o.name AS o ORDER BY s, o, r.assertion_id": {},
        "RETURN $text AS text, $list AS list, $none AS none, $number AS number": {"text": "a'b\"c`d\\e\n", "list": [1, "x", True], "none": None, "number": 0.5},
        "CALL db.labels() YIELD label RETURN label ORDER BY label": {},
        "MATCH (n:Concept) WHERE n.name = 'call apoc.load.json(x)' OR n.name = 'LOAD CSV' RETURN n.id AS id": {},
    }
    for query, params in queries.items():
        assert list(loaded.run_confined(query, params)) == list(loaded.run(query, params)), query


def test_a_confined_query_sees_the_last_save(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        count = "MATCH (d:Document) RETURN count(d) AS n"
        assert list(store.run_confined(count)) == [{"n": 0}]
        for number, extraction in enumerate(extractions(), start=1):
            store.upsert([extraction])
            assert list(store.run_confined(count)) == [{"n": number}]


def test_the_process_is_kept_for_the_next_query_and_ended_on_close(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph")
    store.upsert(extractions())
    list(store.run_confined("RETURN 1 AS one"))
    first = store._confined._idle
    list(store.run_confined("RETURN 1 AS one"))
    assert first is not None and store._confined._idle is first
    assert next(iter(store.run_confined("UNWIND range(1, 9) AS x RETURN x"))) == {"x": 1}  # and the rest is left unread
    assert list(store.run_confined("RETURN 1 AS one")) == [{"one": 1}]
    running = store._confined._idle
    assert running is not None
    store.close()
    assert running.process.poll() == -signal.SIGKILL


def test_the_process_has_no_passwords_and_can_open_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hush-hush")
    with EmbeddedStore(tmp_path / "graph") as store:
        store.upsert(extractions())
        list(store.run_confined("RETURN 1 AS one"))
        child = store._confined._idle
        assert child is not None
        if not Path("/proc/self").exists():
            pytest.skip("no /proc here to look into the process")
        process = Path(f"/proc/{child.process.pid}")
        assert b"hush-hush" not in (process / "environ").read_bytes()
        limits = {line[:26].strip(): line[26:].split()[0] for line in (process / "limits").read_text().splitlines()}
        assert (limits["Max open files"], limits["Max file size"], limits["Max core file size"]) == ("0", "0", "0")
        assert int(limits["Max address space"]) < 1 << 40


def test_an_answer_too_large_is_refused(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "graph") as store:
        store.upsert(extractions())
        status = (tmp_path / "graph" / "graph.kgl").stat()
        reader = ConfinedReader(tmp_path / "graph" / "graph.kgl", max_answer=1 << 20)
        signature = (status.st_ino, status.st_size, status.st_mtime_ns)
        rows = reader.run(
            "UNWIND range(1, 100) AS x RETURN reduce(t = 'abcdefghij', y IN range(1, 12) | t + t) AS text", {}, timeout_s=20, max_rows=1000, signature=signature
        )
        with pytest.raises(StoreError, match="larger than 1 MB"):
            list(rows)
        reader.close()


def test_a_process_that_is_killed_is_an_error_and_replaced(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "graph") as store:
        store.upsert(extractions())
        list(store.run_confined("RETURN 1 AS one"))
        child = store._confined._idle
        assert child is not None
        os.kill(child.process.pid, signal.SIGKILL)
        time.sleep(0.1)
        assert list(store.run_confined("RETURN 1 AS one")) == [{"one": 1}]


def test_parameters_that_json_cannot_hold_are_refused(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "graph") as store, pytest.raises(StoreError, match="a parameter that no query can hold"):
        store.run_confined("RETURN $x AS x", {"x": object()})


def test_names_that_only_look_like_refused_words_are_asked_for_freely() -> None:
    for query in (
        "MATCH (n) WHERE n.text CONTAINS 'LOAD CSV' RETURN n.id AS id",
        "MATCH (n) RETURN n.load AS load, n.csv AS csv",
        "MATCH (n) // CALL apoc.load.json\nRETURN n.id AS id",
        "MATCH (c:Concept) WITH c CALL (c) { MATCH (c)-->(d) RETURN count(d) AS n } RETURN n",
        "CALL { MATCH (n) RETURN n LIMIT 1 } RETURN n.id AS id",
        "CALL db.index.fulltext.queryNodes('names', $words) YIELD node RETURN node.id AS id",
        "SHOW INDEXES",
    ):
        check_reading(query)
