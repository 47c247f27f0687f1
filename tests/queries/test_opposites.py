"""Claims against claims, and several routes to one target: what the little graph has none of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from litkg.predicates import make_assertion
from litkg.queries import bind, get_query, run_query
from litkg.stores.base import GraphStore
from tests.neo4j_server import BOTH_STORES, open_empty_store
from tests.queries.claims import Bare, claims_extraction, concept_id

CLAIMS = [
    Bare("drug", "treats", "pain", 0.8),
    Bare("drug", "worsens", "pain", 0.6),
    Bare("drug", "causes", "pain", 1.0, negated=True),
    Bare("drug", "increases", "x", 1.0),
    Bare("drug", "decreases", "y", 0.6),
    Bare("drug", "affects", "z", 0.4),
    Bare("x", "decreases", "goal", 0.8),
    Bare("y", "increases", "goal", 0.8),
    Bare("z", "increases", "goal", 0.8),
    Bare("x", "increases", "mixed", 0.2),
    Bare("y", "increases", "mixed", 0.2),
    Bare("z", "increases", "unknown", 0.2),
    Bare("x", "increases", "y", 0.2),
    Bare("x", "increases", "refuted", 0.2, negated=True),
    Bare("drug", "compared_with", "rival", 0.2),
    Bare("x", "increases", "rival", 0.2),
]


@pytest.fixture(scope="module", params=BOTH_STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Yield a store with `CLAIMS`, of each kind in turn."""
    with open_empty_store(request, tmp_path_factory.mktemp("opposites")) as found:
        found.upsert([claims_extraction(CLAIMS)])
        yield found


def rows(store: GraphStore, name: str, *columns: str, **values: str) -> list[tuple[object, ...]]:
    """Return some columns of a query."""
    query = get_query(name)
    return [tuple(row[column] for column in columns) for row in run_query(store, query, bind(query, values))]


def assertion_id(subject: str, predicate: str, object_: str) -> str:
    """Return the id of a bare claim."""
    return make_assertion(concept_id(subject), predicate, concept_id(object_)).id


def test_two_supported_claims_of_opposite_sign_contradict_each_other(store: GraphStore) -> None:
    assert rows(store, "contradictions", "kind", "subject", "predicate", "object", "belief", "opposite_predicate", "opposite_belief") == [
        ("opposite", "drug", "worsens", "pain", 0.6, "treats", 0.8)
    ]


def test_a_treatment_shows_the_claims_that_oppose_it_but_not_refuted_ones(store: GraphStore) -> None:
    opposing = {"assertion_id": assertion_id("drug", "worsens", "pain"), "predicate": "worsens", "belief": 0.6}
    assert rows(store, "drugs-for-disease", "drug", "predicate", "opposed_by", disease=concept_id("pain")) == [("drug", "treats", [opposing])]


def test_discovery_sums_the_weaker_steps_and_tells_agreeing_signs(store: GraphStore) -> None:
    found = rows(store, "open-discovery", "target", "best", "n_via", "net_sign", start=concept_id("drug"))
    # goal: by x -1, by y -1, by z not known; mixed: by x +1, by y -1; what is claimed, compared or only refuted is no discovery
    assert found == [("goal", 0.8, 3, -1), ("mixed", 0.2, 2, 0), ("unknown", 0.2, 1, 0)]


def test_discovery_scores_are_the_sums_over_routes(store: GraphStore) -> None:
    scores = [score for (score,) in rows(store, "open-discovery", "score", start=concept_id("drug"))]
    assert scores == pytest.approx([0.8 + 0.6 + 0.4, 0.4, 0.2])


def test_discovery_follows_the_most_believed_steps_where_breadth_is_small(store: GraphStore) -> None:
    found = rows(store, "open-discovery", "target", "n_via", start=concept_id("drug"), breadth="2", category="Gene")
    assert ("goal", 1) in found


def test_a_least_belief_holds_for_both_steps(store: GraphStore) -> None:
    assert rows(store, "open-discovery", "target", "n_via", start=concept_id("drug"), min_belief="0.5") == [("goal", 2)]
