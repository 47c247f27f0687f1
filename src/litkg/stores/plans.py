"""Judges a query by the plan that a Neo4j server makes of it: however it is spelt, a plan names the procedures that it calls and the files that it loads.

Owns what a plan may hold; refuses to run anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

import neo4j

from litkg.errors import StoreError
from litkg.stores.reading import refuse_procedure, short

_OPTIONS = re.compile(r"\s*(?:(?:EXPLAIN|PROFILE)\b\s*)+", re.IGNORECASE)
_PROCEDURE = re.compile(r"\s*([\w.`]+)\s*\(")
_ON_THE_SERVER = re.compile(
    r"LoadCSV|Terminate|Show(?!Indexes|Constraints)|(?:Create|Drop|Alter|Rename|Grant|Deny|Revoke|Start|Stop|Enable|Dump|Set)\w*(?:User|Role|Database|Alias|Server|Privilege)"
)


def without_options(query: str) -> str:
    """Return a query without the EXPLAIN or PROFILE at its start.

    >>> without_options("PROFILE MATCH (n) RETURN n")
    'MATCH (n) RETURN n'
    """
    return _OPTIONS.sub("", query, count=1) if _OPTIONS.match(query) else query


def check_plan(summary: neo4j.ResultSummary, query: str) -> None:
    """Do nothing for the plan of a query that only asks the graph.

    Raises: StoreError for one that writes, changes the schema, speaks to the server, loads files, or calls a procedure that it may not.
    """
    if summary.query_type not in ("r", None):
        raise StoreError(f"refused: this query would write, and queries only read: {short(query)}; load documents with litkg ingest")
    for operator in _operators(cast("Mapping[str, object] | None", summary.plan)):
        kind = str(operator.get("operatorType", "")).partition("@")[0]
        details = str(cast("Mapping[str, object]", operator.get("args") or {}).get("Details", ""))
        if kind == "ProcedureCall":
            named = _PROCEDURE.match(details)
            refuse_procedure(named[1].replace("`", "") if named else "a procedure", query)
        elif _ON_THE_SERVER.match(kind):
            raise StoreError(f"refused: {kind} reaches beyond the graph, and queries only read it: {short(query)}")


def _operators(plan: Mapping[str, object] | None) -> Iterator[Mapping[str, object]]:
    waiting = [plan] if plan else []
    while waiting:
        operator = waiting.pop()
        yield operator
        waiting += cast("list[Mapping[str, object]]", operator.get("children") or [])
