"""The encoder with numpy alone: words and marks on them in, a state a word out, from which a model's own output layer reads what it predicts.

Owns the forward pass of the weights that `training` makes (the architecture is described there). What a word itself adds to the first layer is worked out
once a word and kept, so that running text costs its convolutions only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.nlp.encoder.features import TABLES, word_rows
from litkg.nlp.encoder.vectors import WordVectors

Floats = npt.NDArray[np.float32]
PIECES = 3
STRETCH = 512
"""Words that go through the layers at once, so that their arrays stay in the processor's cache; a longer text is read in stretches that overlap."""
MAX_WORDS = 100_000
"""Words kept at most: some 190 MB at width 160."""
_PARTS = frozenset({"tables", "mix", "mix_norm", "layers", "norms", "out_norm"})


class Encoder:
    """Reads words in their context. Not safe to share between threads.

    `weights` has the arrays of a trained network by name (`tables.*`, `mix.*`, `mix_norm.*`, `layers.*`, `norms.*`, `out_norm.*`; others are left alone), as
    16- or 32-bit numbers; `mix.weight` may have no columns for marks.
    """

    def __init__(self, weights: Mapping[str, npt.NDArray[Any]], vectors: WordVectors, dilations: Sequence[int]) -> None:
        arrays = {name: np.ascontiguousarray(weights[name], dtype=np.float32) for name in weights if name.partition(".")[0] in _PARTS}
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
        self.width = len(arrays["out_norm.bias"])
        """Columns of the states."""
        self.reach = sum(dilations)
        """Words on either side that have a say in a word's state."""
        self._index: dict[str, int] = {}
        self._seen = np.zeros((1024, mix.shape[1]), dtype=np.float32)

    def states(self, words: Sequence[str], marks: npt.NDArray[np.uint8] | None = None) -> Floats:
        """Return the states of the words of a text, of shape (words, width); `marks` are of shape (words, columns), with the columns of the weights."""
        states = np.empty((len(words), self.width), dtype=np.float32)
        for start in range(0, len(words), STRETCH):
            first, end = max(start - self.reach, 0), min(start + STRETCH, len(words))
            part = slice(first, end + self.reach)
            states[start:end] = self._read(words[part], None if marks is None else marks[part])[start - first : end - first]
        return states

    def kept_words(self) -> int:
        """Return how many words' rows are kept."""
        return len(self._index)

    def _read(self, words: Sequence[str], marks: npt.NDArray[np.uint8] | None) -> Floats:
        count = len(words)
        mixed = self._seen_words(words)
        if marks is not None:
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
        return _norm(x, *self._out_norm)

    def _seen_words(self, words: Sequence[str]) -> Floats:
        new = [word for word in dict.fromkeys(words) if word not in self._index]
        if new:
            if len(self._index) + len(new) > MAX_WORDS:
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
