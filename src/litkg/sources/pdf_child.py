"""The process that reads PDFs: `python -m litkg.sources.pdf_child MAX_MEMORY`.

Takes PDFs from standard input, each after its length (eight bytes, big-endian), and answers in JSON lines: `{"read": n, "of": n}` after each page, then
`{"page": ...}` for each and `{"title", "unmapped"}`, or `{"error": ...}`. Owns these lines and the limits that it sets itself: memory, and no file written
(pdfminer reads its own tables of characters).
"""

from __future__ import annotations

import json
import logging
import resource
import struct
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from litkg.errors import InputError
from litkg.sources.pdf_lines import extract_lines


def main(max_memory: int) -> None:
    """Serve PDFs until standard input ends."""
    logging.disable(logging.CRITICAL)
    out, data = sys.stdout.buffer, sys.stdin.buffer
    _give_up(max_memory)
    while len(length := data.read(8)) == 8:
        _answer(out, data.read(struct.unpack(">Q", length)[0]))


def _answer(out: BinaryIO, data: bytes) -> None:
    try:
        printed = extract_lines(data, source="", on_page=lambda number, pages: _say(out, {"read": number, "of": pages}))
    except InputError as error:
        _say(out, {"error": str(error).removeprefix(": ")})
        return
    for page in printed.pages:
        _say(out, {"page": asdict(page)})
    _say(out, {"title": printed.claimed_title, "unmapped": printed.unmapped})


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
