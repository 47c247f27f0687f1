"""What `litkg hypotheses` prints: rankings in every format, and what joins two concepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from litkg.cli.console import echo, print_json, print_rows
from litkg.cli.marking import mark_text

if TYPE_CHECKING:
    from litkg.cli.hypothesis_source import Source
    from litkg.hypotheses.marks import Mark
    from litkg.hypotheses.proposing import Hypothesis, Joining

TERMS_SHOWN = 5
"""Linking terms in a line of the table."""


def print_hypotheses(source: Source, found: Sequence[Hypothesis], marks: Mapping[str, Mark], format_: str) -> None:
    """Print hypotheses; `marks` are those of their objects. The graph is asked for sentences only."""
    from litkg.hypotheses.quoting import quote_hops
    from litkg.hypotheses.report import SIGNS, WAYS, as_csv, as_markdown, route_text

    if format_ == "json":
        print_json([asdict(item) | {"mark": _mark_record(marks.get(item.object))} for item in found])
        return
    if format_ == "csv":
        echo(as_csv(found, marks).rstrip("\n"))
        return
    if format_ == "markdown" and found:
        echo(as_markdown(found, quote_hops(source.graph, (hop for item in found for hop in item.best.hops)), marks))
        return
    rows = [
        {
            "rank": item.rank,
            "concept": item.object_name,
            "id": item.object,
            "category": item.category,
            "score": item.score,
            "sign": SIGNS[item.sign],
            "agree": item.agreement,
            "cause": WAYS[item.direction],
            "reading": item.reading,
            "paths": item.n_paths,
            "shared documents": item.shared_documents,
            "known relatives": ", ".join(item.known_relatives),
            "mark": mark_text(marks.get(item.object)),
            "linking terms": ", ".join(term.name for term in item.linking_terms[:TERMS_SHOWN]),
            "best path": route_text(item.best),
        }
        for item in found
    ]
    print_rows(rows, as_json=False, empty="nothing is joined to it that it is not linked with; try --links any, --intermediates 2")


def print_joining(joining: Joining, *, as_json: bool) -> None:
    """Print what joins two concepts."""
    from litkg.hypotheses.report import SIGNS, WAYS, route_text

    if as_json:
        print_json(asdict(joining))
        return
    if not joining.routes:
        echo("nothing joins the two; try --links any, --intermediates 2", err=True)
        return
    terms = [
        {"rank": rank, "linking term": term.name, "id": term.id, "category": term.category, "share": term.share}
        for rank, term in enumerate(joining.linking_terms, 1)
    ]
    print_rows(terms, as_json=False)
    for title, routes in (("chains of causal claims", joining.mechanisms), ("paths that count most", joining.routes)):
        if routes:
            echo(f"\n{title}")
            rows = [{"strength": item.score, "sign": SIGNS[item.sign], "cause": WAYS[item.direction], "path": route_text(item)} for item in routes]
            print_rows(rows, as_json=False)
    echo("litkg path A B shows the sentences of chains of claims", err=True)


def _mark_record(item: Mark | None) -> dict[str, str] | None:
    return None if item is None else {"verdict": item.verdict, "note": item.note}
