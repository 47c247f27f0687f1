"""A ranker that learns, from the past of the same graph, which concepts come to be linked.

Owns how it is trained and what it makes of a pair; refuses to know any one store. What was written up to a year of the past is what it looks at; what was first
linked between then and now, and what was not, is what it learns from. What users have marked counts, too. It is a logistic regression over `features.FEATURES`,
so that each score is the sum of what each feature adds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from litkg.hypotheses.discovery import known_to, newly_linked
from litkg.hypotheses.features import FEATURES, Pairs, claimed_degrees, pair_features
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import NO_YEAR, Flags, Floats, Ints, Literature

STARTS = 300
"""Concepts that are learned from at most."""

NEGATIVES = 150
"""Pairs of each of these that came to nothing, drawn at random."""

LEAST_POSITIVES = 20
"""Newly linked pairs without which there is nothing to learn from."""

LATER_SHARE = 0.25
"""Share of the dated documents that is the future of the past."""

MARK_WEIGHT = 10.0
"""Pairs of the past that a mark counts for."""

_INVERSE_PENALTY = 0.3

OnStart = Callable[[int, int], None]
"""Told how many concepts are done, and of how many."""


class TooLittlePast(ValueError):  # noqa: N818
    """The graph has too little past to learn from; says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A pair of concepts by place, and whether a user holds it for worth while."""

    first: int
    second: int
    worth: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """Weights of the features, which are scaled by `mean` and `deviation`. It was trained on links first made after `after` up to `until`, `n_positives` of
    them."""

    weights: Floats
    mean: Floats
    deviation: Floats
    after: int
    until: int
    n_positives: int

    def contributions(self, pairs: Pairs) -> Floats:
        """Return what each feature adds to the log odds, up to a constant, that each of all targets of a start comes to be linked with it; a row each, 0 where
        a feature is as in the mean of the targets. The sum of a row is the score."""
        added: Floats = (_centred(pairs) - self.mean) / self.deviation * self.weights
        return added


def train(
    literature: Literature,
    *,
    known: str = "any",
    judged: Sequence[Judged] = (),
    hide: Sequence[tuple[int, int]] = (),
    seed: int = 0,
    starts: int = STARTS,
    on_start: OnStart | None = None,
) -> Ranker:
    """Return a ranker that has learned from a literature alone: from what its first three quarters, by year, did not link and its last did.

    `known` says what links, as in `discovery.Search`; what is in `hide` never was linked. The same literature, marks and seed give the same ranker.
    Raises: TooLittlePast where fewer than `LEAST_POSITIVES` pairs were newly linked.
    """
    after, until = past_cut(literature.years[np.unique(literature.mentions.document)])
    before, then = (link(part).without(hide) for part in (literature.until(after), literature.between(after, until)))
    rows, right = _learned_from(before, then, known, seed=seed, starts=starts, on_start=on_start)
    positives = int(right.sum())
    if positives < LEAST_POSITIVES:
        found = f"{positives} pairs were first linked after {after} up to {until}"
        raise TooLittlePast(f"{found}, and {LEAST_POSITIVES} are needed to learn from: load more papers")
    weights = np.ones(len(right))
    if judged:
        marked, worth = _marked(link(literature).without(hide), known, judged)
        rows, right, weights = np.concatenate([rows, marked]), np.concatenate([right, worth]), np.concatenate([weights, np.full(len(worth), MARK_WEIGHT)])
    return _fit(rows, right, weights, after, until, positives)


def past_cut(years: Ints) -> tuple[int, int]:
    """Return the year that the past of documents of these years ends with, and the last year: about `LATER_SHARE` of the dated ones are after it.

    Raises: TooLittlePast where there are not two years.
    """
    dated = np.sort(years[years != NO_YEAR])
    if not len(dated) or dated[0] == dated[-1]:
        raise TooLittlePast("the papers are of one year, or of none: a ranker learns from what later papers link")
    last = int(dated[-1])
    cut = int(dated[int(len(dated) * (1 - LATER_SHARE))])
    return (cut if cut < last else int(dated[dated < last][-1])), last


def _learned_from(before: Links, then: Links, known: str, *, seed: int, starts: int, on_start: OnStart | None) -> tuple[Floats, Flags]:
    """Return the features of pairs as they were before, and which of them came to be linked then."""
    draw, claimed = np.random.default_rng(seed), claimed_degrees(before)
    rows: list[Floats] = []
    right: list[Flags] = []
    for start in draw.permutation(np.flatnonzero(before.present & (np.diff(then.start) > 0))).tolist():
        unknown, linked = newly_linked(before, then, start, known)
        if not linked.any():
            continue
        pairs = pair_features(before, start, unknown, claimed)
        features, came = _centred(pairs), linked[pairs.target]
        failed = np.flatnonzero(~came)
        chosen = np.concatenate([np.flatnonzero(came), draw.choice(failed, size=min(NEGATIVES, len(failed)), replace=False)])
        rows.append(features[chosen])
        right.append(came[chosen])
        if on_start is not None:
            on_start(len(rows), starts)
        if len(rows) == starts:
            break
    return np.concatenate([np.zeros((0, len(FEATURES))), *rows]), np.concatenate([np.zeros(0, dtype=np.bool_), *right])


def _marked(links: Links, known: str, judged: Iterable[Judged]) -> tuple[Floats, Flags]:
    """Return the features of the pairs that users have judged, as they are now, and how; those that no path joins tell nothing."""
    claimed = claimed_degrees(links)
    rows: list[Floats] = [np.zeros((0, len(FEATURES)))]
    worth: list[bool] = []
    for mark in judged:
        wanted = ~known_to(links, mark.first, known)
        wanted[mark.second] = True
        pairs = pair_features(links, mark.first, wanted, claimed)
        found = pairs.target == mark.second
        rows.append(_centred(pairs)[found])
        worth += [mark.worth] * int(found.sum())
    return np.concatenate(rows), np.array(worth, dtype=np.bool_)


def _centred(pairs: Pairs) -> Floats:
    """Return the features less their means over all targets: what is ranked is one target against the others of its start."""
    return pairs.features - pairs.features.mean(axis=0) if len(pairs.target) else pairs.features


def _fit(features: Floats, right: Flags, weights: Floats, after: int, until: int, positives: int) -> Ranker:
    """Return the ranker of a logistic regression without weights below 0: more of what joins two concepts never speaks against them.

    Free weights would play features that say nearly the same off against each other, which goes wrong for concepts unlike those learned from. The feature with
    the lowest weight is left out until none is below 0.
    """
    from sklearn.linear_model import LogisticRegression

    mean = np.average(features, axis=0, weights=weights)
    deviation = np.sqrt(np.average((features - mean) ** 2, axis=0, weights=weights))
    deviation[deviation == 0] = 1.0
    scaled = (features - mean) / deviation
    left, found = np.arange(features.shape[1]), np.zeros(features.shape[1])
    while len(left):
        fitted = LogisticRegression(C=_INVERSE_PENALTY, max_iter=2000).fit(scaled[:, left], right, sample_weight=weights).coef_[0]
        if fitted.min() >= 0:
            found[left] = fitted
            break
        left = np.delete(left, int(fitted.argmin()))
    return Ranker(weights=found, mean=mean, deviation=deviation, after=after, until=until, n_positives=positives)


def strongest_parts(contributions: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """Return the features by name with what each adds, the one that moves the score most first."""
    named = zip(FEATURES, map(float, contributions), strict=True)
    return tuple(sorted(named, key=lambda item: (-abs(item[1]), item[0])))
