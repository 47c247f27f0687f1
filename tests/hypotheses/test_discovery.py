"""Discovery against the enumeration of all paths."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.hypotheses.choices import LAYERS, LINK_AGGREGATES, METRICS, PATH_AGGREGATES
from litkg.hypotheses.discovery import Search, closed_discovery, discoverable, open_discovery
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Literature
from litkg.hypotheses.metrics import LINKING, strength
from litkg.hypotheses.scoring import NONE
from tests.hypotheses.literatures import literature, literatures

searches = st.builds(
    Search,
    metric=st.sampled_from(METRICS),
    path_aggregate=st.sampled_from(PATH_AGGREGATES),
    link_aggregate=st.sampled_from(LINK_AGGREGATES),
    layer=st.sampled_from(LAYERS),
    known=st.sampled_from(LAYERS),
    intermediates=st.integers(1, 3),
)


def is_linked(table: Links, first: int, second: int, layer: str) -> bool:
    place = table.place(first, second)
    if place is None:
        return False
    told, shared = table.told[place] > 0, table.shared[place] > 0
    return bool({"claims": told, "mentions": shared, "any": told or shared}[layer])


def all_paths(table: Links, start: int, search: Search, hidden: int | None = None) -> dict[tuple[int, ...], float]:
    """Return the score of each path by its nodes after the start."""
    others = [concept for concept in range(table.n_concepts) if concept != start]
    found = {}
    for length in range(1, search.intermediates + 1):
        for nodes in permutations(others, length + 1):
            steps = list(zip((start, *nodes), nodes, strict=False))
            if hidden in nodes[:-1] or not all(is_linked(table, *step, search.layer) for step in steps):
                continue
            weights = [strength(table, search.metric, np.array([a]), np.array([table.place(a, b)]))[0] for a, b in steps]
            if search.metric in LINKING and min(weights) <= 0:
                continue
            found[nodes] = {"min": min(weights), "max": max(weights), "product": math.prod(weights), "mean": sum(weights) / len(weights)}[search.path_aggregate]
    return found


def forms(table: Links, concept: int) -> set[int]:
    return {concept, *(other for other in range(table.n_concepts) if (place := table.place(concept, other)) is not None and table.same[place] > 0)}


def known(table: Links, layer: str) -> set[int]:
    """Return what is known to have to do with concept 0."""
    linked = {other for form in forms(table, 0) for other in range(table.n_concepts) if other == form or is_linked(table, form, other, layer)}
    return {form for other in linked for form in forms(table, other)}


@settings(deadline=None)
@given(literatures(), searches)
def test_open_discovery_finds_all_that_is_joined_and_not_linked(drawn: Literature, search: Search) -> None:
    table = link(drawn)
    by_target: dict[int, list[float]] = {}
    for nodes, score in all_paths(table, 0, search).items():
        if nodes[-1] not in known(table, search.known):
            by_target.setdefault(nodes[-1], []).append(score)
    found = open_discovery(table, 0, search)
    assert dict(zip(found.target.tolist(), found.n_paths.tolist(), strict=True)) == {target: len(scores) for target, scores in by_target.items()}
    assert found.score.tolist() == sorted(found.score.tolist(), reverse=True)
    for target, score in zip(found.target.tolist(), found.score.tolist(), strict=True):
        scores = by_target[target]
        paths = {nodes: score for nodes, score in all_paths(table, 0, search).items() if nodes[-1] == target}
        degree = [int(table.start[concept + 1] - table.start[concept]) for concept in range(table.n_concepts)]
        average = max(sum(scores) / len(scores), 0.0)
        bounded = [min(max(item, 0.0), 1.0) for item in scores]
        wanted = {
            "sum": sum(scores),
            "max": max(scores),
            "mean": sum(scores) / len(scores),
            "count": len(scores),
            "noisy-or": 1 - math.prod(1 - item for item in bounded),
            "ltc-amw": len(scores) + average / (1 + average),
            "adamic-adar": sum(paths[nodes] * math.prod(1 / math.log(max(degree[via], math.e)) for via in nodes[:-1]) for nodes in paths),
            "cohesiveness": sum(paths[nodes] * math.prod(float(table.cohesion[via]) for via in nodes[:-1]) for nodes in paths),
            "dwpc": sum(paths[nodes] * math.prod((degree[a] * degree[b]) ** -0.4 for a, b in zip((0, *nodes), nodes, strict=False)) for nodes in paths),
        }[search.link_aggregate]
        assert math.isclose(score, wanted, rel_tol=1e-6, abs_tol=1e-6)


@settings(deadline=None)
@given(literatures(), searches)
def test_closed_discovery_finds_the_paths_between_two(drawn: Literature, search: Search) -> None:
    table = link(drawn)
    wanted = {nodes: score for nodes, score in all_paths(table, 0, search, hidden=1).items() if nodes[-1] == 1}
    found = closed_discovery(table, 0, 1, search)
    paths = [(*(concept for concept in via if concept != NONE), 1) for via in found.via.tolist()]
    assert sorted(paths) == sorted(wanted)
    for nodes, score in zip(paths, found.score.tolist(), strict=True):
        assert math.isclose(score, wanted[nodes], rel_tol=1e-6, abs_tol=1e-6)
    assert found.weight.tolist() == sorted(found.weight.tolist(), reverse=True)


def test_a_hidden_link_is_found_anew() -> None:
    claims = [(0, 1, 1, True, False), (1, 2, 1, True, False), (0, 2, 1, True, False)]
    table = link(literature(3, [1980], [], claims, [(claim, 0, 0.5, 0.0) for claim in range(3)]))
    assert open_discovery(table, 0, Search()).target.tolist() == []
    found = open_discovery(table.without([(2, 0)]), 0, Search())
    assert (found.target.tolist(), found.n_paths.tolist()) == ([2], [1])
    assert found.score.tolist() == [pytest.approx(0.25**2)]  # half of each belief; a concept linked with two is no hub


@settings(deadline=None)
@given(literatures(), st.sampled_from(LAYERS))
def test_discoverable_pairs_are_first_linked_later(drawn: Literature, layer: str) -> None:
    before, then = link(drawn.until(1982)), link(drawn.between(1982, 1985))
    wanted = {
        (first, second)
        for first in range(before.n_concepts)
        for second in range(first + 1, before.n_concepts)
        if before.mentioning[first] and before.mentioning[second] and is_linked(then, first, second, layer) and not is_linked(before, first, second, layer)
    }
    found = discoverable(drawn, after=1982, until=1985, layer=layer)
    assert [(first, second) for first, second, _ in found] == sorted(wanted)
    assert all(papers == (0 if (place := then.place(first, second)) is None else then.shared[place]) for first, second, papers in found)


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="layer 'x' is none of claims, mentions, any"):
        Search(layer="x")
    with pytest.raises(ValueError, match="4 intermediates"):
        Search(intermediates=4)


def test_a_hub_tells_less_than_what_few_are_linked_with() -> None:
    """Concepts 2 and 3 are joined with 0 by links that are equally strong, one over a hub."""
    claims = [(0, 1, 1, True, False), (1, 2, 1, True, False), (0, 4, 1, True, False), (4, 3, 1, True, False)]
    claims += [(1, other, 1, True, False) for other in range(5, 30)]
    found = open_discovery(link(literature(30, [1980], [], claims, [(claim, 0, 0.5, 0.0) for claim in range(len(claims))])), 0, Search())
    assert found.target.tolist()[0] == 3
    assert found.score[0] > 2 * found.score[1]
