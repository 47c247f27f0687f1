"""The wider things of a concept: what its sources file it under, as ids of merged concepts, and the nearest of them that a vocabulary has.

Owns direct parents and the climb; refuses to say that a concept is its parent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from litkg.lexicon.merging import MergedConcept

MAX_STEPS = 6
"""Steps of a climb: further up stand words such as "disease of the nervous system" that say little of the concept."""


def parents_of(merged: Sequence[MergedConcept], refused: Iterable[tuple[str, str, str, str]] = ()) -> dict[str, tuple[str, ...]]:
    """Return the direct parents of each concept that has some, as canonical ids, sorted.

    `refused` crosswalks (left, right, source, why) between a concept without a MeSH id and a MeSH concept make the latter a parent of the former: who said
    that they are one saw at least that one falls under the other.
    """
    canonical = {curie: concept for concept in merged for curie in concept.ids}
    found: dict[str, set[str]] = {}
    for concept in merged:
        for part in concept.parts:
            found.setdefault(concept.id, set()).update(canonical[parent].id for parent in part.parents if parent in canonical)
    for left, right, _, why in refused:
        first, second = canonical.get(left), canonical.get(right)
        if first is None or second is None or " and " in why:
            continue
        if _has_heading(first) and not _has_heading(second):
            first, second = second, first
        if _has_heading(second) and not _has_heading(first):
            found.setdefault(first.id, set()).add(second.id)
    return {curie: tuple(sorted(parents - {curie})) for curie, parents in sorted(found.items()) if parents - {curie}}


def nearest_above(curie: str, parents: Callable[[str], Iterable[str]], wanted: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the nearest concepts above `curie` that are `wanted`, all of the first level that has some, sorted; empty where none is within reach.

    >>> above = {"a": ("b", "c"), "b": ("d",), "c": ("e",), "d": ()}
    >>> nearest_above("a", lambda item: above.get(item, ()), {"d", "e"}.__contains__)
    ('d', 'e')
    """
    seen = {curie}
    level = [curie]
    for _ in range(MAX_STEPS):
        level = sorted({parent for item in level for parent in parents(item)} - seen)
        if found := tuple(item for item in level if wanted(item)):
            return found
        seen.update(level)
    return ()


def all_above(curie: str, parents: Callable[[str], Iterable[str]], *, steps: int = MAX_STEPS) -> frozenset[str]:
    """Return all that a concept is filed under, near and far, within so many steps.

    >>> above = {"a": ("b", "c"), "b": ("d",), "c": ("e",), "d": ()}
    >>> sorted(all_above("a", lambda item: above.get(item, ())))
    ['b', 'c', 'd', 'e']
    """
    seen: set[str] = set()
    level = {curie}
    for _ in range(steps):
        level = {parent for item in level for parent in parents(item)} - seen
        seen |= level
    return frozenset(seen - {curie})


def _has_heading(concept: MergedConcept) -> bool:
    return any(curie.startswith("MESH:") for curie in concept.ids)
