"""To version 2: the version node, full-text search over names and evidence, run records, and what a load need not work out again.

Owns the counts of documents at concepts and the sums at assertions, worked out from all documents once. Indexes are made before the steps, the node after
them, and what read a document before version 2 nobody wrote down.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import cast

from litkg.belief import Observation, summarise
from litkg.stores import statements
from litkg.stores.base import Execute, Row
from litkg.stores.concepts import variants_text
from litkg.stores.migrations.base import Change, Migration, Progress
from litkg.stores.rows import EDGE_NAMES, SUMMARY_NAMES, observation, summary_values
from litkg.stores.schema import relationship_type

_ON_EDGES = ("belief", "negated", "certainty")
"""What the edge between two concepts repeats of its assertion; sums may differ from those of version 1 in the last digit."""

PAGE = 2000
"""How many nodes are worked out in one transaction."""

_CONCEPTS = "MATCH (c:Concept) WHERE c.id > $after RETURN c.id AS id ORDER BY id LIMIT $page"
_VARIANTS = "UNWIND $ids AS id MATCH (d:Document)-[m:MENTIONS]->(c:Concept {id: id}) RETURN c.id AS id, m.variant AS variant, count(*) AS documents"
_ASSERTIONS = "MATCH (a:Assertion) WHERE a.id > $after RETURN a.id AS id ORDER BY id LIMIT $page"


def _apply(change: Change, progress: Progress) -> None:
    """Count the documents of concepts and sum up the evidence of assertions, a page at a time."""
    progress("counting the documents of concepts")
    _page_by_page(change, _CONCEPTS, _count_documents)
    progress("summing up the evidence of assertions")
    _page_by_page(change, _ASSERTIONS, _sum_up)


def _page_by_page(change: Change, statement: str, work: Callable[[Execute, list[str]], None]) -> None:
    after = ""
    while True:

        def one_page(execute: Execute, after: str = after) -> list[str]:
            ids = [str(row["id"]) for row in execute(statement, {"after": after, "page": PAGE})]
            if ids:
                work(execute, ids)
            return ids

        ids = change(one_page)
        if len(ids) < PAGE:
            return
        after = ids[-1]


def _count_documents(execute: Execute, ids: list[str]) -> None:
    votes: dict[str, Counter[str | None]] = defaultdict(Counter)
    for row in execute(_VARIANTS, {"ids": ids}):
        votes[str(row["id"])][cast("str | None", row["variant"])] += cast(int, row["documents"])
    rows = [[item, votes[item].total(), variants_text({name: count for name, count in votes[item].items() if name is not None})] for item in ids]
    execute(statements.update_nodes("Concept", ("n_documents", "variants")), {"rows": rows})


def _sum_up(execute: Execute, ids: list[str]) -> None:
    observations: dict[str, list[Observation]] = defaultdict(list)
    rows: list[Row] = execute(statements.EVIDENCE_OF_ASSERTIONS, {"ids": ids})
    for row in rows:
        observations[str(row["id"])].append(observation(row))
    summaries = {item: summarise(observations[item]) for item in ids if item in observations}
    before = {str(row["id"]): row for row in execute(statements.ASSERTION_SUMMARIES, {"ids": ids})}
    execute(statements.update_nodes("Assertion", SUMMARY_NAMES), {"rows": [[item, *summary_values(summary)] for item, summary in summaries.items()]})
    changed = [item for item, summary in summaries.items() if any(before[item][name] != getattr(summary, name) for name in _ON_EDGES)]
    edges: dict[str, list[list[object]]] = defaultdict(list)
    for row in execute(statements.ENDS_OF_ASSERTIONS, {"ids": changed}) if changed else []:
        summary = summaries[str(row["id"])]
        values = [row["subject"], row["object"], row["id"], row["sign"], summary.belief, summary.negated, summary.certainty.value]
        edges[relationship_type(str(row["predicate"]))].append(values)
    for relationship, table in sorted(edges.items()):
        execute(statements.update_edges_at("subject", relationship, EDGE_NAMES[3:]), {"rows": table})


VERSION_2 = Migration(version=2, title="a version node, full-text search, room for run records, counts and sums for loading", apply=_apply)
