"""Antecedents on the hand-made table of anaphora."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.nlp.anaphora_table import Found, read_texts, readings

LEAST_PRECISION = 0.97
LEAST_RECALL = 0.96
"""What has been reached, over pairs of an anaphor and a concept."""


@pytest.fixture(scope="module")
def found() -> tuple[Found, ...]:
    return readings(read_texts())


def test_table_has_many_texts_and_all_kinds() -> None:
    texts = read_texts()
    assert len({text.row.sentence for text in texts}) == len(texts) >= 60
    assert min(Counter(text.row.kind for text in texts).values()) >= 5


def test_antecedents_stand_in_their_texts() -> None:
    for text in read_texts():
        assert all(concept in text.row.sentence.lower() for anaphor in text.anaphors for concept in anaphor.antecedents)


def test_precision_and_recall_do_not_fall(found: tuple[Found, ...]) -> None:
    right, wrong, missed = (sum(counts) for counts in zip(*((f.right, len(f.wrong), len(f.missed)) for f in found), strict=True))
    assert right / (right + wrong) >= LEAST_PRECISION
    assert right / (right + missed) >= LEAST_RECALL


def test_no_claim_is_turned_round(found: tuple[Found, ...]) -> None:
    assert [f.text.row.sentence for f in found if f.claims.reversed] == []
