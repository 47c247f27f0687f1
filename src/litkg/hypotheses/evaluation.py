"""How well hypotheses of one year foretell what was written after it.

Owns the cut, the rankings of methods and baselines over the same concepts, and their measures with intervals; refuses to print. For each concept A that is
newly linked after the year, all concepts that were known by then and not linked with it are ranked; those that are newly linked with it are right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from litkg.hypotheses.discovery import Search, newly_linked, open_discovery, paths_from
from litkg.hypotheses.features import Pairs, claimed_degrees, pair_features
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import NO_YEAR, Flags, Floats, Ints, Literature
from litkg.hypotheses.ranker import Ranker, TooLittlePast, train

LEARNED = "learned"
"""The ranker that is trained on the past alone, as it was by the year."""

BASELINES = ("random", "degree", "co-occurrence")
RESAMPLES = 1000
"""Bootstrap samples of concepts A for the intervals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean over concepts A with the 2.5 and 97.5 percentiles of its bootstrap."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodScore:
    """How well one method ranks: `auprc` is the mean average precision, `mrr` the mean reciprocal rank of the first right one, `hits` the share of concepts A
    with a right one among the first k, `enrichment` how many times more right ones than by chance are among the first k."""

    method: str
    auprc: Interval
    mrr: Interval
    hits: Interval
    enrichment: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The scores of all methods, and what they rest on: `n_starts` concepts A of `n_possible`, `n_pairs` new links of theirs among `n_candidates` pairs,
    of which `n_reached` are joined by an intermediate. `n_undated` documents give no year and are in neither part; `unlearned` says why there is no learned
    ranker, None where there is one."""

    after: int
    until: int
    k: int
    layer: str
    n_before: int
    n_later: int
    n_undated: int
    n_possible: int
    n_starts: int
    n_pairs: int
    n_candidates: int
    n_reached: int
    unlearned: str | None
    scores: tuple[MethodScore, ...]


METHODS: Mapping[str, Search] = {
    "combined": Search(),
    "belief": Search(metric="belief", link_aggregate="noisy-or"),
    "ltc-amw": Search(metric="support", path_aggregate="min", link_aggregate="ltc-amw"),
    "npmi": Search(metric="npmi", path_aggregate="min", link_aggregate="sum"),
    "jaccard": Search(metric="jaccard", path_aggregate="min", link_aggregate="sum"),
    "fisher": Search(metric="fisher", path_aggregate="min", link_aggregate="sum"),
    "adamic-adar": Search(metric="linked", link_aggregate="adamic-adar"),
    "cohesiveness": Search(metric="linked", link_aggregate="cohesiveness"),
    "dwpc": Search(metric="linked", link_aggregate="dwpc"),
}
"""What is measured by default."""


def evaluate(
    literature: Literature,
    *,
    after: int,
    until: int | None = None,
    layer: str = "any",
    k: int = 10,
    starts: int | None = 200,
    seed: int = 0,
    methods: Mapping[str, Search] = METHODS,
    on_start: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Return how well each method and baseline, given what was written up to `after`, ranks what is newly linked up to `until` (None: the last year there is).

    With `starts` so many concepts A are drawn at random, by `seed`, where there are more; None takes all. Nothing later than `after` reaches a
    ranking: links, counts and beliefs are made anew from the documents up to it. `on_start` is told how many concepts are done, and of how many.
    Raises: ValueError where nothing is newly linked.
    """
    last = int(literature.years.max(initial=NO_YEAR)) if until is None else until
    early, later = literature.until(after), literature.between(after, last)
    before, then = link(early), link(later)
    possible = [place for place in np.flatnonzero(before.present).tolist() if newly_linked(before, then, place, layer)[1].any()]
    if not possible:
        raise ValueError(f"nothing is newly linked after {after} up to {last} between concepts known by {after}: choose another year, or load more papers")
    draw = np.random.default_rng(seed)
    chosen = sorted(draw.choice(possible, size=starts, replace=False).tolist()) if starts is not None and len(possible) > starts else possible
    ranker, why = _trained(early, layer, seed)
    claimed = claimed_degrees(before)
    rankings: dict[str, Callable[[int, Flags], Floats]] = {name: _by_search(before, replace(search, known=layer)) for name, search in methods.items()}
    if ranker is not None:
        rankings[LEARNED] = lambda start, unknown: _by_ranker(before, ranker, pair_features(before, start, unknown, claimed))
    rankings |= {name: _by_baseline(before, name) for name in BASELINES}
    kept: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in rankings}
    expected: list[float] = []
    n_pairs = n_candidates = n_reached = 0
    for done, start in enumerate(chosen):
        if on_start is not None:
            on_start(done, len(chosen))
        unknown, right = newly_linked(before, then, start, layer)
        universe = draw.permutation(np.flatnonzero(unknown))
        n_pairs, n_candidates = n_pairs + int(right.sum()), n_candidates + len(universe)
        expected.append(int(right.sum()) / len(universe) * min(k, len(universe)))
        n_reached += int(right[np.unique(paths_from(before, start, Search(metric="linked"), wanted=unknown).target)].sum())
        for name, rank in rankings.items():
            scores = rank(start, unknown)
            kept[name].append(_measured(right[universe[np.argsort(-scores[universe], kind="stable")]], k))
    return Evaluation(
        after=after,
        until=last,
        k=k,
        layer=layer,
        n_before=early.n_documents,
        n_later=later.n_documents,
        n_undated=int((literature.years == NO_YEAR).sum()),
        n_possible=len(possible),
        n_starts=len(chosen),
        n_pairs=n_pairs,
        n_candidates=n_candidates,
        n_reached=n_reached,
        unlearned=why,
        scores=tuple(_summary(name, np.array(rows), np.array(expected), seed) for name, rows in kept.items()),
    )


