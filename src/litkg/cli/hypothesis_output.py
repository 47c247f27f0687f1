"""What `litkg hypotheses` prints or writes to a file: rankings in every format, and what joins two concepts."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from litkg.cli.console import Row, cell, echo, json_text, print_rows, tab_lines
from litkg.cli.marking import mark_text

if TYPE_CHECKING:
    from litkg.cli.hypothesis_source import Source
    from litkg.hypotheses.marks import Mark
    from litkg.hypotheses.records import Hypothesis, Joining

TERMS_SHOWN = 5
"""Linking terms in a line of the table."""

_NOT_ASKED = frozenset({"--store", "--json", "--format", "--output", "--help"})
"""Options that say where a graph is and how hypotheses are shown, and not which."""


def table_rows(found: Sequence[Hypothesis], marks: Mapping[str, Mark]) -> list[Row]:
    """Return a row for each hypothesis; `marks` are those of the objects."""
    from litkg.hypotheses.wording import SIGNS, WAYS, route_text

    return [
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


def show_hypotheses(
    ctx: typer.Context,
    source: Source,
    subject: str,
    found: Sequence[Hypothesis],
    *,
    until_year: int | None,
    format_: str | None,
    output: Path | None,
) -> None:
    """Print hypotheses about `subject` in a format, None for JSON without sentences, or write them to `output`. The graph is asked for sentences only."""
    from litkg.hypotheses.marks import marks_about
    from litkg.hypotheses.page import as_page
    from litkg.hypotheses.provenance import describe
    from litkg.hypotheses.report import as_csv, as_markdown, as_records, make_report

    about = marks_about(source.table.marks, subject)
    if format_ == "table" or (format_ == "markdown" and not found):
        show_rows(table_rows(found, about), output, empty="nothing is joined to it that it is not linked with; try --links any, --intermediates 2")
        return
    if format_ == "csv":
        deliver(as_csv(found, about), output)
        return
    report = make_report(source.table, subject, found, until_year=until_year, quoted_from=None if format_ is None else source.graph)
    if format_ == "markdown":
        deliver(as_markdown(report), output)
    elif format_ == "html":
        deliver(as_page(report, settings=settings_asked(ctx), graph=describe(source.table.literature), command=command_asked(ctx)), output)
    else:
        deliver(json_text(as_records(report)), output)


def show_joining(joining: Joining, *, as_json: bool, output: Path | None) -> None:
    """Print what joins two concepts, or write it to `output`."""
    from litkg.hypotheses.wording import SIGNS, WAYS, route_text

    if as_json:
        deliver(json_text(asdict(joining)), output)
        return
    if not joining.routes:
        echo("nothing joins the two; try --links any, --intermediates 2", err=True)
        return
    terms: list[Row] = [
        {"rank": rank, "linking term": term.name, "id": term.id, "category": term.category, "share": term.share}
        for rank, term in enumerate(joining.linking_terms, 1)
    ]
    tables = [("", terms)]
    for title, routes in (("chains of causal claims", joining.mechanisms), ("paths that count most", joining.routes)):
        rows: list[Row] = [{"strength": item.score, "sign": SIGNS[item.sign], "cause": WAYS[item.direction], "path": route_text(item)} for item in routes]
        tables += [(f"\n{title}", rows)] if rows else []
    if output is not None:
        deliver("\n".join(line for title, rows in tables for line in (*((title,) if title else ()), *tab_lines(rows, list(rows[0])))), output)
        return
    for title, rows in tables:
        if title:
            echo(title)
        print_rows(rows, as_json=False)
    echo("litkg path A B shows the sentences of chains of claims", err=True)


def show_rows(rows: Sequence[Row], output: Path | None, *, empty: str) -> None:
    """Print a table, or write it to `output` as lines with tabs. No rows: `empty` on standard error, and no file."""
    if output is None or not rows:
        print_rows(rows, as_json=False, empty=empty)
    else:
        deliver("\n".join(tab_lines(rows, list(rows[0]))), output)


def deliver(text: str, output: Path | None) -> None:
    """Print text, or write it to a file, which appears whole or not at all."""
    lines = text.rstrip("\n")
    if output is None:
        echo(lines)
        return
    partial = output.with_name(f"{output.name}.part")
    try:
        partial.write_text(f"{lines}\n", encoding="utf-8", errors="backslashreplace", newline="\n")
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
    echo(f"written to {output}", err=True)


def settings_asked(ctx: typer.Context) -> list[tuple[str, str]]:
    """Return the names and values of the options that say which hypotheses are wanted, by default or not, but those that nobody gave a value."""
    return [(name.removeprefix("--"), cell(value)) for name, value, _ in _options(ctx) if cell(value)]


def command_asked(ctx: typer.Context) -> str:
    """Return a command that asks for the same hypotheses, without options that have their default."""
    words = ["litkg", "hypotheses"]
    for name, value, default in _options(ctx):
        if value != default:
            values = value if isinstance(value, list | tuple) else (value,)
            words += [word for item in values for word in ((name,) if item is True else (name, str(item)))]
    return shlex.join(words)


def _options(ctx: typer.Context) -> Iterator[tuple[str, object, object]]:
    for option in ctx.command.params:
        if option.opts[0] not in _NOT_ASKED and option.name is not None:
            yield option.opts[0], ctx.params.get(option.name), option.default
