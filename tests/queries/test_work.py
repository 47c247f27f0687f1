"""Work on the embedded store: a canned query that names a concept, or a claim, looks at a few things however many there are.

kglite's EXPLAIN names no way of access, but it refuses a query that looks at more than a budget.
"""

from __future__ import annotations

from collections.abc import Iterator

import kglite
import pytest

from litkg.queries import CannedQuery, defaults, load_queries
from litkg.stores import open_store
from litkg.stores.embedded import DISABLED_PASSES
from tests.graphs import ASSERTIONS, DEPRESSION, IL1RN, extractions
from tests.queries.claims import Bare, claims_extraction
from tests.queries.test_plans import QUERIES, STARTS

BUDGET = 150
"""Rows and items that a query may look at, in a graph in which each label and relationship type between concepts has far more."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kglite.KnowledgeGraph]:
    """Yield the little graph beside two thousand claims of which it says nothing."""
    folder = tmp_path_factory.mktemp("wide")
    predicates = ("increases", "decreases", "treats", "has_adverse_event")
    claims = [Bare(f"s{number}", predicates[number % 4], f"o{number}") for number in range(2000)]
    others = [claims_extraction(claims[first : first + 100], document_id=f"PMID:{first + 1000}") for first in range(0, 2000, 100)]
    with open_store(str(folder)) as store:
        store.upsert([*extractions(), *others])
    yield kglite.load(str(folder / "graph.kgl"))


def ask(graph: kglite.KnowledgeGraph, statement: str, params: dict[str, object]) -> int:
    """Return how many rows a statement gives within the budget."""
    return len(list(graph.cypher(statement, params=params, timeout_ms=60_000, disabled_passes=list(DISABLED_PASSES), max_work_units=BUDGET)))


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_named_concept_costs_what_it_has_and_not_what_there_is(query: CannedQuery, graph: kglite.KnowledgeGraph) -> None:
    ends, claim = iter((IL1RN.id, DEPRESSION.id)), ASSERTIONS["il1rn_lowers_il1b"].id
    given: dict[str, object] = {}
    for item in query.parameters:
        if item.name in STARTS:
            named = claim if item.name.startswith("assertion") else next(ends)
            given[item.name] = [named] if item.type == "string list" else named
    ask(graph, query.statement, defaults(query) | given)


@pytest.mark.parametrize("name", ["most-supported", "statistics", "contradictions"])
def test_looking_at_all_goes_over_the_budget(name: str, graph: kglite.KnowledgeGraph) -> None:
    query = load_queries()[name]
    with pytest.raises(kglite.KgError, match="max_work_units"):
        ask(graph, query.statement, defaults(query))
