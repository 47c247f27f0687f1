"""One round of fuzzing: an input read within limits of time and memory, and what came of it. Owns the limits, and the making small of what crashes."""

from __future__ import annotations

import hashlib
import resource
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from litkg.errors import LitkgError

CPU_LIMIT_S = 10.0
"""Of processor time, for an input of at most 64 kB: what takes longer grows faster than its input."""
MEMORY_LIMIT = 400 << 20
"""How much one input may add to the most memory that the process had, in bytes."""
CRASHERS = Path(__file__).parent / "crashers"


class TooSlow(BaseException):
    """Raised into a reader that has used up its time; no `Exception`, so that no reader catches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """What went wrong: `kind` is the error's name, `where` the last line of litkg's that it went through, `text` the traceback."""

    kind: str
    where: str
    text: str


def run(read: Callable[[bytes], None], data: bytes) -> Crash | None:
    """Return what is wrong with how `read` takes `data`: any error but LitkgError, too much time, too much memory; None where all is well."""
    before = _peak()
    handler = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, CPU_LIMIT_S)
    try:
        read(data)
    except LitkgError as error:
        if not str(error).strip() or "\n" in str(error):
            return Crash(kind="BadMessage", where=_where(error), text=repr(str(error))[:500])
    except (Exception, TooSlow) as error:
        return Crash(kind=type(error).__name__, where=_where(error), text="".join(traceback.format_exception(error, limit=-8)))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)
    grown = _peak() - before
    return Crash(kind="TooMuchMemory", where="", text=f"{grown >> 20} MB more") if grown > MEMORY_LIMIT else None


def shrink(read: Callable[[bytes], None], data: bytes, crash: Crash, *, tries: int = 400) -> bytes:
    """Return a smaller input that crashes in the same place, as far as `tries` lead."""
    size = max(1, len(data) // 2)
    while size and tries:
        start = 0
        while start < len(data) and tries:
            tries -= 1
            smaller = data[:start] + data[start + size :]
            found = run(read, smaller)
            if found is not None and (found.kind, found.where) == (crash.kind, crash.where):
                data = smaller
            else:
                start += size
        size //= 2
    return data


def keep(reader: str, data: bytes, *, folder: Path = CRASHERS) -> Path:
    """Write a crasher beside the others of its reader, under a name made of its bytes, and return its path."""
    path = folder / reader / f"{hashlib.sha256(data).hexdigest()[:16]}.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlow(f"more than {CPU_LIMIT_S:g} s of processor time")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _where(error: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "litkg" in frame.filename or "fuzz" in frame.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else ""
