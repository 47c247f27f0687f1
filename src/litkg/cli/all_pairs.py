"""`litkg hypotheses all`: the best pairs of two categories, over all concepts."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.console import StoreOption, counter, echo
from litkg.cli.hypothesis_source import open_source
from litkg.cli.setup import read_settings
from litkg.errors import QueryError
from litkg.hypotheses.choices import BREADTH, LAYERS, LINK_AGGREGATES, METRICS, PATH_AGGREGATES, SET_ASIDE

if TYPE_CHECKING:
    from litkg.hypotheses.all_pairs import Ranking
    from litkg.hypotheses.literature import Concepts, Flags
    from litkg.hypotheses.marks import Mark
    from litkg.hypotheses.records import Hypothesis

SUFFIXES = (".csv", ".jsonl")


def rank_pairs(
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help=f"Where to: a file that ends with {' or '.join(SUFFIXES)}.")],
    category: Annotated[list[str], typer.Option("--category", help="Pairs from concepts of this category, such as Drug. Repeatable.")],
    to_category: Annotated[list[str], typer.Option("--to-category", help="Pairs with concepts of this category, such as Disease. Repeatable.")],
    via: Annotated[list[str] | None, typer.Option("--via", metavar="CATEGORY", help="Only intermediates of this category. Repeatable.")] = None,
    links: Annotated[str, typer.Option("--links", help=f"What links two concepts: {', '.join(LAYERS)} (documents that mention both, or either).")] = "any",
    known: Annotated[str, typer.Option("--known", help=f"What makes a pair no news: {', '.join(LAYERS)}.")] = "any",
    metric: Annotated[str, typer.Option("--metric", help=f"Strength of a link: {', '.join(METRICS)}.")] = "combined",
    path_aggregate: Annotated[str, typer.Option("--path-aggregate", help=f"From links to paths: {', '.join(PATH_AGGREGATES)}.")] = "product",
    link_aggregate: Annotated[str, typer.Option("--link-aggregate", help=f"From paths to targets: {', '.join(LINK_AGGREGATES)}.")] = "adamic-adar",
    implied: Annotated[bool, typer.Option("--implied", help="Also pairs with what is wider than something that is claimed.")] = False,
    intermediates: Annotated[int, typer.Option("--intermediates", min=1, max=3, help="Most concepts between the two.")] = 1,
    breadth: Annotated[int, typer.Option("--breadth", min=1, help="With more than one intermediate: paths that go on, the strongest.")] = BREADTH,
    until: Annotated[int | None, typer.Option("--until", metavar="YEAR", help="Look at nothing later, as if it were that year.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most pairs, the best of all.")] = 1000,
    per_concept: Annotated[int, typer.Option("--per-concept", min=1, help="Most pairs from one concept of --category.")] = 10,
    marked: Annotated[bool, typer.Option("--marked", help="Rank pairs marked rejected or known, too.")] = False,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Processes that rank; the result is the same. Default: as many as cores.")] = None,
    store: StoreOption = None,
) -> None:
    """Rank all pairs of two categories that are not linked but by other concepts, by the scores of litkg hypotheses --from.

    A run that was stopped goes on when the same command is given again, and the result is that of one that was not. What is done lies in FILE.unfinished.
    """
    if output.suffix not in SUFFIXES:
        raise QueryError(f"--output {output}: the name of the file ends with none of {', '.join(SUFFIXES)}")
    if not output.absolute().parent.is_dir():
        raise QueryError(f"--output {output}: there is no such folder")
    from litkg.hypotheses.all_pairs import rank_all, ranking_key
    from litkg.hypotheses.discovery import Search
    from litkg.hypotheses.pairs import Pairing
    from litkg.hypotheses.proposing import Discovery

    with open_source(read_settings(store)) as source:
        table = source.table
        discovery, concepts = Discovery(table, until_year=until, hierarchy=source.hierarchy), table.literature.concepts
        marks = {mark.pair: mark for mark in table.marks}
        aside = frozenset() if marked else frozenset(_places(concepts, [mark for mark in table.marks if mark.verdict in SET_ASIDE]))
        try:
            search = Search(
                metric=metric,
                path_aggregate=path_aggregate,
                link_aggregate=link_aggregate,
                layer=links,
                known=known,
                intermediates=intermediates,
                breadth=breadth,
                via=_of_category(concepts, via, "--via") if via else None,
                targets=_of_category(concepts, to_category, "--to-category"),
            )
        except ValueError as error:
            raise QueryError(str(error)) from error
        if metric not in METRICS:
            raise QueryError(f"--metric {metric} is none of {', '.join(METRICS)}")
        pairing = Pairing(
            search=search,
            starts=_of_category(concepts, category, "--category"),
            per_concept=per_concept,
            aside=aside,
            hierarchy=None if implied else source.hierarchy,
        )
        key = ranking_key(concepts, discovery.links, pairing, {"suffix": output.suffix, "limit": limit, "marks": table.marks})
        with (
            counter("ranking blocks of concepts") as count,
            rank_all(
                discovery.links,
                pairing,
                key=key,
                folder=output.with_name(f"{output.name}.unfinished"),
                mapped=table.folder / "links" if table.folder is not None and until is None else None,
                limit=limit,
                workers=workers or _cores(),
                on_start=_tell,
                on_block=lambda: count(""),
            ) as ranked,
        ):
            _write(output, len(ranked), discovery.described(ranked, search), marks)
    echo(f"{output}: {len(ranked)} pairs", err=True)
    if aside:
        echo(f"pairs left out that are marked rejected or known: {len(aside) // 2}; --marked ranks them", err=True)


def _write(output: Path, n: int, found: Iterator[Hypothesis], marks: Mapping[tuple[str, str], Mark]) -> None:
    """Write `n` hypotheses, which come in any order, by their ranks: aside first, as memory may not hold them; the file is there when it is whole."""
    from litkg.hypotheses.report import as_csv

    part = output.with_name(f"{output.name}.part")
    with tempfile.TemporaryFile(dir=output.absolute().parent) as spool, part.open("wb") as handle, counter("telling what joins pairs", n) as count:
        lies: dict[int, tuple[int, int]] = {}
        for item in found:
            line = _line(item, marks.get((min(item.subject, item.object), max(item.subject, item.object))), output.suffix)
            lies[item.rank] = (spool.tell(), spool.write(line.encode("utf-8", "surrogatepass")))
            count("")
        if output.suffix == ".csv":
            handle.write(as_csv([], {}).encode())
        for rank in sorted(lies):
            at, length = lies[rank]
            spool.seek(at)
            handle.write(spool.read(length))
    part.replace(output)


def _line(item: Hypothesis, mark: Mark | None, suffix: str) -> str:
    from litkg.hypotheses.report import as_csv

    if suffix == ".csv":
        return as_csv([item], {} if mark is None else {item.object: mark}).partition("\n")[2]
    noted = None if mark is None else {"verdict": mark.verdict, "note": mark.note}
    return json.dumps(asdict(item) | {"mark": noted}, ensure_ascii=False) + "\n"


def _of_category(concepts: Concepts, names: list[str], option: str) -> Flags:
    there = sorted({name for own in set(concepts.categories) for name in own})
    for name in names:
        if name not in there:
            raise QueryError(f"{option} {name}: no concept of the graph is of this category; there are {', '.join(there)}")
    return concepts.of_category(names)


def _places(concepts: Concepts, marks: list[Mark]) -> Iterator[tuple[int, int]]:
    for mark in marks:
        if mark.subject in concepts and mark.object in concepts:
            one, other = concepts.index(mark.subject), concepts.index(mark.object)
            yield from ((one, other), (other, one))


def _tell(ranking: Ranking) -> None:
    if ranking.anew:
        echo("starting anew: what an earlier run had done was of another graph, or asked for otherwise", err=True)
    done = f", of which {ranking.n_done} are done" if ranking.n_done else ""
    echo(f"ranking from {ranking.n_starts} concepts in {ranking.n_blocks} blocks{done}", err=True)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
