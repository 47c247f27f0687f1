"""Tells what a file is that is to be imported, and reads it.

Owns telling the formats apart by the first line: the extract format, the dump of a graph, or KGX. Refuses what is none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from litkg.errors import InputError
from litkg.imports.dump import read_dump
from litkg.imports.kgx import Unknown, read_kgx
from litkg.imports.kgx_files import is_table
from litkg.imports.outcome import Outcome, read_lines
from litkg.jsonl import load_extractions
from litkg.model import Extraction


class Kind(StrEnum):
    """What a file may be."""

    EXTRACTIONS = "extractions"
    DUMP = "dump"
    KGX = "kgx"


def kind_of_file(path: Path) -> Kind:
    """Return what a file is, by its first line. Raises: InputError for an empty file, and one that is none of litkg's or KGX's."""
    first = next((line for line in read_lines(path) if line), None)
    if first is None:
        raise InputError(f"{path} is empty; name a file of litkg export, litkg extract or KGX")
    if is_table(first):
        return Kind.KGX
    try:
        shape = json.loads(first)
    except (ValueError, RecursionError):
        shape = None
    if isinstance(shape, dict):
        if shape.get("type") == "document" and "format_version" in shape:
            return Kind.EXTRACTIONS
        if shape.get("type") == "graph" and "format_version" in shape:
            return Kind.DUMP
        if "id" in shape or {"subject", "object"} <= shape.keys():
            return Kind.KGX
    raise InputError(f"{path} is no graph that litkg reads: JSON Lines of litkg export or litkg extract, or nodes and edges of KGX as JSON Lines or TSV")


def read_graph_files(paths: Sequence[Path], outcome: Outcome, *, source: str | None = None, unknown: Unknown = Unknown.SKIP) -> Iterator[Extraction]:
    """Yield the documents of all files: litkg's own in order, a document at a time, then those of KGX, whose nodes and edges are read together.

    Raises: InputError for a file that is none of these, before the first document, and for a broken line, with its place.
    """
    kinds = {path: kind_of_file(path) for path in paths}
    for path, kind in kinds.items():
        if kind is Kind.DUMP:
            yield from read_dump(read_lines(path), outcome, name=str(path))
        elif kind is Kind.EXTRACTIONS:
            yield from _extractions(path, outcome)
    together = [path for path, kind in kinds.items() if kind is Kind.KGX]
    if together:
        yield from read_kgx(together, outcome, source=source, unknown=unknown)


def _extractions(path: Path, outcome: Outcome) -> Iterator[Extraction]:
    try:
        for extraction in load_extractions(read_lines(path)):
            outcome.read["documents"] += 1
            outcome.read["evidence"] += len(extraction.evidence)
            yield extraction
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
