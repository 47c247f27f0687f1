"""`litkg query`, `path`, `explain` and `cypher`: questions to the graph."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, cast

import typer

from litkg.answers import explain as explain_id
from litkg.answers import find_paths, format_explanation, format_path
from litkg.cli.cases import case_report_lines
from litkg.cli.console import JsonOption, Row, StoreOption, echo, print_json, print_rows
from litkg.cli.failures import FAILED, say
from litkg.cli.names import concept_id
from litkg.cli.setup import open_graph, read_settings
from litkg.errors import QueryError, RowLimitError
from litkg.queries import CannedQuery, bind, get_query, load_queries, run_query

if TYPE_CHECKING:
    from litkg.settings import Settings
    from litkg.stores import GraphStore

CASES = "case_reports"
"""The column of the queries that holds case reports."""


def query(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A canned query; without it, the list of them.")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
    show_help: Annotated[bool, typer.Option("--help", "-h", help="Show this message; after a NAME, what that query takes and returns.")] = False,
) -> None:
    """Ask a canned query: litkg query NAME --PARAMETER VALUE ...

    Without a name, lists the queries. Concepts may be given by any name or id. A table leaves nested columns out; --json has them all.
    On a terminal case reports follow the table, each answer with its words.
    """
    if name is None:
        if show_help:
            echo(ctx.get_help())
        else:
            library = [{"name": item.name, "title": item.title, "example": item.example_command()} for item in load_queries().values()]
            print_rows(library, as_json=as_json)
        return
    canned = get_query(name)
    if show_help:
        echo("\n".join(describe(canned)))
        return
    settings = read_settings(store)
    values = given_parameters(ctx.args)
    with open_graph(settings) as graph:
        rows: list[Row] = list(ask(graph, settings, canned, values))
    columns = [column.name for column in canned.columns]
    if as_json:
        print_rows(rows, as_json=True)
        return
    nested = [column for column in columns if any(_is_nested(row.get(column)) for row in rows)]
    print_rows(rows, as_json=False, columns=[column for column in columns if column not in nested])
    if sys.stdout.isatty() and CASES in nested:
        nested.remove(CASES)
        for line in case_lines(rows):
            echo(line)
    if nested:
        echo(f"left out of the table: {', '.join(nested)}; --json shows them", err=True)


def case_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the case reports of each row that has any, in lines to read, under what the row is about."""
    for row in rows:
        reports = cast("list[Row]", row.get(CASES) or [])
        if reports:
            yield from ("", str(row.get("event") or ""))
        for report in reports:
            yield from case_report_lines(report)


def ask(graph: GraphStore, settings: Settings, canned: CannedQuery, values: dict[str, str]) -> Iterator[dict[str, object]]:
    """Return the rows of a canned query; names of concepts are looked up. Raises: QueryError, NameLookupError, StoreError."""
    bind(canned, values)  # so that a wrong parameter is told before a lexicon is opened
    concepts = {key: concept_id(graph, settings, values[key]) for key in canned.concept_parameters() if values.get(key)}
    return run_query(graph, canned, bind(canned, values | concepts))


def given_parameters(words: Sequence[str]) -> dict[str, str]:
    """Return the parameters that stand after a query's name, as `--name value` or `--name=value`; hyphens in names are underscores.

    Raises: QueryError for a word that is neither, a name without a value, and a name that comes twice.

    >>> given_parameters(["--drug", "anakinra", "--max-hops=3", "--min_belief", "-1"])
    {'drug': 'anakinra', 'max_hops': '3', 'min_belief': '-1'}
    """
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--") or word == "--":
            raise QueryError(f"{word!r} stands alone: give each parameter as --name value")
        name, separator, value = word[2:].partition("=")
        if not separator:
            if not rest:
                raise QueryError(f"--{name} has no value: give each parameter as --name value")
            value = rest.pop(0)
        key = name.replace("-", "_")
        if key in found:
            raise QueryError(f"--{name} is given twice")
        found[key] = value
    return found


def describe(canned: CannedQuery) -> Iterator[str]:
    """Yield the lines that tell what a canned query takes and returns."""
    yield from (f"litkg query {canned.name}: {canned.title}", "", *canned.description.splitlines(), "", "Parameters:")
    for item in canned.parameters:
        default = "required" if item.default is None else f"default: {item.default}" if item.default != "" else "optional"
        yield f"  --{item.name.replace('_', '-'):<16} {item.help} ({item.type}; {default})"
    yield from ("", "Columns:")
    for column in canned.columns:
        yield f"  {column.name:<18} {column.meaning}"
    yield from ("", f"Example: {canned.example_command()}")


