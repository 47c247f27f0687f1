"""Which version of the schema a graph is of, and which graphs litkg reads and writes.

Owns the version node, how a graph without one is told apart (older than the node, empty, or not litkg's at all), and the refusals with their remedies.
Refuses to change a graph beyond that node: `migrations` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from litkg.errors import SchemaVersionError
from litkg.stores.base import Execute, Row
from litkg.stores.schema import load_schema

UNMARKED = 1
"""The version of a graph of litkg's that has no version node: the node came with version 2."""

Read = Callable[[str], Iterable[Row]]
"""Runs a reading statement without parameters and returns its rows."""

_NODE = load_schema().version
_VERSION = f"MATCH (g:{_NODE.label} {{{_NODE.key}: '{_NODE.id}'}}) RETURN g.schema_version AS version"
_STAMP = f"MERGE (g:{_NODE.label} {{{_NODE.key}: '{_NODE.id}'}}) SET g.schema_version = $version"
# litkg writes both properties on every document, and nobody else is likely to.
_OURS = "MATCH (d:Document) WHERE d.sha256 IS NOT NULL AND d.retracted IS NOT NULL RETURN d.id AS id LIMIT 1"
_ANY = "MATCH (n) RETURN labels(n) AS labels LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphState:
    """What a database holds: a graph of litkg's of `version`, or none (None); `foreign` are the labels of a node where there is none but other data."""

    version: int | None = None
    foreign: tuple[str, ...] | None = None


def current_version() -> int:
    """Return the version of the schema that this litkg reads and writes."""
    return _NODE.schema_version


def read_state(read: Read) -> GraphState:
    """Return what a database holds; one quick statement where it is a graph with a version node."""
    for row in read(_VERSION):
        return GraphState(version=cast(int, row["version"]))
    if next(iter(read(_OURS)), None) is not None:
        return GraphState(version=UNMARKED)
    for row in read(_ANY):
        return GraphState(foreign=tuple(cast("list[str]", row["labels"])))
    return GraphState()


def stamp(execute: Execute, version: int | None = None) -> None:
    """Write the version node; `version` is the current one where it is None."""
    execute(_STAMP, {"version": current_version() if version is None else version})


def require_readable(state: GraphState, where: str) -> None:
    """Do nothing for a graph of this version, an empty database and one of other data.

    Raises: SchemaVersionError, with what to do, for an older graph or a newer one.
    """
    if state.version is None or state.version == current_version():
        return
    if state.version > current_version():
        raise SchemaVersionError(
            f"{where} is of schema version {state.version}, written by a newer litkg, and this one knows versions up to {current_version()}; "
            "update litkg, or name another graph with --store"
        )
    raise SchemaVersionError(
        f"{where} is of schema version {state.version}, and this litkg reads and writes version {current_version()}; "
        f"bring it up to date with: litkg upgrade --store {where}"
    )


def require_writable(state: GraphState, where: str) -> None:
    """Do nothing for a graph of this version and an empty database.

    Raises: SchemaVersionError, with what to do, for an older or newer graph, and for a database with other data, which litkg does not claim by itself.
    """
    require_readable(state, where)
    if state.foreign is not None:
        kind = f"a node labelled {':'.join(state.foreign)}" if state.foreign else "a node without a label"
        raise SchemaVersionError(
            f"{where} holds other data ({kind}) and no graph of litkg's; name an empty database with --store, "
            f"or let litkg put its graph beside that data with: litkg upgrade --claim --store {where}"
        )
