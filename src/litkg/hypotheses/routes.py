"""What a path says: whether more of the first concept would mean more or less of the last, and whether anybody says that one is the cause.

Owns the reading of paths and of all paths to one target together; refuses to search for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from litkg.hypotheses.links import Links, Places
from litkg.hypotheses.literature import Flags, Floats
from litkg.hypotheses.scoring import NONE

Codes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link of a path as walked. `sign` is what more of `start` goes with in `end`: 1, -1, or 0 where it is unknown or the claims are divided. `causal`: a
    claim says that `start` acts on `end`; `backward`: only that `end` acts on `start`."""

    start: int
    end: int
    sign: int
    causal: bool
    backward: bool
    divided: bool
    belief: float
    shared_documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One path. `sign` is the product of those of its hops; `score` its strength."""

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
    def direction(self) -> int:
        """1 where each concept acts on the next, -1 where each is acted on by the next, 0 for a correlation at most."""
        return _direction(all(hop.causal for hop in self.hops), all(hop.backward for hop in self.hops))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What paths say, one beside the other: their `sign`, and their `direction` as of `Route`; `claimed` where a claim carries each of their links."""

    sign: Codes
    direction: Codes
    claimed: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What all paths to one target say together: the sign of the stronger side, the share of the weight of those with a sign that is on it (None where none has
    one), and the direction of the causal chains of that side, 0 where there is none."""

    sign: int
    agreement: float | None
    direction: int


def read_hop(links: Links, start: int, place: int) -> Hop:
    """Return what the link at `place` says, walked from `start`.

    Where `start` acts on the other that counts alone; else what goes together or acts the other way round gives the sign, and no cause.
    """
    causal, backward, up, down = (values[0] for values in _claims(links, np.array([place], dtype=np.int64)))
    return Hop(
        start=start,
        end=int(links.other[place]),
        sign=int(up > down) - int(up < down),
        causal=bool(causal),
        backward=bool(backward),
        divided=bool(up > 0 and down > 0),
        belief=float(links.told[place]),
        shared_documents=int(links.shared[place]),
    )


def read_route(links: Links, start: int, places: Sequence[int], score: float) -> Route:
    """Return what the path over these places says; those that are NONE are passed over."""
    hops: list[Hop] = []
    for place in places:
        if place != NONE:
            hops.append(read_hop(links, hops[-1].end if hops else start, int(place)))
    return Route(hops=tuple(hops), score=score)


def listen(links: Links, places: Places) -> Said:
    """Return what paths say, a row of `places` each. Hubs are joined by thousands, so none is read by itself."""
    absent = places == NONE
    causal, backward, up, down = _claims(links, places)
    sign = np.where(absent, 1, (up > down).astype(np.int8) - (up < down).astype(np.int8)).prod(axis=1)
    forth, back = (causal | absent).all(axis=1), (backward | absent).all(axis=1)
    return Said(
        sign=sign.astype(np.int8),
        direction=forth.astype(np.int8) - back.astype(np.int8),
        claimed=((links.told[places] > 0) | absent).all(axis=1),
    )


def weigh(said: Said, weights: Floats) -> Verdict:
    """Return what paths to one target say together, each with its weight."""
    positive = np.maximum(weights, 0.0)
    sides = {sign: float(positive[said.sign == sign].sum()) for sign in (1, -1)}
    signed = sides[1] + sides[-1]
    sign = (sides[1] > sides[-1]) - (sides[1] < sides[-1])
    forth, back = (float(positive[(said.sign == sign) & (said.direction == way)].sum()) for way in (1, -1))
    return Verdict(sign=sign, agreement=max(sides.values()) / signed if signed else None, direction=_direction(forth > 0 and forth >= back, back > forth))


def _direction(forth: bool, back: bool) -> int:
    return 1 if forth else -1 if back else 0


def _claims(links: Links, places: Places) -> tuple[Flags, Flags, Floats, Floats]:
    """Return of each link whether the first acts on the other, whether only the other acts on it, and the beliefs in more and in less."""
    back = links.back[places]
    causal = links.acts[places] > 0
    backward = ~causal & (links.acts[back] > 0)
    mutual = (links.together[places] > 0) | (links.apart[places] > 0)
    turned = backward & ((links.raises[back] > 0) | (links.lowers[back] > 0) | ~mutual)
    up = np.where(causal, links.raises[places], np.where(turned, links.raises[back], links.together[places]))
    down = np.where(causal, links.lowers[places], np.where(turned, links.lowers[back], links.apart[places]))
    return causal, backward, up, down
