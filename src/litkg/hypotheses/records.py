"""What users see of hypotheses, by name: steps, routes, linking terms, and hypotheses themselves.

Owns the records; refuses to make them.
"""

from __future__ import annotations

from dataclasses import dataclass

Parts = tuple[tuple[str, float], ...]
"""What a score is made of, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedHop:
    """One step of a route: `sign` is what more of `start` goes with in `end`, 0 where unknown; `belief` that any claim holds between the two; `causal` is true
    where a claim says that `start` acts on `end`, `backward` where claims say only that `end` acts on `start`, `divided` where there are claims of both
    signs."""

    start: str
    start_name: str
    end: str
    end_name: str
    sign: int
    causal: bool
    backward: bool
    divided: bool
    belief: float
    shared_documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRoute:
    """A path of hops; `sign` is the product of theirs; `direction` 1 where each concept acts on the next, -1 where each is acted on by the next, else 0;
    `score` its strength."""

    hops: tuple[NamedHop, ...]
    sign: int
    direction: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingTerm:
    """An intermediate, and the share of the weight of all paths that goes over it, in [0, 1]."""

    id: str
    name: str
    category: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """That `subject` and `object`, which nothing links, have to do with each other.

    `sign` is what more of the subject should mean for the object (1 more, -1 less, 0 not known) by the stronger side of the causal chains, or of the routes
    where no chain has a sign; `agreement` the share of their weight on that side, None where none has a sign; `direction` is 1 where chains of causal claims
    lead from the subject to the object, -1 where they lead back, 0 where there are none on that side. `n_paths` counts the paths of the search, of which
    `routes` are those that add most; `mechanisms` are the causal chains, `disagreeing` what is against the sign. `parts` say how much of the score comes from
    which kind of path (`explaining.KINDS`), or what a learned ranker makes of it; `linking_terms` are the concepts between the two, most important first.
    `reading` is "repurposing" or "adverse event" where the sign says one of them of something given and a disease; `known_relatives` are the names of directly
    wider and narrower concepts that are linked already. `shared_documents` mention both.
    """

    rank: int
    subject: str
    subject_name: str
    object: str
    object_name: str
    category: str
    score: float
    parts: Parts
    n_paths: int
    sign: int
    agreement: float | None
    direction: int
    reading: str | None
    shared_documents: int
    known_relatives: tuple[str, ...]
    linking_terms: tuple[LinkingTerm, ...]
    routes: tuple[NamedRoute, ...]
    mechanisms: tuple[NamedRoute, ...]
    disagreeing: tuple[NamedRoute, ...]

    @property
    def best(self) -> NamedRoute:
        """The chain of causal claims that counts most, else the path that does."""
        return (self.mechanisms or self.routes)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What joins two concepts: the intermediates, the paths that add most, and the chains of causal claims."""

    linking_terms: tuple[LinkingTerm, ...]
    routes: tuple[NamedRoute, ...]
    mechanisms: tuple[NamedRoute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPair:
    """Two concepts that came to be linked, and how many papers of that time mention both."""

    first: str
    first_name: str
    second: str
    second_name: str
    papers: int
