"""The process that reads PDFs: `python -m litkg.sources.pdf_child MAX_MEMORY`.

Takes PDFs from standard input, each after the seconds of processor time that a page may take and its length (a double and eight bytes, big-endian). Answers
in JSON lines: `{"ready": true}` once, then for each PDF `{"read": n, "of": n}` after each page, `{"page": ...}` for each, and `{"title", "unmapped"}`; or
`{"error": ...}`. Owns these lines and the limits that it sets itself: time, memory, and no file written (pdfminer reads its own tables of characters).
"""

from __future__ import annotations

import json
import logging
import resource
import signal
import struct
import sys
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from litkg.errors import InputError
from litkg.sources.pdf_lines import extract_lines


def main(max_memory: int) -> None:
    """Serve PDFs until standard input ends."""
    logging.disable(logging.CRITICAL)
    out, data = sys.stdout.buffer, sys.stdin.buffer
    _give_up(max_memory)
    signal.signal(signal.SIGPROF, _stop)
    _say(out, {"ready": True})
    while len(head := data.read(16)) == 16:
        page_timeout_s, length = struct.unpack(">dQ", head)
        _answer(out, data.read(length), page_timeout_s)


def _answer(out: BinaryIO, data: bytes, page_timeout_s: float) -> None:
    def on_page(number: int, pages: int) -> None:
        signal.setitimer(signal.ITIMER_PROF, page_timeout_s)
        _say(out, {"read": number, "of": pages})

    signal.setitimer(signal.ITIMER_PROF, page_timeout_s)
    try:
        printed = extract_lines(data, source="", on_page=on_page)
    except InputError as error:
        _say(out, {"error": str(error).removeprefix(": ")})
        return
    except _TooSlow:
        _say(out, {"error": f"PDF with a page that takes more than {page_timeout_s:g} s to read: print it anew, or save it as text"})
        return
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    for page in printed.pages:
        _say(out, {"page": asdict(page)})
    _say(out, {"title": printed.claimed_title, "unmapped": printed.unmapped})


class _TooSlow(BaseException):
    """Raised into pdfminer by the clock; no `Exception`, which it might catch."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise _TooSlow


def _give_up(max_memory: int) -> None:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        pages = 0  # no Linux: the system does not tell, and would not hold the limit
    if pages:
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + max_memory)
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        _limit(kind, 0)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _say(out: BinaryIO, message: dict[str, object]) -> None:
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
