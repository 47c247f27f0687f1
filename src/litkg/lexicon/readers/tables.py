"""Reads tables with a header, tab or comma separated, from bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator


def read_rows(data: bytes, *, delimiter: str = "\t") -> Iterator[dict[str, str]]:
    """Yield the rows of a table with a header; missing cells are empty."""
    yield from csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=delimiter, restval="")


def read_plain_rows(data: bytes, *, delimiter: str = "\t") -> Iterator[list[str]]:
    """Yield the rows of a table without a header."""
    yield from csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=delimiter)


def split_cell(cell: str, separator: str) -> tuple[str, ...]:
    """Return the parts of a cell, stripped, without empty ones.

    >>> split_cell("ACF, ASP,", ",")
    ('ACF', 'ASP')
    """
    return tuple(part.strip() for part in cell.split(separator) if part.strip())
