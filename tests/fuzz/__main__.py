"""`python -m tests.fuzz READER... --rounds N`: long fuzzing, resumed where it stopped; exits with 1 where something crashed.

Where it stands is in `build/fuzz/<reader>.json`; each new kind of crash is made small and kept in `tests/fuzz/crashers/<reader>/`.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from pathlib import Path

from tests.fuzz.mutations import input_number
from tests.fuzz.readers import READERS
from tests.fuzz.rounds import keep, run, shrink

_EVERY = 2000
logging.getLogger("pdfminer").addHandler(logging.NullHandler())


def main() -> int:
    """Fuzz the readers named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz readers; resumes where it stopped.")
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"of {', '.join(READERS)}; all where none is named")
    parser.add_argument("--rounds", type=int, default=10_000, help="inputs a reader, those of earlier runs among them")
    parser.add_argument("--start", type=int, help="begin at this number, whatever was done before")
    parser.add_argument("--state", type=Path, default=Path("build/fuzz"), help="where to note how far each reader is")
    given = parser.parse_args()
    unknown = [name for name in given.readers if name not in READERS]
    if unknown:
        parser.error(f"no reader {unknown[0]!r}: one of {', '.join(READERS)}")
    crashes = sum(fuzz(name, rounds=given.rounds, start=given.start, state=given.state) for name in given.readers or READERS)
    return 1 if crashes else 0


def fuzz(reader: str, *, rounds: int, start: int | None, state: Path) -> int:
    """Read the inputs of a reader up to number `rounds`; return how many kinds of crash there were."""
    path = state / f"{reader}.json"
    done = start if start is not None else json.loads(path.read_text())["rounds"] if path.exists() else 0
    read = READERS[reader]
    seen: set[tuple[str, str]] = set()
    began, first = time.monotonic(), done
    for number in range(done, rounds):
        data = input_number(reader, number)
        crash = run(read, data)
        if crash is not None and (crash.kind, crash.where) not in seen:
            seen.add((crash.kind, crash.where))
            smaller = shrink(read, data, crash, tries=400 if crash.kind not in ("TooSlow", "TooMuchMemory") else 10)
            _say(f"{reader} {number}: {crash.kind} at {crash.where}; kept as {keep(reader, smaller)}\n{crash.text}")
        if (number + 1) % _EVERY == 0 or number + 1 == rounds:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"rounds": number + 1}))
            _say(f"{reader}: {number + 1} of {rounds}, {(number + 1 - first) / (time.monotonic() - began):.0f} a second, {len(seen)} kinds of crash")
    return len(seen)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
