"""`litkg export`: the graph, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, cast

import typer

from litkg.cli.console import JsonOption, StoreOption, counter, echo, print_json
from litkg.cli.failures import say
from litkg.cli.setup import open_graph, read_settings

if TYPE_CHECKING:
    from litkg.stores import GraphStore

Writer = Callable[["GraphStore", TextIO], None]


class ExportFormat(StrEnum):
    """The formats that a graph is exported in."""

    GRAPHML = "graphml"
    CSV = "csv"
    CYTOSCAPE = "cytoscape"
    JSONL = "jsonl"
    KGX = "kgx"
    KGX_TSV = "kgx-tsv"
    NEO4J_ADMIN = "neo4j-admin"


def export(
    format_: Annotated[
        ExportFormat, typer.Option("--format", help="What to write; docs/exports.md tells what each holds and who reads it.")
    ] = ExportFormat.GRAPHML,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write there instead of standard output: a file, or a folder for csv, kgx, kgx-tsv and neo4j-admin.")
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the graph for other programs.

    graphml, csv and cytoscape hold concepts and one signed edge a claim; kgx and kgx-tsv hold the sentences too, in Biolink's terms; jsonl holds everything,
    and litkg import reads it back; neo4j-admin writes the files of Neo4j's bulk importer. Let no one load the graph meanwhile: pages are read one by one.
    """
    files = _files(format_)
    if output is None and (format_ is ExportFormat.NEO4J_ADMIN or len(files) > 1):
        raise typer.BadParameter(f"{format_.value} is several files: name a folder for them with --output", param_hint="--output")
    settings = read_settings(store)
    with open_graph(settings) as graph, counter("writing") as tell:
        if output is None:
            files[0].write(graph, sys.stdout)
            return
        if format_ is ExportFormat.NEO4J_ADMIN:
            from litkg.stores.exports.neo4j_admin import write_neo4j_admin

            counts = write_neo4j_admin(graph, output, tell=tell)
        else:
            counts = {}
            folder = len(files) > 1
            if folder:
                output.mkdir(parents=True, exist_ok=True)
            for file in files:
                path = output / file.name if folder else output
                with _output(path, tell) as handle:
                    file.write(graph, cast(TextIO, handle))
                counts[path.name] = handle.lines
        left_out = _left_out(graph)
    if left_out:
        say(f"note: {left_out} nodes that are not litkg's own were left out")
    _report(format_, output, counts, left_out=left_out, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    write: Writer


def _files(format_: ExportFormat) -> list[_File]:
    """Return the files of a format, with what writes each; none for the bulk import, which writes a folder of its own making."""
    match format_:
        case ExportFormat.GRAPHML:
            from litkg.stores.exports.graphml import write_graphml

            return [_File("graph.graphml", write_graphml)]
        case ExportFormat.CYTOSCAPE:
            from litkg.stores.exports.cytoscape import write_cytoscape

            return [_File("graph.cyjs", write_cytoscape)]
        case ExportFormat.JSONL:
            from litkg.stores.exports.jsonl import write_jsonl

            return [_File("graph.jsonl", write_jsonl)]
        case ExportFormat.CSV:
            from litkg.stores.exports.tables import write_assertions_csv, write_concepts_csv

            return [_File("concepts.csv", write_concepts_csv), _File("assertions.csv", write_assertions_csv)]
        case ExportFormat.KGX | ExportFormat.KGX_TSV:
            from litkg.stores.exports import kgx

            if format_ is ExportFormat.KGX:
                return [_File("nodes.jsonl", kgx.write_nodes_jsonl), _File("edges.jsonl", kgx.write_edges_jsonl)]
            return [_File("nodes.tsv", kgx.write_nodes_tsv), _File("edges.tsv", kgx.write_edges_tsv)]
        case _:
            return []


def _report(format_: ExportFormat, output: Path, counts: dict[str, int], *, left_out: int, as_json: bool) -> None:
    from litkg.stores.exports.neo4j_admin import FINISH, SCRIPT

    bulk = format_ is ExportFormat.NEO4J_ADMIN
    if as_json:
        command = {"command": f"{output / SCRIPT} neo4j", "then": str(output / FINISH)} if bulk else {}
        print_json({"format": format_.value, "output": str(output), "rows" if bulk else "lines": counts, "left_out": left_out, **command})
        return
    for name, count in counts.items():
        echo(f"{count:>10} {'rows' if bulk else 'lines'}  {name}")
    echo(f"written to {output}")
    if bulk:
        echo("\nTo make a Neo4j database of it, on its machine, with the server stopped and neo4j-admin on the path:")
        echo(f"    {output / SCRIPT} neo4j --overwrite-destination")
        echo("then start the server, and make indexes and constraints (and the empty lists, which the importer cannot read):")
        echo(f"    cypher-shell -f {output / FINISH}")


def _left_out(graph: GraphStore) -> int:
    """Return how many nodes of the database are of no kind of litkg's schema; the one that tells the version is, and so are marks."""
    from litkg.hypotheses.marks import read_marks
    from litkg.stores.schema import load_schema

    def count(label: str = "") -> int:
        return cast(int, next(graph.run(f"MATCH (n{label}) RETURN count(n) AS count"))["count"])

    return count() - sum(count(f":{kind}") for kind in [*load_schema().nodes, load_schema().version.label]) - len(read_marks(graph))


class _Counted:
    """A file that counts its lines and tells of every thousandth."""

    def __init__(self, handle: TextIO, name: str, tell: Callable[[str], None]) -> None:
        self._handle = handle
        self._name = name
        self._tell = tell
        self.lines = 0

    def write(self, text: str) -> int:
        """Write text and return its length."""
        before, self.lines = self.lines, self.lines + text.count("\n")
        if before // 1000 != self.lines // 1000:
            self._tell(self._name)
        return self._handle.write(text)

    def writelines(self, lines: Iterator[str]) -> None:
        """Write each of `lines`."""
        for line in lines:
            self.write(line)


@contextmanager
def _output(path: Path, tell: Callable[[str], None]) -> Iterator[_Counted]:
    """Give a file to write to that appears whole or not at all."""
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("w", encoding="utf-8", newline="") as handle:
            yield _Counted(handle, path.name, tell)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
