"""Parts the nodes of a graph into pages, so that an export of any size holds one page at a time.

Owns how large pages are and what is in which; refuses to read what the nodes hold. The pages of the same graph are the same, whatever the store. The embedded
store looks at every node of a kind to find those of a range of ids (.06 us each), so that many small ranges take quadratic time on a graph of millions: small
pages are lists of ids, that are looked up by key (4 us each), and of ranges there are never more than `MOST_RANGES`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import pairwise
from typing import cast

from litkg.stores.base import WRITE_TIMEOUT_S, GraphStore, Row, WritesCsv
from litkg.stores.schema import load_schema

PAGE = 5_000
"""How many concepts, claims or documents are read at a time: some tens of megabytes."""

MOST_RANGES = 50
"""With so many ranges a node is looked at for some 3 us in all."""

_SPAN = 500_000
"""Ids that are held at a time, of kinds whose ids are evenly spread: some 40 megabytes."""

_FIRST, _LAST = "", "\U0010ffff"
"""Every id lies between these."""

CONTENT_IDS = {"Assertion": "as", "Evidence": "ev", "CaseReport": "cr"}
"""Kinds whose ids are content hashes: evenly spread over the hexadecimal digits."""


def id_pages(store: GraphStore, kind: str, *, size: int = PAGE) -> Iterator[list[str]]:
    """Yield the ids of all nodes of a kind, rising, `size` at a time."""
    key = load_schema().nodes[kind].key
    statement = f"MATCH (n:{kind}) WHERE n.{key} >= $low AND n.{key} < $high RETURN n.{key} AS id"
    for low, high in id_ranges(store, kind, size=_SPAN):
        ids = sorted(row[0] for row in _rows(store, statement, {"low": low, "high": high}))
        yield from (ids[start : start + size] for start in range(0, len(ids), size))


def id_ranges(store: GraphStore, kind: str, *, size: int) -> Iterator[tuple[str, str]]:
    """Return half-open ranges of ids that cover all nodes of a kind: where ids are content hashes some `size` nodes in each, or more."""
    marks: list[str] = []
    if kind in CONTENT_IDS:
        count = cast(int, next(store.run(f"MATCH (n:{kind}) RETURN count(n) AS count", timeout_s=WRITE_TIMEOUT_S))["count"])
        ranges = min(-(-count // size), MOST_RANGES)
        marks = [f"{CONTENT_IDS[kind]}:{(number << 32) // ranges:08x}" for number in range(1, ranges)]
    return pairwise([_FIRST, *marks, _LAST])


def document_pages(store: GraphStore, *, size: int = PAGE) -> Iterator[list[str]]:
    """Yield the ids of all documents, rising, each page with no more than `size` documents, pieces of evidence and case reports, or with one document."""
    statement = "MATCH (n:Document) RETURN n.id AS id, COUNT { (n)<-[:FROM]-() } AS count"
    page: list[str] = []
    held = 0
    for id_, count in sorted((row[0], int(row[1])) for row in _rows(store, statement, {})):
        if page and held + count + 1 > size:
            yield page
            page, held = [], 0
        page.append(id_)
        held += count + 1
    if page:
        yield page


def _rows(store: GraphStore, statement: str, params: Row) -> Iterable[list[str]]:
    """Return rows whose every value is there, as text."""
    if isinstance(store, WritesCsv):
        return csv.reader(StringIO(store.run_csv(statement, params), newline=""))
    return ([str(value) for value in row.values()] for row in store.run(statement, params, timeout_s=WRITE_TIMEOUT_S, max_rows=None))
