"""The ranking of pairs against that of each concept by itself."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.hypotheses.choices import LAYERS, LINK_AGGREGATES, METRICS
from litkg.hypotheses.discovery import Search, ends_of, open_discovery
from litkg.hypotheses.hierarchy import hierarchy_of
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Flags, Literature
from litkg.hypotheses.pairs import BLOCKS, RANKED, SMALLEST_BLOCK, Pairing, best_of, blocks_of, rank_from, starts_of
from litkg.hypotheses.proposing import Discovery
from tests.hypotheses.literatures import literatures

flags = st.lists(st.booleans(), min_size=7, max_size=7)
searches = st.builds(
    Search,
    metric=st.sampled_from(METRICS),
    link_aggregate=st.sampled_from(LINK_AGGREGATES),
    layer=st.sampled_from(LAYERS),
    intermediates=st.integers(1, 2),
)


def some(drawn: list[bool], table: Links) -> Flags:
    return np.array(drawn[: table.n_concepts], dtype=np.bool_)


def pairing_of(
    table: Links, search: Search, starts: list[bool], targets: list[bool], per_concept: int = 2, aside: frozenset[tuple[int, int]] = frozenset()
) -> Pairing:
    return Pairing(
        search=Search(
            metric=search.metric,
            link_aggregate=search.link_aggregate,
            layer=search.layer,
            intermediates=search.intermediates,
            targets=some(targets, table),
        ),
        starts=some(starts, table),
        per_concept=per_concept,
        aside=aside,
    )


@settings(deadline=None)
@given(literatures(), searches, flags, flags, st.integers(1, 4), st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=3))
def test_pairs_are_those_of_each_concept(
    drawn: Literature, search: Search, starts: list[bool], targets: list[bool], limit: int, aside: set[tuple[int, int]]
) -> None:
    table = link(drawn)
    pairing = pairing_of(table, search, starts, targets, aside=frozenset(aside))
    wanted = []
    for start in range(table.n_concepts):
        if not starts[start]:
            continue
        found = open_discovery(table, start, pairing.search)
        own = [
            (start, target, score, n_paths)
            for target, score, n_paths in zip(found.target.tolist(), found.score.tolist(), found.n_paths.tolist(), strict=True)
            if (start, target) not in aside and not (pairing.once and target < start and starts[target] and targets[start])
        ]
        wanted += own[:2]
    wanted.sort(key=lambda row: (-row[2], row[0], row[1]))
    assert best_of([rank_from(table, pairing, starts_of(table, pairing))], limit).tolist() == wanted[:limit]


@settings(deadline=None)
@given(literatures(), searches, st.randoms(use_true_random=False), st.integers(1, 5))
def test_neither_blocks_nor_their_order_change_the_ranking(drawn: Literature, search: Search, random: Random, limit: int) -> None:
    table = link(drawn)
    pairing = pairing_of(table, search, [True] * 7, [True] * 7)
    starts = starts_of(table, pairing)
    whole = best_of([rank_from(table, pairing, starts)], limit)
    blocks = [rank_from(table, pairing, starts[place : place + 1]) for place in range(len(starts))]
    random.shuffle(blocks)
    assert best_of(blocks, limit).tolist() == whole.tolist()


@settings(deadline=None)
@given(literatures(), searches, flags)
def test_a_score_is_the_same_from_both_ends_where_pairs_are_ranked_once(drawn: Literature, search: Search, ends: list[bool]) -> None:
    table = link(drawn)
    pairing = pairing_of(table, search, ends, ends, per_concept=9)
    if not pairing.once:
        return
    found = {
        (start, target): score
        for start in range(table.n_concepts)
        for target, score in zip(*(part.tolist() for part in (lambda c: (c.target, c.score))(open_discovery(table, start, pairing.search))), strict=True)
    }
    assert all(found[target, start] == pytest.approx(score) for (start, target), score in found.items() if ends[start] and ends[target])


@settings(deadline=None)
@given(literatures(), searches, flags)
def test_the_links_to_targets_are_all_that_is_needed(drawn: Literature, search: Search, targets: list[bool]) -> None:
    table = link(drawn)
    pairing = pairing_of(table, search, [True] * 7, targets)
    ends = ends_of(table, pairing.search)
    for start in range(table.n_concepts):
        plain, quick = open_discovery(table, start, pairing.search), open_discovery(table, start, pairing.search, ends=ends)
        assert (plain.target.tolist(), plain.score.tolist(), plain.n_paths.tolist()) == (quick.target.tolist(), quick.score.tolist(), quick.n_paths.tolist())


@settings(deadline=None)
@given(literatures(), st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8)), max_size=8))
def test_what_is_implied_is_left_out(drawn: Literature, filed: list[tuple[int, int]]) -> None:
    table = link(drawn)
    above: dict[str, set[str]] = {}
    for one, other in filed:
        above.setdefault(f"c:{one:03d}", set()).add(f"c:{other:03d}")

    def parents(concept: str) -> set[str]:
        return above.get(concept, set())

    hierarchy, discovery = hierarchy_of(drawn.concepts, parents), Discovery(drawn, hierarchy=hierarchy_of(drawn.concepts, parents))
    every = np.ones(table.n_concepts, dtype=np.bool_)
    for start, concept in enumerate(drawn.concepts.ids):
        pairing = Pairing(search=Search(metric="causal"), starts=every, per_concept=9, hierarchy=hierarchy)
        ranked = rank_from(table, pairing, np.array([start], dtype=np.int32))
        assert [drawn.concepts.ids[row[1]] for row in ranked.tolist()] == [item.object for item in discovery.open_discovery(concept, metric="causal")]


def test_nothing_to_rank_is_an_empty_ranking() -> None:
    assert best_of([], 5).dtype == RANKED
    assert list(blocks_of(np.zeros(0, dtype=np.int32))) == []


@pytest.mark.parametrize("n", [1, SMALLEST_BLOCK, SMALLEST_BLOCK + 1, BLOCKS * SMALLEST_BLOCK + 1])
def test_blocks_are_all_concepts_once(n: int) -> None:
    blocks = list(blocks_of(np.arange(n, dtype=np.int32)))
    assert np.array_equal(np.concatenate(blocks), np.arange(n))
    assert len(blocks) <= BLOCKS
