"""Ranked hypotheses about concepts of one graph, by name: `Discovery`.

Owns the records that users see and how they are put together from a search; refuses to print, and to know any one store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from litkg.hypotheses.choices import BREADTH
from litkg.hypotheses.discovery import Candidates, Search, closed_discovery, discoverable, known_to, open_discovery, paths_from
from litkg.hypotheses.explaining import Explanation, causal_chains, explain
from litkg.hypotheses.features import claimed_degrees, pair_features
from litkg.hypotheses.hierarchy import Hierarchy
from litkg.hypotheses.kept import Table
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Concepts, Floats, Literature
from litkg.hypotheses.marks import Mark
from litkg.hypotheses.pairs import Ranked
from litkg.hypotheses.ranker import Judged, OnStart, Ranker, strongest_parts, train
from litkg.hypotheses.readings import reading
from litkg.hypotheses.routes import Hop, Route

ROUTES_SHOWN = 10

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


class Discovery:
    """Open and closed discovery on a literature, after LION LBD's interface; concepts are given by id."""

    def __init__(
        self,
        literature: Literature | Table,
        *,
        until_year: int | None = None,
        hide: Iterable[tuple[str, str]] = (),
        hierarchy: Hierarchy | None = None,
    ) -> None:
        """Look at `literature`, up to a year where one is given, as if nothing linked the pairs of ids in `hide`; `hierarchy` tells what concepts are
        filed under. A table has its links already.

        Raises: KeyError for an id that is not there.
        """
        self._literature = literature.literature if isinstance(literature, Table) else literature
        self._read = self._literature if until_year is None else self._literature.until(until_year)
        self.concepts: Concepts = self._literature.concepts
        if isinstance(literature, Table) and until_year is None:
            links = literature.links
        else:
            links = link(self._read)
        pairs = [(self.concepts.index(first), self.concepts.index(second)) for first, second in hide]
        self.links: Links = links.without(pairs) if pairs else links
        self._hierarchy = hierarchy

    def open_discovery(
        self,
        a: str,
        *,
        metric: str = "combined",
        path_aggregate: str = "product",
        link_aggregate: str = "adamic-adar",
        layer: str = "any",
        known: str = "any",
        intermediates: int = 1,
        breadth: int = BREADTH,
        categories: Sequence[str] = (),
        via_categories: Sequence[str] = (),
        with_implied: bool = False,
        readings: Sequence[str] = (),
        limit: int = 25,
        routes_shown: int = ROUTES_SHOWN,
        ranker: Ranker | None = None,
    ) -> list[Hypothesis]:
        """Return hypotheses about `a`, best first: what it is not linked with but by intermediates. A `ranker` ranks them in the place of metric and
        aggregates.

        What is wider than something that a claim links with `a` is left out unless `with_implied`. `readings` keeps those with one of these readings.
        Raises: KeyError for an id or a metric that is not there, ValueError for another choice that is not.
        """
        start = self.concepts.index(a)
        search = Search(
            metric=metric,
            path_aggregate=path_aggregate,
            link_aggregate=link_aggregate,
            layer=layer,
            known=known,
            intermediates=intermediates,
            breadth=breadth,
            targets=self.concepts.of_category(categories) if categories else None,
            via=self.concepts.of_category(via_categories) if via_categories else None,
        )
        found = open_discovery(self.links, start, search)
        added: dict[int, Floats] = {}
        if ranker is not None:
            found, added = self._reranked(start, found, ranker, search.known)
        return list(self._told(start, found, search, added, limit=limit, with_implied=with_implied, readings=readings, most=routes_shown))

    def closed_discovery(
        self,
        a: str,
        c: str,
        *,
        metric: str = "combined",
        path_aggregate: str = "product",
        link_aggregate: str = "adamic-adar",
        layer: str = "any",
        intermediates: int = 1,
        breadth: int = BREADTH,
        via_categories: Sequence[str] = (),
        limit: int = 25,
    ) -> Joining:
        """Return what joins `a` and `c`, most important first, whether or not the two are linked themselves.

        Raises: as `open_discovery`.
        """
        start, end = self.concepts.index(a), self.concepts.index(c)
        search = Search(
            metric=metric,
            path_aggregate=path_aggregate,
            link_aggregate=link_aggregate,
            layer=layer,
            intermediates=intermediates,
            breadth=breadth,
            via=self.concepts.of_category(via_categories) if via_categories else None,
        )
        paths = closed_discovery(self.links, start, end, search)
        told = explain(self.links, start, paths, causal_chains(self.links, start, search, end=end), most=limit)
        return Joining(linking_terms=self._terms(told), routes=tuple(map(self._named, told.routes)), mechanisms=tuple(map(self._named, told.mechanisms)))

    def described(self, ranked: Ranked, search: Search, *, routes_shown: int = ROUTES_SHOWN) -> Iterator[Hypothesis]:
        """Yield pairs that were ranked by this search as hypotheses with their ranks: those from one concept together, as they are joined by the same links."""
        ranks = np.arange(1, len(ranked) + 1)
        for start in np.unique(ranked["start"]).tolist():
            own = ranked["start"] == start
            wanted = np.zeros(self.links.n_concepts, dtype=np.bool_)
            wanted[ranked["target"][own]] = True
            paths, chains = paths_from(self.links, start, search, wanted=wanted), causal_chains(self.links, start, search, wanted=wanted)
            found = Candidates(target=ranked["target"][own], score=ranked["score"][own], n_paths=ranked["n_paths"][own], paths=paths)
            for place, rank in enumerate(ranks[own].tolist()):
                end = int(found.target[place])
                told = explain(self.links, start, paths.of(paths.target == end), chains.of(chains.target == end), most=routes_shown)
                read = reading(self.concepts.categories[start], self.concepts.categories[end], told.verdict.sign)
                yield self._hypothesis(start, found, place, search, told, told.parts, rank=rank, read=read)

    def discoverable(self, *, after: int, until: int, layer: str = "any") -> list[tuple[str, str]]:
        """Return the pairs of ids of concepts that are first linked after the year `after`, up to and in `until`, both known by then."""
        ids = self.concepts.ids
        return [(ids[first], ids[second]) for first, second in discoverable(self._literature, after=after, until=until, layer=layer)]

    def train(self, *, known: str = "any", marks: Iterable[Mark] = (), seed: int = 0, on_start: OnStart | None = None) -> Ranker:
        """Return a ranker that has learned from the past of this literature, up to its year, and from what users have marked.

        Raises: TooLittlePast, a ValueError, where there is too little to learn from.
        """
        places = {concept: place for mark in marks for concept in mark.pair if (place := self._place(concept)) is not None}
        judged = [
            Judged(first=places[first], second=places[second], worth=mark.verdict != "rejected")
            for mark in marks
            for first, second in (mark.pair, mark.pair[::-1])
            if first in places and second in places
        ]
        return train(self._read, known=known, judged=judged, seed=seed, on_start=on_start)

    def _place(self, concept: str) -> int | None:
        return self.concepts.index(concept) if concept in self.concepts else None

    def _reranked(self, start: int, found: Candidates, ranker: Ranker, known: str) -> tuple[Candidates, dict[int, Floats]]:
        """Return the candidates as a ranker ranks them, and what each feature adds for each. Those that no path over one concept reaches come last."""
        pairs = pair_features(self.links, start, ~known_to(self.links, start, known), claimed_degrees(self.links))
        added = ranker.contributions(pairs)
        score = np.full(self.links.n_concepts, added.sum(axis=1).min(initial=0.0))
        score[pairs.target] = added.sum(axis=1)
        order = np.lexsort((found.target, -score[found.target]))
        ranked = replace(found, target=found.target[order], score=score[found.target[order]], n_paths=found.n_paths[order])
        return ranked, dict(zip(pairs.target.tolist(), added, strict=True))

    def _told(
        self, start: int, found: Candidates, search: Search, added: Mapping[int, Floats], *, limit: int, with_implied: bool, readings: Sequence[str], most: int
    ) -> Iterator[Hypothesis]:
        """Yield the best hypotheses. They are explained a block at a time, since a filter may leave few of them."""
        rank = 0
        is_news = np.ones(self.links.n_concepts, dtype=np.bool_)
        if self._hierarchy is not None and not with_implied:
            is_news = ~self._hierarchy.implied(self.links, start)
        news = iter(np.flatnonzero(is_news[found.target]).tolist())
        while rank < limit and (block := list(islice(news, limit))):
            wanted = np.zeros(self.links.n_concepts, dtype=np.bool_)
            wanted[found.target[block]] = True
            paths = found.paths.of(wanted[found.paths.target])
            chains = causal_chains(self.links, start, search, wanted=wanted)
            for place in block:
                end = int(found.target[place])
                told = explain(self.links, start, paths.of(paths.target == end), chains.of(chains.target == end), most=most)
                read = reading(self.concepts.categories[start], self.concepts.categories[end], told.verdict.sign)
                if readings and read not in readings:
                    continue
                rank += 1
                parts = strongest_parts(added[end].tolist()) if end in added else told.parts
                yield self._hypothesis(start, found, place, search, told, parts, rank=rank, read=read)
                if rank == limit:
                    return

    def _hypothesis(
        self, start: int, found: Candidates, place: int, search: Search, told: Explanation, parts: Parts, *, rank: int, read: str | None
    ) -> Hypothesis:
        end = int(found.target[place])
        pair = self.links.place(start, end)
        return Hypothesis(
            rank=rank,
            subject=self.concepts.ids[start],
            subject_name=self.concepts.names[start],
            object=self.concepts.ids[end],
            object_name=self.concepts.names[end],
            category=self.concepts.categories[end][0],
            score=float(found.score[place]),
            parts=parts,
            n_paths=int(found.n_paths[place]),
            sign=told.verdict.sign,
            agreement=told.verdict.agreement,
            direction=told.verdict.direction,
            reading=read,
            shared_documents=0 if pair is None else int(self.links.shared[pair]),
            known_relatives=self._known_relatives(start, end, search.known),
            linking_terms=self._terms(told),
            routes=tuple(map(self._named, told.routes)),
            mechanisms=tuple(map(self._named, told.mechanisms)),
            disagreeing=tuple(map(self._named, told.disagreeing)),
        )

    def _known_relatives(self, start: int, end: int, known: str) -> tuple[str, ...]:
        if self._hierarchy is None:
            return ()
        return tuple(sorted(self.concepts.names[place] for place in self._hierarchy.known_relatives(self.links, start, end, known)))

    def _terms(self, told: Explanation) -> tuple[LinkingTerm, ...]:
        ids, names, categories = self.concepts.ids, self.concepts.names, self.concepts.categories
        return tuple(LinkingTerm(id=ids[place], name=names[place], category=categories[place][0], share=share) for place, share in told.linking)

    def _named(self, route: Route) -> NamedRoute:
        return NamedRoute(hops=tuple(map(self._named_hop, route.hops)), sign=route.sign, direction=route.direction, score=route.score)

    def _named_hop(self, hop: Hop) -> NamedHop:
        ids, names = self.concepts.ids, self.concepts.names
        return NamedHop(
            start=ids[hop.start],
            start_name=names[hop.start],
            end=ids[hop.end],
            end_name=names[hop.end],
            sign=hop.sign,
            causal=hop.causal,
            backward=hop.backward,
            divided=hop.divided,
            belief=hop.belief,
            shared_documents=hop.shared_documents,
        )
