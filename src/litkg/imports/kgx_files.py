"""KGX files as records: nodes and edges out of JSON Lines and TSV.

Owns what a line holds; refuses to know what it means. A table has its names in the first line and neither quoting nor line breaks; lists are parted by `|`.
Source: KGX format specification, kgx 2.7.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litkg.errors import InputError
from litkg.jsontext import parse_json

LISTS = frozenset(
    {"category", "synonym", "xref", "same_as", "provided_by", "publications", "supporting_text", "has_evidence", "knowledge_source"}
    | {"aggregator_knowledge_source", "litkg_categories", "litkg_families", "litkg_evidence"}
)
FLAGS = frozenset({"negated", "litkg_grounded", "litkg_retracted"})
NUMBERS = frozenset({"has_confidence_score", "litkg_year"})

Record = dict[str, object]


def is_table(first_line: str) -> bool:
    """Tell whether a file that starts with this line is a table of nodes or of edges."""
    names = set(first_line.split("\t"))
    return {"id", "category"} <= names or {"subject", "predicate", "object"} <= names


def read_records(lines: Iterable[str], *, name: str) -> Iterator[tuple[str, Record]]:
    """Yield the records of one file with their places, `name: line n`; what is empty in a table is left out.

    Raises: InputError for a line that is no JSON object, or has more cells than the table has names.
    """
    numbered = enumerate(lines, start=1)
    first = next(numbered, None)
    if first is None:
        return
    if is_table(first[1]):
        names = first[1].split("\t")
        for number, line in numbered:
            if line:
                yield f"{name}: line {number}", _row(names, line.split("\t"), f"{name}: line {number}")
        return
    yield f"{name}: line 1", _object(first[1], f"{name}: line 1")
    for number, line in numbered:
        if line:
            yield f"{name}: line {number}", _object(line, f"{name}: line {number}")


def _object(line: str, where: str) -> Record:
    record = parse_json(line, where=where)
    if not isinstance(record, dict):
        raise InputError(f"{where}: a JSON object is needed, not {line[:60]!r}")
    found = {name: [value] if name in LISTS and isinstance(value, str) else value for name, value in record.items() if value is not None}
    for name in LISTS & found.keys():
        value = found[name]
        if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
            raise InputError(f"{where}: {name} must be a list of strings, not {str(value)[:60]!r}")
    return found


def _row(names: list[str], cells: list[str], where: str) -> Record:
    if len(cells) > len(names):
        raise InputError(f"{where}: {len(cells)} cells under {len(names)} names: a tab inside a cell, or another table")
    return {name: _value(name, cell, where) for name, cell in zip(names, cells, strict=False) if cell}


def _value(name: str, cell: str, where: str) -> object:
    if name in LISTS:
        return cell.split("|")
    if name in FLAGS:
        if cell.lower() not in ("true", "false"):
            raise InputError(f"{where}: {name} must be true or false, not {cell[:60]!r}")
        return cell.lower() == "true"
    if name in NUMBERS:
        try:
            return float(cell) if name == "has_confidence_score" else int(float(cell))
        except ValueError as error:
            raise InputError(f"{where}: {name} must be a number, not {cell[:60]!r}") from error
    return cell
