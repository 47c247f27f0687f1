"""The body of litkg's networks in PyTorch, for training; `litkg.nlp.encoder.network` runs the same weights with numpy alone.

Owns its parameters, its forward pass and how things are hidden in training. Hashed embeddings, a floret vector and gazetteer marks are mixed by maxout;
then gated convolutions (Dauphin et al. 2017, ICML, "Language modeling with gated convolutional networks") read the neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from litkg.nlp.encoder.features import TABLES

PIECES = 3
LOW = torch.bfloat16
"""Numbers of the matrix products; sums, norms and parameters are 32-bit."""


@dataclass(frozen=True)
class Rates:
    """How much is hidden in training: which word it is; all that is seen of it but its marks; embedding columns; hidden columns; all gazetteer marks of a row;
    single marks."""

    word: float = 0.1
    identity: float = 0.0
    embedding: float = 0.3
    hidden: float = 0.2
    marks: float = 0.1
    mark: float = 0.05


class Dropper:
    """Cheap dropout: masks are stretches of one pool of random bytes, begun anywhere."""

    def __init__(self, seed: int, size: int = 1 << 25) -> None:
        self._rng = np.random.default_rng(seed)
        self._pool = torch.from_numpy(self._rng.integers(0, 256, size, dtype=np.uint8))

    def keep(self, shape: tuple[int, ...], rate: float) -> Tensor:
        """Return a mask that is false with probability `rate`, in steps of 1/256."""
        count = int(np.prod(shape))
        start = int(self._rng.integers(0, len(self._pool) - count))
        return (self._pool[start : start + count] >= round(rate * 256)).view(shape)

    def drop(self, x: Tensor, rate: float) -> Tensor:
        """Return `x` with columns hidden and the rest scaled up."""
        return x * (self.keep(tuple(x.shape), rate).to(x.dtype) * (1 / (1 - rate))) if rate else x


class Body(nn.Module):
    """Reads words in their places. `dilations` gives one convolution a number: how far away the neighbours are that it reads; `mark_columns` is how many
    gazetteer marks a word has."""

    def __init__(self, *, width: int, dilations: tuple[int, ...], vector_columns: int, mark_columns: int) -> None:
        super().__init__()
        self.dilations = dilations
        self.tables = nn.ModuleDict({name: nn.Embedding(rows, columns) for name, rows, columns in TABLES})
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.1)
        embedded = sum(columns for name, _, columns in TABLES if name != "norm_again")
        self.mix = nn.Linear(embedded + vector_columns + mark_columns, PIECES * width)
        with torch.no_grad():
            self.mix.weight.normal_(std=0.2)
            self.mix.weight[:, :embedded].normal_(std=3 * embedded**-0.5)
            self.mix.weight[:, embedded : embedded + vector_columns].normal_(std=vector_columns**-0.5)
            self.mix.bias.zero_()
        self.mix_norm = nn.LayerNorm(width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in dilations)
        self.layers = nn.ModuleList(nn.Linear(3 * width, 2 * width) for _ in dilations)
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=(3 * width) ** -0.5)
            nn.init.zeros_(layer.bias)
        self.out_norm = nn.LayerNorm(width)

    def features(
        self, words: Tensor, rows: Tensor, vectors: Tensor, marks: Tensor, *, rates: Rates | None = None, dropper: Dropper | None = None,
        added: Tensor | None = None,
    ) -> Tensor:  # fmt: skip
        """Return what the heads read, of shape (batch, length, width). `words` says where a word is (not 0); `rows`, `vectors` and `marks` are those of each
        place; `added` goes into the mixture."""
        real = (words > 0).unsqueeze(-1).float()
        batch, length = words.shape
        rates = rates or Rates(0, 0, 0, 0, 0, 0)
        if dropper:
            # A hidden word teaches the network to read it from its letters, the lexicon and its neighbours.
            hidden_rows = torch.tensor([size - 1 for _, size, _ in TABLES])
            shown = dropper.keep((batch, length, 1), rates.word)
            rows = torch.cat([torch.where(shown, rows[..., :2], hidden_rows[:2]), rows[..., 2:]], dim=-1)
            shown = dropper.keep((batch, length, 1), rates.identity)
            rows, vectors = torch.where(shown, rows, hidden_rows), vectors * shown
        found = [self.tables[name](rows[..., index]) for index, (name, _, _) in enumerate(TABLES)]
        parts = [found[0] + found[1], *found[2:], vectors]
        if dropper:
            embedded = dropper.drop(torch.cat(parts, dim=-1), rates.embedding)
            marks = marks * dropper.keep((batch, 1, 1), rates.marks) * dropper.keep(tuple(marks.shape), rates.mark)
            x = torch.cat([embedded, marks], dim=-1)
        else:
            x = torch.cat([*parts, marks], dim=-1)
        x = linear(self.mix, x).float()
        if added is not None:
            x = x + added
        x = x.view(batch, length, PIECES, -1).amax(2)
        x = self.mix_norm(x) * real
        if dropper:
            x = dropper.drop(x, rates.hidden)
        for layer, norm, dilation in zip(self.layers, self.norms, self.dilations, strict=True):
            y = (norm(x) * real).to(LOW)
            wide = functional.pad(y, (0, 0, dilation, dilation))
            window = torch.cat([wide[:, :length], y, wide[:, 2 * dilation :]], dim=-1)
            y = functional.glu(linear(layer, window), dim=-1)
            if dropper:
                y = dropper.drop(y, rates.hidden)
            x = x + y.float() * real
        x = self.out_norm(x)
        if dropper:
            x = dropper.drop(x, rates.hidden)
        return x


def linear(layer: nn.Linear, x: Tensor) -> Tensor:
    """Return the layer of `x`, worked out in LOW."""
    return functional.linear(x.to(LOW), layer.weight.to(LOW), None if layer.bias is None else layer.bias.to(LOW))
