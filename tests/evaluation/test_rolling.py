"""A concept without an id of the gold's vocabulary answers by the nearest wider one, where that is asked for."""

from __future__ import annotations

from litkg.evaluation.rolling import rolled_up
from litkg.model import Category, Concept

NARROW = Concept(id="MONDO:2", name="red nose", categories=(Category.DISEASE,))
WIDE = Concept(id="MONDO:1", name="nose disease", categories=(Category.DISEASE,), xrefs=("DOID:9", "MESH:D1"))
MESH = frozenset({"MESH"})


def above(curie: str, prefixes: frozenset[str]) -> tuple[Concept, ...]:
    return (WIDE,) if curie == NARROW.id and prefixes == MESH else ()


def test_the_ids_of_the_wider_concept_that_count_are_added() -> None:
    assert rolled_up(NARROW, MESH, above).xrefs == ("MESH:D1",)


def test_a_concept_with_an_id_of_its_own_stays_as_it_is() -> None:
    assert rolled_up(WIDE, MESH, lambda curie, prefixes: (NARROW,)) is WIDE


def test_nothing_is_added_where_rolling_up_is_not_asked_for() -> None:
    assert rolled_up(NARROW, MESH, None) is NARROW
