"""Graphs as version 1 of the schema had them, written by statements of their own, so that what litkg writes now cannot show in them.

`version_1.jsonl` is `tests.graphs.extractions()` as litkg at version 1 loaded and dumped it: every node and relationship, a line each.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from litkg.stores.base import Execute

LINES = [json.loads(line) for line in (Path(__file__).parent / "version_1.jsonl").read_text(encoding="utf-8").splitlines()]
NODES: list[dict[str, Any]] = [line for line in LINES if line["type"] == "node"]
RELATIONSHIPS: list[dict[str, Any]] = [line for line in LINES if line["type"] == "relationship"]
KINDS = ("Document", "Concept", "Family", "Assertion", "Evidence", "CaseReport")

CONSTRAINTS = [f"CREATE CONSTRAINT litkg_{kind.lower()}_key IF NOT EXISTS FOR (n:{kind}) REQUIRE n.id IS UNIQUE" for kind in KINDS]
INDEXES = [
    f"CREATE INDEX litkg_{kind.lower()}_{name} IF NOT EXISTS FOR (n:{kind}) ON (n.{name})"
    for kind, name in (("Document", "year"), ("Concept", "name"), ("Concept", "category"), ("Assertion", "predicate"), ("Assertion", "last_year"))
]
SCHEMA = CONSTRAINTS + INDEXES


def write_version_1(execute: Execute) -> None:
    """Write the graph of version 1 into an empty database that has `SCHEMA`."""
    for node in NODES:
        names = ", ".join(f"n.`{name}` = $row.`{name}`" for name in node["properties"])
        labels = "".join(f":{label}" for label in node["labels"] if label != node["kind"])
        execute(f"CREATE (n:{node['kind']} {{id: $row.id}}) SET {names}" + (f" SET n{labels}" if labels else ""), {"row": node["properties"]})
    for line in RELATIONSHIPS:
        (start_kind, start), (end_kind, end) = line["start"], line["end"]
        names = "".join(f" SET r.{name} = $row.{name}" for name in line["properties"])
        execute(
            f"MATCH (a:{start_kind} {{id: $start}}) MATCH (b:{end_kind} {{id: $end}}) CREATE (a)-[r:{line['relationship']}]->(b){names}",
            {"start": start, "end": end, "row": line["properties"] or {"none": 0}},
        )
