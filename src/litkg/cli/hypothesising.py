"""`litkg hypotheses`: what nobody has connected yet, ranked; and how well that foretells what comes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli import all_pairs, hindsight, marking
from litkg.cli.console import JsonOption, StoreOption, counter, echo
from litkg.cli.hypothesis_output import show_hypotheses, show_joining
from litkg.cli.hypothesis_source import open_source
from litkg.cli.setup import read_settings
from litkg.errors import QueryError
from litkg.hypotheses.choices import BREADTH, FORMATS, LAYERS, LINK_AGGREGATES, METRICS, PATH_AGGREGATES, RANKINGS
from litkg.hypotheses.readings import READINGS

if TYPE_CHECKING:
    from litkg.hypotheses.marks import Mark
    from litkg.hypotheses.proposing import Discovery
    from litkg.hypotheses.ranker import Ranker

app = typer.Typer(invoke_without_command=True)
app.command()(marking.mark)
app.command()(marking.marks)
app.command(name="all")(all_pairs.rank_pairs)
app.command()(hindsight.evaluate)
app.command()(hindsight.discoverable)


@app.callback()
def hypotheses(
    ctx: typer.Context,
    start: Annotated[str | None, typer.Option("--from", metavar="A", help="The concept that hypotheses are wanted about, by any name or id.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="C", help="Another one: what joins the two, linked or not.")] = None,
    category: Annotated[list[str] | None, typer.Option("--category", help="Only targets of this category, such as Drug. Repeatable.")] = None,
    via: Annotated[list[str] | None, typer.Option("--via", metavar="CATEGORY", help="Only intermediates of this category. Repeatable.")] = None,
    links: Annotated[str, typer.Option("--links", help=f"What links two concepts: {', '.join(LAYERS)} (documents that mention both, or either).")] = "any",
    known: Annotated[str, typer.Option("--known", help=f"What makes a target no news: {', '.join(LAYERS)}.")] = "any",
    metric: Annotated[str, typer.Option("--metric", help=f"Strength of a link: {', '.join(METRICS)}.")] = "combined",
    path_aggregate: Annotated[str, typer.Option("--path-aggregate", help=f"From links to paths: {', '.join(PATH_AGGREGATES)}.")] = "product",
    link_aggregate: Annotated[str, typer.Option("--link-aggregate", help=f"From paths to targets: {', '.join(LINK_AGGREGATES)}.")] = "adamic-adar",
    rank: Annotated[str, typer.Option("--rank", help=f"What ranks: {' or '.join(RANKINGS)} (from the graph's past and marks).")] = "paths",
    reading: Annotated[list[str] | None, typer.Option("--reading", help=f"Only hypotheses that read so: {', '.join(READINGS)}. Repeatable.")] = None,
    implied: Annotated[bool, typer.Option("--implied", help="Also what is wider than something that is claimed of A.")] = False,
    intermediates: Annotated[int, typer.Option("--intermediates", min=1, max=3, help="Most concepts between the two.")] = 1,
    breadth: Annotated[int, typer.Option("--breadth", min=1, help="With more than one intermediate: paths that go on, the strongest.")] = BREADTH,
    until: Annotated[int | None, typer.Option("--until", metavar="YEAR", help="Look at nothing later, as if it were that year.")] = None,
    hide: Annotated[list[str] | None, typer.Option("--hide", metavar="X=Y", help="As if nothing linked X and Y. Repeatable.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most hypotheses shown.")] = 25,
    format_: Annotated[str, typer.Option("--format", help=f"Of hypotheses: {', '.join(FORMATS)}, the last three with sentences.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of standard output.")] = None,
    marked: Annotated[bool, typer.Option("--marked", help="Also what is marked rejected or known (litkg hypotheses mark).")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank what A is not linked with but by other concepts; with --to, show what joins A and C.

    A sign is what more of A should mean for the other: + more, - less, ? not told; "cause" the way that chains of causal claims go.
    In paths -> raises, -| lowers and -? acts on what follows; <-, |- and ?- are the other way round; ~+~ goes with it, ~-~ against it, ~~~ is linked with it.
    """
    if ctx.invoked_subcommand is not None:
        return
    if start is None:
        raise QueryError("no concept: litkg hypotheses --from A; or litkg hypotheses evaluate --until YEAR")
    if format_ not in FORMATS:
        raise QueryError(f"--format {format_} is none of {', '.join(FORMATS)}")
    if rank not in RANKINGS:
        raise QueryError(f"--rank {rank} is none of {', '.join(RANKINGS)}")
    if unknown := sorted(set(reading or ()) - set(READINGS)):
        raise QueryError(f"--reading {unknown[0]} is none of {', '.join(READINGS)}")
    if end is not None and format_ != "table":
        raise QueryError(f"--format {format_} is for hypotheses about A; what joins A and C is a table, or --json")
    from litkg.hypotheses.marks import marks_about, set_aside
    from litkg.hypotheses.proposing import Discovery

    with open_source(read_settings(store)) as source:
        ids = [source.concept_id(name) for name in (start, end) if name is not None]
        hidden = [(source.concept_id(first), source.concept_id(second)) for first, second in map(_pair, hide or ())]
        try:
            discovery = Discovery(source.table, until_year=until, hide=hidden, hierarchy=source.hierarchy)
            if end is not None:
                joining = discovery.closed_discovery(
                    ids[0],
                    ids[1],
                    metric=metric,
                    path_aggregate=path_aggregate,
                    link_aggregate=link_aggregate,
                    layer=links,
                    intermediates=intermediates,
                    breadth=breadth,
                    via_categories=via or (),
                    limit=limit,
                )
                show_joining(joining, as_json=as_json, output=output)
                return
            marks = source.table.marks
            ranker = _train(discovery, known, marks) if rank == "learned" else None
            found = discovery.open_discovery(
                ids[0],
                metric=metric,
                path_aggregate=path_aggregate,
                link_aggregate=link_aggregate,
                layer=links,
                known=known,
                intermediates=intermediates,
                breadth=breadth,
                readings=reading or (),
                with_implied=implied,
                ranker=ranker,
                categories=category or (),
                via_categories=via or (),
                limit=limit if marked else limit + len(marks_about(marks, ids[0])),
            )
        except KeyError as error:
            raise QueryError(f"{error.args[0]}: no concept of this graph, or none of its metrics: {', '.join(METRICS)}") from error
        except ValueError as error:
            raise QueryError(str(error)) from error
        if not marked:
            found, taken = set_aside(found, marks, limit=limit)
            marking.tell_set_aside(taken)
        show_hypotheses(ctx, source, ids[0], found, until_year=until, format_=None if as_json else format_, output=output)


def _train(discovery: Discovery, known: str, marks: Sequence[Mark]) -> Ranker:
    from litkg.hypotheses.ranker import STARTS

    with counter("learning from concepts", STARTS) as count:
        ranker = discovery.train(known=known, marks=marks, on_start=lambda done, most: count(""))
    echo(f"learned from {ranker.n_positives} pairs first linked after {ranker.after} up to {ranker.until}, and {len(marks)} marks", err=True)
    return ranker


def _pair(word: str) -> tuple[str, str]:
    first, separator, second = word.partition("=")
    if not separator or not first.strip() or not second.strip():
        raise QueryError(f"--hide {word}: write two concepts as X=Y")
    return first.strip(), second.strip()
