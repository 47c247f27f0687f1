"""Short forms follow their long forms."""

from __future__ import annotations

from litkg.nlp.entities.records import Entity
from litkg.nlp.entities.shortforms import settle_short_forms

TEXT = "Zorbic acid (ZA) eased grey fever (GF). ZA and GF met; a mean value (MV) of MV; GF-like."


def entity(name: str, kind: str, nth: int = 0) -> Entity:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(name, at + 1)
    return Entity(at, at + len(name), kind, 0.9)


def settled(*entities: Entity) -> list[tuple[str, int, str]]:
    forms = {"ZA": "Zorbic acid", "GF": "grey fever", "MV": "mean value"}
    return [(TEXT[item.start : item.end], item.start, item.type) for item in settle_short_forms(TEXT, entities, forms)]


def test_every_short_form_is_what_the_long_form_is() -> None:
    found = settled(entity("Zorbic acid", "Chemical"), entity("fever", "Disease"), entity("GF", "Chemical", 1))
    assert [(name, kind) for name, _, kind in found] == [
        ("Zorbic acid", "Chemical"), ("ZA", "Chemical"), ("fever", "Disease"), ("GF", "Disease"), ("ZA", "Chemical"), ("GF", "Disease"), ("GF", "Disease"),
    ]  # fmt: skip


def test_short_forms_of_what_is_no_entity_are_none() -> None:
    assert settled(entity("MV", "Chemical"), entity("MV", "Chemical", 1)) == []


def test_a_long_form_that_an_entity_only_touches_decides_nothing() -> None:
    found = settled(entity("mean", "Chemical"), entity("MV", "Disease"))
    assert [name for name, _, _ in found] == ["mean", "MV"]


def test_a_short_form_inside_a_longer_entity_stays() -> None:
    found = settled(entity("grey fever", "Disease"), entity("GF-like", "Disease"))
    assert [name for name, _, _ in found] == ["grey fever", "GF", "GF", "GF-like"]


def test_a_symbol_of_a_gene_stays() -> None:
    assert [name for name, _, _ in settled(entity("MV", "Gene"))] == ["MV"]
