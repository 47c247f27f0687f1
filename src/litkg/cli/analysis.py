"""`litkg export`, `stats` and `diff`: the graph as a whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, cast

import typer

from litkg.cli.console import JsonOption, StoreOption, print_json, print_rows
from litkg.cli.failures import FAILED
from litkg.cli.setup import open_graph, read_settings

if TYPE_CHECKING:
    from litkg.stores import GraphStore
    from litkg.stores.base import Row


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
    settings = read_settings()
    with open_graph(replace(settings, store_url=a)) as first, open_graph(replace(settings, store_url=b)) as second:
        rows = list(differences(_items(first), _items(second)))
    if as_json:
        print_json({"same": not rows, "differences": rows})
    elif rows:
        for row in rows:
            typer.echo(f"{row['change']} {row['item']}" + (f"  {', '.join(cast(list[str], row['properties']))}" if row["properties"] else ""))
    else:
        typer.echo("the same graph")
    if rows:
        raise typer.Exit(FAILED)


def differences(first: dict[str, Row], second: dict[str, Row]) -> Iterator[Row]:
    """Yield what differs between two sets of items with properties, in order of their names."""
    for name in sorted(first.keys() | second.keys()):
        if name not in second:
            yield {"change": "-", "item": name, "properties": []}
        elif name not in first:
            yield {"change": "+", "item": name, "properties": []}
        else:
            keys = sorted(first[name].keys() | second[name].keys())
            changed = [f"{key}: {first[name].get(key)!r} -> {second[name].get(key)!r}" for key in keys if first[name].get(key) != second[name].get(key)]
            if changed:
                yield {"change": "~", "item": name, "properties": changed}


def _items(graph: GraphStore) -> dict[str, Row]:
    items: dict[str, Row] = {f"{node.kind} {node.id}": {**node.properties, "labels": list(node.labels)} for node in graph.nodes()}
    for link in graph.relationships():
        name = f"{link.start[1]} -{link.type}-> {link.end[1]}"
        own = link.properties.get("assertion_id")
        items[f"{name} {own}" if own else name] = link.properties
    return items


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
