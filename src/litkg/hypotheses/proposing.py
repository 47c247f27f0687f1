"""Ranked hypotheses about concepts of one graph, by name: `Discovery`.

Owns the records that users see and how they are put together from a search; refuses to print, and to know any one store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from litkg.hypotheses.choices import BREADTH
from litkg.hypotheses.discovery import Candidates, Paths, Search, closed_discovery, discoverable, open_discovery
from litkg.hypotheses.kept import Table
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Concepts, Literature
from litkg.hypotheses.routes import Hop, Route, read_route, weigh

ROUTES_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedHop:
    """One step of a route: `sign` is what more of `start` goes with in `end`, 0 where unknown; `belief` that any claim holds between the two; `causal` is true
    where a claim says that `start` acts on `end`, `divided` where claims of both signs do."""

    start: str
    start_name: str
    end: str
    end_name: str
    sign: int
    causal: bool
    divided: bool
    belief: float
    shared_documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRoute:
    """A path of hops; `sign` is the product of theirs, `causal` whether all are."""

    hops: tuple[NamedHop, ...]
    sign: int
    causal: bool
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """That `subject` and `object`, between which nothing is claimed, have to do with each other.

    `sign` is what more of the subject should mean for the object (1 more, -1 less, 0 not known) by the stronger side of the routes, `agreement` the share of
    the signed routes' strength on that side, None where none has a sign; `causal` is true where one of these routes is a chain of causal claims. `n_paths`
    counts all routes, of which `routes` holds the strongest. `shared_documents` mention both. `parts` say by name what the score is made of; `reading` is
    "repurposing" or "adverse event" where the sign says one of them of a drug and a disease; `known_relatives` are the names of wider and narrower concepts
    that are linked already.
    """

    rank: int
    subject: str
    subject_name: str
    object: str
    object_name: str
    category: str
    score: float
    n_paths: int
    sign: int
    agreement: float | None
    causal: bool
    shared_documents: int
    routes: tuple[NamedRoute, ...]
    parts: tuple[tuple[str, float], ...] = ()
    reading: str | None = None
    known_relatives: tuple[str, ...] = ()


class Discovery:
    """Open and closed discovery on a literature, after LION LBD's interface; concepts are given by id."""

    def __init__(self, literature: Literature | Table, *, until_year: int | None = None, hide: Iterable[tuple[str, str]] = ()) -> None:
        """Look at `literature`, up to a year where one is given, as if nothing linked the pairs of ids in `hide`. A table has its links already.

        Raises: KeyError for an id that is not there.
        """
        self._literature = literature.literature if isinstance(literature, Table) else literature
        self.concepts: Concepts = self._literature.concepts
        if isinstance(literature, Table) and until_year is None:
            links = literature.links
        else:
            links = link(self._literature if until_year is None else self._literature.until(until_year))
        pairs = [(self.concepts.index(first), self.concepts.index(second)) for first, second in hide]
        self.links: Links = links.without(pairs) if pairs else links

    def open_discovery(
        self,
        a: str,
        *,
        metric: str = "belief",
        path_aggregate: str = "product",
        link_aggregate: str = "noisy-or",
        layer: str = "claims",
        intermediates: int = 1,
        breadth: int = BREADTH,
        categories: Sequence[str] = (),
        via_categories: Sequence[str] = (),
        limit: int = 25,
        routes_shown: int = ROUTES_SHOWN,
    ) -> list[Hypothesis]:
        """Return hypotheses about `a`, best first: what it is not linked with but by intermediates.

        Raises: KeyError for an id or a metric that is not there, ValueError for another choice that is not.
        """
        start = self.concepts.index(a)
        search = self._search(metric, path_aggregate, link_aggregate, layer, intermediates, breadth, categories, via_categories)
        found = open_discovery(self.links, start, search)
        return [self._hypothesis(start, found, place, search, routes_shown) for place in range(min(limit, len(found.target)))]

    def closed_discovery(
        self,
        a: str,
        c: str,
        *,
        metric: str = "belief",
        path_aggregate: str = "product",
        layer: str = "claims",
        intermediates: int = 1,
        breadth: int = BREADTH,
        via_categories: Sequence[str] = (),
        limit: int = 25,
    ) -> list[NamedRoute]:
        """Return the routes from `a` to `c`, strongest first, whether or not the two are linked themselves.

        Raises: as `open_discovery`.
        """
        start, end = self.concepts.index(a), self.concepts.index(c)
        search = self._search(metric, path_aggregate, "max", layer, intermediates, breadth, (), via_categories)
        return self._routes(start, closed_discovery(self.links, start, end, search), limit)

    def discoverable(self, *, after: int, until: int, layer: str = "claims") -> list[tuple[str, str]]:
        """Return the pairs of ids of concepts that are first linked after the year `after`, up to and in `until`, both known by then."""
        ids = self.concepts.ids
        return [(ids[first], ids[second]) for first, second in discoverable(self._literature, after=after, until=until, layer=layer)]

    def _search(
        self,
        metric: str,
        path_aggregate: str,
        link_aggregate: str,
        layer: str,
        intermediates: int,
        breadth: int,
        categories: Sequence[str],
        via_categories: Sequence[str],
    ) -> Search:
        return Search(
            metric=metric,
            path_aggregate=path_aggregate,
            link_aggregate=link_aggregate,
            layer=layer,
            intermediates=intermediates,
            breadth=breadth,
            targets=self.concepts.of_category(categories) if categories else None,
            via=self.concepts.of_category(via_categories) if via_categories else None,
        )

    def _hypothesis(self, start: int, found: Candidates, place: int, search: Search, routes_shown: int) -> Hypothesis:
        end = int(found.target[place])
        paths = closed_discovery(self.links, start, end, search)
        verdict = weigh(self.links, paths.places, paths.score)
        pair = self.links.place(start, end)
        return Hypothesis(
            rank=place + 1,
            subject=self.concepts.ids[start],
            subject_name=self.concepts.names[start],
            object=self.concepts.ids[end],
            object_name=self.concepts.names[end],
            category=self.concepts.categories[end][0],
            score=float(found.score[place]),
            n_paths=int(found.n_paths[place]),
            sign=verdict.sign,
            agreement=verdict.agreement,
            causal=verdict.causal,
            shared_documents=0 if pair is None else int(self.links.shared[pair]),
            routes=tuple(self._routes(start, paths, routes_shown)),
        )

    def _routes(self, start: int, paths: Paths, limit: int) -> list[NamedRoute]:
        strongest = zip(paths.places[:limit].tolist(), paths.score[:limit].tolist(), strict=True)
        return [self._named(read_route(self.links, start, places, score)) for places, score in strongest]

    def _named(self, route: Route) -> NamedRoute:
        return NamedRoute(hops=tuple(self._named_hop(hop) for hop in route.hops), sign=route.sign, causal=route.causal, score=route.score)

    def _named_hop(self, hop: Hop) -> NamedHop:
        ids, names = self.concepts.ids, self.concepts.names
        return NamedHop(
            start=ids[hop.start],
            start_name=names[hop.start],
            end=ids[hop.end],
            end_name=names[hop.end],
            sign=hop.sign,
            causal=hop.causal,
            divided=hop.divided,
            belief=hop.belief,
            shared_documents=hop.shared_documents,
        )
