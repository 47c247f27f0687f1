"""`litkg hypotheses mark` and `marks`: what users think of pairs of concepts, kept in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.console import JsonOption, StoreOption, echo, print_rows
from litkg.cli.hypothesis_source import marks_changing
from litkg.cli.names import concept_id
from litkg.cli.setup import open_graph, read_settings
from litkg.errors import QueryError
from litkg.hypotheses.choices import SET_ASIDE, VERDICTS
from litkg.queries import ask

if TYPE_CHECKING:
    from litkg.hypotheses.marks import Mark
    from litkg.stores import GraphStore


def mark(
    first: Annotated[str, typer.Argument(metavar="A", help="A concept, by any name or id.")],
    second: Annotated[str, typer.Argument(metavar="C", help="Another one; which comes first says nothing.")],
    verdict: Annotated[str | None, typer.Option("--as", metavar="VERDICT", help=f"One of {', '.join(VERDICTS)}.")] = None,
    note: Annotated[str, typer.Option("--note", help="Why, in your own words.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the mark of these two away.")] = False,
    store: StoreOption = None,
) -> None:
    """Mark a hypothesis as kept, rejected or known, with a note; a later mark takes the place of an earlier one.

    Marks stay in the graph whatever papers come and go. What is rejected or known is left out of litkg hypotheses --from A unless --marked is given.
    """
    from litkg.hypotheses.marks import Mark, read_marks, remove_mark, write_mark

    if (verdict is None) is not remove:
        raise QueryError(f"say what the two are, --as {'|'.join(VERDICTS)}, or take their mark away with --remove")
    settings = read_settings(store)
    with open_graph(settings) as graph:
        # The concepts of a mark may be gone from the graph, and an id that only marks have is an id all the same.
        there = read_marks(graph)
        marked = {concept for item in there for concept in item.pair}
        one, other = (name if name in marked else concept_id(graph, settings, name) for name in (first, second))
        if verdict is None:
            if not any(item.pair == (min(one, other), max(one, other)) for item in there):
                raise QueryError(f"{one} and {other} have no mark; see: litkg hypotheses marks")
            with marks_changing(settings, graph):
                remove_mark(graph, one, other)
            echo(f"no mark any more: {_named(graph, one)}, {_named(graph, other)}")
            return
        try:
            made = Mark(subject=one, object=other, verdict=verdict, note=note)
        except ValueError as error:
            raise QueryError(str(error)) from error
        with marks_changing(settings, graph):
            write_mark(graph, made)
        echo(f"{verdict}: {_named(graph, one)}, {_named(graph, other)}")


def marks(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List all marks, with the names of their concepts; a concept that is not in the graph any more has its id alone."""
    from litkg.hypotheses.marks import read_marks

    with open_graph(read_settings(store)) as graph:
        found = read_marks(graph)
        names = _names(graph, {concept for item in found for concept in item.pair})
    rows = [
        {
            "subject": item.subject,
            "subject_name": names.get(item.subject),
            "object": item.object,
            "object_name": names.get(item.object),
            "verdict": item.verdict,
            "note": item.note,
        }
        for item in found
    ]
    print_rows(rows, as_json=as_json, empty="no marks; make one with: litkg hypotheses mark A C --as kept")


def tell_set_aside(taken: dict[str, int]) -> None:
    """Say on standard error how many hypotheses marks have taken out; nothing where there are none."""
    counts = [f"{taken[verdict]}{'' if place else ' marked'} {verdict}" for place, verdict in enumerate(name for name in SET_ASIDE if taken.get(name))]
    if counts:
        echo(f"{', '.join(counts)}: --marked shows them", err=True)


def mark_text(item: Mark | None) -> str:
    """Return a mark as a cell of a table shows it, "" for none."""
    return "" if item is None else f"{item.verdict}: {item.note}" if item.note else item.verdict


def _named(graph: GraphStore, concept: str) -> str:
    name = _names(graph, {concept}).get(concept)
    return concept if name is None else f"{name} ({concept})"


def _names(graph: GraphStore, concepts: set[str]) -> dict[str, str]:
    rows = ask(graph, "concept-names", ids=sorted(concepts), limit=max(len(concepts), 1))
    return {str(row["id"]): str(row["name"]) for row in rows}
