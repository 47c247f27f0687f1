"""The NER network with numpy alone: words and gazetteer marks in, tag scores out.

Owns the forward pass of the weights that `training/ner` makes (the architecture is described there). What a word itself adds to the first layer is worked out
once a word and kept, so that running text costs its convolutions only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.nlp.entities.decoding import Floats
from litkg.nlp.entities.features import TABLES, word_rows
from litkg.nlp.entities.vectors import WordVectors

PIECES = 3
_MAX_WORDS = 100_000
"""Words kept at most: some 190 MB at width 160."""


class Network:
    """Scores tags. `weights` has the arrays of the trained network by name, as 16- or 32-bit numbers. Not safe to share between threads."""

    def __init__(self, weights: Mapping[str, npt.NDArray[Any]], vectors: WordVectors, dilations: Sequence[int]) -> None:
        arrays = {name: np.ascontiguousarray(array, dtype=np.float32) for name, array in weights.items()}
        self._tables = [arrays[f"tables.{name}.weight"] for name, _, _ in TABLES]
        self._vectors = vectors
        mix = arrays["mix.weight"].T
        words = sum(columns for name, _, columns in TABLES if name != "norm_again") + vectors.columns
        self._mix_words, self._mix_marks = np.ascontiguousarray(mix[:words]), np.ascontiguousarray(mix[words:])
        self._mix_bias = arrays["mix.bias"]
        self._mix_norm = (arrays["mix_norm.weight"], arrays["mix_norm.bias"])
        self._layers = []
        for index, dilation in enumerate(dilations):
            matrix, bias = arrays[f"layers.{index}.weight"].T.copy(), arrays[f"layers.{index}.bias"].copy()
            # The gates are wanted negated, for exp: that costs nothing here.
            matrix[:, matrix.shape[1] // 2 :] *= -1
            bias[len(bias) // 2 :] *= -1
            self._layers.append((dilation, arrays[f"norms.{index}.weight"], arrays[f"norms.{index}.bias"], matrix, bias))
        self._out_norm = (arrays["out_norm.weight"], arrays["out_norm.bias"])
        self._out, self._out_bias = np.ascontiguousarray(arrays["out.weight"].T), arrays["out.bias"]
        self.reach = sum(dilations)
        """Tokens on either side that have a say in a token's scores."""
        self._index: dict[str, int] = {}
        self._seen = np.zeros((1024, mix.shape[1]), dtype=np.float32)

    def scores(self, words: Sequence[str], marks: npt.NDArray[np.uint8]) -> Floats:
        """Return the tag scores of a stretch of text, of shape (words, tags); `marks` are the gazetteer's, of shape (words, `gazetteer.WIDTH`)."""
        count = len(words)
        if not count:
            return np.zeros((0, self._out.shape[1]), dtype=np.float32)
        mixed = self._seen_words(words)
        mixed += marks.astype(np.float32) @ self._mix_marks
        x = _norm(mixed.reshape(count, PIECES, -1).max(axis=1), *self._mix_norm)
        width = x.shape[1]
        window = np.empty((count, 3 * width), dtype=np.float32)
        for dilation, scale, shift, matrix, bias in self._layers:
            y = _norm(x, scale, shift)
            window[:dilation, :width] = 0
            window[max(count - dilation, 0) :, 2 * width :] = 0
            window[dilation:, :width] = y[: max(count - dilation, 0)]
            window[:, width : 2 * width] = y
            window[: max(count - dilation, 0), 2 * width :] = y[dilation:]
            y = window @ matrix
            y += bias
            value, gate = y[:, :width], y[:, width:]
            with np.errstate(over="ignore"):
                np.exp(gate, out=gate)
            gate += 1
            value /= gate
            x += value
        return np.asarray(_norm(x, *self._out_norm) @ self._out + self._out_bias, dtype=np.float32)

    def _seen_words(self, words: Sequence[str]) -> Floats:
        new = [word for word in dict.fromkeys(words) if word not in self._index]
        if new:
            if len(self._index) + len(new) > _MAX_WORDS:
                self._index.clear()
                new = list(dict.fromkeys(words))
            self._learn(new)
        return self._seen[[self._index[word] for word in words]]

    def _learn(self, words: Sequence[str]) -> None:
        rows = np.asarray([word_rows(word) for word in words])
        found = [table[rows[:, index]] for index, table in enumerate(self._tables)]
        parts = [found[0] + found[1], *found[2:], self._vectors.look_up(words)]
        first = len(self._index)
        needed = first + len(words)
        if needed > len(self._seen):
            grown = np.zeros((max(needed, 2 * len(self._seen)), self._seen.shape[1]), dtype=np.float32)
            grown[:first] = self._seen[:first]
            self._seen = grown
        self._seen[first:needed] = np.concatenate(parts, axis=1) @ self._mix_words + self._mix_bias
        self._index.update((word, first + index) for index, word in enumerate(words))


def _norm(x: Floats, scale: Floats, shift: Floats) -> Floats:
    mean = x.mean(axis=1, keepdims=True)
    centred = x - mean
    variance = np.einsum("ij,ij->i", centred, centred) / x.shape[1]
    centred *= (1 / np.sqrt(variance + 1e-5))[:, None]
    centred *= scale
    centred += shift
    return np.asarray(centred, dtype=np.float32)
