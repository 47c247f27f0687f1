"""The syntax network with numpy alone: words of sentences in, tags, heads and labels out.

Owns what reads the encoder's states; training/syntax/network.py describes the architecture. Sentences of one length are read together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.nlp.encoder.kept import Floats
from litkg.nlp.encoder.network import Encoder
from litkg.nlp.syntax.trees import best_trees

ARC_COLUMNS = 128
"""Columns of what a word is as a dependent and as a head."""
LABEL_COLUMNS = 96
"""Columns of what labels are read from."""
ATTENTION_HEADS = 4
FARTHEST = 40
"""Distances between words, in words, are told apart up to here."""
LONGEST = 256
"""Words of a sentence that are read together; what is longer, a table or a list, is read in parts."""
_PLACES_AT_ONCE = 1 << 16
"""Pairs of words that are scored at a time, so that the arrays stay in the processor's cache."""

Ints = npt.NDArray[np.int64]


class SyntaxNetwork:
    """Reads sentences. `weights` has the arrays of the trained network by name, as 16- or 32-bit numbers; `root` is the number of the root's label. Not safe to
    share between threads."""

    def __init__(self, encoder: Encoder, weights: Mapping[str, npt.NDArray[Any]], *, root: int) -> None:
        def layer(name: str) -> tuple[Floats, Floats]:
            return np.ascontiguousarray(weights[f"{name}.weight"].T, dtype=np.float32), weights[f"{name}.bias"].astype(np.float32)

        def vector(name: str) -> Floats:
            return weights[name].astype(np.float32)

        self._encoder = encoder
        self._root = root
        self._attentions = []
        index = 0
        while f"attentions.{index}.ask.weight" in weights:
            name = f"attentions.{index}"
            norm = (vector(f"{name}.norm.weight"), vector(f"{name}.norm.bias"))
            self._attentions.append((norm, layer(f"{name}.ask"), layer(f"{name}.out"), vector(f"{name}.distance")))
            index += 1
        self._norm = (vector("last_norm.weight"), vector("last_norm.bias"))
        names = ("arc_dependent", "arc_head", "label_dependent", "label_head", "tag")
        parts = [layer(name) for name in names]
        self._read_matrix, self._read_bias = np.concatenate([matrix for matrix, _ in parts], axis=1), np.concatenate([bias for _, bias in parts])
        self._borders = np.cumsum([len(bias) for _, bias in parts])[:-1]
        self._product = np.ascontiguousarray(weights["arc_product.weight"].T, dtype=np.float32)
        self._any_head = np.ascontiguousarray(weights["arc_any.weight"][0], dtype=np.float32)
        self._arc_distance = layer("arc_distance")
        self._label_distance = vector("label_distance.weight")
        self._label = layer("label")

    def read(self, words: Sequence[str], sentences: Sequence[tuple[int, int]]) -> tuple[Ints, Ints, Ints]:
        """Return the numbers of the words' tags, their heads as places of `words`, and the numbers of their labels; shapes (words,). A root is its own head.

        `sentences` are `[first, last)`, and hold every word.
        """
        if not len(words):
            none = np.zeros(0, dtype=np.int64)
            return none, none, none
        x = self._encoder.states(words)
        groups = list(_by_length(sentences))
        for (scale, shift), ask, out, distance in self._attentions:
            x += self._attend(_norm(x, scale, shift), groups, ask, distance) @ out[0] + out[1]
        found = _norm(x, *self._norm) @ self._read_matrix + self._read_bias
        dependents, heads, label_dependents, label_heads, tags = np.split(found, self._borders, axis=1)
        governors = self._find_heads(np.maximum(dependents, 0), np.maximum(heads, 0), groups)
        _join_parts(governors, sentences)
        labels = self._find_labels(label_dependents, label_heads, governors)
        return tags.argmax(axis=1), governors, labels

    def _attend(self, x: Floats, groups: Sequence[Ints], ask: tuple[Floats, Floats], distance: Floats) -> Floats:
        asked = x @ ask[0] + ask[1]
        width = x.shape[1]
        asked[:, :width] *= (width // ATTENTION_HEADS) ** -0.5
        result = np.empty_like(x)
        for places in groups:
            count, length = places.shape
            query, key, value = asked[places].reshape(count, length, 3, ATTENTION_HEADS, -1).transpose(2, 0, 3, 1, 4)
            scores = query @ key.swapaxes(-1, -2)
            scores += distance[:, _apart(length)]
            scores -= scores.max(axis=-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=-1, keepdims=True)
            result[places] = (scores @ value).transpose(0, 2, 1, 3).reshape(count, length, width)
        return result

    def _find_heads(self, dependents: Floats, heads: Floats, groups: Sequence[Ints]) -> Ints:
        multiplied, any_head = dependents @ self._product, heads @ self._any_head
        distances = dependents @ self._arc_distance[0] + self._arc_distance[1]
        governors = np.empty(len(heads), dtype=np.int64)
        for places in groups:
            scores = multiplied[places] @ heads[places].swapaxes(1, 2)
            scores += any_head[places][:, None, :]
            length = places.shape[1]
            scores += distances[places][:, np.arange(length)[:, None], _apart(length)]
            governors[places] = best_trees(scores) + places[:, :1]
        return governors

    def _find_labels(self, dependents: Floats, heads: Floats, governors: Ints) -> Ints:
        places = np.arange(len(governors))
        apart = np.clip(governors - places, -FARTHEST, FARTHEST) + FARTHEST
        joint = dependents + heads[governors]
        joint += self._label_distance[apart]
        scores = np.maximum(joint, 0, out=joint) @ self._label[0] + self._label[1]
        scores[:, self._root] = -np.inf
        labels = scores.argmax(axis=1)
        labels[governors == places] = self._root
        return np.asarray(labels, dtype=np.int64)


def _by_length(sentences: Sequence[tuple[int, int]]) -> Iterator[Ints]:
    """Yield the places of sentences, or of parts of long ones, of one length each, as arrays of shape (sentences, length)."""
    starts: dict[int, list[int]] = {}
    for first, last in sentences:
        for start in range(first, last, LONGEST):
            starts.setdefault(min(last - start, LONGEST), []).append(start)
    for length, found in starts.items():
        most = max(_PLACES_AT_ONCE // length**2, 1)
        for at in range(0, len(found), most):
            yield np.asarray(found[at : at + most], dtype=np.int64)[:, None] + np.arange(length)


def _join_parts(governors: Ints, sentences: Sequence[tuple[int, int]]) -> None:
    """Hang the roots of a long sentence's later parts on the root of its first."""
    for first, last in sentences:
        if last - first > LONGEST:
            places = np.arange(first, last)
            roots = places[governors[first:last] == places]
            governors[roots] = roots[0]


@lru_cache(maxsize=LONGEST)
def _apart(length: int) -> Ints:
    """Return how far place j stands from place i, clipped and counted from 0; shape (length, length)."""
    places = np.arange(length)
    return np.clip(places[None, :] - places[:, None], -FARTHEST, FARTHEST) + FARTHEST


def _norm(x: Floats, scale: Floats, shift: Floats) -> Floats:
    centred = x - x.mean(axis=1, keepdims=True)
    centred *= (1 / np.sqrt(np.einsum("ij,ij->i", centred, centred) / x.shape[1] + 1e-5))[:, None]
    return np.asarray(centred * scale + shift, dtype=np.float32)
