"""`litkg demo`: the main job on the papers that come with litkg, and what the graph then answers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, cast

import typer

from litkg.answers import find_paths, format_path
from litkg.cli.cases import case_report_lines
from litkg.cli.console import echo
from litkg.cli.exploring import rows_of
from litkg.cli.failures import STOPPED
from litkg.cli.loading import load_targets, show_load
from litkg.cli.names import concept_id
from litkg.cli.setup import open_graph, read_settings
from litkg.datafiles import data_path

if TYPE_CHECKING:
    from litkg.answers import Path as MechanismPath
    from litkg.settings import Settings
    from litkg.stores import GraphStore

DEMO_STORE = "./litkg-demo-graph"
SHOWN_PATHS = 3
SHOWN_CONTRADICTIONS = 5

Row = Mapping[str, object]


def demo(
    store: Annotated[str | None, typer.Option("--store", metavar="URL", help=f"The graph to build. Default: {DEMO_STORE}.")] = None,
) -> None:
    """Build a graph from the papers that come with litkg, and ask it three questions.

    Each run reads the papers anew, so that it shows what this version of litkg finds in them.
    """
    settings = read_settings(store or DEMO_STORE)
    with open_graph(settings, create=True) as graph:
        graph.apply_schema()
        _heading(f"Reading {len(demo_papers())} files from {data_path('corpus')}")
        counts, tally = load_targets(graph, demo_papers(), settings, force=True)
        show_load(counts, tally, as_json=False, where=settings.store_url)
        if tally.stopped:
            raise typer.Exit(STOPPED)
        _heading("How could IL-1ra lead to depression?")
        echo("\n".join(path_lines(graph, settings)))
        _heading("What is anakinra reported to bring about, and how strong is the case?")
        echo("\n".join(adverse_event_lines(rows_of(graph, settings, "adverse-events", drug="anakinra"))))
        _heading("Where do the papers contradict each other?")
        echo("\n".join(contradiction_lines(rows_of(graph, settings, "contradictions"), settings)))
    _heading("What to try next")
    echo(f"  litkg explain anakinra --store {settings.store_url}")
    echo(f"  litkg query open-discovery --help --store {settings.store_url}")
    echo("  litkg ingest YOUR-PAPERS/ PMID:12345678")


def demo_papers() -> list[str]:
    """Return the paths of the demo's papers, in the order of their manifest, each once."""
    folder = data_path("corpus")
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as handle:
        names = dict.fromkeys(row["file"] for row in csv.DictReader(handle, delimiter="\t"))
    return [str(folder / name) for name in names]


def path_lines(graph: GraphStore, settings: Settings) -> Iterator[str]:
    """Yield the paths from IL-1ra to depression: those through IDO and serotonin first, then the shortest."""
    ends = [concept_id(graph, settings, name) for name in ("IL-1ra", "depression")]
    paths = sorted(find_paths(graph, ends[0], ends[1], sentences_per_hop=1), key=lambda found: (not _passes(found, ("IDO1", "serotonin")), len(found.hops)))
    for found in paths[:SHOWN_PATHS]:
        yield from (*format_path(found), "")
    if len(paths) > SHOWN_PATHS:
        yield f"and {len(paths) - SHOWN_PATHS} more: litkg path IL-1ra depression --store {settings.store_url}"


def adverse_event_lines(rows: list[Row]) -> Iterator[str]:
    """Yield each event with its counts, and each of its case reports in its own words."""
    for row in rows:
        yield f"{row['event']}   belief {cast(float, row['belief']):.2f}   {row['certainty'] or 'no claim'}   {row['n_support']} for, {row['n_refute']} against"
        for report in cast("list[Row]", row["case_reports"]):
            yield from case_report_lines(report)


def contradiction_lines(rows: list[Row], settings: Settings) -> Iterator[str]:
    """Yield each contradiction in a line, the most evenly supported first."""
    for row in rows[:SHOWN_CONTRADICTIONS]:
        claim = f"{row['subject']} {str(row['predicate']).replace('_', ' ')} {row['object']}"
        against = f"{row['n_against']} against" if row["kind"] == "refuted" else f"{row['n_against']} for {str(row['opposite_predicate']).replace('_', ' ')}"
        yield f"{claim}   {row['n_for']} for, {against}   {row['assertion_id']}"
    if len(rows) > SHOWN_CONTRADICTIONS:
        yield f"and {len(rows) - SHOWN_CONTRADICTIONS} more: litkg query contradictions --store {settings.store_url}"
    if not rows:
        yield "nowhere"


def _passes(found: MechanismPath, names: tuple[str, ...]) -> bool:
    return tuple(hop.end.name for hop in found.hops[:-1]) == names


def _heading(text: str) -> None:
    echo(f"\n== {text}")
