"""A temporary table on disk for what an import must look up, or sort by document, so that memory does not grow with the file.

Owns the SQLite file, which goes when the shelf is closed; refuses to know what lies on it: JSON by kind and id, or by group.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self


class Shelf:
    """Texts by kind and id, and texts by group in the order in which they were put."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="litkg-import-")
        self._database = sqlite3.connect(Path(self._folder.name) / "shelf.sqlite", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("CREATE TABLE item (kind TEXT, id TEXT, text TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID")
        self._database.execute("CREATE TABLE part (place INTEGER PRIMARY KEY, owner TEXT, text TEXT)")
        self._database.execute("BEGIN")

    def put(self, kind: str, id_: str, text: str) -> None:
        """Keep a text under a kind and id; the last one put holds."""
        self._database.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?)", (kind, id_, text))

    def get(self, kind: str, id_: str) -> str | None:
        """Return the text of a kind and id, None where there is none."""
        row = self._database.execute("SELECT text FROM item WHERE kind = ? AND id = ?", (kind, id_)).fetchone()
        return None if row is None else str(row[0])

    def add(self, owner: str, text: str) -> None:
        """Add a text to a group."""
        self._database.execute("INSERT INTO part (owner, text) VALUES (?, ?)", (owner, text))

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the groups by rising name, each with its texts."""
        self._database.execute("CREATE INDEX IF NOT EXISTS part_owner ON part (owner, place)")
        rows = self._database.execute("SELECT owner, text FROM part ORDER BY owner, place")
        for owner, found in groupby(rows, key=lambda row: str(row[0])):
            yield owner, [str(text) for _, text in found]

    def __enter__(self) -> Self:
        """Return the shelf itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Delete the file."""
        self._database.close()
        self._folder.cleanup()
