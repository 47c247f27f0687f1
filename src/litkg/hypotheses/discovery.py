"""Open and closed discovery: concepts that nobody has linked, joined by concepts that are linked with both (Swanson 1986).

Owns the search for intermediates and targets and how strengths of links become scores of paths and of pairs; refuses to know names, sentences and stores. The
interface follows LION LBD (Pyysalo et al. 2019, Bioinformatics 35:1553): a metric of links, an aggregate over the links of a path, and one over the paths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from litkg.hypotheses.choices import BREADTH, LAYERS, LINK_AGGREGATES, MOST_INTERMEDIATES, PATH_AGGREGATES
from litkg.hypotheses.links import Links, Number, Places, link, spans
from litkg.hypotheses.literature import Flags, Floats, Ints, Literature
from litkg.hypotheses.metrics import LINKING, strength
from litkg.hypotheses.scoring import AGGREGATES, NONE, Joined, Weighed

Aggregate = Callable[[Floats], Floats]

_PATH_AGGREGATES: Mapping[str, Aggregate] = {
    "min": lambda links: reduce(np.minimum, links.T),
    "product": lambda links: reduce(np.multiply, links.T),
    "mean": lambda links: reduce(np.add, links.T) / links.shape[1],
    "max": lambda links: reduce(np.maximum, links.T),
}
"""From the strengths of a path's links, a row each, to that of the path; column by column, several times as fast as along rows so short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched for, and how it is scored. Paths are of links of the `layer` and have up to `intermediates`; a target is no hypothesis where a link of
    the layer `known` leads to it. `via` and `targets` say which concepts may be intermediates and targets; None: all."""

    metric: str = "combined"
    path_aggregate: str = "product"
    link_aggregate: str = "adamic-adar"
    layer: str = "any"
    known: str = "any"
    intermediates: int = 1
    breadth: int = BREADTH
    via: Flags | None = None
    targets: Flags | None = None

    def __post_init__(self) -> None:
        """Refuse what is not there.

        Raises: ValueError that names the choices.
        """
        for name, value, choices in (
            ("path_aggregate", self.path_aggregate, PATH_AGGREGATES),
            ("link_aggregate", self.link_aggregate, LINK_AGGREGATES),
            ("layer", self.layer, LAYERS),
            ("known", self.known, LAYERS),
        ):
            if value not in choices:
                raise ValueError(f"{name} {value!r} is none of {', '.join(choices)}")
        if not 1 <= self.intermediates <= MOST_INTERMEDIATES:
            raise ValueError(f"{self.intermediates} intermediates: from 1 to {MOST_INTERMEDIATES} are possible")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Paths from one concept, in no order: `via[i]` are the intermediates of path i, `places[i]` its links in the table, both filled up with NONE; `score` is
    its strength, and `weight` what it adds to the score of its target, or the strength again for aggregates that are no sums."""

    via: Ints
    target: Ints
    places: Places
    score: Floats
    weight: Floats

    def of(self, chosen: Flags | Places) -> Paths:
        """Return some of the paths, by flags or in the order of places."""
        return Paths(via=self.via[chosen], target=self.target[chosen], places=self.places[chosen], score=self.score[chosen], weight=self.weight[chosen])


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Targets, best first: of each the score and the number of paths; and the `paths` to all of them."""

    target: Ints
    score: Floats
    n_paths: Ints
    paths: Paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The links that lead to what a search may end at, row by row: row i lies at `start[i]:start[i + 1]` of `places`. Who searches from many concepts makes it
    once, and looks at no other links in the last step."""

    start: Places
    places: Places

    def places_of(self, concepts: Ints) -> tuple[Places, Places]:
        """Return the places of the rows of many concepts, one after the other, and for each place which of `concepts` it belongs to, from 0."""
        at, owner = spans(self.start, concepts)
        return self.places[at], owner


def ends_of(links: Links, search: Search) -> Ends:
    """Return the links to the targets of a search."""
    places = np.arange(len(links.other), dtype=np.int64)
    fit = _is_linked(links, places, search.layer)
    if search.targets is not None:
        fit &= search.targets[links.other]
    return Ends(start=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(fit)])[links.start], places=np.flatnonzero(fit).astype(np.int64))


