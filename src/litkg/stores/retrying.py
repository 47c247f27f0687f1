"""How long a writer puts up with a server: the one place for which errors are worth another try, how many tries, and for how long.

Owns the loop and its settings. Refuses to know what is tried, which must come to the same however often it is done: a batch that is loaded twice gives the
graph of one load, so even a commit whose answer was lost is simply done again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from neo4j import exceptions

T = TypeVar("T")
OnWait = Callable[[str], None]
"""Told, in one line, that a writer waits for its server, and that it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to try. Pauses double from `first_pause_s` to `longest_pause_s`, each shortened by up to half at random so that two writers part."""

    server_s: float = 120.0
    """How long to wait for a server that is gone: a Neo4j that starts again takes 10 to 60 s."""
    conflict_s: float = 60.0
    """How long to try again where other writers are in the way."""
    first_pause_s: float = 0.1
    longest_pause_s: float = 5.0


class Trouble(Enum):
    """Why something may work at another try."""

    SERVER = auto()
    """The server is gone, stops, or starts."""
    CONFLICT = auto()
    """Another writer was in the way: a deadlock, or a node that it deleted or made meanwhile."""


_CONFLICTS = frozenset({"Neo.ClientError.Statement.EntityNotFound", "Neo.ClientError.Schema.ConstraintValidationFailed"})


def trouble_of(error: Exception) -> Trouble | None:
    """Return why `error` may not come again, None where it would."""
    if isinstance(error, exceptions.ServiceUnavailable | exceptions.SessionExpired):
        return Trouble.SERVER
    if not isinstance(error, exceptions.Neo4jError):
        return None
    code = error.code or ""
    if code == "Neo.TransientError.General.DatabaseUnavailable":
        return Trouble.SERVER
    return Trouble.CONFLICT if error.is_retryable() or code in _CONFLICTS else None


def persist(
    work: Callable[[], T],
    patience: Patience,
    *,
    server: str,
    on_wait: OnWait | None = None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Return what `work` returns, tried again as long as `patience` lasts; the time counts from the first failure of a kind, and success ends it.

    `on_wait` is told once that the server named `server` is waited for, and once that it is back. Raises: what `work` raised last.
    """
    since: dict[Trouble, float] = {}
    limits = {Trouble.SERVER: patience.server_s, Trouble.CONFLICT: patience.conflict_s}
    pauses = _pauses(patience)
    tell = on_wait or (lambda message: None)
    while True:
        try:
            result = work()
        except Exception as error:
            trouble = trouble_of(error)
            if trouble is None:
                raise
            if trouble not in since and trouble is Trouble.SERVER and limits[trouble] > 0:
                tell(f"{server} does not answer; waiting up to {limits[trouble]:g} s for it to come back (Ctrl-C stops)")
            pause = next(pauses)
            if clock() + pause - since.setdefault(trouble, clock()) > limits[trouble]:
                raise
            sleep(pause)
        else:
            if Trouble.SERVER in since:
                tell(f"{server} is back; going on")
            return result


def _pauses(patience: Patience) -> Iterator[float]:
    pause = patience.first_pause_s
    while True:
        yield pause * random.uniform(0.5, 1.0)  # noqa: S311
        pause = min(2 * pause, patience.longest_pause_s)
