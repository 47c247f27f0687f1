"""How much a reading query may take, and what is said where it takes more.

Owns the defaults and the cut after the last row; refuses to run anything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from litkg.errors import RowLimitError
from litkg.stores.base import Row

CONFINED_MAX_MEMORY = 1 << 30
"""Bytes that the process of such a query may take beside the graph itself."""

CONFINED_MAX_ANSWER = 128 << 20
"""Bytes of all rows of such an answer, as JSON."""


T = TypeVar("T")


def first_rows(rows: Iterable[Row], max_rows: int | None) -> Iterator[Row]:
    """Yield at most `max_rows` rows; all where it is None.

    Raises: RowLimitError after the last of them where there are more, so that no caller takes a part for the whole.
    """
    for number, row in enumerate(rows, start=1):
        if max_rows is not None and number > max_rows:
            raise row_limit_error(max_rows)
        yield row


def in_time(work: Callable[[], T], seconds: float) -> T | None:
    """Return what `work` returns, None where it has not returned after so many seconds; it is left to itself then, in a thread of its own.

    Raises: whatever `work` raises.
    """
    found: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    return found[0] if found else None


def row_limit_error(max_rows: int) -> RowLimitError:
    """Return the error that says after how many rows an answer was cut."""
    return RowLimitError(f"the answer was cut after {max_rows:,} rows, and there are more; add a LIMIT, count instead, or allow more rows", max_rows=max_rows)
