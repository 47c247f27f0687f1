"""A process that loads invented papers, acknowledges what is saved and shows what it is doing: made to be killed at any moment.

`python -m tests.faults.driver SCRIPT` runs the steps of a `Script` file (JSON) in order, through the public interface of stores alone. The phase that it is
in stands as one letter in the file `board`, which outlives it; what is saved is a line each in the file `acks`, written at once.
"""

from __future__ import annotations

import json
import mmap
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

PHASES = {
    "i": "start of the process",
    "o": "opening",
    "c": "schema",
    "x": "extraction",
    "s": "statements",
    "r": "removal",
    "a": "acknowledging",
    "e": "closing",
    "d": "done",
}

Reading = tuple[int, int]
"""A paper's number and its reading; reading -1 means that the paper is taken out."""


@dataclass(frozen=True, kw_only=True)
class Script:
    """What the driver does: steps of readings, each step one `upsert` (or one `remove`)."""

    store: str
    board: str
    acks: str
    steps: Sequence[Sequence[Reading]]
    claims: int = 6
    extraction_s: float = 0.0
    dies_at_byte: int | None = None
    """The byte of any file at whose writing the kernel kills the process."""
    fails_at_byte: int | None = None
    """The byte of any file whose writing is refused, as on a full disk."""
    username: str | None = None
    password: str | None = None

    def write(self, path: Path) -> None:
        """Write the file that the driver reads, and an empty board beside it."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")
        Path(self.board).write_bytes(b"i")


class Board:
    """The one letter that says what the process is doing."""

    def __init__(self, path: str) -> None:
        with Path(path).open("r+b") as handle:
            self._map = mmap.mmap(handle.fileno(), 1)

    def show(self, phase: str) -> None:
        """Set the letter."""
        self._map[0:1] = phase.encode()


def run(script: Script) -> None:
    """Run all steps."""
    board = Board(script.board)
    from litkg.stores import open_store
    from tests.faults.papers import document_id, number_of, paper

    if script.dies_at_byte is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (script.dies_at_byte, script.dies_at_byte))
    if script.fails_at_byte is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (script.fails_at_byte, script.fails_at_byte))
    acks = os.open(script.acks, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def acknowledge(numbers: Sequence[int]) -> None:
        board.show("a")
        os.write(acks, b"".join(b"%d %d\n" % (number, readings[number]) for number in numbers))

    def papers(step: Sequence[Reading]) -> Iterator[object]:
        for number, reading in step:
            board.show("x")
            time.sleep(script.extraction_s)
            extraction = paper(number, reading, script.claims)
            board.show("s")
            yield extraction

    board.show("o")
    with open_store(script.store, username=script.username, password=script.password) as store:
        board.show("c")
        store.apply_schema()
        for step in script.steps:
            readings = dict(step)
            if step[0][1] < 0:
                board.show("r")
                store.remove(document_id(step[0][0]))
                acknowledge([step[0][0]])
            else:
                store.upsert(papers(step), on_saved=lambda ids: acknowledge([number_of(item) for item in ids]))  # type: ignore[arg-type]
        board.show("e")
    board.show("d")


if __name__ == "__main__":
    values = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    run(Script(**{**values, "steps": [[(number, reading) for number, reading in step] for step in values["steps"]]}))
