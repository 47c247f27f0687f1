"""Gets the lines of PDFs in a process of its own, which is ended where a PDF takes too long or too much.

A PDF can hold gigabytes of nothing in a few kilobytes, name itself as its own page, or print ten thousand lines over each other; pdfminer.six, which reads
it, bounds none of this. So it runs in a child (`litkg.sources.pdf_child`) with so much memory, that can write no file; a page may
take so long. Owns the child, kept for the next PDF; refuses to know what a line means.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, cast

from litkg.errors import InputError
from litkg.sources.pdf_lines import Line, OnPage, Page, PrintedText

PAGE_TIMEOUT_S = 60.0
"""How much processor time a page may take, and the file's list of pages before the first one; a crowded page takes two or three seconds."""

WAIT_FACTOR = 5
"""How many times longer than that a busy machine may make one wait."""

START_TIMEOUT_S = 120.0

DOCUMENT_TIMEOUT_S = 3600.0
MAX_MEMORY = 2 << 30
"""Bytes that the child may take beside what it needs to start."""


class PdfProcess:
    """Reads one PDF after the other; the child is started by the first, and anew after one that had to be stopped."""

    def __init__(self, *, page_timeout_s: float = PAGE_TIMEOUT_S, document_timeout_s: float = DOCUMENT_TIMEOUT_S, max_memory: int = MAX_MEMORY) -> None:
        """`page_timeout_s` may be changed between PDFs. Times in seconds, memory in bytes."""
        self.page_timeout_s = page_timeout_s
        self._document_timeout_s = document_timeout_s
        self._max_memory = max_memory
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def extract_lines(self, data: bytes, *, source: str, on_page: OnPage | None = None) -> PrintedText:
        """Return the pages of a PDF, as `litkg.sources.pdf_lines.extract_lines` does.

        Raises: InputError as that does, and for a PDF that takes more time or memory than a page or a document may.
        """
        with self._lock:
            try:
                child = self._running()
                return self._ask(child, data, source, on_page)
            except BaseException as error:
                if not isinstance(error, _RefusedError):
                    self._end()
                raise

    def close(self) -> None:
        """End the child, where one runs."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            environment = {"PYTHONPATH": os.pathsep.join(str(Path(part).absolute()) for part in sys.path if part), "PATH": os.defpath}
            self._child = subprocess.Popen(
                [sys.executable, "-m", "litkg.sources.pdf_child", str(self._max_memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd=os.sep,
                start_new_session=True,
            )
            self._read_line(self._child, bytearray(), time.monotonic() + START_TIMEOUT_S, "the process that reads PDFs")
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], data: bytes, source: str, on_page: OnPage | None) -> PrintedText:
        with contextlib.suppress(BrokenPipeError):
            requests = cast("IO[bytes]", child.stdin)
            requests.write(struct.pack(">dQ", self.page_timeout_s, len(data)) + data)
            requests.flush()
        pages: list[Page] = []
        buffer = bytearray()
        end_of_all = time.monotonic() + self._document_timeout_s
        while True:
            deadline = min(end_of_all, time.monotonic() + WAIT_FACTOR * self.page_timeout_s + START_TIMEOUT_S / 10)
            message = json.loads(self._read_line(child, buffer, deadline, source))
            if "read" in message:
                if on_page is not None:
                    on_page(message["read"], message["of"])
            elif "page" in message:
                pages.append(_page(message["page"]))
            elif "error" in message:
                raise _RefusedError(f"{source}: {message['error']}")
            else:
                return PrintedText(pages=tuple(pages), claimed_title=message["title"], unmapped=message["unmapped"])

    def _read_line(self, child: subprocess.Popen[bytes], buffer: bytearray, deadline: float, source: str) -> bytes:
        answers = cast("IO[bytes]", child.stdout)
        with selectors.DefaultSelector() as selector:
            selector.register(answers, selectors.EVENT_READ)
            while (end := buffer.find(b"\n")) < 0:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise InputError(f"{source}: PDF that takes too long to read: print it anew, or save it as text")
                data = os.read(answers.fileno(), 1 << 20)
                if not data:
                    raise InputError(f"{source}: PDF that takes more than {self._max_memory >> 20} MB of memory to read: print it anew, or save it as text")
                buffer += data
        line = bytes(buffer[:end])
        del buffer[: end + 1]
        return line

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class _RefusedError(InputError):
    """What the child itself says of a PDF; it is ready for the next one."""


def _page(shape: dict[str, object]) -> Page:
    lines = tuple(Line(**line) for line in cast("list[dict[str, object]]", shape["lines"]))  # type: ignore[arg-type]
    return Page(number=cast(int, shape["number"]), width=cast(float, shape["width"]), height=cast(float, shape["height"]), lines=lines)


SHARED = PdfProcess()
"""The process that all readers of this program share."""
atexit.register(SHARED.close)
