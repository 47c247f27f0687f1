"""The network of the syntax model in PyTorch, for training; `litkg.nlp.syntax.network` runs the same weights with numpy alone.

Owns what reads the body's states: self-attention inside the sentence (Vaswani et al. 2017, "Attention is all you need", with biases by distance as in Raffel
et al. 2020, "T5"), scores of tags, and scores of heads and labels (Dozat and Manning 2017, ICLR, "Deep biaffine attention for neural dependency parsing";
a root is its own head, and labels are scored from sums, which costs less than a product per label).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from litkg.nlp.syntax.network import ARC_COLUMNS, ATTENTION_HEADS, FARTHEST, LABEL_COLUMNS
from training.network import Body, Dropper, Rates, linear

NEVER = -1e4


class Attention(nn.Module):
    """One layer of attention between the words of a sentence."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.ask, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.distance = nn.Parameter(torch.zeros(ATTENTION_HEADS, 2 * FARTHEST + 1))
        nn.init.normal_(self.ask.weight, std=width**-0.5)
        nn.init.zeros_(self.ask.bias)
        nn.init.normal_(self.out.weight, std=0.5 * width**-0.5)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor, together: Tensor, apart: Tensor) -> Tensor:
        """Return what is added to `x`, (batch, length, width); `together` says which places share a sentence, `apart` numbers the distances between places."""
        batch, length, width = x.shape
        asked = linear(self.ask, self.norm(x)).view(batch, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        scores = (asked[0] @ asked[1].transpose(-1, -2)).float() * (width // ATTENTION_HEADS) ** -0.5 + self.distance[:, apart]
        chances = torch.softmax(scores.masked_fill(~together.unsqueeze(1), NEVER), dim=-1)
        return linear(self.out, (chances.to(asked.dtype) @ asked[2]).transpose(1, 2).reshape(batch, length, width)).float()


class SyntaxNetwork(Body):
    """Scores tags, heads and labels."""

    def __init__(self, *, width: int, dilations: tuple[int, ...], vector_columns: int, attentions: int, tags: int, labels: int) -> None:
        super().__init__(width=width, dilations=dilations, vector_columns=vector_columns, mark_columns=0)
        self.attentions = nn.ModuleList(Attention(width) for _ in range(attentions))
        self.last_norm = nn.LayerNorm(width)
        self.tag = nn.Linear(width, tags)
        self.arc_dependent, self.arc_head = nn.Linear(width, ARC_COLUMNS), nn.Linear(width, ARC_COLUMNS)
        self.arc_product = nn.Linear(ARC_COLUMNS, ARC_COLUMNS, bias=False)
        self.arc_any = nn.Linear(ARC_COLUMNS, 1, bias=False)
        self.arc_distance = nn.Linear(ARC_COLUMNS, 2 * FARTHEST + 1)
        self.label_dependent, self.label_head = nn.Linear(width, LABEL_COLUMNS), nn.Linear(width, LABEL_COLUMNS)
        self.label_distance = nn.Embedding(2 * FARTHEST + 1, LABEL_COLUMNS)
        self.label = nn.Linear(LABEL_COLUMNS, labels)
        for layer in (self.tag, self.arc_product, self.arc_distance, self.label):
            nn.init.normal_(layer.weight, std=0.05)

    def forward(
        self, words: Tensor, rows: Tensor, vectors: Tensor, together: Tensor, heads: Tensor, *, rates: Rates | None = None, dropper: Dropper | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of tags (batch, length, tags), of heads (batch, length, length), and of the labels that go with `heads` (batch, length, labels).

        `together` (batch, length, length) says which places share a sentence; `heads` is a place of the row for each place.
        """
        batch, length = words.shape
        places = torch.arange(length)
        apart = (places.unsqueeze(0) - places.unsqueeze(1)).clamp(-FARTHEST, FARTHEST) + FARTHEST
        x = self.features(words, rows, vectors, vectors.new_zeros((batch, length, 0)), rates=rates, dropper=dropper)
        rate = rates.hidden if rates and dropper else 0.0
        for attention in self.attentions:
            added = attention(x, together, apart)
            x = x + (dropper.drop(added, rate) if dropper else added)
        x = self.last_norm(x)

        def hidden(layer: nn.Linear) -> Tensor:
            found = functional.relu(linear(layer, x))
            return dropper.drop(found, rate) if dropper else found

        dependent, head = hidden(self.arc_dependent), hidden(self.arc_head)
        arcs = (linear(self.arc_product, dependent) @ head.transpose(1, 2)).float() + linear(self.arc_any, head).float().transpose(1, 2)
        arcs = arcs + linear(self.arc_distance, dependent).float().gather(2, apart.expand(batch, -1, -1))
        arcs = arcs.masked_fill(~together, NEVER)
        governor = linear(self.label_head, x).gather(1, heads.unsqueeze(-1).expand(-1, -1, LABEL_COLUMNS))
        distance = self.label_distance((heads - places).clamp(-FARTHEST, FARTHEST) + FARTHEST)
        joint = functional.relu(linear(self.label_dependent, x).float() + governor.float() + distance)
        if dropper:
            joint = dropper.drop(joint, rate)
        return linear(self.tag, x).float(), arcs, linear(self.label, joint).float()
