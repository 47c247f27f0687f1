"""`litkg doctor` and `litkg version`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from litkg import __version__
from litkg.cli.console import JsonOption, StoreOption, echo, print_json, steps
from litkg.cli.failures import FAILED
from litkg.cli.setup import read_settings


def doctor(
    deep: Annotated[bool, typer.Option("--deep", help="Also hash the lexicon and look at every node of the graph.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check what litkg needs on this machine, and name the command that mends what is missing.

    Looks at packages, models, lexicon, the graph with its schema and counts, disks and memory. Ends with 1 where something is missing that the main
    job needs.
    """
    from litkg.doctor import examine

    with steps("looking at the installation") as tell:
        checks = examine(read_settings(store), deep=deep, progress=tell if sys.stderr.isatty() else lambda message: None)
    if as_json:
        print_json([asdict(check) | {"state": check.state} for check in checks])
    else:
        for check in checks:
            echo(f"{check.state:<9}{check.name:<12}{check.detail}")
            if check.remedy:
                echo(f"{'':<21}mend it with: {check.remedy}")
    if any(check.needed and not check.ok for check in checks):
        raise typer.Exit(FAILED)


def version(as_json: JsonOption = False) -> None:
    """Print the version of litkg."""
    if as_json:
        print_json({"version": __version__})
    else:
        echo(__version__)
