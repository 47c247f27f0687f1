"""A connection to Neo4j that is cut or stalls, also where a commit's answer is lost: the load goes on by itself, and nothing is missing or there twice."""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import neo4j
import pytest

from litkg.errors import StoreError
from litkg.stores import open_store
from litkg.stores.neo4j import Neo4jStore
from litkg.stores.retrying import Patience
from litkg.stores.server import Server
from tests.faults import killing
from tests.faults.driver import Reading, Script
from tests.faults.papers import paper
from tests.faults.proxy import Fault, Proxy, proxy_to
from tests.neo4j_server import clear

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]

ROUNDS = int(os.environ.get("LITKG_FAULT_ROUNDS", "4"))
SEED = int(os.environ.get("LITKG_FAULT_SEED", "1"))


@pytest.fixture
def proxy(neo4j_server: Server) -> Iterator[Proxy]:
    """Yield a proxy to the server of this run, whose database is empty and has its schema."""
    clear(neo4j_server)
    with open_store(neo4j_server.url, username=neo4j_server.username, password=neo4j_server.password) as store:
        store.apply_schema()
    with proxy_to(neo4j_server.url) as running:
        yield running


def open_through(proxy: Proxy, server: Server, *, patience: Patience | None = None, told: list[str] | None = None) -> Neo4jStore:
    return Neo4jStore(proxy.url, username=server.username, password=server.password, patience=patience, on_wait=told.append if told is not None else None)


def checksum(server: Server) -> str:
    with open_store(server.url, username=server.username, password=server.password) as store:
        return store.checksum()


def fresh(*readings: Reading) -> str:
    return killing.fresh_checksum(frozenset(readings), 6)


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name.lower())
def test_a_fault_at_a_commit_neither_loses_nor_doubles(proxy: Proxy, neo4j_server: Server, fault: Fault) -> None:
    saved: list[str] = []
    with open_through(proxy, neo4j_server) as store:
        store.upsert([paper(1), paper(2)], on_saved=saved.extend)
        proxy.faults = [fault, fault]
        store.upsert([paper(2, 1), paper(3)], on_saved=saved.extend)
        store.upsert([paper(4)], on_saved=saved.extend)
    assert proxy.faults == []
    assert saved == [paper(number).document.id for number in (1, 2, 2, 3, 4)]
    assert checksum(neo4j_server) == fresh((1, 0), (2, 1), (3, 0), (4, 0))


def test_a_removal_whose_answer_was_lost_is_a_removal(proxy: Proxy, neo4j_server: Server) -> None:
    with open_through(proxy, neo4j_server) as store:
        store.upsert([paper(1), paper(2)])
        proxy.faults = [Fault.AFTER]
        assert store.remove(paper(2).document.id) is True
        assert store.remove(paper(2).document.id) is False
    assert checksum(neo4j_server) == fresh((1, 0))


def test_a_connection_cut_anywhere_is_made_anew(proxy: Proxy, neo4j_server: Server) -> None:
    draw = random.Random(SEED)
    told: list[str] = []
    with open_through(proxy, neo4j_server, told=told) as store:
        for number in range(ROUNDS):
            proxy.bytes_until_cut = draw.randrange(1, 6000)
            store.upsert([paper(number, 1), paper(number + 1)])
    expected = [(number, 1) for number in range(ROUNDS)] + [(ROUNDS, 0)]
    assert checksum(neo4j_server) == fresh(*expected)
    assert told[0].startswith(f"{proxy.url} does not answer; waiting up to 120 s")
    assert told[1] == f"{proxy.url} is back; going on"


def test_a_server_that_stays_away_is_an_error_in_time(proxy: Proxy, neo4j_server: Server) -> None:
    told: list[str] = []
    with open_through(proxy, neo4j_server, patience=Patience(server_s=2.0), told=told) as store:
        store.upsert([paper(1)])
        proxy.target = "bolt://127.0.0.1:9"
        proxy.cut()
        started = time.monotonic()
        with pytest.raises(StoreError, match=f"at {proxy.url}.* mend NEO4J_URI"):
            store.upsert([paper(2)])
        assert time.monotonic() - started < 20
        assert len(told) == 1
        proxy.target = neo4j_server.url
        store.upsert([paper(2)])
    assert checksum(neo4j_server) == fresh((1, 0), (2, 0))


