"""`litkg import` and `remove`: graphs of others into the graph, and what was loaded out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.console import JsonOption, StoreOption, counter, echo, print_json
from litkg.cli.failures import FAILED, say
from litkg.cli.setup import open_graph, read_settings
from litkg.imports.edges import SOURCE_PREFIX, source_name
from litkg.imports.kgx import SHA_PREFIX, Unknown

if TYPE_CHECKING:
    from litkg.imports.outcome import Outcome
    from litkg.model import Extraction
    from litkg.stores import Counts, GraphStore


def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="JSON Lines of litkg export or extract, or KGX nodes and edges (JSON Lines, TSV); gzip too.")
    ],
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="The resource that KGX edges come from. Default: what they say, else the file's name.")
    ] = None,
    unknown: Annotated[
        Unknown, typer.Option("--unknown", help="What to do with a predicate that litkg has none for: skip it, or read it as associated_with.")
    ] = Unknown.SKIP,
    force: Annotated[bool, typer.Option("--force", help="Load documents again that the graph already holds.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load graphs: litkg's own, or any resource in KGX as a source of its own.

    A resource is replaced whole: give all its files in one command. Its claims stand under documents named litkg.source:NAME/..., and litkg remove takes them
    out again. What litkg has no words for is skipped, and counted by reason. Ends with 1 where nothing could be loaded at all.
    """
    from litkg.imports.outcome import Outcome
    from litkg.imports.reading import read_graph_files

    for path in files:
        if not path.is_file():
            raise typer.BadParameter(f"{path} is no file", param_hint="FILE")
    settings = read_settings(store)
    outcome = Outcome()
    name = None if source is None else source_name(source)
    with open_graph(settings, create=True) as graph, counter("loading") as tell:
        graph.apply_schema()
        documents = _told(_new(graph, read_graph_files(files, outcome, source=name, unknown=unknown), outcome, force=force), tell)
        counts = graph.upsert(documents)
        stale = _remove_stale(graph, outcome)
    _report(counts, outcome, stale, where=settings.store_url, as_json=as_json)
    if not outcome.read["documents"]:
        raise typer.Exit(FAILED)


def remove(
    names: Annotated[list[str], typer.Argument(metavar="DOCUMENT|SOURCE", help="The id of a document, or litkg.source:NAME for all of an imported resource.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take documents out of the graph, with all that only they supported.

    Ends with 1 where one of them is not there; the others are removed all the same.
    """
    settings = read_settings(store)
    removed, missing = [], []
    with open_graph(settings) as graph, counter("removing") as tell:
        for name in names:
            ids = _documents_of(graph, name) if name.startswith(SOURCE_PREFIX) and "/" not in name else [name]
            gone = [document_id for document_id in ids if graph.remove(document_id)]
            for document_id in gone:
                tell(document_id)
            removed += gone
            if not gone:
                missing.append(name)
    if as_json:
        print_json({"store": settings.store_url, "removed": removed, "missing": missing})
    else:
        echo(f"removed  {len(removed)} document{'' if len(removed) == 1 else 's'}")
    for name in missing:
        say(f"{name} is not in the graph: litkg cypher 'MATCH (d:Document) RETURN d.id AS id' lists what is")
    if missing:
        raise typer.Exit(FAILED)


def _documents_of(graph: GraphStore, source: str) -> list[str]:
    """Return the ids of the documents of a resource; `source` is its name with the prefix."""
    rows = graph.run("MATCH (d:Document) WHERE d.id STARTS WITH $prefix RETURN d.id AS id ORDER BY id", {"prefix": f"{source}/"})
    return [str(row["id"]) for row in rows]


def _new(graph: GraphStore, extractions: Iterable[Extraction], outcome: Outcome, *, force: bool) -> Iterator[Extraction]:
    """Yield the documents that the graph does not hold as they are."""
    from litkg.stores.counting import known_documents

    known = {} if force else dict(known_documents(graph))
    for extraction in extractions:
        document = extraction.document
        # A paper that was read whole knows more than its claims in KGX do.
        if document.id in known and known[document.id] in (document.sha256, document.sha256.removeprefix(SHA_PREFIX)):
            outcome.read["already there"] += 1
        else:
            yield extraction


def _told(extractions: Iterable[Extraction], tell: Callable[[str], None]) -> Iterator[Extraction]:
    for extraction in extractions:
        tell(extraction.document.id)
        yield extraction


def _remove_stale(graph: GraphStore, outcome: Outcome) -> int:
    """Remove what the graph held of the imported resources before and they no longer say; return how many documents went."""
    stale = [item for name, documents in outcome.sources.items() for item in _documents_of(graph, SOURCE_PREFIX + name) if item not in documents]
    return sum(graph.remove(document_id) for document_id in stale)


def _report(counts: Counts, outcome: Outcome, stale: int, *, where: str, as_json: bool) -> None:
    loaded = asdict(counts)
    already = outcome.read.pop("already there", 0)
    if as_json:
        print_json(
            {
                "store": where,
                "read": dict(sorted(outcome.read.items())),
                "already_there": already,
                "loaded": loaded,
                "removed_before": stale,
                "sources": sorted(outcome.sources),
                "skipped": dict(sorted(outcome.skipped.items())),
                "notes": dict(sorted(outcome.notes.items())),
            }
        )
        return
    echo("read     " + ", ".join(f"{count} {name}" for name, count in sorted(outcome.read.items())) + (f"; {already} already there" if already else ""))
    echo("loaded   " + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in loaded.items()))
    for name in sorted(outcome.sources):
        echo(f"source   {SOURCE_PREFIX}{name}")
    if stale:
        echo(f"removed  {stale} documents that the sources no longer fill")
    echo(f"skipped  {outcome.skipped.total()}")
    echo(f"graph    {where}")
    for reason, count in sorted(outcome.notes.items()):
        say(f"note: {count} times: {reason}")
    for reason, count in sorted(outcome.skipped.items()):
        say(f"skipped {count} times: {reason}")
