"""Cytoscape JSON (.cyjs) of concepts and one edge an assertion; Cytoscape and cytoscape.js read it.

Owns the JSON. Source: the elements format of cytoscape.js, and Cytoscape's own .cyjs, which puts `data` beside it. Lists stay lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from litkg.stores.base import GraphStore, Row
from litkg.stores.exports.reading import read_claims, read_concepts
from litkg.stores.exports.values import ASSERTION_COLUMNS, CONCEPT_COLUMNS, json_line


def write_cytoscape(store: GraphStore, handle: TextIO) -> None:
    """Write the concepts and assertions, one element a line."""
    handle.write('{"data":{"name":"litkg"},"elements":{"nodes":[')
    _write(handle, _nodes(store))
    handle.write('],"edges":[')
    _write(handle, _edges(store))
    handle.write("]}}\n")


def _nodes(store: GraphStore) -> Iterator[Row]:
    for node in read_concepts(store):
        yield {name: node.properties[name] for name in CONCEPT_COLUMNS if name in node.properties}


def _edges(store: GraphStore) -> Iterator[Row]:
    for claim in read_claims(store):
        values = {name: claim.properties[name] for name in ASSERTION_COLUMNS if name in claim.properties}
        yield values | {"source": claim.subject, "target": claim.object, "interaction": claim.properties["predicate"]}


def _write(handle: TextIO, elements: Iterable[Row]) -> None:
    for number, values in enumerate(elements):
        handle.write(("," if number else "") + "\n" + json_line({"data": values}))
