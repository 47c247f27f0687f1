"""The model of pairs in PyTorch.

Owns what stands over the body (`training.network`): a sentence is read once; each pair then looks over its words, each seen with its tag, its dependency, the
kind of the mention that has it, its place towards subject and object and on the way between them in the sentence's tree, through gated convolutions, and takes
what attention and a maximum choose.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from litkg.lexicon.gazetteer import WIDTH
from litkg.nlp.pairs.classes import BITS
from litkg.nlp.pairs.conventions import HEADS, KINDS, slices
from litkg.nlp.pairs.network import FARTHEST, STRIDES
from training.network import Body, Dropper, Rates, linear
from training.relations.syntax import LABELS, TAGS

COLUMNS = 80
"""Columns of a word as a pair sees it."""
LOOKS = 4
"""Ways in which a pair looks over its sentence."""
HIDDEN = 192
"""Columns of what is known of a pair in the end."""
CLASSES = 2 * BITS
"""Bits that say what subject and object are, by their names and by the last words of these."""
_OUT = slices()


class PairNetwork(Body):
    """Scores labels of pairs."""

    def __init__(self, *, width: int, dilations: tuple[int, ...], vector_columns: int) -> None:
        super().__init__(width=width, dilations=dilations, vector_columns=vector_columns, mark_columns=WIDTH)
        self.value = nn.Linear(width, COLUMNS)
        self.to_subject = nn.Embedding(2 * FARTHEST + 1, COLUMNS)
        self.to_object = nn.Embedding(2 * FARTHEST + 1, COLUMNS)
        self.side = nn.Embedding(4, COLUMNS)
        self.tag = nn.Embedding(len(TAGS), COLUMNS)
        self.dep = nn.Embedding(len(LABELS), COLUMNS)
        self.held = nn.Embedding(len(KINDS) + 1, COLUMNS)
        for table in (self.to_subject, self.to_object, self.side, self.tag, self.dep, self.held):
            nn.init.normal_(table.weight, std=0.3)
        self.pair_norm = nn.LayerNorm(COLUMNS)
        self.pair_layers = nn.ModuleList(nn.Linear(3 * COLUMNS, 2 * COLUMNS) for _ in STRIDES)
        self.look = nn.Linear(COLUMNS, LOOKS)
        self.kind = nn.Embedding(len(KINDS) ** 2, 16)
        self.classes = nn.Linear(CLASSES, 32)
        self.hidden = nn.Linear(2 * width + (LOOKS + 1) * COLUMNS + 16 + 32, HIDDEN)
        self.out = nn.Linear(HIDDEN, _OUT.columns)
        nn.init.normal_(self.out.weight, std=0.02)
        nn.init.zeros_(self.out.bias)

    def pairs(self, states: Tensor, real: Tensor, syntax: Tensor, owner: Tensor, places: Tensor, kinds: Tensor, classes: Tensor, sides: Tensor, *,
              dropper: Dropper | None = None, rate: float = 0.0) -> Tensor:  # fmt: skip
        """Return scores of shape (pairs, columns). `states` is (sentences, words, width), `real` says where words are, `syntax` each word's tag, dependency
        and holder, `owner` each pair's sentence, `places` its four borders, `kinds` its two kinds, `classes` its CLASSES bits, `sides` what each word is in its
        tree, of shape (pairs, words)."""
        count, length = len(owner), states.shape[1]
        at = torch.arange(length).unsqueeze(0)
        mask = real[owner]
        towards = [_distance(at, places[:, first : first + 1], places[:, first + 1 : first + 2]) for first in (0, 2)]
        word = linear(self.value, states).float() + self.tag(syntax[..., 0]) + self.dep(syntax[..., 1]) + self.held(syntax[..., 2])
        u = word[owner] + self.to_subject(towards[0]) + self.to_object(towards[1]) + self.side(sides)
        u = self.pair_norm(functional.relu(u)) * mask.unsqueeze(-1)
        if dropper:
            u = dropper.drop(u, rate)
        for stride, layer in zip(STRIDES, self.pair_layers, strict=True):
            wide = functional.pad(u, (0, 0, stride, stride))
            window = torch.cat([wide[:, :length], u, wide[:, 2 * stride :]], dim=-1)
            u = (u + functional.glu(linear(layer, window).float(), dim=-1)) * mask.unsqueeze(-1)
        gaps = ~mask
        looked = linear(self.look, u).float().masked_fill(gaps.unsqueeze(-1), -1e4).softmax(dim=1)
        seen = torch.bmm(looked.transpose(1, 2), u).reshape(count, -1)
        most = u.masked_fill(gaps.unsqueeze(-1), -1e4).amax(dim=1)
        own = [_mean(states, owner, towards[index] == FARTHEST) for index in (0, 1)]
        x = torch.cat([*own, seen, most, self.kind(kinds[:, 0] * len(KINDS) + kinds[:, 1]), functional.relu(linear(self.classes, classes).float())], dim=-1)
        if dropper:
            x = dropper.drop(x, rate)
        x = functional.relu(linear(self.hidden, x).float())
        if dropper:
            x = dropper.drop(x, rate)
        return linear(self.out, x).float()

    def forward(self, words: Tensor, rows: Tensor, vectors: Tensor, marks: Tensor, index: Tensor, syntax: Tensor, owner: Tensor, places: Tensor, kinds: Tensor,
                classes: Tensor, sides: Tensor, *, rates: Rates | None = None, dropper: Dropper | None = None, rate: float = 0.0) -> Tensor:  # fmt: skip
        """Return the scores of pairs. `words` to `marks` are what `features` takes; `index` says where each sentence's words are in them, -1 past its end."""
        states = self.features(words, rows, vectors, marks, rates=rates, dropper=dropper).flatten(0, 1)[index.clamp(min=0)]
        return self.pairs(states, index >= 0, syntax, owner, places, kinds, classes, sides, dropper=dropper, rate=rate)


def _distance(at: Tensor, first: Tensor, past: Tensor) -> Tensor:
    """Return how far each word stands before or after a mention: FARTHEST inside it, smaller before, larger after, from 0 to 2 FARTHEST."""
    before, after = (first - at).clamp(min=0), (at - past + 1).clamp(min=0)
    return (after - before).clamp(-FARTHEST, FARTHEST) + FARTHEST


def _mean(states: Tensor, owner: Tensor, inside: Tensor) -> Tensor:
    weights = inside.float()
    return torch.bmm((weights / weights.sum(1, keepdim=True).clamp(min=1)).unsqueeze(1), states[owner]).squeeze(1)


def pair_loss(found: Tensor, heads: Tensor, labels: Tensor, flags: Tensor, weights: Tensor) -> Tensor:
    """Return the mean loss of pairs: cross entropy under their own head, and of the flags that are said. `heads` are numbers of HEADS."""
    total = found.new_zeros(())
    for index, name in enumerate(HEADS):
        mask = heads == index
        if mask.any():
            losses = functional.cross_entropy(found[mask][:, _OUT.heads[name]], labels[mask], reduction="none", label_smoothing=0.02)
            total = total + (losses * weights[mask]).sum()
    for column, values in zip(_OUT.flags.values(), flags.T, strict=True):
        said = values >= 0
        if said.any():
            total = total + functional.binary_cross_entropy_with_logits(found[said, column], values[said].float(), reduction="sum")
    return total / len(found)
