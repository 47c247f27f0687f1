"""A load that is killed at any moment (SIGKILL) leaves a whole graph with all that it acknowledged, and the same steps again finish the job.

`LITKG_FAULT_ROUNDS` kills are made for each store (default 6), from seed `LITKG_FAULT_SEED` on; half of them at any time, half in a chosen phase.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

from litkg.stores import open_store
from tests.faults import killing
from tests.faults.driver import Script
from tests.faults.killing import Landings

ROUNDS = int(os.environ.get("LITKG_FAULT_ROUNDS", "6"))
SEED = int(os.environ.get("LITKG_FAULT_SEED", "1"))
KILLS_A_LOAD = 4

Moment = Callable[[], bool]


def after(seconds: float) -> Moment:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() >= until


def shows(script: Script, letter: str) -> Moment:
    return lambda: killing.phase_of(script) == letter


def saving(graph: Path) -> Moment:
    """Tell whether a temporary file of a save is there, whatever the store calls it."""

    def there() -> bool:
        try:
            return any(".tmp" in item.name for item in os.scandir(graph))
        except FileNotFoundError:
            return False

    return there


def test_a_killed_load_of_the_embedded_store_is_whole(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    landings = Landings()
    load = 0
    while sum(landings.values()) - landings["too late"] < ROUNDS:
        load += 1
        _killed_load(tmp_path / str(load), SEED * 10_000 + load, landings)
    record_property("kills", str(landings))
    print(landings)  # noqa: T201


def _killed_load(folder: Path, seed: int, landings: Landings) -> None:
    """Load one set of papers, killed several times on the way; in the end it must be the graph of an undisturbed load."""
    draw = random.Random(seed)
    folder.mkdir()
    large = draw.random() < 0.3
    script = Script(
        store=str(folder / "graph"),
        board=str(folder / "board"),
        acks=str(folder / "acks"),
        steps=killing.steps(seed, papers=draw.randint(4, 24), batch=draw.choice([1, 4, 12])),
        claims=120 if large else 6,
        extraction_s=draw.choice([0.0, 0.0, 0.005]),
    )
    half_written = saving(folder / "graph")
    before: killing.State = {}
    for _ in range(KILLS_A_LOAD):
        kind = draw.choice(["any", "any", "any", "save", "save", "c", "x", "s", "a", "e"])
        moment = {"any": after(draw.uniform(0.05, 1.5)), "save": _nth(half_written, draw.randint(1, 6))}.get(kind) or shows(script, kind)
        delay_s = {"save": draw.uniform(0, 0.004), "c": draw.uniform(0, 0.03), "s": draw.uniform(0, 0.05)}.get(kind, 0.0)
        landing = killing.kill(script, folder, moment, delay_s=delay_s, half_written=half_written)
        landings[landing.phase] += 1
        with open_store(script.store) as store:
            assert killing.problems(store, script, landing.acks, before) == [], f"seed {seed}, killed in {landing.phase}"
            before = killing.state_of(store)
    killing.finish(script, folder)
    with open_store(script.store) as store:
        assert killing.state_of(store) == killing.outcome(script.steps), f"seed {seed}"
        assert store.checksum() == killing.fresh_checksum(frozenset(killing.outcome(script.steps).items()), script.claims), f"seed {seed}"
    assert not half_written(), f"seed {seed}: what a killed writer left behind is still there"


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
