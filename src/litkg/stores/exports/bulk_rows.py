"""The lines of the bulk import: the rows of one page of a table as Neo4j's importer reads them.

Owns how a value is written. Refuses files and headers. A store that writes CSV itself makes the lines, unless a value needs more care than that gives it.
Source: Neo4j Operations Manual 5, Import, "CSV header format". An empty field is null there and `""` an empty text; an empty list cannot be said, nor one that
holds an empty text alone, so `finish.cypher` puts back those that the schema has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from litkg.errors import StoreError
from litkg.stores.base import WRITE_TIMEOUT_S, GraphStore, Row, WritesCsv
from litkg.stores.exports.bulk_tables import Table

ARRAY_DELIMITER = "\x1f"
"""ASCII's own unit separator: no name or sentence holds it."""

EMPTY_LISTS = {
    ("Concept", "synonyms"): ("[]", "n.synonyms IS NULL"),
    ("Concept", "xrefs"): ("[]", "n.xrefs IS NULL"),
    ("CaseReport", "alternative_causes_text"): ("['']", "n.alternative_causes IS NOT NULL AND n.alternative_causes_text IS NULL"),
    ("CaseReport", "alternative_causes_concept"): ("['']", "n.alternative_causes IS NOT NULL AND n.alternative_causes_concept IS NULL"),
}
"""The lists of the schema that may be empty, or hold one empty text, with what finds them after the import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of a page, sorted; `multiline` where a field goes on in the next one, `emptied` the lists that could not be said, by kind and name."""

    text: str
    rows: int
    multiline: bool
    emptied: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def has_empty_texts(store: GraphStore, table: Table) -> bool:
    """Say whether any text of a table is empty, so that each page must be looked at."""
    statement = table.empty_texts(page=False)
    return statement is not None and next(store.run(statement, timeout_s=WRITE_TIMEOUT_S))["count"] != 0


def stored_lines(store: WritesCsv, table: Table, page: Row, *, may_be_empty: bool) -> Lines | None:
    """Return a page as the store writes it; None where it would take an empty text for null. Several threads may ask at once."""
    if may_be_empty and store.run_csv(str(table.empty_texts(page=True)), page).strip() not in ("", "0"):
        return None
    text = store.run_csv(table.statement(), page)
    records = text.split("\n")
    records.pop()
    if '"' in text:
        # A quotation mark that a line leaves open goes on in the next one: a field with a line break.
        opened = [number for number, record in enumerate(records) if record.count('"') & 1]
        if opened:
            records = _joined(records, opened)
            return _lines(records, multiline=True)
    return _lines(records, multiline="\r" in text)


def made_lines(store: GraphStore, table: Table, page: Row) -> Lines:
    """Return a page made value by value. Raises: StoreError for a list that the importer could not read back."""
    records, emptied = [], set()
    for row in store.run(table.statement(), page, timeout_s=WRITE_TIMEOUT_S, max_rows=None):
        for name, value in row.items():
            if isinstance(value, list):
                if name == ":LABEL":
                    row[name] = sorted(value)
                elif _cannot_be_said(table, name, value, row):
                    row[name] = None
                    emptied.add((table.kind, name))
        records.append(",".join(map(cell, row.values())))
    return _lines(records, multiline=any("\n" in record or "\r" in record for record in records), emptied=frozenset(emptied))


def cell(value: object) -> str:
    r"""Return one value as the importer reads it back: null nothing, an empty text `""`, a number without exponent.

    >>> cell(None), cell(""), cell("a,b"), cell(1e-07), cell(True), cell(["a", "b"])
    ('', '""', '"a,b"', '0.0000001', 'true', 'a\x1fb')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _quoted(value) if value else '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    if isinstance(value, list):
        return _quoted(ARRAY_DELIMITER.join(cell(item) if not isinstance(item, str) else item for item in value))
    return str(value)


def _quoted(text: str) -> str:
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text


def _joined(parts: Sequence[str], opened: Sequence[int]) -> list[str]:
    """Return the records of lines; every other one of `opened`, with an odd number of quotation marks, begins one that ends at the next."""
    records: list[str] = []
    done = 0
    for first, last in zip(opened[::2], opened[1::2], strict=True):
        records += parts[done:first]
        records.append("\n".join(parts[first : last + 1]))
        done = last + 1
    return [*records, *parts[done:]]


def _lines(records: list[str], *, multiline: bool, emptied: frozenset[tuple[str, str]] = frozenset()) -> Lines:
    records.sort()
    rows = len(records)
    records.append("")
    return Lines(text="\n".join(records), rows=rows, multiline=multiline, emptied=emptied)


def _cannot_be_said(table: Table, name: str, value: list[object], row: Row) -> bool:
    """Say whether a list is one that `finish.cypher` puts back."""
    if value in ([], [""]):
        put_back = EMPTY_LISTS.get((table.kind, name))
        if put_back is None or put_back[0] != ("[]" if not value else "['']"):
            raise StoreError(f"{row.get('id')}: {name} is {value!r}, which Neo4j's importer cannot read; export with --format jsonl instead")
        return True
    if any(isinstance(item, str) and ARRAY_DELIMITER in item for item in value):
        raise StoreError(f"{row.get('id')}: {name} holds the control character U+001F, which parts the items here; export with --format jsonl instead")
    return False
