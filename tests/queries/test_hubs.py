"""Queries at a concept with many claims: what is asked for the sure ones first answers as if it had looked at all, and what is shown is bounded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.best_first import SURE, sure_first
from litkg.queries import bind, defaults, get_query, load_queries, run_query
from litkg.stores.base import GraphStore
from tests.neo4j_server import BOTH_STORES, neo4j_server, open_empty_store
from tests.queries.claims import Bare, claims_extraction, concept_id

__all__ = ["neo4j_server"]

CONFIDENCES = (1.0, 0.9, 0.5, 1.0, 0.3)
SAYINGS = 30
"""Evidences for the claim that is made the most, and as many against it."""


def _claims(number: int) -> Iterator[Bare]:
    """Yield what the hub is said to do to concept `number`, and what that does to the hub and to the other hub."""
    confidence, other = CONFIDENCES[number % len(CONFIDENCES)], f"n{number:02}"
    yield Bare("hub", "increases" if number % 3 else "decreases", other, confidence, negated=number % 11 == 10)
    yield Bare(other, "decreases" if number % 4 else "associated_with", "hub", CONFIDENCES[(number + 2) % len(CONFIDENCES)])
    if number % 2:
        yield Bare("other hub", "causes", other, confidence)


@pytest.fixture(scope="module", params=BOTH_STORES)
def hubs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Yield a store in which two concepts have many claims, and a drug one with many sentences."""
    claims = [claim for number in range(40) for claim in _claims(number)]
    sayings = [Bare("drug", "has_adverse_event", "event", 1 - number / 100, negated=side) for number in range(SAYINGS) for side in (False, True)]
    with open_empty_store(request, tmp_path_factory.mktemp("hubs")) as store:
        store.upsert([claims_extraction([*claims, Bare("hub", "increases", "hub"), *sayings])])
        yield store


BEST_FIRST = {name: query for name, query in load_queries().items() if query.best_first}
ASKED = {"concept": "hub", "cytokine": "hub", "first": "hub", "second": "other hub"}


@pytest.mark.parametrize("limit", [1, 5, 12, 30, 500])
@pytest.mark.parametrize("name", BEST_FIRST)
def test_asked_for_the_sure_ones_first_is_as_if_all_were_looked_at(name: str, limit: int, hubs: GraphStore) -> None:
    query = BEST_FIRST[name]
    given = {item.name: concept_id(ASKED[item.name]) for item in query.parameters if item.name in ASKED}
    params = defaults(query) | given | {"limit": limit}
    rows = list(run_query(hubs, query, params))
    assert rows == list(hubs.run(query.statement, params))
    assert 0 < len(rows) <= limit


@pytest.mark.parametrize(("name", "parameter"), [("neighbours", "concept"), ("regulators", "concept"), ("cytokine-effects", "cytokine")])
def test_where_there_are_more_the_most_believed_are_shown(name: str, parameter: str, hubs: GraphStore) -> None:
    query = get_query(name)
    few, every = (list(run_query(hubs, query, bind(query, {parameter: concept_id("hub"), "limit": limit}))) for limit in ("7", "500"))
    beliefs = sorted((float(str(row["belief"])) for row in every), reverse=True)
    assert len(every) > 20
    assert sorted((float(str(row["belief"])) for row in few), reverse=True) == beliefs[:7]


@pytest.mark.parametrize(("name", "given"), [("neighbours", {"concept": "hub"}), ("shared-neighbours", {"first": "hub", "second": "other hub"})])
def test_a_least_belief_leaves_out_what_is_believed_less(name: str, given: dict[str, str], hubs: GraphStore) -> None:
    query, names = get_query(name), {key: concept_id(value) for key, value in given.items()}
    measure = "belief" if name == "neighbours" else "score"
    every, believed = (list(run_query(hubs, query, bind(query, {**names, "min_belief": least, "limit": "500"}))) for least in ("0", "0.8"))
    assert believed == [row for row in every if float(str(row[measure])) >= 0.8]
    assert 0 < len(believed) < len(every)


def test_the_surest_sentences_of_each_side_stand_for_an_adverse_event(hubs: GraphStore) -> None:
    query = get_query("adverse-events")
    (row,) = run_query(hubs, query, bind(query, {"drug": concept_id("drug"), "per_claim": "3"}))
    quotes = row["quotes"]
    assert isinstance(quotes, list)
    assert sorted(quote["negated"] for quote in quotes) == [False] * 3 + [True] * 3
    assert (row["n_support"], row["n_refute"]) == (SAYINGS, SAYINGS)


def test_of_many_sentences_the_surest_for_a_claim_come_first(hubs: GraphStore) -> None:
    query = get_query("adverse-events")
    (event,) = run_query(hubs, query, bind(query, {"drug": concept_id("drug")}))
    query = get_query("evidence")
    rows = list(run_query(hubs, query, bind(query, {"assertion": str(event["assertion_id"]), "limit": str(SAYINGS + 2)})))
    assert [row["stance"] for row in rows] == ["supports"] * SAYINGS + ["refutes"] * 2
    assert [row["confidence"] for row in rows] == [*(pytest.approx(1 - number / 100) for number in range(SAYINGS)), pytest.approx(1.0), pytest.approx(0.99)]


@given(beliefs=st.lists(st.sampled_from([0.0, 0.5, 0.98, SURE, 0.995, 1.0])), least=st.sampled_from([0.0, 0.7, SURE, 1.0]), wanted=st.integers(1, 8))
def test_sure_rows_are_all_rows_where_they_are_enough(beliefs: list[float], least: float, wanted: int) -> None:
    asked = []

    def ask(belief: float) -> list[dict[str, object]]:
        asked.append(belief)
        return [dict[str, object](belief=item) for item in sorted(beliefs, reverse=True) if item >= belief][:wanted]

    rows = list(sure_first(ask, least=least, wanted=wanted))
    enough = sum(belief >= SURE for belief in beliefs) >= wanted
    assert asked == ([SURE] if least < SURE and enough else [SURE, least] if least < SURE else [least])
    assert rows == ask(least)
