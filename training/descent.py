"""How litkg's networks are trained: AdamW with a warm-up and a cosine, clipped gradients, and a running mean of the parameters, which is what is kept.

Owns the step; what is learned, the losses say.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn


class Descent:
    """Goes down the loss of `network` in `total` steps, and keeps the running mean of its parameters in `mean`, a network of the same shape."""

    def __init__(
        self, network: nn.Module, mean: nn.Module, *, rate: float, weight_decay: float, total: int, warm: int = 200, keep: float = 0.998
    ) -> None:  # fmt: skip
        self._network, self._mean = network, mean
        mean.load_state_dict(network.state_dict())
        self._rate, self._total, self._warm, self._keep = rate, total, warm, keep
        matrices = [p for p in network.parameters() if p.ndim > 1]
        others = [p for p in network.parameters() if p.ndim <= 1]
        self._optimiser = torch.optim.AdamW(
            [{"params": matrices, "weight_decay": weight_decay}, {"params": others, "weight_decay": 0.0}], lr=1.0, betas=(0.9, 0.98), fused=True
        )
        self.steps = 0
        """Steps taken."""
        self.loss = 0.0
        """Running mean of the loss."""

    def step(self, loss: Tensor) -> None:
        """Take one step."""
        self.steps += 1
        rate = self._rate * min(self.steps / self._warm, 1.0) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * self.steps / self._total)))
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        self._optimiser.zero_grad(set_to_none=False)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0, foreach=True)
        self._optimiser.step()
        keep = min(self._keep, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            torch._foreach_lerp_(list(self._mean.parameters()), list(self._network.parameters()), 1 - keep)
        value = float(loss.detach())
        self.loss += 0.02 * (value - self.loss) if self.loss else value
