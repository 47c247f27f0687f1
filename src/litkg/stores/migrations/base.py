"""What one step between two versions of the schema is.

Owns the shape of a step; refuses to know any step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from litkg.stores.base import Execute

Progress = Callable[[str], None]
"""Told one line before each piece of work that may take longer than a second."""

T = TypeVar("T")


class Change(Protocol):
    """Does some work in one transaction and saves it, as `GraphStore.change` does."""

    def __call__(self, work: Callable[[Execute], T]) -> T:
        """Return what `work` returns, once it is saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """The step to `version` from the one before it. `apply` may be called on a graph in which it was stopped, or done, before."""

    version: int
    title: str
    apply: Callable[[Change, Progress], None]


def say_nothing(message: str) -> None:
    """Do nothing with a line of progress."""
