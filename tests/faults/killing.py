"""Runs the driver, kills it at chosen moments, and says whether what is left is right.

Owns what "nothing acknowledged is missing, nothing is half there" means: `problems` compares a graph with a fresh load of exactly the documents in it, and its
documents with what was acknowledged. Refuses to know how a store saves.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from litkg.stores import open_store
from litkg.stores.base import GraphStore
from tests.faults.driver import PHASES, Reading, Script
from tests.faults.papers import number_of, paper, sha256

CHECKOUT = Path(__file__).parents[2]
READINGS = 3
GIVE_UP_S = 300.0

State = dict[int, int]
"""The reading of each paper that is in a graph."""


@dataclass(frozen=True, kw_only=True)
class Landing:
    """Where a kill landed: a phase of `PHASES`, a critical one, or "too late" where the process had ended."""

    phase: str
    acks: Sequence[Reading]


def steps(seed: int, *, papers: int, batch: int) -> list[list[Reading]]:
    """Return steps that load `papers` papers in batches of up to `batch`, read some of them again and take some out in between."""
    draw = random.Random(f"steps {seed}")
    numbers = list(range(papers))
    draw.shuffle(numbers)
    made: list[list[Reading]] = []
    there: list[int] = []
    while numbers:
        size = draw.randint(1, batch)
        new, numbers = numbers[:size], numbers[size:]
        again = draw.sample(there, min(len(there), draw.choice([0, 0, 1, 2])))
        made.append([(number, draw.randrange(READINGS)) for number in [*new, *again]])
        there += new
        if draw.random() < 0.15:
            made.append([(there.pop(draw.randrange(len(there))), -1)])
    return made


def outcome(script_steps: Iterable[Sequence[Reading]], before: Mapping[int, int] | None = None) -> State:
    """Return what is in the graph after these steps."""
    state = dict(before or {})
    for step in script_steps:
        state |= dict(step)
    return {number: reading for number, reading in state.items() if reading >= 0}


def start(script: Script, folder: Path) -> subprocess.Popen[bytes]:
    """Start the driver."""
    path = folder / "script.json"
    script.write(path)
    Path(script.acks).unlink(missing_ok=True)
    return subprocess.Popen([sys.executable, "-m", "tests.faults.driver", str(path)], cwd=CHECKOUT, stderr=subprocess.PIPE)


def finish(script: Script, folder: Path) -> None:
    """Run the driver to its end. Raises: AssertionError with what it printed where it fails."""
    child = start(script, folder)
    _, errors = child.communicate(timeout=GIVE_UP_S)
    assert child.returncode == 0, errors.decode(errors="replace")


def kill(script: Script, folder: Path, moment: Callable[[], bool], *, delay_s: float = 0.0, critical: Mapping[str, Callable[[], bool]]) -> Landing:
    """Start the driver and end it with SIGKILL `delay_s` after `moment` first holds; return where that was: in one of the `critical` phases where that held
    at that moment, else in the phase that the driver showed."""
    child = start(script, folder)
    deadline = time.monotonic() + GIVE_UP_S
    while child.poll() is None and not moment():
        assert time.monotonic() < deadline, "the driver hangs"
        time.sleep(0.0003)
    time.sleep(delay_s)
    child.kill()
    held = [name for name, holds in critical.items() if holds()]
    _, errors = child.communicate()
    assert child.returncode in (0, -signal.SIGKILL, -signal.SIGXFSZ), errors.decode(errors="replace")
    phase = PHASES[phase_of(script)]
    if child.returncode == 0:
        phase = "too late"
    elif held:
        phase = held[0]
    return Landing(phase=phase, acks=acknowledged(script))


def phase_of(script: Script) -> str:
    """Return the letter on the board."""
    return Path(script.board).read_bytes()[:1].decode()


def acknowledged(script: Script) -> list[Reading]:
    """Return what the driver acknowledged, in order; a last line that was cut off was not acknowledged."""
    try:
        lines = Path(script.acks).read_text(encoding="utf-8").split("\n")[:-1]
    except FileNotFoundError:
        return []
    return [(int(number), int(reading)) for number, reading in (line.split() for line in lines)]


def state_of(store: GraphStore) -> State:
    """Return which readings are in a graph. Raises: AssertionError for a document that is no reading of its paper."""
    found = {}
    for row in store.run("MATCH (d:Document) RETURN d.id AS id, d.sha256 AS sha256"):
        number = number_of(str(row["id"]))
        fitting = [reading for reading in range(READINGS) if sha256(number, reading) == row["sha256"]]
        assert fitting, f"{row} is no reading of its paper"
        found[number] = fitting[0]
    return found


def possible(script_steps: Sequence[Sequence[Reading]], acks: Sequence[Reading], before: Mapping[int, int]) -> list[State]:
    """Return the states that a killed run may leave: what was acknowledged, and of the step at hand any further beginning of it."""
    left = len(acks)
    for position, step in enumerate(script_steps):
        if left < len(step):
            done = outcome(script_steps[:position], before)
            return [outcome([step[:size]], done) for size in range(left, len(step) + 1)]
        left -= len(step)
    return [outcome(script_steps, before)]


def problems(store: GraphStore, script: Script, acks: Sequence[Reading], before: Mapping[int, int]) -> list[str]:
    """Return what is wrong with the graph that a killed run left, nothing where it is right; a state that it may not have, or another graph than a fresh
    load of the documents in it gives."""
    found = state_of(store)
    wrong = [] if found in possible(script.steps, acks, before) else [f"holds {found} after {len(acks)} acknowledged of {script.steps} upon {dict(before)}"]
    if store.checksum() != fresh_checksum(frozenset(found.items()), script.claims):
        wrong.append(f"is another graph than a fresh load of {found}")
    return wrong


@lru_cache(maxsize=200)
def fresh_checksum(state: frozenset[Reading], claims: int) -> str:
    """Return the checksum of the graph that a fresh load of these readings gives, in the embedded store."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "graph") as store:
        store.upsert(paper(number, reading, claims) for number, reading in sorted(state))
        return store.checksum()


class Landings(Counter[str]):
    """How many kills landed in each phase."""

    @property
    def counted(self) -> int:
        """How many kills met a live process."""
        return sum(self.values()) - self["too late"]

    def __str__(self) -> str:
        return f"{sum(self.values())} kills: " + ", ".join(f"{count} in {phase}" for phase, count in self.most_common())
