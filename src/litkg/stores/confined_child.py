"""The process that runs queries from outside on a graph file: `python -m litkg.stores.confined_child FILE MAX_MEMORY`.

Reads the graph, gives up what it does not need, then answers one JSON line (query, params, timeout_s, max_rows) after the other from standard input with
lines of its own: `{"row": ...}` for each row, then `{"end": true}`, `{"timeout": true}` or `{"error": ...}`. Owns these lines and the limits that the
process sets itself: memory beside the graph, processor time for each query, no new files, nothing written. Refuses to be imported for anything else.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import BinaryIO, TypedDict

import kglite

from litkg.stores import word_index
from litkg.stores.embedded import query_rows
from litkg.stores.schema import load_schema

SPARE_CPU_S = 2
"""Processor time that a query may take beyond its time limit before the system ends the process."""


class _Request(TypedDict):
    query: str
    params: dict[str, object]
    timeout_s: float
    max_rows: int


def main(file: str, max_memory: int) -> None:
    """Serve queries until standard input ends."""
    out = sys.stdout.buffer
    kglite.set_query_warning_policy("silent")
    try:
        graph = kglite.load(file, verify="eager") if Path(file).exists() else kglite.KnowledgeGraph()
        word_index.build_missing(graph, even_empty=True)
    except (OSError, kglite.KgError, ValueError) as error:
        _say(out, {"error": _first_line(error)})
        return
    graph.read_only(True)
    load_schema()  # what is read or imported late is read now
    list(query_rows(graph, "RETURN 1 AS one", {}, 5.0, max_rows=1))
    _give_up(max_memory)
    _say(out, {"ready": True})
    for line in sys.stdin.buffer:
        request: _Request = json.loads(line)
        _bound_cpu(request["timeout_s"])
        _answer(out, graph, request)


def _answer(out: BinaryIO, graph: kglite.KnowledgeGraph, request: _Request) -> None:
    try:
        for row in query_rows(graph, request["query"], request["params"], request["timeout_s"], max_rows=request["max_rows"]):
            _say(out, {"row": row})
        _say(out, {"end": True})
    except kglite.ReadOnlyError:
        _say(out, {"error": "refused: this query would write, and queries only read; load documents with litkg ingest"})
    except kglite.CypherTimeoutError:
        _say(out, {"timeout": True})
    except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError, OSError) as error:
        _say(out, {"error": f"query refused: {_first_line(error)}"})


def _give_up(max_memory: int) -> None:
    """Let this process take `max_memory` bytes more than it has, open no file, write none, and leave no image of its memory."""
    used = _address_space()
    if used:
        _limit(resource.RLIMIT_AS, used + max_memory)
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        _limit(kind, 0)


def _bound_cpu(timeout_s: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + timeout_s) + SPARE_CPU_S
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _address_space() -> int:
    """Return the bytes of addresses that this process has, 0 where the system does not tell (it is Linux that does)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * resource.getpagesize()


def _say(out: BinaryIO, message: dict[str, object]) -> None:
    out.write(json.dumps(message, default=str).encode() + b"\n")
    out.flush()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:500]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
