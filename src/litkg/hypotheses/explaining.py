"""Why a target is proposed: the paths that add most, the chains of causal claims, what disagrees, and by which concepts it is joined.

Owns what of all paths to one target is told; refuses names and sentences. Causal chains are searched for by themselves, in both directions and over two
intermediates at least: a mechanism is seldom one step long, and papers may say how the target acts on the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from litkg.hypotheses.discovery import Paths, Search, joined, paths_from
from litkg.hypotheses.links import Links, Places
from litkg.hypotheses.literature import Flags
from litkg.hypotheses.routes import Route, Said, Verdict, listen, read_route, weigh
from litkg.hypotheses.scoring import NONE

MECHANISM_STEPS = 2
"""Intermediates that causal chains may have at least, whatever is searched for."""

KINDS = ("causal", "signed", "claimed", "mentioned")
"""Kinds of paths, the first that fits holds: a chain of causal claims; one whose sign is told; one with a claim at each step; documents alone at some step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`routes` add most, most first; `mechanisms` are causal chains, `disagreeing` the routes and chains against the sign of the verdict. `linking` are the
    intermediates, each with its share of the weight of all paths; `parts` the weight of each of KINDS."""

    verdict: Verdict
    routes: tuple[Route, ...]
    mechanisms: tuple[Route, ...]
    disagreeing: tuple[Route, ...]
    linking: tuple[tuple[int, float], ...]
    parts: tuple[tuple[str, float], ...]


def causal_chains(links: Links, start: int, search: Search, *, wanted: Flags | None = None, end: int | None = None) -> Paths:
    """Return the chains of causal claims from `start` to what is `wanted` or to `end`, and those from there to `start`."""
    steps = max(search.intermediates, MECHANISM_STEPS)
    found = [
        paths_from(links, start, replace(search, metric=metric, path_aggregate="product", layer="claims", intermediates=steps), wanted=wanted, end=end)
        for metric in ("causal", "caused")
    ]
    return joined(found)


def explain(links: Links, start: int, paths: Paths, chains: Paths, *, most: int) -> Explanation:
    """Return what is told of the paths and causal chains to one target: at most so many of each kind, and of the intermediates."""
    said, of_chains = listen(links, paths.places), listen(links, chains.places)
    verdict = weigh(of_chains, chains.weight) if (of_chains.sign != 0).any() else weigh(said, paths.weight)
    mechanisms = _best(links, start, chains, np.argsort(-chains.weight, kind="stable")[:most])
    against = [
        route
        for place_of, told in ((chains, of_chains), (paths, said))
        for route in _best(links, start, place_of, _against(place_of, told, verdict.sign)[:most])
    ]
    return Explanation(
        verdict=verdict,
        routes=_best(links, start, paths, np.argsort(-paths.weight, kind="stable")[:most]),
        mechanisms=mechanisms,
        disagreeing=tuple({route.via: route for route in reversed(against)}.values())[::-1][:most],
        linking=linking_terms(paths)[:most],
        parts=_parts(paths, said),
    )


def linking_terms(paths: Paths) -> tuple[tuple[int, float], ...]:
    """Return the intermediates of paths to one target, each with its share of their weight, in [0, 1], most first. On a path of two both have all of it."""
    weight = np.maximum(paths.weight, 0.0)
    total = float(weight.sum())
    rows, columns = np.nonzero(paths.via != NONE)
    concepts, at = np.unique(paths.via[rows, columns], return_inverse=True)
    shares = np.bincount(at, weights=weight[rows], minlength=len(concepts)) / (total or 1.0)
    return tuple((int(concepts[place]), float(shares[place])) for place in np.lexsort((concepts, -shares)))


def _best(links: Links, start: int, paths: Paths, order: Places) -> tuple[Route, ...]:
    chosen: Sequence[list[int]] = paths.places[order].tolist()
    return tuple(read_route(links, start, places, float(score)) for places, score in zip(chosen, paths.score[order], strict=True))


def _against(paths: Paths, said: Said, sign: int) -> Places:
    order = np.argsort(-paths.weight, kind="stable")
    return order[said.sign[order] * sign < 0]


def _parts(paths: Paths, said: Said) -> tuple[tuple[str, float], ...]:
    fits = (said.direction != 0, said.sign != 0, said.claimed)
    kind = np.select(fits, range(len(fits)), default=len(fits))
    return tuple((name, float(paths.weight[kind == place].sum())) for place, name in enumerate(KINDS))
