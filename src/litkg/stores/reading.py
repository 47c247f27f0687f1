"""What a reading query may not do beyond writing, which the databases themselves refuse.

Owns the refusal of file access and how a query is shown in a message; refuses to parse Cypher.
"""

from __future__ import annotations

import re

from litkg.errors import StoreError

_NOT_CODE = re.compile(
    r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/""",
    re.DOTALL,
)
_LOADS_FILE = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)
_UNICODE_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")


def refuse_file_access(query: str) -> None:
    """Do nothing for a query that stays inside the graph.

    A query may come from a web page, and both databases count LOAD CSV, which reads any file or address that they can reach, as reading.
    Raises: StoreError for a query with LOAD CSV outside strings and comments, written with Unicode escapes too.

    >>> refuse_file_access("MATCH (n) WHERE n.name = 'load csv' RETURN n.id AS id")
    """
    for text in (query, _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), query)):
        if _LOADS_FILE.search(_NOT_CODE.sub(" ", text)):
            raise StoreError(f"refused: LOAD CSV reads files, and queries only read the graph: {short(query)}; load papers with litkg ingest")


def short(query: str) -> str:
    """Return a query on one line, cut to what an error message can hold.

    >>> short("MATCH (n)\\n  RETURN n")
    'MATCH (n) RETURN n'
    """
    text = " ".join(query.split())
    return text if len(text) <= 120 else text[:117] + "..."
