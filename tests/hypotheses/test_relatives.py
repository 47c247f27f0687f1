"""Wider and narrower concepts."""

from __future__ import annotations

from litkg.hypotheses.relatives import Relatives

ABOVE = {"raynaud": ["vascular disease"], "vascular disease": ["disease"], "gangrene": ["vascular disease", "necrosis"], "a": ["b"], "b": ["a"]}
RELATIVES = Relatives(lambda concept: ABOVE.get(concept, []))


def test_what_is_wider_than_the_known_is_implied() -> None:
    assert RELATIVES.implied(["raynaud", "gangrene"]) == {"vascular disease", "disease", "necrosis"}
    assert RELATIVES.implied([]) == frozenset()


def test_only_direct_relatives_are_near() -> None:
    known = ["raynaud", "disease", "necrosis"]
    assert RELATIVES.near("vascular disease", known) == ("disease", "raynaud")
    assert RELATIVES.near("raynaud", known) == ()


def test_a_circle_ends() -> None:
    assert RELATIVES.above("a") == {"b"}
