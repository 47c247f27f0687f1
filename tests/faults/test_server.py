"""A Neo4j server that is killed or stopped during a load, and started again: the load waits, goes on by itself and ends in the right graph.

`LITKG_FAULT_SERVER_ROUNDS` times (default 2) it goes away, every other time by SIGKILL, else in order; what was acknowledged is there whenever it is back.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from litkg.stores import open_store
from litkg.stores.server import Server, server_status, start_server, stop_server
from tests.faults import killing
from tests.faults.driver import Script
from tests.faults.proxy import Proxy
from tests.neo4j_server import JAVA_OPTIONS, SETTINGS, clear, jars_of_tests

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]

ROUNDS = int(os.environ.get("LITKG_FAULT_SERVER_ROUNDS", "2"))
SEED = int(os.environ.get("LITKG_FAULT_SEED", "1"))


class Restartable:
    """A server of its own, behind a proxy whose address stays."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.server = self._start()
        self.proxy = Proxy(self.server.url)

    def kill(self) -> None:
        """End it with SIGKILL."""
        os.kill(self.server.pid, signal.SIGKILL)
        os.waitpid(self.server.pid, 0)

    def stop(self) -> None:
        """Stop it in order."""
        stop_server(self._home)

    def start(self) -> None:
        """Start it again, on the same data."""
        self.server = self._start()
        self.proxy.target = self.server.url

    def close(self) -> None:
        """Stop all."""
        self.proxy.close()
        if server_status(self._home) is not None:
            stop_server(self._home)

    def _start(self) -> Server:
        return start_server(self._home, password="a password for tests only", java_options=JAVA_OPTIONS, settings=SETTINGS, usual_ports=False)


@pytest.fixture(scope="module")
def restartable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restartable]:
    """Yield a server that may be killed: not the one that other tests use."""
    jars = jars_of_tests()
    home = tmp_path_factory.mktemp("restartable")
    (home / jars.parent.name).symlink_to(jars.parent, target_is_directory=True)
    running = Restartable(home)
    yield running
    running.close()


def test_a_load_outlives_its_server(restartable: Restartable, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    landings: Counter[str] = Counter()
    seed = SEED * 1000
    while sum(landings.values()) < ROUNDS:
        seed += 1
        clear(restartable.server)
        _load_with_a_fault(restartable, tmp_path / str(seed), seed, landings)
    record_property("server", str(dict(landings)))
    print("server:", dict(landings))  # noqa: T201


def _load_with_a_fault(restartable: Restartable, folder: Path, seed: int, landings: Counter[str]) -> None:
    draw = random.Random(seed)
    folder.mkdir()
    script = Script(
        store=restartable.proxy.url,
        board=str(folder / "board"),
        acks=str(folder / "acks"),
        steps=killing.steps(seed, papers=12, batch=3),
        extraction_s=0.01,
        username=restartable.server.username,
        password=restartable.server.password,
    )
    child = killing.start(script, folder)
    try:
        sure = draw.randrange(1, 8)  # a server that is not there when a load begins is an error at once: only a load that has begun waits
        deadline = time.monotonic() + killing.GIVE_UP_S
        while child.poll() is None and len(killing.acknowledged(script)) < sure:
            assert time.monotonic() < deadline, "the driver hangs"
            time.sleep(0.001)
        time.sleep(draw.uniform(0, 0.3))
        kind = "stopped in order" if sum(landings.values()) % 2 else "killed"
        alive = child.poll() is None
        (restartable.stop if kind == "stopped in order" else restartable.kill)()
        acks = killing.acknowledged(script)
        restartable.start()
        _, errors = child.communicate(timeout=killing.GIVE_UP_S)
        assert child.returncode == 0, f"seed {seed}, {kind} after {len(acks)} acknowledged: {errors.decode()}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
    if alive:
        landings[f"{kind} in {'a commit' if restartable.proxy.committing else 'the load'}"] += 1
    state = killing.outcome(script.steps)
    server = restartable.server
    with open_store(server.url, username=server.username, password=server.password) as store:
        assert killing.state_of(store) == state, f"seed {seed}, {kind} after {len(acks)} acknowledged"
        assert store.checksum() == killing.fresh_checksum(frozenset(state.items()), script.claims), f"seed {seed}"


def test_what_was_acknowledged_is_there_when_a_killed_server_is_back(restartable: Restartable, tmp_path: Path) -> None:
    """The client is gone too: nothing but the server's own log brings back what it acknowledged."""
    for round_ in range(max(1, ROUNDS // 2)):
        folder = tmp_path / str(round_)
        folder.mkdir()
        clear(restartable.server)
        server = restartable.server
        script = Script(
            store=server.url,
            board=str(folder / "board"),
            acks=str(folder / "acks"),
            steps=killing.steps(SEED + round_, papers=12, batch=3),
            extraction_s=0.01,
            username=server.username,
            password=server.password,
        )
        sure = random.Random(SEED + round_).randrange(1, 8)
        child = killing.start(script, folder)
        deadline = time.monotonic() + killing.GIVE_UP_S
        while len(killing.acknowledged(script)) < sure and child.poll() is None:
            assert time.monotonic() < deadline, "the driver hangs"
            time.sleep(0.001)
        restartable.kill()
        child.kill()
        child.communicate()
        acks = killing.acknowledged(script)
        restartable.start()
        server = restartable.server
        with open_store(server.url, username=server.username, password=server.password) as store:
            assert killing.problems(store, script, acks, {}) == [], f"seed {SEED + round_}"