def _trained(early: Literature, layer: str, seed: int) -> tuple[Ranker | None, str | None]:
    """Return a ranker that has seen nothing but the early literature, or why there is none."""
    try:
        return train(early, known=layer, seed=seed), None
    except TooLittlePast as error:
        return None, str(error)


def _by_search(links: Links, search: Search) -> Callable[[int, Flags], Floats]:
    def rank(start: int, unknown: Flags) -> Floats:
        found = open_discovery(links, start, search)
        return _scattered(links, found.target, found.score)

    return rank


def _by_ranker(links: Links, ranker: Ranker, pairs: Pairs) -> Floats:
    return _scattered(links, pairs.target, ranker.contributions(pairs).sum(axis=1))


def _by_baseline(links: Links, name: str) -> Callable[[int, Flags], Floats]:
    def rank(start: int, unknown: Flags) -> Floats:
        scores = np.zeros(links.n_concepts)
        if name == "degree":
            scores += np.diff(links.start)
        elif name == "co-occurrence":
            row = links.row(start)
            scores[links.other[row]] = links.shared[row]
        return scores

    return rank


def _scattered(links: Links, target: Ints, score: Floats) -> Floats:
    scores = np.full(links.n_concepts, -np.inf)
    scores[target] = score
    return scores


def _measured(right: Flags, k: int) -> tuple[float, float, float, float]:
    """Return average precision, reciprocal rank, whether a right one is among the first k, and how many are, of a ranking with one right at least."""
    ranks = np.flatnonzero(right) + 1
    precision = np.arange(1, len(ranks) + 1) / ranks
    return float(precision.mean()), float(1 / ranks[0]), float(ranks[0] <= k), float((ranks <= k).sum())


def _summary(method: str, rows: Floats, expected: Floats, seed: int) -> MethodScore:
    samples = np.random.default_rng(seed).integers(0, len(rows), size=(RESAMPLES, len(rows)))

    def interval(value: float, resampled: Floats) -> Interval:
        low, high = np.percentile(resampled, (2.5, 97.5))
        return Interval(value=float(value), low=float(low), high=float(high))

    auprc, mrr, hits = (interval(rows[:, column].mean(), rows[:, column][samples].mean(axis=1)) for column in range(3))
    found = rows[:, 3]
    enrichment = interval(found.sum() / expected.sum(), found[samples].sum(axis=1) / expected[samples].sum(axis=1))
    return MethodScore(method=method, auprc=auprc, mrr=mrr, hits=hits, enrichment=enrichment)


def leaks(evaluation: Evaluation) -> Sequence[str]:
    """Return what cannot be ruled out to have reached the rankings from later than the year."""
    told = [
        "the lexicon is of today: names and ids that were given later ground early papers, too",
        "the models that read the papers, and the calibration of belief, were trained on papers of all years",
        "the two numbers of the combined metric, and that paths are damped by degree, were chosen on later links of other graphs",
        "a paper's year is that of its publication; what it reports of earlier papers counts for its own year",
    ]
    if evaluation.n_undated:
        told.append(f"{evaluation.n_undated} documents without a year are left out")
    return told
