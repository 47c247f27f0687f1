"""Runs reading queries from outside on a graph file in processes of their own, so that the worst that a query can do is to end its own process.

kglite looks at its deadline between rows only, and neither it nor any limit of its own bounds what one expression builds: a text doubled forty times
takes the whole process down with it. So the query runs in a child that holds the graph of one save, may take so much memory and processor time and no
more, and can open no file (`litkg.stores.confined_child`); it is killed when it does not answer in time. Owns these processes, one kept warm for the next
query; refuses to know what a graph holds.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import IO, cast

from litkg.errors import StoreError
from litkg.stores.base import Row
from litkg.stores.limits import CONFINED_MAX_ANSWER, CONFINED_MAX_MEMORY, first_rows
from litkg.stores.reading import check_reading, check_size, short

GRACE_S = 1.0
"""How long after the deadline of a query its process may still say so itself."""

OPEN_TIMEOUT_S = 600.0
"""How long reading the graph's file may take; it is read once for many queries."""

Signature = tuple[int, int, int]
"""What a file had when it was looked at: inode, size, time of change in nanoseconds."""


class ConfinedReader:
    """Asks the graph in `file`. Queries may run side by side; each has a process to itself meanwhile."""

    def __init__(self, file: Path, *, max_memory: int = CONFINED_MAX_MEMORY, max_answer: int = CONFINED_MAX_ANSWER) -> None:
        """Start nothing yet. `max_memory` and `max_answer` are in bytes: of a query beside the graph, and of the rows that it returns."""
        self._file = file
        self._max_memory = max_memory
        self._max_answer = max_answer
        self._lock = threading.Lock()
        self._idle: _Child | None = None

    def run(self, query: str, params: Mapping[str, object], *, timeout_s: float, max_rows: int, signature: Signature) -> Iterator[Row]:
        """Return the rows of a reading query over the save that `signature` tells of; its errors are raised here, before the first row.

        Raises: StoreError for a query that may not run, is wrong, or takes too long or too much; RowLimitError after the last of `max_rows` rows.
        """
        check_reading(query)
        check_size(query)
        try:
            request = json.dumps({"query": query, "params": dict(params), "timeout_s": timeout_s, "max_rows": max_rows + 1}, allow_nan=False)
            request.encode()
        except (TypeError, ValueError) as error:
            raise StoreError(f"a parameter that no query can hold ({error}): give text, numbers, true, false, null, lists and maps of these") from error
        child = self._take(signature)
        rows = self._answer(child, request, query, timeout_s)
        try:
            first = next(rows, None)
        except BaseException:
            rows.close()
            raise
        return first_rows(_with_first(first, rows), max_rows)

    def close(self) -> None:
        """End the process that waits for a query."""
        with self._lock:
            child, self._idle = self._idle, None
        if child is not None:
            child.end()

    def _take(self, signature: Signature) -> _Child:
        with self._lock:
            child, self._idle = self._idle, None
        if child is not None:
            if child.signature == signature and child.process.poll() is None:
                return child
            child.end()
        return _Child(self._file, signature, self._max_memory)

    def _keep(self, child: _Child) -> None:
        with self._lock:
            if self._idle is None:
                self._idle = child
                return
        child.end()

    def _answer(self, child: _Child, request: str, query: str, timeout_s: float) -> Generator[Row, None, None]:
        """Yield the rows of one query; the child is kept where its answer was read to the end, and ended where anything else happened."""
        whole, size = False, 0
        try:
            child.send(request)
            deadline = time.monotonic() + timeout_s + GRACE_S
            while True:
                line = child.read_line(deadline)
                if line is None:
                    raise StoreError(_too_long(query, timeout_s) if child.process.poll() is None else self._died(child, query, timeout_s))
                size += len(line)
                if size > self._max_answer:
                    raise StoreError(f"the answer is larger than {self._max_answer >> 20} MB: {short(query)}; ask for fewer or smaller rows")
                message = json.loads(line)
                if "row" in message:
                    yield cast(Row, message["row"])
                    continue
                whole = True
                if "timeout" in message:
                    raise StoreError(_too_long(query, timeout_s))
                if "error" in message:
                    raise StoreError(f"{self._file.parent}: {message['error']}; in: {short(query)}")
                return
        finally:
            if whole and child.process.poll() is None:
                self._keep(child)
            else:
                child.end()

    def _died(self, child: _Child, query: str, timeout_s: float) -> str:
        if child.process.wait() == -signal.SIGXCPU:
            return _too_long(query, timeout_s)
        return f"query took more than {self._max_memory >> 20} MB of memory, or is too long or too deep: {short(query)}; ask for less at a time"


class _Child:
    """A process with the graph of one save in memory."""

    def __init__(self, file: Path, signature: Signature, max_memory: int) -> None:
        self.signature = signature
        # Nothing of the environment is needed but where Python finds litkg: no passwords reach the child.
        environment = {"PYTHONPATH": os.pathsep.join(str(Path(part).absolute()) for part in sys.path if part), "PATH": os.defpath}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "litkg.stores.confined_child", str(file.absolute()), str(max_memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=os.sep,
            start_new_session=True,
        )
        self._requests = cast("IO[bytes]", self.process.stdin)
        self._answers = cast("IO[bytes]", self.process.stdout)
        self._buffer = bytearray()
        try:
            line = self.read_line(time.monotonic() + OPEN_TIMEOUT_S)
            message = json.loads(line) if line is not None else {"error": "the process that reads it ended at once"}
            if "error" in message:
                raise StoreError(f"{file} is no readable graph: {message['error']}; move it away and load the papers again with litkg ingest")
        except BaseException:
            self.end()
            raise

    def send(self, request: str) -> None:
        with contextlib.suppress(BrokenPipeError):  # it has died; reading will say how
            self._requests.write(request.encode() + b"\n")
            self._requests.flush()

    def read_line(self, deadline: float) -> bytes | None:
        """Return the next line, None where the child ended or `deadline` (of the monotonic clock) passed before it came."""
        end = self._buffer.find(b"\n")
        with selectors.DefaultSelector() as selector:
            selector.register(self._answers, selectors.EVENT_READ)
            while end < 0:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    return None
                data = os.read(self._answers.fileno(), 1 << 16)
                if not data:
                    self.process.wait()
                    return None
                before = len(self._buffer)
                self._buffer += data
                end = self._buffer.find(b"\n", before)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def end(self) -> None:
        """Kill the process and forget it."""
        self.process.kill()
        self.process.wait()
        for pipe in (self._requests, self._answers):
            with contextlib.suppress(OSError):
                pipe.close()


def _with_first(first: Row | None, rows: Iterator[Row]) -> Iterator[Row]:
    if first is not None:
        yield first
        yield from rows


def _too_long(query: str, timeout_s: float) -> str:
    return f"query took longer than {timeout_s:g} s: {short(query)}; bound its paths, add a LIMIT, or allow more time"