def path(
    start: Annotated[str, typer.Argument(metavar="A", help="A concept, by any name or id.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    max_hops: Annotated[int, typer.Option("--max-hops", min=1, max=4, help="Most steps in a chain.")] = 4,
    any_relation: Annotated[bool, typer.Option("--any-relation", help="Also steps that are not causal, such as associated_with.")] = False,
    with_refuted: Annotated[bool, typer.Option("--with-refuted", help="Also claims that all evidence refutes.")] = False,
    min_belief: Annotated[float, typer.Option("--min-belief", min=0, max=1, help="Least belief of each step.")] = 0.0,
    breadth: Annotated[int, typer.Option("--breadth", min=1, help="Most steps followed out of or into one concept, the most believed.")] = 25,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most chains shown.")] = 10,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how A could lead to B: signed chains of claims, each hop with its sentences."""
    settings = read_settings(store)
    with open_graph(settings) as graph:
        ends = [concept_id(graph, settings, name) for name in (start, end)]
        paths = find_paths(
            graph,
            ends[0],
            ends[1],
            max_hops=max_hops,
            causal_only=not any_relation,
            with_refuted=with_refuted,
            min_belief=min_belief,
            breadth=breadth,
            limit=limit,
        )
    if as_json:
        print_json([asdict(found) for found in paths])
        return
    for found in paths:
        echo("\n".join(format_path(found)) + "\n")
    if not paths:
        echo(
            f"no path from {start} ({ends[0]}) to {end} ({ends[1]}) in {settings.store_url} among the best {breadth} steps of each concept; "
            f"try --any-relation, --breadth {4 * breadth}",
            err=True,
        )
    elif paths[0].cut:
        typer.echo(f"only the {breadth} most believed steps of each concept were followed; for more try --breadth {4 * breadth}", err=True)


def explain(
    id_: Annotated[str, typer.Argument(metavar="ID|NAME", help="A claim, a piece of evidence or a concept, by its id; a concept by any name too.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the text behind a claim, a piece of evidence, or all that is claimed of a concept."""
    settings = read_settings(store)
    with open_graph(settings) as graph:
        explanation = explain_id(graph, id_ if id_.startswith(("as:", "ev:")) else concept_id(graph, settings, id_))
    if as_json:
        print_json(asdict(explanation))
    else:
        echo("\n".join(format_explanation(explanation)))


def cypher(
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="A reading statement; '-' reads it from standard input.")],
    param: Annotated[list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; JSON, or else a string. Repeatable.")] = None,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.001, max=86_400, help="Longest that the statement may take.")] = 60.0,
    max_rows: Annotated[int, typer.Option("--max-rows", min=1, help="Most rows shown.")] = 10_000,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the graph in Cypher; it is only read, and nothing beyond it.

    Statements that write, load files or call procedures of the server are refused; one that takes too long or too much memory is stopped (docs/security.md).
    Where there are more rows than --max-rows, the first are printed, that is said, and the command ends with 1.
    """
    text = typer.get_text_stream("stdin").read() if statement == "-" else statement
    rows: list[Row] = []
    cut: RowLimitError | None = None
    with open_graph(read_settings(store)) as graph:
        found = graph.run_confined(text, dict(_parameter(word) for word in param or ()), timeout_s=timeout, max_rows=max_rows)
        try:
            for row in found:
                rows.append(row)  # noqa: PERF402  (what came before the cut is wanted)
        except RowLimitError as error:
            cut = error
    print_rows(rows, as_json=as_json, empty="no rows")
    if cut is not None:
        say(f"{cut} with --max-rows")
        raise typer.Exit(FAILED)


def _is_nested(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(part, dict) for part in value)


def _parameter(word: str) -> tuple[str, object]:
    name, separator, value = word.partition("=")
    if not separator or not name:
        raise QueryError(f"--param {word}: write NAME=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def rows_of(graph: GraphStore, settings: Settings, name: str, **values: str) -> list[Row]:
    """Return the rows of the canned query `name`, as a list."""
    return list(ask(graph, settings, get_query(name), values))