def test_a_batch_that_takes_too_long_leaves_nothing(proxy: Proxy, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_through(proxy, neo4j_server, patience=Patience(conflict_s=0.5)) as store:
        store.upsert([paper(1)])
        with monkeypatch.context() as patch:
            patch.setattr("litkg.stores.neo4j.WRITE_TIMEOUT_S", 0.001)
            with pytest.raises(StoreError, match="a batch took longer than"):
                store.upsert([paper(number) for number in range(30)])
        assert store.checksum() == fresh((1, 0))


def test_two_processes_that_load_the_same_papers_give_a_right_graph(proxy: Proxy, neo4j_server: Server, tmp_path: Path) -> None:
    """They replace each other's readings and share every concept; whoever is last with a paper, the graph is a fresh load of what is in it."""
    children = []
    for number in range(2):
        steps: list[list[Reading]] = [[(paper_number, number) for paper_number in order] for order in _orders(number)]
        folder = tmp_path / str(number)
        folder.mkdir()
        script = Script(
            store=neo4j_server.url,
            board=str(folder / "board"),
            acks=str(folder / "acks"),
            steps=steps,
            username=neo4j_server.username,
            password=neo4j_server.password,
        )
        children.append((killing.start(script, folder), script))
    for child, script in children:
        _, errors = child.communicate(timeout=killing.GIVE_UP_S)
        assert child.returncode == 0, errors.decode()
        assert len(killing.acknowledged(script)) == sum(map(len, script.steps))
    with open_store(neo4j_server.url, username=neo4j_server.username, password=neo4j_server.password) as store:
        found = killing.state_of(store)
        assert sorted(found) == list(range(12))
        assert store.checksum() == fresh(*found.items())


def test_a_deadlock_with_another_program_is_tried_again(proxy: Proxy, neo4j_server: Server) -> None:
    """The load waits for a first stranger; a second one, who holds what the load needs next, waits for the load; then the first lets go."""
    wanted = paper(2)
    first, second = [concept.id for concept in wanted.concepts][:2]
    with open_through(proxy, neo4j_server) as store:
        store.upsert([wanted, paper(3)])
        with (
            neo4j.GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.username, neo4j_server.password)) as driver,
            ThreadPoolExecutor(2) as pool,
            driver.session() as one,
            driver.session() as two,
        ):
            holder, stranger = one.begin_transaction(), two.begin_transaction()
            holder.run(HOLD, id=first).consume()
            stranger.run(HOLD, id=second).consume()
            load = pool.submit(store.upsert, [paper(2, 1)])
            _wait_until_blocked(driver, 1)
            crossing = pool.submit(lambda: stranger.run("MATCH (g:Graph) SET g.id = g.id").consume())
            _wait_until_blocked(driver, 2)
            holder.rollback()
            with contextlib.suppress(neo4j.exceptions.TransientError):  # whichever of the two the server chooses to end
                crossing.result(timeout=60)
            stranger.close()
            load.result(timeout=60)
    assert checksum(neo4j_server) == fresh((2, 1), (3, 0))


HOLD = "MATCH (c:Concept {id: $id}) SET c.name = c.name"


def _wait_until_blocked(driver: neo4j.Driver, transactions: int) -> None:
    deadline = time.monotonic() + 60
    query = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*) AS n"
    while driver.execute_query(query).records[0]["n"] < transactions:
        assert time.monotonic() < deadline, "nobody waits for a lock"
        time.sleep(0.02)


def _orders(seed: int) -> list[list[int]]:
    """Return batches of four papers, each paper in several."""
    draw = random.Random(seed)
    return [draw.sample(range(12), 4) for _ in range(5)] + [[0, 1, 2, 3, 4, 5], [11, 10, 9, 8, 7, 6]]
