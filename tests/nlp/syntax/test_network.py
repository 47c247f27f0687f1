"""The syntax network on random weights, against a plain reading of its architecture, one sentence and one pair of words at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.nlp.encoder.network import Encoder
from litkg.nlp.syntax.network import ARC_COLUMNS, ATTENTION_HEADS, FARTHEST, LABEL_COLUMNS, LONGEST, SyntaxNetwork
from litkg.nlp.syntax.trees import best_trees

WIDTH, TAGS, LABELS, ROOT = 8, 5, 6, 2
Weights = dict[str, npt.NDArray[np.float32]]


class Table:
    """An encoder whose state of a word is that of its number."""

    def states(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.asarray([np.random.default_rng(int(word)).normal(size=WIDTH) for word in words], dtype=np.float32)


def random_weights() -> Weights:
    rng = np.random.default_rng(3)
    shapes = {
        "attentions.0.norm.weight": (WIDTH,), "attentions.0.norm.bias": (WIDTH,), "last_norm.weight": (WIDTH,), "last_norm.bias": (WIDTH,),
        "attentions.0.distance": (ATTENTION_HEADS, 2 * FARTHEST + 1), "label_distance.weight": (2 * FARTHEST + 1, LABEL_COLUMNS),
        "arc_product.weight": (ARC_COLUMNS, ARC_COLUMNS), "arc_any.weight": (1, ARC_COLUMNS),
    }  # fmt: skip
    layers = {
        "attentions.0.ask": (3 * WIDTH, WIDTH), "attentions.0.out": (WIDTH, WIDTH), "tag": (TAGS, WIDTH), "arc_dependent": (ARC_COLUMNS, WIDTH),
        "arc_head": (ARC_COLUMNS, WIDTH), "arc_distance": (2 * FARTHEST + 1, ARC_COLUMNS), "label_dependent": (LABEL_COLUMNS, WIDTH),
        "label_head": (LABEL_COLUMNS, WIDTH), "label": (LABELS, LABEL_COLUMNS),
    }  # fmt: skip
    weights = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    for name, shape in layers.items():
        weights |= {f"{name}.weight": rng.normal(size=shape) / shape[1] ** 0.5, f"{name}.bias": rng.normal(size=shape[0])}
    return {name: value.astype(np.float32) for name, value in weights.items()}


WEIGHTS = random_weights()


@pytest.fixture(scope="module")
def network() -> SyntaxNetwork:
    return SyntaxNetwork(cast(Encoder, Table()), WEIGHTS, root=ROOT)


def dense(name: str, x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.asarray(x @ WEIGHTS[f"{name}.weight"].T + WEIGHTS[f"{name}.bias"], dtype=np.float32)


def norm(name: str, x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    scaled = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)
    return np.asarray(scaled * WEIGHTS[f"{name}.weight"] + WEIGHTS[f"{name}.bias"], dtype=np.float32)


def far(distance: int) -> int:
    return max(-FARTHEST, min(FARTHEST, distance)) + FARTHEST


def read_sentence(x: npt.NDArray[np.float32]) -> tuple[list[int], list[int], list[int]]:
    """Return tags, heads and labels of one sentence."""
    count, columns = len(x), WIDTH // ATTENTION_HEADS
    asked = dense("attentions.0.ask", norm("attentions.0.norm", x))
    mixed = np.zeros((count, WIDTH), dtype=np.float32)
    for head in range(ATTENTION_HEADS):
        query, key, value = (asked[:, part * WIDTH + head * columns : part * WIDTH + (head + 1) * columns] for part in range(3))
        for i in range(count):
            scores = np.asarray([query[i] @ key[j] / columns**0.5 + WEIGHTS["attentions.0.distance"][head, far(j - i)] for j in range(count)])
            chances = np.exp(scores - scores.max())
            mixed[i, head * columns : (head + 1) * columns] = (chances / chances.sum()) @ value
    x = norm("last_norm", x + dense("attentions.0.out", mixed))
    dependent, governor = np.maximum(dense("arc_dependent", x), 0), np.maximum(dense("arc_head", x), 0)
    distances = dense("arc_distance", dependent)
    arcs = np.zeros((count, count), dtype=np.float32)
    for i in range(count):
        for j in range(count):
            arcs[i, j] = dependent[i] @ WEIGHTS["arc_product.weight"].T @ governor[j] + WEIGHTS["arc_any.weight"][0] @ governor[j] + distances[i, far(j - i)]
    heads = best_trees(arcs[None])[0].tolist()
    labels = []
    for i, head in enumerate(heads):
        joint = dense("label_dependent", x)[i] + dense("label_head", x)[head] + WEIGHTS["label_distance.weight"][far(head - i)]
        scores = dense("label", np.maximum(joint, 0)[None])[0]
        scores[ROOT] = -np.inf
        labels.append(ROOT if head == i else int(scores.argmax()))
    return dense("tag", x).argmax(1).tolist(), heads, labels


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_sentences_are_read_as_each_alone(network: SyntaxNetwork, lengths: list[int]) -> None:
    ends = np.cumsum(lengths).tolist()
    words = [str(number) for number in range(ends[-1])]
    spans = list(zip([0, *ends[:-1]], ends, strict=True))
    tags, heads, labels = network.read(words, spans)
    for first, last in spans:
        wanted = read_sentence(Table().states(words[first:last]))
        assert (tags[first:last].tolist(), (heads[first:last] - first).tolist(), labels[first:last].tolist()) == wanted


def test_a_table_that_is_one_sentence_is_one_tree(network: SyntaxNetwork) -> None:
    count = 2 * LONGEST + 7
    _, heads, labels = network.read([str(number) for number in range(count)], [(0, count)])
    assert [place for place in range(count) if heads[place] == place] == [int(np.flatnonzero(labels == ROOT)[0])] and (labels == ROOT).sum() == 1
    reached = np.arange(count)
    for _ in range(count.bit_length()):
        reached = heads[reached]
        heads = heads[heads]
    assert len(set(heads.tolist())) == 1


def test_no_words(network: SyntaxNetwork) -> None:
    assert [len(found) for found in network.read([], [])] == [0, 0, 0]
