"""How strong a link between two concepts is, by documents that mention both or by what is claimed.

Owns the measures of one link; refuses paths. Counts: `shared` documents mention both, `first` and `second` one each, of `total`; all are of one literature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from litkg.hypotheses.links import Links, Places
from litkg.hypotheses.literature import Floats, Ints


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

    It stands for the tests of Fisher and chi-square: as large counts have it, it is chi-square with one degree of freedom, and it is sound for small ones.
    Source: Dunning 1993, Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19.
    """
    cells = (shared, first - shared, second - shared, total - first - second + shared)
    expected = (first * second / total, first * (total - second) / total, (total - first) * second / total, (total - first) * (total - second) / total)
    ratio = 2 * sum((_x_log_x_over_y(cell, mean) for cell, mean in zip(cells, expected, strict=True)), np.zeros_like(shared))
    return np.where(shared >= expected[0], ratio, -ratio)


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
}
"""Measures of documents."""


def strength(links: Links, metric: str, concepts: Ints, places: Places) -> Floats:
    """Return the strength of the links at `places`, in the rows of `concepts`, one for each place.

    Raises: KeyError for a metric that is none of `choices.METRICS`.
    """
    if metric == "belief":
        return links.told[places].astype(np.float64)
    if metric == "causal":
        return links.acts[places].astype(np.float64)
    shared = links.shared[places].astype(np.float64)
    first = links.mentioning[concepts].astype(np.float64)
    second = links.mentioning[links.other[places]].astype(np.float64)
    return COUNTED[metric](shared, first, second, float(max(links.n_documents, 1)))
