"""What a learned ranker knows of a pair of concepts that nothing links: how much is written on them, and what joins them.

Owns the features; refuses to weigh them. All are worked out of the paths over one concept, of all targets of a start at once; sums are on a logarithmic scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from litkg.hypotheses.discovery import Search, paths_from
from litkg.hypotheses.links import Links, Places
from litkg.hypotheses.literature import Flags, Floats, Ints
from litkg.hypotheses.metrics import strength
from litkg.hypotheses.routes import listen
from litkg.hypotheses.scoring import AGGREGATES, Joined

FEATURES = (
    *("documents", "degree", "claimed degree", "degree of both", "linking terms", "cosine of linking terms"),
    *("adamic-adar", "dwpc", "cohesiveness", "combined", "strongest path", "npmi", "jaccard", "log-likelihood", "belief"),
    *("causal", "caused", "raising", "lowering"),
)
"""Their names, in order. The first four say how much is written on target and start, the others what joins them; the last four look at signs and causes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The targets of a start that paths over one concept lead to, and their features, a row each."""

    target: Ints
    features: Floats


def claimed_degrees(links: Links) -> Floats:
    """Return with how many others some claim links each concept."""
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(links.told > 0)])
    return np.diff(before[links.start]).astype(np.float64)


def pair_features(links: Links, start: int, wanted: Flags, claimed: Floats) -> Pairs:
    """Return the features of the pairs of `start` with what is `wanted`; `claimed` are the `claimed_degrees`."""
    paths = paths_from(links, start, Search(metric="linked", link_aggregate="sum"), wanted=wanted)
    target, at = np.unique(paths.target, return_inverse=True)
    joined = Joined(links=links, start=start, via=paths.via, target=paths.target)
    first = np.full(len(paths.target), start, dtype=np.int32)

    def summed(weights: Floats) -> Floats:
        return np.bincount(at, weights=weights, minlength=len(target)).astype(np.float64)

    def both(metric: str) -> tuple[Floats, Floats]:
        near: Places = paths.places[:, 0]
        far: Places = paths.places[:, 1]
        via: Ints = paths.via[:, 0]
        return strength(links, metric, first, near), strength(links, metric, via, far)

    combined, degree = np.multiply(*both("combined")), joined.degree(target)
    own = float(joined.degree(np.array([start]))[0])
    count = summed(np.ones(len(at)))
    strongest = np.zeros(len(target))
    np.maximum.at(strongest, at, combined)
    said, belief = listen(links, paths.places), np.multiply(*both("belief"))
    columns = (
        links.mentioning[target].astype(np.float64),
        degree,
        claimed[target],
        np.expm1(np.log1p(degree) * np.log1p(own)),
        count,
        np.expm1(count / np.sqrt(np.maximum(degree * own, 1.0))),
        *(summed(AGGREGATES[name].damp(joined)) for name in ("adamic-adar", "dwpc", "cohesiveness")),
        summed(combined * AGGREGATES["adamic-adar"].damp(joined)),
        np.expm1(strongest),
        *(summed(np.minimum(*both(metric))) for metric in ("npmi", "jaccard", "log-likelihood")),
        summed(belief),
        *(summed(belief * (said.direction == way)) for way in (1, -1)),
        *(summed(belief * (said.sign == sign)) for sign in (1, -1)),
    )
    stacked = np.stack(columns, axis=1)
    return Pairs(target=target.astype(np.int32), features=np.sign(stacked) * np.log1p(np.abs(stacked)))
