"""Ranked hypotheses about concepts of one graph, by name: `Discovery`.

Owns how the records that users see are put together from a search; refuses to print, and to know any one store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from litkg.hypotheses.choices import BREADTH
from litkg.hypotheses.discovery import Candidates, Search, closed_discovery, discoverable, known_to, open_discovery, paths_from
from litkg.hypotheses.explaining import Explanation, causal_chains, explain
from litkg.hypotheses.features import claimed_degrees, pair_features
from litkg.hypotheses.hierarchy import Hierarchy
from litkg.hypotheses.kept import Table
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import NO_YEAR, Concepts, Floats, Literature
from litkg.hypotheses.marks import Mark
from litkg.hypotheses.pairs import Ranked
from litkg.hypotheses.ranker import Judged, OnStart, Ranker, strongest_parts, train
from litkg.hypotheses.readings import reading
from litkg.hypotheses.records import Hypothesis, Joining, LinkedPair, LinkingTerm, NamedHop, NamedRoute, Parts
from litkg.hypotheses.routes import Hop, Route

ROUTES_SHOWN = 10


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
        self._hidden = [(self.concepts.index(first), self.concepts.index(second)) for first, second in hide]
        self.links: Links = links.without(self._hidden)
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

    def discoverable(self, *, after: int, until: int | None = None, layer: str = "any", categories: Sequence[str] = ()) -> list[LinkedPair]:
        """Return the pairs that are first linked after the year `after`, up to and in `until` (None: the last), both known by then; those of the most papers
        first. With `categories` one of the two has one of them."""
        last = int(self._literature.years.max(initial=NO_YEAR)) if until is None else until
        fits = self.concepts.of_category(categories)
        ids, names = self.concepts.ids, self.concepts.names
        pairs = [pair for pair in discoverable(self._literature, after=after, until=last, layer=layer) if fits[pair[0]] or fits[pair[1]]]
        return [
            LinkedPair(first=ids[one], first_name=names[one], second=ids[other], second_name=names[other], papers=papers)
            for one, other, papers in sorted(pairs, key=lambda pair: -pair[2])
        ]

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
        return train(self._read, known=known, judged=judged, hide=self._hidden, seed=seed, on_start=on_start)

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
