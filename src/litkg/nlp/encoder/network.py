"""The encoder with numpy alone: words and marks on them in, a state a word out, from which a model's own output layer reads what it predicts.

Owns the forward pass of the weights that `training` makes (the architecture is described there), rewritten so that it costs little more than its matrix
products, with the same result. What the first layer makes of a word and its marks is kept. Arrays have a column a word, so that what is the same for a
whole word or a whole feature runs along rows of memory. Of each norm before a convolution, mean and scale are in the convolution's matrix, and one factor a
word is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.nlp.encoder.features import TABLES, word_rows
from litkg.nlp.encoder.kept import Floats, KeptRows
from litkg.nlp.encoder.vectors import WordVectors

PIECES = 3
STRETCH = 512
"""Words that go through the layers at once, so that their arrays stay in the processor's cache; a longer text is read in stretches that overlap."""
MAX_WORDS = 100_000
"""Words, each once for each way to mark it, that are kept at most: some 50 MB at width 128, and half as much for the words themselves."""
_PARTS = frozenset({"tables", "mix", "mix_norm", "layers", "norms", "out_norm"})
_EPSILON = np.float32(1e-5)

Key = tuple[str, bytes] | str
"""A word without marks, or a word and its marks as bits."""


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
        self._mix_words, self._mix_marks, self._mix_bias = np.ascontiguousarray(mix[:words]), np.ascontiguousarray(mix[words:]), arrays["mix.bias"]
        self._mix_norm = (arrays["mix_norm.weight"], arrays["mix_norm.bias"])
        self._layers = [
            (dilation, _fold(arrays[f"norms.{index}.weight"], arrays[f"norms.{index}.bias"], arrays[f"layers.{index}.weight"], arrays[f"layers.{index}.bias"]))
            for index, dilation in enumerate(dilations)
        ]
        self._out_norm = (arrays["out_norm.weight"][:, None], arrays["out_norm.bias"][:, None])
        self.width = len(arrays["out_norm.bias"])
        """Columns of the states."""
        self.reach = sum(dilations)
        """Words on either side that have a say in a word's state."""
        self._mean = np.full(self.width, 1 / self.width, dtype=np.float32)
        self._kept = KeptRows(self._mix, columns=self.width, most=MAX_WORDS)
        self._memory = np.zeros(0, dtype=np.float32)

    def states(self, words: Sequence[str], marks: npt.NDArray[np.uint8] | None = None) -> Floats:
        """Return the states of the words of a text, of shape (words, width), in Fortran order; `marks` are 0 or 1, of shape (words, columns of the weights)."""
        count = len(words)
        rows = self._kept.rows(_keys(words, marks))
        states = np.empty((self.width, count), dtype=np.float32)
        size = -(-count // max(-(-count // STRETCH), 1))
        for start in range(0, count, size or 1):
            first, end = max(start - self.reach, 0), min(start + size, count)
            states[:, start:end] = self._read(rows[first : end + self.reach])[:, start - first : end - first]
        return states.T

    def _read(self, rows: Floats) -> Floats:
        """Return the states of a stretch as columns, in memory that the next call writes over."""
        count, width = rows.shape
        x, window, y = self._arrays(count)
        np.copyto(x, rows.T)
        with np.errstate(over="ignore"):
            for dilation, matrix in self._layers:
                near = max(count - dilation, 0)
                left, middle, right = window[:width], window[width : 2 * width], window[2 * width : 3 * width]
                np.multiply(x, self._factor(x), out=middle)
                left[:, :dilation], left[:, dilation:] = 0, middle[:, :near]
                right[:, :near], right[:, near:] = middle[:, dilation:], 0
                window[3 * width :] = 1
                window[3 * width + 1, :dilation], window[3 * width + 2, near:] = 0, 0
                np.matmul(matrix, window, out=y)
                value, gate = y[:width], y[width:]
                np.exp(gate, out=gate)
                gate += 1
                value /= gate
                x += value
        scale, shift = self._out_norm
        x -= self._mean @ x
        x *= self._factor(x)
        x *= scale
        x += shift
        return x

    def _factor(self, x: Floats) -> Floats:
        """Return one over the standard deviation of each column."""
        variance = np.einsum("ij,ij->j", x, x)
        variance /= self.width
        mean = self._mean @ x
        variance -= mean * mean
        return np.asarray(1 / np.sqrt(np.maximum(variance, 0) + _EPSILON), dtype=np.float32)

    def _arrays(self, count: int) -> tuple[Floats, Floats, Floats]:
        """Return room for the hidden columns, for what a convolution reads, and for what it makes."""
        width = self.width
        sizes = (width, 3 * width + 3, 2 * width)
        if len(self._memory) < sum(sizes) * count:
            self._memory = np.zeros(sum(sizes) * count, dtype=np.float32)
        x, window, y = np.split(self._memory[: sum(sizes) * count].reshape(-1, count), np.cumsum(sizes[:-1]))
        return x, window, y

    def _mix(self, keys: Sequence[Key]) -> Floats:
        """Return what the first layer makes of words and their marks, of shape (words, width)."""
        words = [key if isinstance(key, str) else key[0] for key in keys]
        rows = np.asarray([word_rows(word) for word in words])
        found = [table[rows[:, index]] for index, table in enumerate(self._tables)]
        mixed = np.concatenate([found[0] + found[1], *found[2:], self._vectors.look_up(words)], axis=1) @ self._mix_words
        mixed += self._mix_bias
        marks = {index: key[1] for index, key in enumerate(keys) if not isinstance(key, str)}
        if marks:
            bits = np.frombuffer(b"".join(marks.values()), dtype=np.uint8).reshape(len(marks), -1)
            mixed[list(marks)] += np.unpackbits(bits, axis=1, count=len(self._mix_marks)).astype(np.float32) @ self._mix_marks
        best = mixed.reshape(len(words), PIECES, -1).max(axis=1)
        best -= best.mean(axis=1, keepdims=True)
        scale, shift = self._mix_norm
        return np.asarray(best / np.sqrt(np.square(best).mean(axis=1, keepdims=True) + _EPSILON) * scale + shift, dtype=np.float32)


def _keys(words: Sequence[str], marks: npt.NDArray[np.uint8] | None) -> list[Key]:
    keys: list[Key] = list(words)
    if marks is not None:
        marked = np.flatnonzero(marks.any(axis=1))
        bits = np.packbits(marks[marked], axis=1)
        size = bits.shape[1]
        packed = bits.tobytes()
        for index, at in enumerate(marked.tolist()):
            keys[at] = (words[at], packed[index * size : (index + 1) * size])
    return keys


def _fold(scale: Floats, shift: Floats, matrix: Floats, bias: Floats) -> Floats:
    """Return the matrix of a norm and the convolution after it, of shape (2 width, 3 width + 3), for columns that are only divided by their deviation.

    A norm's mean is taken off by centring the matrix over the features of each neighbour, its scale multiplies them; its shift is in the last three columns,
    which read 1, 1 where there is a left neighbour, and 1 where there is a right one. The gates are negated, for exp.
    """
    width = len(scale)
    blocks = matrix.astype(np.float64).reshape(2 * width, 3, width)
    shifts = blocks @ shift.astype(np.float64)
    scaled = blocks * scale
    scaled -= scaled.mean(axis=2, keepdims=True)
    folded = np.concatenate([scaled.reshape(2 * width, -1), (bias + shifts[:, 1])[:, None], shifts[:, :1], shifts[:, 2:]], axis=1)
    folded[width:] *= -1
    return np.ascontiguousarray(folded, dtype=np.float32)
