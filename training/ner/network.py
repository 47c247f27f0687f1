"""The network of the NER model in PyTorch, for training; `litkg.nlp.encoder.network` runs the same weights with numpy alone.

Owns parameters, forward pass and losses. Hashed embeddings, a floret vector and gazetteer marks are mixed by maxout; then gated
convolutions (Dauphin et al. 2017, ICML, "Language modeling with gated convolutional networks") read the neighbours; then one linear head a corpus
convention scores tags.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from litkg.lexicon.gazetteer import WIDTH
from litkg.nlp.encoder.features import TABLES
from litkg.nlp.entities.conventions import HEADS, TAGS, head_slices

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


class Network(nn.Module):
    """Scores tags. `dilations` gives one convolution a number: how far away the neighbours are that it reads."""

    def __init__(self, *, width: int, dilations: tuple[int, ...], vector_columns: int, corpus_mark: bool = False, heads: int = TAGS) -> None:
        super().__init__()
        self.dilations = dilations
        self.tables = nn.ModuleDict({name: nn.Embedding(rows, columns) for name, rows, columns in TABLES})
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.1)
        embedded = sum(columns for name, _, columns in TABLES if name != "norm_again")
        self.mix = nn.Linear(embedded + vector_columns + WIDTH, PIECES * width)
        with torch.no_grad():
            self.mix.weight[:, :embedded].normal_(std=3 * embedded**-0.5)
            self.mix.weight[:, embedded:-WIDTH].normal_(std=vector_columns**-0.5)
            self.mix.weight[:, -WIDTH:].normal_(std=0.2)
            self.mix.bias.zero_()
        self.mix_norm = nn.LayerNorm(width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in dilations)
        self.layers = nn.ModuleList(nn.Linear(3 * width, 2 * width) for _ in dilations)
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=(3 * width) ** -0.5)
            nn.init.zeros_(layer.bias)
        self.out_norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, heads)
        nn.init.normal_(self.out.weight, std=0.02)
        nn.init.zeros_(self.out.bias)
        self.corpus = nn.Embedding(len(HEADS) + 1, PIECES * width) if corpus_mark else None

    def forward(self, words: Tensor, rows: Tensor, vectors: Tensor, marks: Tensor, *, rates: Rates | None = None, dropper: Dropper | None = None,
                corpus: Tensor | None = None) -> Tensor:  # fmt: skip
        """Return tag scores of shape (batch, length, TAGS). `words` says where a word is (not 0); `rows`, `vectors` and `marks` are those of each place."""
        x = self.features(words, rows, vectors, marks, rates=rates, dropper=dropper, corpus=corpus)
        return linear(self.out, x).float()

    def features(
        self, words: Tensor, rows: Tensor, vectors: Tensor, marks: Tensor, *, rates: Rates | None = None, dropper: Dropper | None = None,
        corpus: Tensor | None = None,
    ) -> Tensor:  # fmt: skip
        """Return what the heads read, of shape (batch, length, width)."""
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
        if self.corpus is not None and corpus is not None:
            x = x + self.corpus(corpus)
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
    return functional.linear(x.to(LOW), layer.weight.to(LOW), layer.bias.to(LOW))


def gold_loss(found: Tensor, heads: Tensor, tags: Tensor, smoothing: float) -> Tensor:
    """Return the mean cross entropy of the tags of each token under its own corpus's head."""
    total = found.new_zeros(())
    for index, part in enumerate(head_slices().values()):
        mask = heads == index
        if mask.any():
            total = total + functional.cross_entropy(found[mask][:, part], tags[mask].long(), label_smoothing=smoothing, reduction="sum")
    return total / max(int((tags >= 0).sum()), 1)


def soft_loss(found: Tensor, wanted: Tensor, real: Tensor) -> Tensor:
    """Return the mean cross entropy, over heads and tokens where `real`, against a teacher's probabilities `wanted`, of the shape of `found`."""
    found, wanted = found[real], wanted[real]
    total = found.new_zeros(())
    for part in head_slices().values():
        total = total - (wanted[:, part].float() * functional.log_softmax(found[:, part], dim=-1)).sum()
    return total / max(len(found), 1)
