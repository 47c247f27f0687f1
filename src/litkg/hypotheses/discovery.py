"""Open and closed discovery: concepts that nobody has linked, joined by concepts that are linked with both (Swanson 1986).

Owns the search for intermediates and targets and how strengths of links become scores of paths and of pairs; refuses to know names, sentences and stores. The
interface follows LION LBD (Pyysalo et al. 2019, Bioinformatics 35:1553): a metric of links, an aggregate over the links of a path, and one over the paths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from litkg.hypotheses.choices import BREADTH, LAYERS, LINK_AGGREGATES, MOST_INTERMEDIATES, PATH_AGGREGATES
from litkg.hypotheses.links import Links, Places, link
from litkg.hypotheses.literature import Flags, Floats, Ints, Literature
from litkg.hypotheses.metrics import strength
from litkg.hypotheses.scoring import AGGREGATES, Joined

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
    """What is searched for, and how it is scored. `via` and `targets` say which concepts may be intermediates and targets; None: all."""

    metric: str = "belief"
    path_aggregate: str = "product"
    link_aggregate: str = "noisy-or"
    layer: str = "claims"
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
        ):
            if value not in choices:
                raise ValueError(f"{name} {value!r} is none of {', '.join(choices)}")
        if not 1 <= self.intermediates <= MOST_INTERMEDIATES:
            raise ValueError(f"{self.intermediates} intermediates: from 1 to {MOST_INTERMEDIATES} are possible")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Paths from one concept, in no order: `via[i]` are the intermediates of path i, `places[i]` its links in the table, `score` its strength."""

    via: Ints
    target: Ints
    places: Places
    score: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Targets, best first: of each the score and the number of paths."""

    target: Ints
    score: Floats
    n_paths: Ints


def open_discovery(links: Links, start: int, search: Search) -> Candidates:
    """Return the targets that are not linked with `start` but by intermediates, best first; equal ones in the order of concepts.

    What a form of `start` is linked with is known, and so are the forms of what is.
    """
    wanted = ~known_to(links, start, search.layer)
    if search.targets is not None:
        wanted &= search.targets
    paths = paths_from(links, start, search, wanted=wanted)
    counts = np.bincount(paths.target, minlength=links.n_concepts)
    found = np.flatnonzero(counts)
    n_paths = counts[found]
    at = np.zeros(links.n_concepts, dtype=np.int64)
    at[found] = np.arange(len(found), dtype=np.int64)
    score = AGGREGATES[search.link_aggregate](
        Joined(links=links, start=start, via=paths.via, target=paths.target, score=paths.score, at=at[paths.target], n_paths=n_paths)
    )
    order = np.lexsort((found, -score))
    return Candidates(target=found[order].astype(np.int32), score=score[order], n_paths=n_paths[order].astype(np.int32))


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


def closed_discovery(links: Links, start: int, end: int, search: Search) -> Paths:
    """Return the paths between two concepts, strongest first, whether or not the two are linked themselves."""
    found = paths_from(links, start, search, end=end)
    order = np.lexsort((*found.via.T[::-1], -found.score))
    return Paths(via=found.via[order], target=found.target[order], places=found.places[order], score=found.score[order])


def discoverable(literature: Literature, *, after: int, until: int, layer: str = "claims") -> list[tuple[int, int]]:
    """Return the pairs of concepts, the lower place first, that are first linked after the year `after`, up to and in `until`; those of one document or more.

    The two must both be known by `after`: what is mentioned for the first time cannot have been foreseen.
    """
    before, then = link(literature.until(after)), link(literature.between(after, until))
    found = []
    for first in range(then.n_concepts):
        if not before.mentioning[first]:
            continue
        for second in linked_with(then, first, layer).tolist():
            if first < second and before.mentioning[second]:
                place = before.place(first, second)
                if place is None or not _linked(before, slice(place, place + 1), layer).size:
                    found.append((first, second))
    return found


def paths_from(links: Links, start: int, search: Search, *, end: int | None = None, wanted: Flags | None = None) -> Paths:
    """Return the paths from `start` over as many intermediates as the search says, to any concept, to those that are `wanted`, or to `end`, which is no
    intermediate.

    All are looked at where there is one intermediate; with more, the strongest `breadth` go on at each further step.
    """
    aggregate = _PATH_AGGREGATES[search.path_aggregate]
    first = _linked(links, links.row(start), search.layer)
    first = first[links.other[first] != end] if end is not None else first
    strengths = strength(links, search.metric, np.full(len(first), start, dtype=np.int32), first)
    nodes, places = links.other[first][:, np.newaxis], first[:, np.newaxis]
    weights = strengths[:, np.newaxis]
    for step in range(search.intermediates):
        if search.via is not None:
            fit = search.via[nodes[:, -1]]
            nodes, places, weights = nodes[fit], places[fit], weights[fit]
        if step:
            best = np.argsort(-aggregate(weights), kind="stable")[: search.breadth]
            nodes, places, weights = nodes[best], places[best], weights[best]
        last = step + 1 == search.intermediates
        nodes, places, weights = _further(links, start, search, nodes, places, weights, end=end, wanted=wanted if last else None, last=last)
    return Paths(via=nodes[:, :-1], target=nodes[:, -1], places=places, score=aggregate(weights) if len(weights) else np.zeros(0))


def _further(
    links: Links,
    start: int,
    search: Search,
    nodes: Ints,
    places: Places,
    weights: Floats,
    *,
    end: int | None,
    wanted: Flags | None,
    last: bool,
) -> tuple[Ints, Places, Floats]:
    """Return the paths with one step more, none back to where it has been."""
    further, owner = links.places_of(nodes[:, -1]) if end is None or not last else links.places_to(nodes[:, -1], end)
    other = links.other[further]
    fit = (other != start) & _is_linked(links, further, search.layer)
    if wanted is not None:
        fit &= wanted[other]
    if end is not None and not last:
        fit &= other != end
    further, owner, other = further[fit], owner[fit], other[fit]
    fresh = np.ones(len(other), dtype=np.bool_)
    for earlier in nodes.T[:-1]:
        fresh &= earlier[owner] != other
    if not fresh.all():
        further, owner, other = further[fresh], owner[fresh], other[fresh]
    added = strength(links, search.metric, nodes[owner, -1], further)
    return (
        np.concatenate([nodes[owner], other[:, np.newaxis]], axis=1),
        np.concatenate([places[owner], further[:, np.newaxis]], axis=1),
        np.concatenate([weights[owner], added[:, np.newaxis]], axis=1),
    )


def _linked(links: Links, row: slice, layer: str) -> Places:
    places = np.arange(row.start, row.stop, dtype=np.int64)
    return places[_is_linked(links, places, layer)]


def _is_linked(links: Links, places: Places, layer: str) -> Flags:
    if layer == "claims":
        return links.told[places] > 0
    if layer == "mentions":
        return links.shared[places] > 0
    return (links.told[places] > 0) | (links.shared[places] > 0)
