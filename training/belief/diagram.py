"""The reliability diagram: what was foretold against what came, a panel a group.

Owns the drawing; matplotlib is a dependency of training alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path


def draw(path: Path, groups: Mapping[str, Sequence[tuple[int, float, float]]]) -> None:
    """Write a PNG with the bins of each group: how many, mean probability, share that is right (as `bins_of` gives them). Bars span two standard errors."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, len(groups), figsize=(2.9 * len(groups), 3.2), sharey=True, squeeze=False)
    for panel, (name, bins) in zip(panels[0], groups.items(), strict=True):
        panel.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        means, shares = [mean for _, mean, _ in bins], [share for _, _, share in bins]
        errors = [2 * (share * (1 - share) / count) ** 0.5 for count, _, share in bins]
        panel.errorbar(means, shares, yerr=errors, fmt="o-", color="#1f5a92", markersize=4, linewidth=1, elinewidth=1)
        panel.set(title=f"{name} ({sum(count for count, _, _ in bins)})", xlim=(0.3, 1), ylim=(0.3, 1.02), xlabel="probability")
    panels[0][0].set_ylabel("right by the gold")
    figure.tight_layout()
    figure.savefig(path, dpi=80, metadata={"Software": None})
    pyplot.close(figure)
