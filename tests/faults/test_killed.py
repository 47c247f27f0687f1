"""A load that is killed at any moment (SIGKILL) leaves a whole graph with all that it acknowledged, and the same steps again finish the job.

`LITKG_FAULT_ROUNDS` kills (default 6; half as many on Neo4j, which is slower) are made, by seed `LITKG_FAULT_SEED`; some at any time, some in a chosen phase.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import neo4j
import pytest

from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.graph_file import GRAPH_FILE
from litkg.stores.server import Server
from tests.faults import killing
from tests.faults.driver import Reading, Script
from tests.faults.killing import Landings
from tests.faults.papers import paper
from tests.faults.proxy import proxy_to
from tests.neo4j_server import clear

ROUNDS = int(os.environ.get("LITKG_FAULT_ROUNDS", "6"))
SEED = int(os.environ.get("LITKG_FAULT_SEED", "1"))
KILLS_A_LOAD = 4
LARGE = 100

Moment = Callable[[], bool]


def acknowledges(script: Script, papers: int) -> Moment:
    return lambda: len(killing.acknowledged(script)) >= papers


def shows(script: Script, letter: str) -> Moment:
    return lambda: killing.phase_of(script) == letter


def saving(graph: Path) -> Moment:
    """Return what tells whether a temporary file of a save is there, whatever the store calls it."""

    def there() -> bool:
        try:
            return any(".tmp" in item.name for item in os.scandir(graph))
        except FileNotFoundError:
            return False

    return there


@dataclass(frozen=True, kw_only=True)
class Target:
    """A store to be loaded: where the driver finds it, how it is looked at afterwards, and the moment in which a kill is most likely to hurt."""

    url: str
    look: Callable[[], GraphStore]
    critical: dict[str, Moment]
    username: str | None = None
    password: str | None = None


def test_a_killed_load_of_the_embedded_store_is_whole(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    landings, load = Landings(), 0
    while landings.counted < ROUNDS:
        load += 1
        folder = tmp_path / str(load)
        graph = folder / "graph"
        half_written = saving(graph)
        target = Target(url=str(graph), look=partial(open_store, graph), critical={"save": half_written})
        _killed_load(target, folder, SEED * 10_000 + load, landings)
        assert not half_written(), "what a killed writer left behind is still there"
    record_property("kills", str(landings))
    print("embedded:", landings)  # noqa: T201


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_a_killed_load_of_neo4j_is_whole(neo4j_server: Server, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    landings, load = Landings(), 0
    username, password = neo4j_server.username, neo4j_server.password

    def look() -> GraphStore:
        wait_until_quiet(neo4j_server)
        return open_store(neo4j_server.url, username=username, password=password)

    with proxy_to(neo4j_server.url) as proxy:
        target = Target(url=proxy.url, look=look, critical={"commit": lambda: proxy.committing}, username=username, password=password)
        while landings.counted < max(1, ROUNDS // 2):
            load += 1
            clear(neo4j_server)
            _killed_load(target, tmp_path / str(load), SEED * 10_000 + load, landings)
    record_property("kills", str(landings))
    print("neo4j:", landings)  # noqa: T201


def test_a_writer_killed_at_any_byte_of_a_save_leaves_the_graph_whole(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """Here the kernel kills the writer, at the byte of the new file that we choose."""
    landings = Landings()
    base: list[Reading] = [(number, 0) for number in range(1000, 1030)]
    with open_store(tmp_path / "base") as store:
        store.upsert(paper(number, reading, LARGE) for number, reading in base)
    size = (tmp_path / "base" / GRAPH_FILE).stat().st_size
    for round_ in range(ROUNDS):
        folder = tmp_path / str(round_)
        shutil.copytree(tmp_path / "base", folder / "graph")
        script = Script(
            store=str(folder / "graph"),
            board=str(folder / "board"),
            acks=str(folder / "acks"),
            steps=[[(1, 0), (2, 0)]],
            claims=LARGE,
            dies_at_byte=random.Random(SEED * 10_000 + round_).randrange(1, size),
        )
        landing = killing.kill(script, folder, lambda: False, critical={"save": saving(folder / "graph")})
        landings[landing.phase] += 1
        with open_store(script.store) as store:
            assert killing.problems(store, script, landing.acks, dict(base)) == [], f"seed {SEED}, round {round_}, killed in {landing.phase}"
            store.upsert([paper(1, 0, LARGE), paper(2, 0, LARGE)])
            assert killing.problems(store, script, [(1, 0), (2, 0)], dict(base)) == [], f"seed {SEED}, round {round_}"
        assert not saving(folder / "graph")()
        shutil.rmtree(folder)
    assert landings["save"] > 0
    record_property("kills", str(landings))
    print("at a byte of a save:", landings)  # noqa: T201


def wait_until_quiet(server: Server) -> None:
    """Return once the server has ended what a killed client had begun: a commit that it was sent may still come."""
    with neo4j.GraphDatabase.driver(server.url, auth=(server.username, server.password)) as driver:
        deadline = time.monotonic() + 60
        while len(driver.execute_query("SHOW TRANSACTIONS YIELD transactionId").records) > 1:
            assert time.monotonic() < deadline, "a killed client's transaction goes on for a minute"
            time.sleep(0.02)


def _killed_load(target: Target, folder: Path, seed: int, landings: Landings) -> None:
    """Load one set of papers, killed several times on the way; in the end it must be the graph of an undisturbed load."""
    draw = random.Random(seed)
    folder.mkdir()
    script = Script(
        store=target.url,
        board=str(folder / "board"),
        acks=str(folder / "acks"),
        steps=killing.steps(seed, papers=draw.randint(4, 24), batch=draw.choice([1, 4, 12])),
        claims=40 if draw.random() < 0.2 else 6,
        extraction_s=draw.choice([0.0, 0.0, 0.005]),
        username=target.username,
        password=target.password,
    )
    ((critical, holds),) = target.critical.items()
    before: killing.State = {}
    for _ in range(KILLS_A_LOAD):
        kind = draw.choice(["any", "any", "any", critical, critical, "c", "x", "s", "a", "e"])
        acknowledged = draw.randrange(sum(map(len, script.steps)))
        moment = {"any": acknowledges(script, acknowledged), critical: _nth(holds, draw.randint(1, 6))}.get(kind) or shows(script, kind)
        delays = {"any": draw.uniform(0, 0.3), critical: draw.choice([0, 0, draw.uniform(0, 0.004)]), "c": draw.uniform(0, 0.03), "s": draw.uniform(0, 0.05)}
        delay_s = delays.get(kind, 0.0)
        landing = killing.kill(script, folder, moment, delay_s=delay_s, critical=target.critical)
        landings[landing.phase] += 1
        with target.look() as store:
            assert killing.problems(store, script, landing.acks, before) == [], f"seed {seed}, killed in {landing.phase}"
            before = killing.state_of(store)
    killing.finish(script, folder)
    with target.look() as store:
        assert killing.state_of(store) == killing.outcome(script.steps), f"seed {seed}"
        assert store.checksum() == killing.fresh_checksum(frozenset(killing.outcome(script.steps).items()), script.claims), f"seed {seed}"


def _nth(moment: Moment, number: int) -> Moment:
    """Return a moment that holds when `moment` begins to hold for the `number`th time."""
    seen, held = 0, False

    def there() -> bool:
        nonlocal seen, held
        holds = moment()
        seen += holds and not held
        held = holds
        return seen >= number

    return there
