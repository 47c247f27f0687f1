"""CSV of concepts and of assertions, one row each, for spreadsheets, pandas and R.

Owns the two tables. Lists are joined with `|`; what is unknown is empty. RFC 4180 quoting, UTF-8, line feeds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from litkg.stores.base import GraphStore, Row
from litkg.stores.exports.reading import read_claims, read_concepts
from litkg.stores.exports.values import ASSERTION_COLUMNS, CONCEPT_COLUMNS, claim_values, concept_values


def write_concepts_csv(store: GraphStore, handle: TextIO) -> None:
    """Write one row a concept, sorted by id."""
    _write(handle, CONCEPT_COLUMNS, map(concept_values, read_concepts(store)))


def write_assertions_csv(store: GraphStore, handle: TextIO) -> None:
    """Write one row an assertion, sorted by id."""
    _write(handle, ASSERTION_COLUMNS, map(claim_values, read_claims(store)))


def _write(handle: TextIO, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    writer = csv.DictWriter(handle, fieldnames=columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
