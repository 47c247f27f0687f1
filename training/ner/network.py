"""The network of the NER model in PyTorch, for training; `litkg.nlp.entities.model` runs the same weights with numpy alone.

Owns its heads, one linear layer a corpus convention over the body, and its losses.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from litkg.lexicon.gazetteer import WIDTH
from litkg.nlp.entities.conventions import HEADS, TAGS, head_slices
from training.network import PIECES, Body, Dropper, Rates, linear


class Network(Body):
    """Scores tags."""

    def __init__(self, *, width: int, dilations: tuple[int, ...], vector_columns: int, corpus_mark: bool = False, heads: int = TAGS) -> None:
        super().__init__(width=width, dilations=dilations, vector_columns=vector_columns, mark_columns=WIDTH)
        self.out = nn.Linear(width, heads)
        nn.init.normal_(self.out.weight, std=0.02)
        nn.init.zeros_(self.out.bias)
        self.corpus = nn.Embedding(len(HEADS) + 1, PIECES * width) if corpus_mark else None

    def forward(self, words: Tensor, rows: Tensor, vectors: Tensor, marks: Tensor, *, rates: Rates | None = None, dropper: Dropper | None = None,
                corpus: Tensor | None = None) -> Tensor:  # fmt: skip
        """Return tag scores of shape (batch, length, TAGS), from what `features` takes."""
        added = self.corpus(corpus) if self.corpus is not None and corpus is not None else None
        return linear(self.out, self.features(words, rows, vectors, marks, rates=rates, dropper=dropper, added=added)).float()


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
