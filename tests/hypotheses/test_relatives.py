"""Wider and narrower concepts."""

from __future__ import annotations

from litkg.hypotheses.relatives import Relatives

ABOVE = {"raynaud": ["vascular disease"], "vascular disease": ["disease"], "gangrene": ["vascular disease", "necrosis"], "a": ["b"], "b": ["a"]}
RELATIVES = Relatives(lambda concept: ABOVE.get(concept, []))


def test_all_that_is_wider_is_above() -> None:
    assert RELATIVES.above("gangrene") == {"vascular disease", "disease", "necrosis"}
    assert RELATIVES.direct("gangrene") == {"vascular disease", "necrosis"}
    assert RELATIVES.above("disease") == frozenset()


def test_a_circle_ends() -> None:
    assert RELATIVES.above("a") == {"b"}
