"""What paths say, sign by sign."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.hypotheses.discovery import Search, closed_discovery
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Literature
from litkg.hypotheses.routes import Route, Verdict, listen, read_route, weigh
from tests.hypotheses.literatures import Claim, literature, literatures

CAUSES, GOES_WITH = (True, False), (False, True)


def table_of(*claims: Claim, beliefs: tuple[float, ...] = ()) -> Links:
    strengths = beliefs or (0.5,) * len(claims)
    return link(literature(10, [1980], [], claims, [(place, 0, strength, 0.0) for place, strength in enumerate(strengths)]))


def routes(table: Links, end: int = 9, intermediates: int = 1) -> list[Route]:
    """Return the routes from concept 0."""
    found = closed_discovery(table, 0, end, Search(metric="belief", intermediates=intermediates))
    return [read_route(table, 0, places, score) for places, score in zip(found.places.tolist(), found.score.tolist(), strict=True)]


def verdict_on(table: Links, end: int = 9, intermediates: int = 1) -> Verdict:
    found = closed_discovery(table, 0, end, Search(metric="belief", intermediates=intermediates))
    return weigh(listen(table, found.places), found.score)


@pytest.mark.parametrize(
    ("claims", "sign", "direction"),
    [
        pytest.param([(0, 1, 1, *CAUSES), (1, 9, -1, *CAUSES)], -1, 1, id="raises what lowers"),
        pytest.param([(0, 1, -1, *CAUSES), (1, 9, -1, *CAUSES)], 1, 1, id="lowers what lowers"),
        pytest.param([(0, 1, 1, *CAUSES), (1, 9, 0, *CAUSES)], 0, 1, id="acts in an unknown direction"),
        pytest.param([(0, 1, 1, *CAUSES), (1, 9, 1, *GOES_WITH)], 1, 0, id="goes with"),
        pytest.param([(0, 1, 1, *CAUSES), (9, 1, -1, *CAUSES)], -1, 0, id="the last acts on the one between"),
        pytest.param([(1, 0, 1, *CAUSES), (1, 9, 1, *CAUSES)], 1, 0, id="a common cause"),
        pytest.param([(1, 0, 1, *CAUSES), (9, 1, -1, *CAUSES)], -1, -1, id="the last acts on the first"),
        pytest.param([(0, 1, 1, *CAUSES), (1, 9, 1, *CAUSES), (9, 1, -1, *CAUSES)], 1, 1, id="the way of the path counts alone"),
        pytest.param([(0, 1, 1, *CAUSES), (1, 9, 0, *GOES_WITH)], 0, 0, id="is associated with"),
    ],
)
def test_a_route_has_the_sign_of_its_hops(claims: list[Claim], sign: int, direction: int) -> None:
    (route,) = routes(table_of(*claims))
    assert (route.sign, route.direction, route.via) == (sign, direction, (1,))


def test_claims_of_both_signs_divide_a_hop() -> None:
    (route,) = routes(table_of((0, 1, 1, *CAUSES), (0, 1, -1, *CAUSES), (1, 9, 1, *CAUSES), beliefs=(0.5, 0.2, 0.5)))
    assert [hop.divided for hop in route.hops] == [True, False]
    assert route.sign == 1


def test_the_stronger_side_has_the_say() -> None:
    verdict = verdict_on(table_of((0, 1, 1, *CAUSES), (1, 9, 1, *CAUSES), (0, 2, -1, *CAUSES), (2, 9, 1, *CAUSES), beliefs=(0.5, 0.6, 0.1, 1.0 - 1e-9)))
    assert (verdict.sign, verdict.direction) == (1, 1)
    assert verdict.agreement == pytest.approx(0.75)


def test_no_side_without_signs() -> None:
    verdict = verdict_on(table_of((0, 1, 0, *CAUSES), (1, 9, 1, *CAUSES)))
    assert (verdict.sign, verdict.agreement) == (0, None)


@settings(deadline=None)
@given(literatures(), st.integers(1, 3))
def test_all_routes_are_weighed_as_they_are_read(drawn: Literature, intermediates: int) -> None:
    table = link(drawn)
    found, verdict = routes(table, 1, intermediates), verdict_on(table, 1, intermediates)
    sides = {sign: sum(route.score for route in found if route.sign == sign) for sign in (1, -1)}
    assert verdict.sign == (sides[1] > sides[-1]) - (sides[1] < sides[-1])
    assert verdict.agreement == (pytest.approx(max(sides.values()) / sum(sides.values())) if sum(sides.values()) else None)
    ways = {way: sum(route.score for route in found if route.sign == verdict.sign and route.direction == way) for way in (1, -1)}
    assert verdict.direction == (0 if not any(ways.values()) else 1 if ways[1] >= ways[-1] else -1)
