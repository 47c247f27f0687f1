"""Brings a graph of an older version of the schema up to date, step by step.

Owns the order of the steps and what is written when. Refuses to lose anything: a step only adds, or works out again what a fresh load would give, so that
a graph after all its steps is the very graph of a fresh load. Each step can be run again on a graph in which it was stopped; the version node is
moved on after each, so that `upgrade` goes on where it was killed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from litkg.errors import SchemaVersionError
from litkg.stores.base import Execute, GraphStore
from litkg.stores.migrations.base import Migration, Progress, say_nothing
from litkg.stores.migrations.version_2 import VERSION_2
from litkg.stores.versions import current_version, require_readable, require_writable, stamp

T = TypeVar("T")

__all__ = ["MIGRATIONS", "Migration", "Upgrade", "upgrade"]

MIGRATIONS: tuple[Migration, ...] = (VERSION_2,)
"""All steps, in the order of the versions that they lead to; the last leads to the current one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What was done. `found` is the version before, None for an empty database or one of other data; `made` the constraints and indexes that were missing."""

    found: int | None
    version: int
    steps: tuple[str, ...]
    made: tuple[str, ...]


def upgrade(
    store: GraphStore, *, claim: bool = False, progress: Progress = say_nothing, migrations: Sequence[Migration] = MIGRATIONS, where: str = "the graph"
) -> Upgrade:
    """Bring the graph of `store` (opened with `any_version`) up to date, make the constraints and indexes that are missing, and return what was done.

    An empty database becomes a graph of the last version; one of other data does where `claim` says so. Doing it twice does nothing more.
    Raises: SchemaVersionError for a graph of a newer litkg, and for other data without `claim`; StoreError where the store fails.
    """
    target = migrations[-1].version if migrations else current_version()
    state = store.state()
    if state.foreign is not None and not claim:
        require_writable(state, where)
    if state.version is not None and state.version > target:
        require_readable(state, where)
        raise SchemaVersionError(f"{where} is of schema version {state.version}, and the last step known leads to version {target}; update litkg")
    missing = store.missing_schema()
    if missing:
        progress("making the constraints and indexes that are missing")
        store.make_schema()
    done = []
    for step in migrations:
        if state.version is not None and step.version > state.version:
            progress(f"to version {step.version}: {step.title}")
            _take(store, step, progress)
            done.append(step.title)
    if state.version is None:
        store.change(partial(stamp, version=target))
    return Upgrade(found=state.version, version=target, steps=tuple(done), made=missing)


def _take(store: GraphStore, step: Migration, progress: Progress) -> None:
    """Take a step and move the version on: in one change where each would write the whole graph, else in as many as the step makes."""
    if store.saves_whole:
        store.change(partial(_at_once, step=step, progress=progress))
        return
    step.apply(store.change, progress)
    store.change(partial(stamp, version=step.version))


def _at_once(execute: Execute, *, step: Migration, progress: Progress) -> None:
    class Within:
        """A `Change` inside the one at hand."""

        def __call__(self, work: Callable[[Execute], T]) -> T:
            return work(execute)

    step.apply(Within(), progress)
    stamp(execute, step.version)
