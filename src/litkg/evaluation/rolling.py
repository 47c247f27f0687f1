"""Lets a concept that has no id in the gold's vocabularies answer by the nearest wider concepts that have one: a MONDO subtype by MeSH's heading above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from litkg.model import Concept

Broader = Callable[[str, frozenset[str]], tuple[Concept, ...]]
"""Returns the nearest concepts above one that have an id with one of the prefixes."""


def rolled_up(concept: Concept, prefixes: frozenset[str], broader: Broader | None) -> Concept:
    """Return the concept, with the ids of those nearest above it among its own where it has none with one of `prefixes`; itself where `broader` is None."""
    if broader is None or not concept.grounded or any(_prefix(curie) in prefixes for curie in (concept.id, *concept.xrefs)):
        return concept
    above = [curie for item in broader(concept.id, prefixes) for curie in (item.id, *item.xrefs) if _prefix(curie) in prefixes]
    return replace(concept, xrefs=tuple(sorted({*concept.xrefs, *above})))


def _prefix(curie: str) -> str:
    return curie.partition(":")[0]
