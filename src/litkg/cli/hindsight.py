"""`litkg hypotheses evaluate` and `discoverable`: what the hypotheses of one year make of what papers say after it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.console import JsonOption, StoreOption, counter, echo, print_json, print_rows
from litkg.cli.hypothesis_source import open_source
from litkg.cli.setup import read_settings
from litkg.errors import QueryError
from litkg.hypotheses.choices import LAYERS

if TYPE_CHECKING:
    from litkg.hypotheses.evaluation import Interval


def evaluate(
    after: Annotated[int, typer.Option("--until", metavar="YEAR", help="What is known: papers up to and in this year.")],
    then: Annotated[int | None, typer.Option("--then", metavar="YEAR", help="What is to be foretold: links up to and in this year. Default: the last.")] = None,
    links: Annotated[str, typer.Option("--links", help=f"What links two concepts: {', '.join(LAYERS)}.")] = "any",
    k: Annotated[int, typer.Option("--k", min=1, help="Of hits and enrichment among the first k.")] = 10,
    starts: Annotated[int, typer.Option("--starts", min=0, help="Concepts A that are drawn; 0 takes all.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="Of the drawing.")] = 0,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell how well hypotheses of one year foretell what papers link after it.

    For each concept A that is newly linked later, all concepts known by the year and not linked with A are ranked. In brackets: 95 % of bootstraps over A.
    """
    from litkg.hypotheses.evaluation import evaluate as evaluate_methods
    from litkg.hypotheses.evaluation import leaks

    with open_source(read_settings(store)) as source:
        literature = source.table.literature
    try:
        with counter("ranking for concepts", starts or None) as count:
            found = evaluate_methods(
                literature, after=after, until=then, layer=links, k=k, starts=starts or None, seed=seed, on_start=lambda done, total: count("")
            )
    except ValueError as error:
        raise QueryError(str(error)) from error
    if as_json:
        print_json(asdict(found) | {"not_ruled_out": list(leaks(found))})
        return
    columns = ("auprc", "mrr", "hits", "enrichment")
    titles = {"auprc": "AUPRC", "mrr": "MRR", "hits": f"hits@{k}", "enrichment": f"enrichment@{k}"}
    rows = [{"method": score.method} | {titles[name]: _interval(getattr(score, name)) for name in columns} for score in found.scores]
    print_rows(rows, as_json=False)
    echo(f"papers up to {found.after}: {found.n_before}; after it up to {found.until}: {found.n_later}", err=True)
    echo(
        f"{found.n_pairs} new links of {found.n_starts} concepts (of {found.n_possible} with any) among {found.n_candidates} pairs; "
        f"{found.n_reached} are joined by one intermediate",
        err=True,
    )
    if found.unlearned is not None:
        echo(f"no learned ranker: {found.unlearned}", err=True)
    for line in leaks(found):
        echo(f"not ruled out: {line}", err=True)


def discoverable(
    after: Annotated[int, typer.Option("--after", metavar="YEAR", help="What is known: papers up to and in this year.")],
    until: Annotated[int | None, typer.Option("--until", metavar="YEAR", help="Links up to and in this year. Default: the last.")] = None,
    links: Annotated[str, typer.Option("--links", help=f"What links two concepts: {', '.join(LAYERS)}.")] = "any",
    category: Annotated[list[str] | None, typer.Option("--category", help="Only pairs with a concept of this category. Repeatable.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most pairs shown: those of the most papers after the year.")] = 100,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the pairs that were first linked after a year, both known by then: what could have been discovered.

    "papers" is how many mention both after the year, up to --until.
    """
    from litkg.hypotheses.proposing import Discovery

    if links not in LAYERS:
        raise QueryError(f"--links {links} is none of {', '.join(LAYERS)}")
    with open_source(read_settings(store)) as source:
        found = Discovery(source.table).discoverable(after=after, until=until, layer=links, categories=category or ())
    rows = [asdict(item) for item in found[:limit]]
    print_rows(rows, as_json=as_json, empty=f"nothing was first linked after {after} between concepts known by then")
    if len(found) > limit:
        echo(f"{len(found)} pairs, of which {limit} are shown: --limit shows more", err=True)


def _interval(value: Interval) -> str:
    return f"{value.value:.3g} [{value.low:.3g}, {value.high:.3g}]"
