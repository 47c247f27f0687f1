"""`litkg export`, `stats` and `diff`: the graph as a whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from litkg.cli.console import JsonOption, StoreOption, echo, print_json, print_rows, steps
from litkg.cli.failures import FAILED
from litkg.cli.setup import open_graph, read_settings

if TYPE_CHECKING:
    pass


class ExportFormat(StrEnum):
    """The formats that a graph is exported in."""

    GRAPHML = "graphml"
    CSV = "csv"
    JSONL = "jsonl"


def export(
    format_: Annotated[ExportFormat, typer.Option("--format", help="csv is two files: concepts.csv and assertions.csv.")] = ExportFormat.GRAPHML,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there instead of standard output: a file, for csv a folder.")] = None,
    store: StoreOption = None,
) -> None:
    """Write the graph for other programs: concepts and signed edges (graphml, csv), or every node and relationship (jsonl)."""
    from litkg.stores import export as writers

    if format_ is ExportFormat.CSV and output is None:
        raise typer.BadParameter("csv is two files: name a folder for them with --output", param_hint="--output")
    with open_graph(read_settings(store)) as graph:
        if format_ is ExportFormat.CSV and output is not None:
            output.mkdir(parents=True, exist_ok=True)
            with _output(output / "concepts.csv") as handle:
                writers.write_concepts_csv(graph, handle)
            with _output(output / "assertions.csv") as handle:
                writers.write_assertions_csv(graph, handle)
            return
        with _output(output) as handle:
            (writers.write_jsonl if format_ is ExportFormat.JSONL else writers.write_graphml)(graph, handle)


def stats(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Count what the graph holds: documents, concepts by category, assertions by predicate, evidence that supports and refutes."""
    from litkg.stores.counting import count_graph

    settings = read_settings(store)
    with open_graph(settings) as graph:
        counts = count_graph(graph)
    if as_json:
        shape: dict[str, dict[str, int]] = {}
        for group, name, count in counts:
            shape.setdefault(group, {})[name] = count
        print_json({"store": settings.store_url, **shape})
        return
    print_rows([{"what": group, "kind": name, "count": count} for group, name, count in counts], as_json=False)


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="A graph, as --store names it.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    as_json: JsonOption = False,
) -> None:
    """Show what differs between two graphs, node for node and property for property.

    A line each: "-" is in A alone, "+" in B alone, "~" in both with other properties. Ends with 1 where they differ, as diff does.
    """
    from litkg.stores.differences import differences

    settings = read_settings()
    with steps() as tell, open_graph(replace(settings, store_url=a)) as first, open_graph(replace(settings, store_url=b)) as second:
        if sys.stderr.isatty():
            tell("comparing")
        found = list(differences(first, second))
    rows = [change.row() for change in found]
    if as_json:
        print_json({"same": not rows, "differences": rows})
    elif found:
        for change in found:
            echo(f"{change.change} {change.item}" + (f"  {', '.join(change.properties)}" if change.properties else ""))
    else:
        echo("the same graph")
    if rows:
        raise typer.Exit(FAILED)


def checksum(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Print a digest of all nodes and relationships: graphs of the same documents have the same one, whatever the store and however they were loaded.

    `litkg diff` shows what differs where two digests do.
    """
    settings = read_settings(store)
    with steps() as tell, open_graph(settings) as graph:
        if sys.stderr.isatty():
            tell("reading the graph")
        digest = graph.checksum()
    if as_json:
        print_json({"store": settings.store_url, "checksum": digest})
    else:
        echo(digest)


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """Give a handle to write to: standard output, or a file that appears whole or not at all."""
    if path is None:
        yield sys.stdout
        return
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("w", encoding="utf-8", newline="") as handle:
            yield handle
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
