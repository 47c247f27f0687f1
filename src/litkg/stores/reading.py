"""What a reading query may not do beyond writing, which the databases themselves refuse.

Owns the refusal of file access and of procedures, and how a query is shown in a message; refuses to parse Cypher beyond strings and comments.
"""

from __future__ import annotations

import re

from litkg.errors import StoreError

PROCEDURES = frozenset(
    {
        "db.index.fulltext.listavailableanalyzers",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
    }
)
"""The procedures that a query may call, in lower case: those that read the graph's schema and its full text."""

MAX_LENGTH = 8_000
"""Characters of a query from outside."""
MAX_DEPTH = 60
"""How deep its brackets may be."""

_BRACKET = re.compile(r"[(\[{)\]}]|\bCASE\b|\bEND\b", re.IGNORECASE)
_NOT_CODE = re.compile(
    r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/""",
    re.DOTALL,
)
_QUOTED_NAME = re.compile(r"`((?:``|[^`])*)`")
_LOADS_FILE = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)
_CALLS = re.compile(r"\bCALL\s+([\w.\s]*\w)", re.IGNORECASE)
_OTHER_FUNCTION = re.compile(r"\b((?:apoc|gds|dbms|genai|custom)\s*\.[\w.\s]*?)\s*\(", re.IGNORECASE)
_NO_QUERY = re.compile(r"\s*(?:(?:EXPLAIN|PROFILE)\s+)?(SHOW|TERMINATE|USE|ALTER|GRANT|DENY|REVOKE|START|STOP)\b\s*(\w*)", re.IGNORECASE)
_SHOWN = frozenset({"index", "indexes", "constraint", "constraints"})
_UNICODE_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")


def check_reading(query: str) -> None:
    """Do nothing for a query that only asks the graph.

    Raises: StoreError for a query that reads files, calls a procedure that is not in `PROCEDURES`, or a statement about the server and not the graph.
    """
    refuse_file_access(query)
    for code in _readings(query):
        plain = _QUOTED_NAME.sub(r"\1", code)
        for found in _CALLS.finditer(plain):
            refuse_procedure(re.sub(r"\s", "", found[1]), query)
        if other := _OTHER_FUNCTION.search(plain):
            refuse_procedure(re.sub(r"\s", "", other[1]), query)
        if (statement := _NO_QUERY.match(plain)) and (statement[1].upper() != "SHOW" or statement[2].lower() not in _SHOWN):
            what = " ".join(filter(None, (statement[1].upper(), statement[2])))
            raise StoreError(f"refused: {what} speaks to the server, and queries only read the graph: {short(query)}; ask the server itself")


def check_size(query: str) -> None:
    """Do nothing for a query of a size that planners can take: no server looks at its clock while it reads a query.

    Raises: StoreError for one longer than `MAX_LENGTH`, or with brackets deeper than `MAX_DEPTH`.
    """
    if len(query) > MAX_LENGTH:
        raise StoreError(f"refused: a query of {len(query):,} characters, more than {MAX_LENGTH:,}: {short(query)}; hand long lists over as parameters")
    for code in _readings(query):
        depth = deepest = 0
        for mark in _BRACKET.findall(code):
            depth += 1 if mark in "([{" or mark.upper() == "CASE" else -1
            deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            raise StoreError(f"refused: a query with brackets {deepest} deep, more than {MAX_DEPTH}: {short(query)}; write it flatter")


def refuse_procedure(name: str, query: str) -> None:
    """Do nothing for a procedure of `PROCEDURES`. Raises: StoreError for any other."""
    if name.lower() not in PROCEDURES:
        allowed = ", ".join(("db.labels", "db.relationshipTypes", "db.propertyKeys", "db.schema.visualization", "db.index.fulltext.queryNodes"))
        raise StoreError(f"refused: queries may not call {name[:80]}: {short(query)}; they may call {allowed} and their kin")


def refuse_file_access(query: str) -> None:
    """Do nothing for a query that stays inside the graph.

    A query may come from a web page, and both databases count LOAD CSV, which reads any file or address that they can reach, as reading.
    Raises: StoreError for a query with LOAD CSV outside strings and comments, written with Unicode escapes too.

    >>> refuse_file_access("MATCH (n) WHERE n.name = 'load csv' RETURN n.id AS id")
    """
    for code in _readings(query):
        if _LOADS_FILE.search(_QUOTED_NAME.sub(" ", code)):
            raise StoreError(f"refused: LOAD CSV reads files, and queries only read the graph: {short(query)}; load papers with litkg ingest")


def short(query: str) -> str:
    """Return a query on one line, cut to what an error message can hold.

    >>> short("MATCH (n)\\n  RETURN n")
    'MATCH (n) RETURN n'
    """
    text = " ".join(query.split())
    return text if len(text) <= 120 else text[:117] + "..."


def _readings(query: str) -> tuple[str, ...]:
    """Return the query without strings and comments, as it stands and with its Unicode escapes read, since Neo4j reads them before all else."""
    read = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), query)
    return tuple(_NOT_CODE.sub(" ", text) for text in ((query,) if read == query else (query, read)))
