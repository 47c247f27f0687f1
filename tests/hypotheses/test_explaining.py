"""What is told of the paths to one target."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from litkg.hypotheses.discovery import Search, closed_discovery
from litkg.hypotheses.explaining import KINDS, Explanation, causal_chains, explain
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Literature
from tests.hypotheses.literatures import Claim, literature, literatures

CAUSES, GOES_WITH = (True, False), (False, True)


def table_of(*claims: Claim, mentions: list[tuple[int, int]] | None = None) -> Links:
    return link(literature(10, [1980], mentions or [], claims, [(place, 0, 0.5, 0.0) for place in range(len(claims))]))


def explanation(table: Links, intermediates: int = 1, most: int = 5) -> Explanation:
    """Return what is told of concepts 0 and 9."""
    search = Search(intermediates=intermediates)
    return explain(table, 0, closed_discovery(table, 0, 9, search), causal_chains(table, 0, search, end=9), most=most)


def test_a_mechanism_of_two_steps_is_told_of_a_search_over_one() -> None:
    told = explanation(table_of((0, 1, 0, *GOES_WITH), (1, 9, 0, *GOES_WITH), (0, 2, 1, *CAUSES), (2, 3, -1, *CAUSES), (3, 9, 1, *CAUSES)))
    assert [route.via for route in told.routes] == [(1,)]
    assert [route.via for route in told.mechanisms] == [(2, 3)]
    assert (told.verdict.sign, told.verdict.direction) == (-1, 1)


def test_chains_back_to_the_start_are_mechanisms_too() -> None:
    told = explanation(table_of((9, 1, -1, *CAUSES), (1, 0, 1, *CAUSES)))
    assert [(route.via, route.direction) for route in told.mechanisms] == [((1,), -1)]
    assert (told.verdict.sign, told.verdict.direction) == (-1, -1)


def test_causal_chains_settle_the_sign_and_others_may_disagree() -> None:
    others = [claim for via in (2, 3) for claim in ((0, via, 1, *GOES_WITH), (via, 9, -1, *GOES_WITH))]
    told = explanation(table_of((0, 1, 1, *CAUSES), (1, 9, 1, *CAUSES), *others))
    assert (told.verdict.sign, told.verdict.agreement) == (1, 1.0)
    assert {route.via for route in told.disagreeing} == {(2,), (3,)}


def test_parts_tell_kinds_of_paths_apart() -> None:
    mentions = [(0, concept) for concept in (0, 4, 9)]
    claims = ((0, 1, 1, *CAUSES), (1, 9, 1, *CAUSES), (0, 2, 1, *GOES_WITH), (2, 9, 1, *CAUSES), (0, 3, 0, *GOES_WITH), (3, 9, 0, *GOES_WITH))
    parts = dict(explanation(table_of(*claims, mentions=mentions)).parts)
    assert list(parts) == list(KINDS)
    assert all(value > 0 for value in parts.values())


@settings(deadline=None)
@given(literatures())
def test_parts_add_up_and_shares_are_shares(drawn: Literature) -> None:
    table = link(drawn)
    paths = closed_discovery(table, 0, 1, Search(intermediates=2))
    told = explain(table, 0, paths, causal_chains(table, 0, Search(), end=1), most=3)
    assert sum(value for _, value in told.parts) == pytest.approx(float(paths.weight.sum()))
    assert all(0 <= share <= 1 + 1e-9 for _, share in told.linking)
    assert all(route.sign == -told.verdict.sign != 0 for route in told.disagreeing)
    assert max(len(told.routes), len(told.mechanisms), len(told.disagreeing), len(told.linking)) <= 3