def open_discovery(links: Links, start: int, search: Search, *, ends: Ends | None = None) -> Candidates:
    """Return the targets that are not linked with `start` but by intermediates, best first; equal ones in the order of concepts. `ends` are the search's.

    What a form of `start` is linked with is known, and so are the forms of what is.
    """
    wanted = ~known_to(links, start, search.known)
    if search.targets is not None:
        wanted &= search.targets
    paths = paths_from(links, start, search, wanted=wanted, ends=ends)
    counts = np.bincount(paths.target, minlength=links.n_concepts)
    found = np.flatnonzero(counts)
    n_paths = counts[found]
    at = np.zeros(links.n_concepts, dtype=np.int64)
    at[found] = np.arange(len(found), dtype=np.int64)
    score = AGGREGATES[search.link_aggregate].combine(Weighed(score=paths.score, weight=paths.weight, at=at[paths.target], n_paths=n_paths))
    order = np.lexsort((found, -score))
    return Candidates(target=found[order].astype(np.int32), score=score[order], n_paths=n_paths[order].astype(np.int32), paths=paths)


def linked_with(links: Links, concept: int, layer: str) -> Ints:
    """Return the concepts that a concept is linked with."""
    return links.other[_linked(links, links.row(concept), layer)]


def known_to(links: Links, start: int, layer: str) -> Flags:
    """Return which concepts are linked with `start` or a form of it, or are forms of such; these forms themselves count, too."""
    known = np.zeros(links.n_concepts, dtype=np.bool_)
    for relative in links.relatives(start).tolist():
        known[relative] = True
        known[linked_with(links, relative, layer)] = True
    known[links.other[links.forms[known[links.other[links.back[links.forms]]]]]] = True
    return known


def newly_linked(before: Links, then: Links, start: int, layer: str) -> tuple[Flags, Flags]:
    """Return which concepts were there before and not known to have to do with `start`, and which of them are linked with it then."""
    linked = np.zeros(before.n_concepts, dtype=np.bool_)
    linked[linked_with(then, start, layer)] = True
    unknown = before.present & ~known_to(before, start, layer)
    return unknown, unknown & linked


def closed_discovery(links: Links, start: int, end: int, search: Search) -> Paths:
    """Return the paths between two concepts, those that add most first, whether or not the two are linked themselves."""
    found = paths_from(links, start, search, end=end)
    return found.of(np.lexsort((*found.via.T[::-1], -found.weight)))


def discoverable(literature: Literature, *, after: int, until: int, layer: str = "any") -> list[tuple[int, int, int]]:
    """Return the pairs of concepts, the lower place first, that are first linked after the year `after`, up to and in `until`, each with the number of papers
    of that time that mention both.

    The two must both be known by `after`: what is mentioned for the first time cannot have been foreseen.
    """
    before, then = link(literature.until(after)), link(literature.between(after, until))
    first = np.repeat(np.arange(then.n_concepts), np.diff(then.start))
    second, places = then.other.astype(np.int64), np.arange(len(then.other), dtype=np.int64)
    told = (first < second) & _is_linked(then, places, layer) & (before.mentioning[first] > 0) & (before.mentioning[second] > 0)
    known = np.repeat(np.arange(before.n_concepts), np.diff(before.start)) * before.n_concepts + before.other
    known = known[_is_linked(before, np.arange(len(known), dtype=np.int64), layer)]
    new = np.flatnonzero(told & ~np.isin(first * then.n_concepts + second, known))
    return list(zip(first[new].tolist(), second[new].tolist(), then.shared[new].tolist(), strict=True))


