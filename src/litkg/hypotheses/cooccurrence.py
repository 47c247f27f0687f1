"""How strongly two concepts go together, by how many documents mention them.

Owns the measures of counts; refuses claims, tables and paths. Counts: `shared` documents mention both, `first` and `second` one each, of `total`; all are of
one literature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from scipy.special import gammaln

from litkg.hypotheses.literature import Flags, Floats

_NEGLIGIBLE = 1e-12
"""Share of a sum below which no further term is added."""


def support(shared: Floats, first: Floats, second: Floats, total: float) -> Floats:
    """Return the number of documents that mention both: 0 and more."""
    return shared


def jaccard(shared: Floats, first: Floats, second: Floats, total: float) -> Floats:
    """Return the share of the documents on either that mention both, in [0, 1] (Jaccard 1901)."""
    either = first + second - shared
    return np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)


def npmi(shared: Floats, first: Floats, second: Floats, total: float) -> Floats:
    """Return the normalised pointwise mutual information, in [-1, 1]: 1 where neither is mentioned without the other, 0 for independence, -1 for never both.

    Source: Bouma 2009, Normalized (pointwise) mutual information in collocation extraction.
    """
    result = np.full_like(shared, -1.0)
    met = shared > 0
    chance = shared[met] / total
    information = np.log(chance) - np.log(first[met] / total) - np.log(second[met] / total)
    surprise = -np.log(chance)
    result[met] = np.divide(information, surprise, out=np.ones_like(information), where=surprise > 0)
    return np.clip(result, -1.0, 1.0)


def log_likelihood(shared: Floats, first: Floats, second: Floats, total: float) -> Floats:
    """Return Dunning's likelihood ratio G2 of the two-by-two table, negative where the two are mentioned together less often than by chance.

    For large counts it is chi-square with one degree of freedom, and it is sound for small ones.
    Source: Dunning 1993, Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19.
    """
    cells = (shared, first - shared, second - shared, total - first - second + shared)
    expected = (first * second / total, first * (total - second) / total, (total - first) * second / total, (total - first) * (total - second) / total)
    ratio = 2 * sum((_x_log_x_over_y(cell, mean) for cell, mean in zip(cells, expected, strict=True)), np.zeros_like(shared))
    return np.where(shared >= expected[0], ratio, -ratio)


def fisher(shared: Floats, first: Floats, second: Floats, total: float) -> Floats:
    """Return -log10 of the one-sided P of Fisher's exact test: that so many documents or more mention both by chance. 0 and more.

    The tail of the hypergeometric distribution is summed away from its mean, all pairs at once: scipy sums it pair by pair.
    """
    if not total:
        return np.zeros_like(shared)
    upper = shared > first * second / total
    at = np.where(upper, shared, shared - 1)
    possible = (at >= np.maximum(first + second - total, 0)) & (at <= np.minimum(first, second))
    tail = np.zeros_like(shared)
    tail[possible] = _tail(at[possible], first[possible], second[possible], total, upper[possible])
    chance = np.where(upper, np.log(np.where(upper & (tail > 0), tail, 1.0)), 0.0)
    logs = np.where(possible, _log_probability(np.where(possible, at, np.maximum(first + second - total, 0)), first, second, total), 0.0)
    result: Floats = np.where(upper, -(logs + chance), -np.log1p(-np.minimum(tail * np.exp(logs), 1 - _NEGLIGIBLE))) / np.log(10)
    return np.maximum(result, 0.0)


def _log_probability(at: Floats, first: Floats, second: Floats, total: float) -> Floats:
    def choose(n: Floats, k: Floats) -> Floats:
        chosen: Floats = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
        return chosen

    return choose(first, at) + choose(total - first, second - at) - choose(np.full_like(at, total), second)


def _tail(at: Floats, first: Floats, second: Floats, total: float, upward: Flags) -> Floats:
    """Return the sum of the probabilities from `at` on, upward or downward, as a multiple of that at `at`."""
    where = at.copy()
    term = np.ones_like(at)
    result = np.ones_like(at)
    left = np.arange(len(at))
    while len(left):
        k, a, b, up = where[left], first[left], second[left], upward[left]
        ratio = np.where(up, (a - k) * (b - k) / ((k + 1) * (total - a - b + k + 1)), k * (total - a - b + k) / np.maximum((a - k + 1) * (b - k + 1), 1.0))
        term[left] *= ratio
        result[left] += term[left]
        where[left] += np.where(up, 1.0, -1.0)
        left = left[term[left] > _NEGLIGIBLE * result[left]]
    return result


def _x_log_x_over_y(x: Floats, y: Floats) -> Floats:
    result = np.zeros_like(x)
    some = (x > 0) & (y > 0)
    result[some] = x[some] * np.log(x[some] / y[some])
    return result


COUNTED: Mapping[str, Callable[[Floats, Floats, Floats, float], Floats]] = {
    "support": support,
    "jaccard": jaccard,
    "npmi": npmi,
    "log-likelihood": log_likelihood,
    "fisher": fisher,
}
"""Measures of documents, by name."""
