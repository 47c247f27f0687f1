"""`litkg stats` and `diff`: the graph as a whole."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from litkg.cli.console import JsonOption, StoreOption, echo, print_json, print_rows, steps
from litkg.cli.failures import FAILED
from litkg.cli.setup import open_graph, read_settings


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
