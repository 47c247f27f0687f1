"""What a path says: whether more of the first concept would mean more or less of the last, and whether anybody says that it would be the cause.

Owns the reading of paths and of all paths to one target together; refuses to search for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from litkg.hypotheses.links import Links, Places
from litkg.hypotheses.literature import Flags, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link of a path as walked. `sign` is what more of `start` goes with in `end`: 1, -1, or 0 where it is unknown or the claims are divided."""

    start: int
    end: int
    sign: int
    causal: bool
    divided: bool
    belief: float
    shared_documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One path. `sign` is the product of those of its hops; `causal` is true where each concept acts on the next."""

    hops: tuple[Hop, ...]
    score: float

    @property
    def via(self) -> tuple[int, ...]:
        """The intermediates."""
        return tuple(hop.end for hop in self.hops[:-1])

    @property
    def sign(self) -> int:
        """1 where more of the first means more of the last, -1 where it means less, 0 where one hop does not tell."""
        return prod(hop.sign for hop in self.hops)

    @property
    def causal(self) -> bool:
        """Whether all hops are causal, in the direction of the path; else it is a correlation at most."""
        return all(hop.causal for hop in self.hops)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What all routes to one target say together: the sign of the stronger side, the share of the strength of those with a sign that is on it (None where no
    route has one), and whether the routes of that side are causal all along, at least one of them."""

    sign: int
    agreement: float | None
    causal: bool


def read_hop(links: Links, start: int, place: int) -> Hop:
    """Return what the link at `place` says, walked from `start`.

    Where `start` acts on the other that counts alone; else what goes together or acts the other way round gives the sign, and no cause.
    """
    back = int(links.back[place])
    causal = bool(links.acts[place] > 0)
    ways = ((links.raises, links.lowers, place),) if causal else ((links.together, links.apart, place), (links.raises, links.lowers, back))
    told = ((float(up[at]), float(down[at])) for up, down, at in ways)
    up, down = next((pair for pair in told if any(pair)), (0.0, 0.0))
    return Hop(
        start=start,
        end=int(links.other[place]),
        sign=(up > down) - (up < down),
        causal=causal,
        divided=up > 0 and down > 0,
        belief=float(links.told[place]),
        shared_documents=int(links.shared[place]),
    )


def read_route(links: Links, start: int, places: Sequence[int], score: float) -> Route:
    """Return what the path over these places says."""
    hops: list[Hop] = []
    for place in places:
        hops.append(read_hop(links, hops[-1].end if hops else start, int(place)))
    return Route(hops=tuple(hops), score=score)


def weigh(links: Links, places: Places, scores: Floats) -> Verdict:
    """Return what routes to one target say together: a row of `places` each, and its score. Hubs are joined by thousands, so no route is read by itself."""
    signs, causal = _said(links, places)
    sign_of, is_chain = signs.prod(axis=1), causal.all(axis=1)
    weights = np.maximum(scores, 0.0)
    sides = {sign: float(np.bincount(sign_of == sign, weights=weights, minlength=2)[1]) for sign in (1, -1)}
    signed = sides[1] + sides[-1]
    sign = (sides[1] > sides[-1]) - (sides[1] < sides[-1])
    return Verdict(sign=sign, agreement=max(sides.values()) / signed if signed else None, causal=bool(is_chain[sign_of == sign].any()))


def _said(links: Links, places: Places) -> tuple[Ints, Flags]:
    """Return the sign of each link as `read_hop` reads it, and whether it is causal."""
    back = links.back[places]
    causal = links.acts[places] > 0
    mutual = (links.together[places] > 0) | (links.apart[places] > 0)
    up = np.where(causal, links.raises[places], np.where(mutual, links.together[places], links.raises[back]))
    down = np.where(causal, links.lowers[places], np.where(mutual, links.apart[places], links.lowers[back]))
    return (up > down).astype(np.int32) - (up < down).astype(np.int32), causal
