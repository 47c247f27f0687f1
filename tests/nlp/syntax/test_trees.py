"""Trees from scores, against all trees there are."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from litkg.nlp.syntax.trees import best_tree, best_trees

SCORES = st.integers(1, 5).flatmap(
    lambda length: arrays(np.float32, (length, length), elements=st.integers(-50, 50).map(lambda number: np.float32(number / 4)), unique=False)
)


def is_tree(heads: npt.NDArray[np.int64]) -> bool:
    """Say whether every word reaches the one root."""
    reached = np.arange(len(heads))
    for _ in range(len(heads)):
        reached = heads[reached]
    return len(set(reached.tolist())) == 1 and sum(head == place for place, head in enumerate(heads.tolist())) == 1


def total(scores: npt.NDArray[np.float32], heads: npt.NDArray[np.int64]) -> float:
    return float(sum(scores[place, head] for place, head in enumerate(heads.tolist()) if place != head))


@given(SCORES, st.integers(0, 4))
def test_no_tree_on_the_root_is_better(scores: npt.NDArray[np.float32], root: int) -> None:
    root %= len(scores)
    found = best_tree(scores, root)
    assert is_tree(found) and found[root] == root
    choices = [[root] if place == root else [head for head in range(len(scores)) if head != place] for place in range(len(scores))]
    best = max(total(scores, np.asarray(heads)) for heads in product(*choices) if is_tree(np.asarray(heads)))
    assert total(scores, found) == best


@given(st.lists(SCORES, min_size=1, max_size=4))
def test_every_sentence_is_a_tree(sentences: list[npt.NDArray[np.float32]]) -> None:
    length = min(map(len, sentences))
    heads = best_trees(np.stack([scores[:length, :length] for scores in sentences]))
    assert all(is_tree(found) for found in heads)


def test_best_heads_are_kept_where_they_make_a_tree() -> None:
    scores = np.zeros((1, 3, 3), dtype=np.float32)
    scores[0, 1, 1] = scores[0, 0, 1] = scores[0, 2, 0] = 5
    assert best_trees(scores).tolist() == [[1, 1, 0]]


def test_the_root_is_the_word_that_gains_most() -> None:
    scores = np.zeros((1, 2, 2), dtype=np.float32)
    scores[0, 0] = [4, 3]
    scores[0, 1] = [9, 8]
    assert best_trees(scores).tolist() == [[0, 0]]
