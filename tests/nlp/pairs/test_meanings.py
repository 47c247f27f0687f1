"""What the mapping table says is possible."""

from __future__ import annotations

from litkg.nlp.pairs.conventions import HEADS, KINDS, UNDIRECTED
from litkg.nlp.pairs.meanings import load_meanings
from litkg.predicates import ASPECTS, load_predicates


def test_labels_name_heads_labels_kinds_predicates_and_aspects_that_exist() -> None:
    assert set(HEADS) >= UNDIRECTED
    for (head, subject, object_), meanings in load_meanings().items():
        assert {subject, object_} <= set(KINDS)
        for label, meaning in meanings.items():
            assert not meaning.said or label in HEADS[head]
            assert meaning.predicate in load_predicates()
            assert meaning.aspect is None or meaning.aspect in ASPECTS


def test_predicates_that_say_the_same_have_one_sign() -> None:
    predicates = load_predicates()
    for meanings in load_meanings().values():
        for label, meaning in meanings.items():
            assert {predicates[name].sign for name in meaning.also} <= {predicates[meaning.predicate].sign}, label


def test_a_label_s_own_predicate_is_not_listed_again() -> None:
    assert not [label for meanings in load_meanings().values() for label, meaning in meanings.items() if meaning.predicate in meaning.also]
