"""What a writer puts up with, and for how long; the clock is ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from neo4j import exceptions

from litkg.stores.retrying import Patience, Trouble, persist, trouble_of


def server_error(code: str) -> exceptions.Neo4jError:
    return exceptions.Neo4jError._hydrate_neo4j(code=code, message="no")


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def failing(times: int, error: Exception, clock: Clock, each_s: float = 0.0) -> Callable[[], str]:
    """Return work that fails some times, each time after a while, and then is done."""
    left = times

    def work() -> str:
        nonlocal left
        clock.sleep(each_s)
        if left > 0:
            left -= 1
            raise error
        return "done"

    return work


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (exceptions.ServiceUnavailable("gone"), Trouble.SERVER),
        (exceptions.SessionExpired("gone"), Trouble.SERVER),
        (exceptions.IncompleteCommit("gone"), Trouble.SERVER),
        (server_error("Neo.TransientError.General.DatabaseUnavailable"), Trouble.SERVER),
        (server_error("Neo.TransientError.Transaction.DeadlockDetected"), Trouble.CONFLICT),
        (server_error("Neo.ClientError.Statement.EntityNotFound"), Trouble.CONFLICT),
        (server_error("Neo.ClientError.Schema.ConstraintValidationFailed"), Trouble.CONFLICT),
        (server_error("Neo.ClientError.Statement.SyntaxError"), None),
        (server_error("Neo.ClientError.Security.Unauthorized"), None),
        (ValueError("no"), None),
    ],
    ids=lambda value: getattr(value, "code", None) or type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_trouble_is_known(error: Exception, trouble: Trouble | None) -> None:
    assert trouble_of(error) is trouble


def test_a_server_that_comes_back_is_waited_for_and_both_are_told() -> None:
    clock, told = Clock(), list[str]()
    work = failing(6, exceptions.ServiceUnavailable("gone"), clock)
    assert persist(work, Patience(), server="bolt://here", on_wait=told.append, clock=clock, sleep=clock.sleep) == "done"
    assert told == ["bolt://here does not answer; waiting up to 120 s for it to come back (Ctrl-C stops)", "bolt://here is back; going on"]


def test_a_server_that_stays_away_ends_the_wait_in_time() -> None:
    clock = Clock()
    with pytest.raises(exceptions.ServiceUnavailable):
        persist(failing(10**6, exceptions.ServiceUnavailable("gone"), clock, each_s=1.0), Patience(server_s=30), server="x", clock=clock, sleep=clock.sleep)
    assert 20 < clock.now <= 32


def test_a_conflict_is_tried_again_without_a_word() -> None:
    clock, told = Clock(), list[str]()
    work = failing(4, server_error("Neo.TransientError.Transaction.DeadlockDetected"), clock)
    assert persist(work, Patience(), server="x", on_wait=told.append, clock=clock, sleep=clock.sleep) == "done"
    assert told == []


def test_what_would_fail_again_is_raised_at_once() -> None:
    clock = Clock()
    with pytest.raises(ValueError, match="wrong"):
        persist(failing(1, ValueError("wrong"), clock), Patience(), server="x", clock=clock, sleep=clock.sleep)
    assert clock.now == 0


def test_without_patience_the_first_failure_is_the_last() -> None:
    clock, told = Clock(), list[str]()
    with pytest.raises(exceptions.ServiceUnavailable):
        persist(
            failing(1, exceptions.ServiceUnavailable("gone"), clock),
            Patience(server_s=0, conflict_s=0),
            server="x",
            on_wait=told.append,
            clock=clock,
            sleep=clock.sleep,
        )
    assert (clock.now, told) == (0, [])
