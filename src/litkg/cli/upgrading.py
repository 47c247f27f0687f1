"""`litkg upgrade`: a graph of an older litkg, brought up to date."""

from __future__ import annotations

from typing import Annotated

import typer

from litkg.cli.console import JsonOption, StoreOption, echo, print_json, steps
from litkg.cli.setup import open_graph, read_settings


def upgrade(
    claim: Annotated[bool, typer.Option("--claim", help="Put litkg's graph beside the other data that the database holds.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring a graph up to the schema of this litkg, and make the indexes that are missing.

    Nothing that papers say is lost: afterwards the graph is the one that a fresh load of its documents would give. A graph that is up to date stays
    as it is. Where it is stopped, the same command goes on. Make a backup first: litkg backup.
    """
    from litkg.stores.migrations import upgrade as bring_up_to_date

    settings = read_settings(store)
    with open_graph(settings, any_version=True) as graph, steps("looking at the graph") as tell:
        done = bring_up_to_date(graph, claim=claim, progress=tell, where=settings.store_url)
    if as_json:
        print_json(
            {"store": settings.store_url, "found_version": done.found, "version": done.version, "steps": list(done.steps), "indexes_made": list(done.made)}
        )
        return
    before = "no graph" if done.found is None else f"version {done.found}"
    echo(f"found    {before}")
    for step in done.steps:
        echo(f"step     {step}")
    if done.made:
        echo(f"made     {len(done.made)} constraints and indexes")
    echo(f"now      version {done.version} at {settings.store_url}")
