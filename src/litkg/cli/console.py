"""What commands share for printing: JSON, tables, progress. Answers go to standard output, all else to standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
StoreOption = Annotated[
    str | None, typer.Option("--store", metavar="URL", help="The graph: a folder, or neo4j://HOST and its kin. Default: LITKG_STORE, else ./litkg-graph.")
]

Row = Mapping[str, object]


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text whose control characters, which a terminal would obey, are written out: escape sequences, marks of direction, halves of characters.

    >>> print(printable(f"a{chr(27)}[2Jb"))
    a\\u001b[2Jb
    """
    return _UNPRINTABLE.sub(_written_out, text)


def echo(text: str = "", *, err: bool = False) -> None:
    """Print a line. What titles and texts of papers bid a terminal do is written out there; files and pipes get every character as it is."""
    is_terminal = (sys.stderr if err else sys.stdout).isatty()
    typer.echo(printable(text) if is_terminal else _HALF.sub(_written_out, text), err=err)


def _written_out(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def print_json(value: object) -> None:
    """Print a value as JSON, indented."""
    echo(json_text(value))


def json_text(value: object) -> str:
    """Return a value as JSON, indented."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def print_rows(rows: Sequence[Row], *, as_json: bool, columns: Sequence[str] | None = None, empty: str = "nothing found") -> None:
    """Print rows: JSON, a table on a terminal, else lines with tabs under a line of column names. No rows: `empty` on standard error."""
    if as_json:
        print_json([dict(row) for row in rows])
        return
    if not rows:
        echo(empty, err=True)
        return
    names = list(columns or rows[0])
    if sys.stdout.isatty():
        console = Console()
        cells = [[printable(cell(row.get(name))) for name in names] for row in rows]
        console.print(_table(names, cells) if fits(names, cells, console.width) else _records(names, cells))
        return
    for line in tab_lines(rows, names):
        echo(line)


def tab_lines(rows: Sequence[Row], names: Sequence[str]) -> Iterator[str]:
    """Yield the line of names and a line a row, with tabs between cells and none in them.

    >>> list(tab_lines([{"a": "x\\ty", "b": None}], ["a", "b"]))
    ['a\\tb', 'x y\\t']
    """
    yield "\t".join(names)
    for row in rows:
        yield "\t".join(" ".join(cell(row.get(name)).split()) for name in names)


def fits(names: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether a table of these cells can be read in `width` columns: each column gets its widest cell, or 30 where that is wider.

    >>> fits(["id", "text"], [["1", "x" * 500]], 80), fits(["a"] * 40, [["1"] * 40], 80)
    (True, False)
    """
    widths = [min(30, max(len(name), *(len(row[index]) for row in cells))) for index, name in enumerate(names)]
    return sum(widths) + 3 * len(widths) <= width


def _table(names: Sequence[str], cells: Sequence[Sequence[str]]) -> Table:
    table = Table(show_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in cells:
        table.add_row(*map(escape, row))
    return table


def _records(names: Sequence[str], cells: Sequence[Sequence[str]]) -> Table:
    """Return what a wide table holds as blocks of name and value, a blank line after each row."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for row in cells:
        for name, value in zip(names, row, strict=True):
            if value:
                grid.add_row(name, escape(value))
        grid.add_row("", "")
    return grid


def cell(value: object) -> str:
    """Return a value as a cell shows it.

    >>> cell(["a", None, 0.5]), cell({"yes": True}), cell(None), cell(0.123456)
    ('a; ; 0.5', 'yes: yes', '', '0.123')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.3g}"
        case list() | tuple():
            return "; ".join(cell(part) for part in value)
        case dict():
            return ", ".join(f"{key}: {cell(part)}" for key, part in value.items())
        case _:
            return str(value)


@contextmanager
def steps(first: str = "") -> Iterator[Callable[[str], None]]:
    """Give a function that shows what is being done now: a spinner on a terminal, a line each elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda message: echo(message, err=True)
        return
    with console.status(escape(first)) as status:
        yield lambda message: status.update(escape(printable(message)))


@contextmanager
def counter(label: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """Give a function that counts one more and shows its name: a bar on a terminal, silent elsewhere."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), *((BarColumn(),) if total else ()), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(escape(label), total=total)
        yield lambda name: progress.update(task, advance=1, description=escape(printable(f"{label} {name[-60:]}")))