def paths_from(links: Links, start: int, search: Search, *, end: int | None = None, wanted: Flags | None = None, ends: Ends | None = None) -> Paths:
    """Return the paths from `start` over as many intermediates as the search says or fewer, to any concept, to those that are `wanted`, or to `end`, which is
    no intermediate. With `ends` the last step follows these links only.

    All with one intermediate are looked at; with more, the strongest `breadth` go on at each further step.
    """
    aggregate = _PATH_AGGREGATES[search.path_aggregate]
    partial = _first_links(links, start, search, end)
    found = []
    for step in range(search.intermediates):
        if search.via is not None:
            partial = partial.of(search.via[partial.nodes[:, -1]])
        if step:
            partial = partial.of(_strongest(aggregate(partial.weights), search.breadth))
        last = step + 1 == search.intermediates
        partial = _further(links, start, search, partial, end=end if last else None, wanted=wanted if last else None, ends=ends if last else None)
        reached = partial.nodes[:, -1]
        if last:
            found.append(_complete(links, start, search, partial))
        elif end is not None:
            found.append(_complete(links, start, search, partial.of(reached == end)))
            partial = partial.of(reached != end)
        else:
            found.append(_complete(links, start, search, partial if wanted is None else partial.of(wanted[reached])))
    return joined(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Partial:
    """Paths that may go on: the concepts after the start, and the links in between with their strengths, a row each."""

    nodes: Ints
    places: Places
    weights: Floats

    def of(self, chosen: Flags | Places) -> _Partial:
        if chosen.dtype == np.bool_ and chosen.all():
            return self
        return _Partial(nodes=self.nodes[chosen], places=self.places[chosen], weights=self.weights[chosen])


def _first_links(links: Links, start: int, search: Search, end: int | None) -> _Partial:
    places = _linked(links, links.row(start), search.layer)
    places = places[links.other[places] != end] if end is not None else places
    weights = strength(links, search.metric, np.full(len(places), start, dtype=np.int32), places)
    first = _Partial(nodes=links.other[places, np.newaxis], places=places[:, np.newaxis], weights=weights[:, np.newaxis])
    return first.of(_holds(search.metric, weights))


def _strongest(strengths: Floats, n: int) -> Places:
    """Return the places of the n highest, highest first, equal ones in their order. A hub has millions, of which few need sorting."""
    places = np.arange(len(strengths), dtype=np.int64)
    if len(strengths) > n:
        places = np.flatnonzero(strengths >= np.partition(strengths, -n)[-n])
    best: Places = places[np.argsort(-strengths[places], kind="stable")[:n]]
    return best


def _further(links: Links, start: int, search: Search, partial: _Partial, *, end: int | None, wanted: Flags | None, ends: Ends | None) -> _Partial:
    """Return the paths with one step more, none back to where it has been; only those to `end` or to what is `wanted`, where that is said."""
    nodes = partial.nodes
    if end is None:
        places, owner = (links if ends is None else ends).places_of(nodes[:, -1])
    else:
        places, owner = links.places_to(nodes[:, -1], end)
    other = links.other[places]
    fit = (other != start) & _is_linked(links, places, search.layer)
    if wanted is not None:
        fit &= wanted[other]
    places, owner, other = places[fit], owner[fit], other[fit]
    added = strength(links, search.metric, nodes[owner, -1], places)
    fresh = _holds(search.metric, added)
    for earlier in nodes.T[:-1]:
        fresh &= earlier[owner] != other
    if not fresh.all():
        places, owner, other, added = places[fresh], owner[fresh], other[fresh], added[fresh]
    return _Partial(
        nodes=np.concatenate([nodes[owner], other[:, np.newaxis]], axis=1),
        places=np.concatenate([partial.places[owner], places[:, np.newaxis]], axis=1),
        weights=np.concatenate([partial.weights[owner], added[:, np.newaxis]], axis=1),
    )


def _complete(links: Links, start: int, search: Search, partial: _Partial) -> Paths:
    via, target = partial.nodes[:, :-1], partial.nodes[:, -1]
    score = _PATH_AGGREGATES[search.path_aggregate](partial.weights)
    weight = score * AGGREGATES[search.link_aggregate].damp(Joined(links=links, start=start, via=via, target=target))
    return Paths(via=via, target=target, places=partial.places, score=score, weight=weight)


def joined(found: Sequence[Paths]) -> Paths:
    """Return all these paths, of whatever lengths, filled up with NONE."""
    if len(found) == 1:
        return found[0]
    intermediates = max(paths.via.shape[1] for paths in found)

    def filled(rows: npt.NDArray[Number], width: int) -> npt.NDArray[Number]:
        return np.concatenate([rows, np.full((len(rows), width - rows.shape[1]), NONE, dtype=rows.dtype)], axis=1)

    return Paths(
        via=np.concatenate([filled(paths.via, intermediates) for paths in found]),
        target=np.concatenate([paths.target for paths in found]),
        places=np.concatenate([filled(paths.places, intermediates + 1) for paths in found]),
        score=np.concatenate([paths.score for paths in found]),
        weight=np.concatenate([paths.weight for paths in found]),
    )


def _holds(metric: str, strengths: Floats) -> Flags:
    """Return which links are any by the metric."""
    held: Flags = strengths > 0 if metric in LINKING else np.ones(len(strengths), dtype=np.bool_)
    return held


def _linked(links: Links, row: slice, layer: str) -> Places:
    places = np.arange(row.start, row.stop, dtype=np.int64)
    return places[_is_linked(links, places, layer)]


def _is_linked(links: Links, places: Places, layer: str) -> Flags:
    if layer == "claims":
        return links.told[places] > 0
    if layer == "mentions":
        return links.shared[places] > 0
    return (links.told[places] > 0) | (links.shared[places] > 0)
