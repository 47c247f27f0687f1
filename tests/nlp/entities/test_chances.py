"""Probabilities of tags."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.nlp.entities.chances import floored, of_agreement, of_convention, one_type, share_by_word
from litkg.nlp.entities.conventions import CONSENSUS, HEADS, TAGS, head_slices
from litkg.nlp.entities.decoding import Floats


def softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


@pytest.mark.parametrize("head", HEADS)
def test_the_tags_of_a_convention_are_weighed_among_themselves(head: str) -> None:
    scores = np.random.default_rng(1).normal(scale=30, size=(TAGS, 6)).astype(np.float32)
    chances = of_convention(scores, head)
    for token in range(6):
        assert np.allclose(chances[token], softmax(scores[head_slices()[head], token]), atol=1e-6)


def test_conventions_agree_on_the_mean_of_those_that_mark_a_type() -> None:
    scores = np.random.default_rng(2).normal(scale=3, size=(TAGS, 5)).astype(np.float32)
    chances = of_agreement(scores, CONSENSUS)
    assert chances.shape == (5, 4 * len(CONSENSUS))
    for index, (kind, heads) in enumerate(CONSENSUS.items()):
        for token in range(5):
            said = np.stack([softmax(scores[head_slices()[head], token])[1 + 4 * HEADS[head].index(kind) :][:4] for head in heads])
            assert np.allclose(chances[token, 4 * index : 4 * index + 4], said.mean(axis=0), atol=1e-6)


def test_what_is_no_part_of_a_name_is_outside() -> None:
    chances = one_type(np.asarray([[0.1, 0.2, 0, 0.3], [0, 0, 0, 1]], dtype=np.float32))
    assert np.allclose(chances, [[0.4, 0.1, 0.2, 0.0, 0.3], [0.0, 0.0, 0.0, 0.0, 1.0]], atol=1e-5)
    assert np.isfinite(np.log(chances)).all() and np.isfinite(np.log(floored(np.zeros((1, 3), dtype=np.float32)))).all()


@given(st.lists(st.sampled_from(["il", "6", "fever", "(", "drug"]), max_size=12))
def test_shares_between_places_of_a_word_and_keeps_the_sum(words: list[str]) -> None:
    chances = np.random.default_rng(len(words)).dirichlet(np.ones(5), len(words)).astype(np.float32)
    before = chances.copy()
    shared = share_by_word(words, chances)
    assert np.array_equal(chances, before)
    assert np.allclose(shared.sum(axis=1), 1, atol=1e-5)
    for at, word in enumerate(words):
        places = [place for place, other in enumerate(words) if other == word] if len(word) > 1 else [at]
        assert np.allclose(shared[at], (chances[at] + chances[places].mean(axis=0)) / 2, atol=1e-5)
