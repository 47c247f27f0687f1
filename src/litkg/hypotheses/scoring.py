"""How all paths to a target become its score.

Owns the aggregates over paths; refuses to search for these. Some look at the strength of paths alone, others also at the concepts on them, so that hubs and
general terms do not win by being everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from litkg.hypotheses.links import Links, Places
from litkg.hypotheses.literature import Floats, Ints

NONE = -1
"""Stands where a path has fewer intermediates, or links, than others beside it."""

DAMPING = 0.4
"""Exponent by which degree-weighted path counts damp hubs: what Himmelstein and Baranzini found best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Paths of one length from `start` to targets: of path i the intermediates `via[i]` and the `target`."""

    links: Links
    start: int
    via: Ints
    target: Ints

    def degree(self, concepts: Ints) -> Floats:
        """Return with how many concepts each is linked, by whatever links."""
        degrees: Floats = (self.links.start[concepts + 1] - self.links.start[concepts]).astype(np.float64)
        return degrees


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Paths to targets: of path i its strength `score`, its `weight` (damped strength) and `at`, the place of its target among all targets, of which place j
    has `n_paths[j]` paths."""

    score: Floats
    weight: Floats
    at: Places
    n_paths: Places

    def summed(self, values: Floats) -> Floats:
        """Return the sum of the paths' values for each target."""
        return np.bincount(self.at, weights=values, minlength=len(self.n_paths)).astype(np.float64)


def total(paths: Weighed) -> Floats:
    """Return the sum of the weights."""
    return paths.summed(paths.weight)


def strongest(paths: Weighed) -> Floats:
    """Return the strength of the strongest path."""
    best = np.full(len(paths.n_paths), -np.inf)
    np.maximum.at(best, paths.at, paths.score)
    return best


def mean(paths: Weighed) -> Floats:
    """Return the mean strength."""
    return np.divide(total(paths), np.maximum(paths.n_paths, 1), dtype=np.float64)


def count(paths: Weighed) -> Floats:
    """Return the number of paths."""
    return paths.n_paths.astype(np.float64)


def noisy_or(paths: Weighed) -> Floats:
    """Return how likely one path at least holds, had each its strength as chance, independently; strengths lie in [0, 1)."""
    return -np.expm1(paths.summed(np.log1p(-np.clip(paths.score, 0.0, 1 - 1e-12))))


def linking_terms(paths: Weighed) -> Floats:
    """Return the number of paths, and more for a higher mean strength among equal ones: linking term count with average minimum weight, for strengths by `min`.

    Source: Yetisgen-Yildiz and Pratt 2009, A new evaluation methodology for literature-based discovery systems, J Biomed Inform 42, where LTC-AMW did best.
    """
    strength = np.maximum(mean(paths), 0.0)
    return np.add(count(paths), strength / (1 + strength), dtype=np.float64)


def undamped(paths: Joined) -> Floats:
    """Return 1 for each path."""
    return np.ones(len(paths.target))


def adamic_adar(paths: Joined) -> Floats:
    """Return for each path 1 / ln(degree), multiplied over its intermediates: what few are linked with tells more.

    Source: Adamic and Adar 2003, Friends and neighbors on the Web, Social Networks 25; theirs is for the metric "linked".
    """
    return _over_intermediates(paths, 1 / np.log(np.maximum(paths.degree(paths.via), np.e)))


def cohesive(paths: Joined) -> Floats:
    """Return for each path the cohesiveness of the literature on each intermediate, multiplied: what papers of one subject share tells more.

    Source: Swanson, Smalheiser and Torvik 2006, Ranking indirect connections in literature-based discovery, JASIST 57, where MeSH headings tell the subject.
    """
    return _over_intermediates(paths, paths.links.cohesion[paths.via].astype(np.float64))


def degree_weighted(paths: Joined) -> Floats:
    """Return for each path, over its links, both ends' degrees to the power of -DAMPING, multiplied; summed up: the degree-weighted path count.

    Source: Himmelstein and Baranzini 2015, Heterogeneous network edge prediction, PLoS Comput Biol 11: theirs is for the metric "linked"; here all links are of
    one kind.
    """
    ends = (paths.degree(np.array([paths.start])) * paths.degree(paths.target)) ** -DAMPING
    return ends * _over_intermediates(paths, paths.degree(paths.via) ** (-2 * DAMPING))


def _over_intermediates(paths: Joined, weights: Floats) -> Floats:
    product = np.ones(len(paths.target))
    for column in weights.T:
        product = product * column
    return product


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """`combine` makes the scores of targets from the paths to them, `damp` says how much of its strength each path keeps."""

    combine: Callable[[Weighed], Floats]
    damp: Callable[[Joined], Floats] = undamped


AGGREGATES: Mapping[str, Aggregate] = {
    "sum": Aggregate(combine=total),
    "max": Aggregate(combine=strongest),
    "mean": Aggregate(combine=mean),
    "count": Aggregate(combine=count),
    "noisy-or": Aggregate(combine=noisy_or),
    "ltc-amw": Aggregate(combine=linking_terms),
    "adamic-adar": Aggregate(combine=total, damp=adamic_adar),
    "cohesiveness": Aggregate(combine=total, damp=cohesive),
    "dwpc": Aggregate(combine=total, damp=degree_weighted),
}
"""By name."""
