"""The network of pairs with numpy alone: a sentence's words and pairs in, scores of labels out.

Owns what reads the encoder's states; training/relations/network.py describes the architecture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.nlp.encoder.kept import Floats
from litkg.nlp.encoder.network import Encoder

FARTHEST = 12
"""Distances from a mention, in words, are told apart up to here."""
STRIDES = (1, 2)
"""How far the words that a pair's convolutions see stand apart."""
_PLACES_AT_ONCE = 1 << 13
_EPSILON = 1e-5

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one sentence of n words, as numbers.

    `syntax` has each word's tag, dependency and the kind of the argument that has it, 0 for none; shape (n, 3). Of a pair `places` gives first word and past
    the last of the subject, then of the object, `kinds` the kinds of both, `classes` what the lexicon says of both (0 or 1), `sides` what each word is in the
    tree between them; shapes (pairs, 4), (pairs, 2), (pairs, bits), (pairs, n)."""

    syntax: Ints
    places: Ints
    kinds: Ints
    classes: npt.NDArray[np.bool_]
    sides: npt.NDArray[np.int8]


class PairNetwork:
    """Scores pairs. `weights` has the arrays of the trained network by name, as 16- or 32-bit numbers; `kinds` is how many kinds of arguments there are. Not
    safe to share between threads."""

    def __init__(self, encoder: Encoder, weights: Mapping[str, npt.NDArray[Any]], *, kinds: int) -> None:
        def layer(name: str) -> tuple[Floats, Floats]:
            return np.ascontiguousarray(weights[f"{name}.weight"].T, dtype=np.float32), weights[f"{name}.bias"].astype(np.float32)

        def table(name: str) -> Floats:
            return np.ascontiguousarray(weights[f"{name}.weight"], dtype=np.float32)

        self._encoder, self._kinds = encoder, kinds
        self._value, self._look, self._classes, self._hidden, self._out = map(layer, ("value", "look", "classes", "hidden", "out"))
        self._layers = [layer(f"pair_layers.{index}") for index in range(len(STRIDES))]
        self._to_subject, self._to_object, self._side, self._kind = map(table, ("to_subject", "to_object", "side", "kind"))
        self._syntax = [table(name) for name in ("tag", "dep", "held")]
        self._norm = (weights["pair_norm.weight"].astype(np.float32), weights["pair_norm.bias"].astype(np.float32))

    def read(self, words: Sequence[str], marks: npt.NDArray[np.uint8], asked: Sequence[Asked]) -> list[Floats]:
        """Return the scores of all that is asked of a sentence, each of shape (pairs, columns). `marks` are the gazetteer's, of shape (words, columns)."""
        states = np.ascontiguousarray(self._encoder.states(words, marks), dtype=np.float32)
        seen = states @ self._value[0] + self._value[1]
        most = max(_PLACES_AT_ONCE // max(len(words), 1), 1)
        found = []
        for item in asked:
            values = seen + sum(rows[item.syntax[:, column]] for column, rows in enumerate(self._syntax))
            parts = [slice(at, at + most) for at in range(0, len(item.places), most)]
            found.append(np.concatenate([self._pairs(states, values, item, part) for part in parts]))
        return found

    def _pairs(self, states: Floats, values: Floats, asked: Asked, part: slice) -> Floats:
        places, kinds = asked.places[part], asked.kinds[part]
        at = np.arange(len(states))
        subject, object_ = (_distances(at, places[:, first : first + 1], places[:, first + 1 : first + 2]) for first in (0, 2))
        u = values + self._to_subject[subject]
        u += self._to_object[object_]
        u += self._side[asked.sides[part]]
        np.maximum(u, 0, out=u)
        u -= u.mean(axis=2, keepdims=True)
        u *= (1 / np.sqrt(np.einsum("ptc,ptc->pt", u, u) / u.shape[2] + _EPSILON))[:, :, None]
        u *= self._norm[0]
        u += self._norm[1]
        for stride, layer in zip(STRIDES, self._layers, strict=True):
            u += _gated(u, stride, *layer)
        looks = u @ self._look[0] + self._look[1]
        looks -= looks.max(axis=1, keepdims=True)
        np.exp(looks, out=looks)
        looks /= looks.sum(axis=1, keepdims=True)
        seen = (looks.transpose(0, 2, 1) @ u).reshape(len(u), -1)
        own = [_mean(states, distances == FARTHEST) for distances in (subject, object_)]
        classes = np.maximum(asked.classes[part].astype(np.float32) @ self._classes[0] + self._classes[1], 0)
        x = np.concatenate([*own, seen, u.max(axis=1), self._kind[kinds[:, 0] * self._kinds + kinds[:, 1]], classes], axis=1)
        x = np.maximum(x @ self._hidden[0] + self._hidden[1], 0)
        return np.asarray(x @ self._out[0] + self._out[1], dtype=np.float32)


def _gated(u: Floats, stride: int, matrix: Floats, bias: Floats) -> Floats:
    """Return what a gated convolution makes of each word and those `stride` before and after it."""
    count, length, columns = u.shape
    window = np.zeros((count, length, 3 * columns), dtype=np.float32)
    window[:, stride:, :columns], window[:, :, columns : 2 * columns], window[:, : max(length - stride, 0), 2 * columns :] = (
        u[:, : max(length - stride, 0)],
        u,
        u[:, stride:],
    )
    y = window.reshape(-1, 3 * columns) @ matrix + bias
    return np.asarray((y[:, :columns] / (1 + np.exp(-y[:, columns:]))).reshape(u.shape), dtype=np.float32)


def _distances(at: Ints, first: Ints, past: Ints) -> Ints:
    """Return how far each word stands from a mention, from 0 (far before) over FARTHEST (inside) to 2 FARTHEST; shape (pairs, words)."""
    before, after = np.maximum(first - at, 0), np.maximum(at - past + 1, 0)
    distances: Ints = np.clip(after - before, -FARTHEST, FARTHEST) + FARTHEST
    return distances


def _mean(states: Floats, inside: npt.NDArray[np.bool_]) -> Floats:
    weights = inside.astype(np.float32)
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1)
    return np.asarray(weights @ states, dtype=np.float32)
