"""How all paths to a target become its score.

Owns the aggregates over paths; refuses to search for these. Some look at the strength of paths, others at how many links the concepts on them have, so that
hubs do not win by being everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from litkg.hypotheses.links import Links, Places
from litkg.hypotheses.literature import Floats, Ints

DAMPING = 0.4
"""Exponent by which degree-weighted path counts damp hubs: what Himmelstein and Baranzini found best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Paths from `start` to targets: of path i the intermediates `via[i]`, the `target`, its strength `score`, and `at`, the place of its target among all
    targets, of which place j has `n_paths[j]` paths."""

    links: Links
    start: int
    via: Ints
    target: Ints
    score: Floats
    at: Places
    n_paths: Places

    def summed(self, weights: Floats) -> Floats:
        """Return the sum of the paths' weights for each target."""
        return np.bincount(self.at, weights=weights, minlength=len(self.n_paths)).astype(np.float64)

    def degree(self, concepts: Ints) -> Floats:
        """Return with how many concepts each is linked, by whatever links."""
        degrees: Floats = (self.links.start[concepts + 1] - self.links.start[concepts]).astype(np.float64)
        return degrees


def total(paths: Joined) -> Floats:
    """Return the sum of the strengths."""
    return paths.summed(paths.score)


def strongest(paths: Joined) -> Floats:
    """Return the strength of the strongest path."""
    best = np.full(len(paths.n_paths), -np.inf)
    np.maximum.at(best, paths.at, paths.score)
    return best


def mean(paths: Joined) -> Floats:
    """Return the mean strength."""
    return np.divide(total(paths), np.maximum(paths.n_paths, 1), dtype=np.float64)


def count(paths: Joined) -> Floats:
    """Return the number of paths."""
    return paths.n_paths.astype(np.float64)


def noisy_or(paths: Joined) -> Floats:
    """Return how likely one path at least holds, had each its strength as chance, independently; strengths lie in [0, 1)."""
    return -np.expm1(paths.summed(np.log1p(-np.clip(paths.score, 0.0, 1 - 1e-12))))


def linking_terms(paths: Joined) -> Floats:
    """Return the number of paths, and more for a higher mean strength among equal ones: linking term count with average minimum weight, for strengths by `min`.

    Source: Yetisgen-Yildiz and Pratt 2009, A new evaluation methodology for literature-based discovery systems, J Biomed Inform 42, where LTC-AMW did best.
    """
    strength = np.maximum(mean(paths), 0.0)
    return np.add(count(paths), strength / (1 + strength), dtype=np.float64)


def adamic_adar(paths: Joined) -> Floats:
    """Return the sum over paths of 1 / ln(degree), the product of these over its intermediates: what few are linked with tells more.

    Source: Adamic and Adar 2003, Friends and neighbors on the Web, Social Networks 25.
    """
    return paths.summed((1 / np.log(np.maximum(paths.degree(paths.via), 2.0))).prod(axis=1))


def degree_weighted(paths: Joined) -> Floats:
    """Return the degree-weighted path count: the sum over paths of the product, over their links, of both ends' degrees to the power of -DAMPING.

    Source: Himmelstein and Baranzini 2015, Heterogeneous network edge prediction, PLoS Comput Biol 11; here all links are of one kind.
    """
    ends = np.concatenate([np.full((len(paths.target), 1), paths.start, dtype=paths.target.dtype), paths.target[:, np.newaxis]], axis=1)
    inner = (paths.degree(paths.via) ** (-2 * DAMPING)).prod(axis=1)
    return paths.summed(inner * (paths.degree(ends) ** -DAMPING).prod(axis=1))


AGGREGATES: Mapping[str, Callable[[Joined], Floats]] = {
    "sum": total,
    "max": strongest,
    "mean": mean,
    "count": count,
    "noisy-or": noisy_or,
    "ltc-amw": linking_terms,
    "adamic-adar": adamic_adar,
    "dwpc": degree_weighted,
}
"""By name. The last two look at no strength."""
