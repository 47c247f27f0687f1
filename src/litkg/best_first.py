"""Asks a query that sorts by belief first for what is believed the most: what a hub costs is the sorting of all its claims, and few of them are shown.

Owns from which belief on a claim is sure; refuses to know any store, and what the query asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

SURE = 0.99
"""A hub's claims that are believed less are looked at only where fewer than are wanted are believed as much: sorting is what a hub costs."""

Row = dict[str, object]


def sure_first(ask: Callable[[float], Iterable[Row]], *, least: float, wanted: int) -> Iterator[Row]:
    """Return the rows that `ask(least)` gives: those of `ask(SURE)` where they are as many as wanted.

    That is the same for every query that returns the `wanted` most believed rows, and of the rows below some belief none where that is given.

    >>> beliefs = [1.0, 0.995, 0.5]
    >>> ask = lambda least: [{"belief": belief} for belief in beliefs if belief >= least][:2]
    >>> list(sure_first(ask, least=0.0, wanted=2))
    [{'belief': 1.0}, {'belief': 0.995}]
    """
    if least < SURE:
        found = list(ask(SURE))
        if len(found) >= wanted:
            return iter(found)
    return iter(ask(least))
