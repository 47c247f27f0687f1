"""`litkg neo4j`: a Neo4j server of one's own on this machine."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.console import JsonOption, echo, print_json, steps
from litkg.cli.failures import FAILED
from litkg.cli.setup import read_settings

if TYPE_CHECKING:
    from litkg.stores.server import Server

app = typer.Typer(help="A Neo4j server on this machine, from Maven artefacts (needs Java 17 and Maven).", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def start(
    version: Annotated[str | None, typer.Option("--version", help="Of Neo4j; the default is the one that litkg is tested on.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Start the server, fetching it first where it is not there; print how to use it."""
    from litkg.stores.jars import NEO4J_VERSION
    from litkg.stores.server import start_server

    with steps("starting Neo4j") as tell:
        server = start_server(_home(), version=version or NEO4J_VERSION, progress=tell)
    _show(server, as_json=as_json)


@app.command()
def stop(as_json: JsonOption = False) -> None:
    """Stop the server; its data stay."""
    from litkg.stores.server import stop_server

    with steps("stopping Neo4j"):
        stopped = stop_server(_home())
    if as_json:
        print_json({"stopped": stopped})
    else:
        echo("stopped" if stopped else "no server of litkg's was running")


@app.command()
def status(as_json: JsonOption = False) -> None:
    """Tell whether the server runs, and where; ends with 1 where it does not."""
    from litkg.stores.server import server_status

    server = server_status(_home())
    if server is not None:
        _show(server, as_json=as_json)
        return
    if as_json:
        print_json({"running": False})
    else:
        echo("not running; start it with: litkg neo4j start")
    raise typer.Exit(FAILED)


def _show(server: Server, *, as_json: bool) -> None:
    if as_json:
        print_json({"running": True, "version": server.version, "pid": server.pid, "browser": server.browser, **server.environment()})
        return
    echo(f"Neo4j {server.version} runs at {server.url}, browser {server.browser}. To use it:")
    for name, value in server.environment().items():
        echo(f"export {name}={shlex.quote(value)}")


def _home() -> Path:
    return read_settings().home / "neo4j"
