"""Mechanism paths: against a plain search in Python on random graphs, and in bounds at a hub."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litkg.model import Assertion
from litkg.predicates import load_predicates
from litkg.queries import bind, get_query, run_query
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from tests.neo4j_server import BOTH_STORES, open_empty_store
from tests.queries.claims import Bare, claims_extraction, concept_id

NAMES = "abcdef"
PREDICATES = (
    "increases",
    "decreases",
    "affects",
    "causes",
    "converts_to",
    "associated_with",
    "negatively_correlated_with",
    "form_of",
    "member_of",
    "biomarker_of",
)
BOTH_WAYS = {"interacts_with", "associated_with", "positively_correlated_with", "negatively_correlated_with", "form_of"}
NOT_MECHANISMS = {"compared_with"}

bare_claims = st.lists(
    st.builds(
        Bare,
        subject=st.sampled_from(NAMES),
        predicate=st.sampled_from((*PREDICATES, "compared_with")),
        object=st.sampled_from(NAMES),
        confidence=st.sampled_from((0.2, 0.4, 0.6, 0.8, 1.0)),
        negated=st.sampled_from((False, False, False, True)),
        subject_aspect=st.sampled_from((None, None, "decreased", "variant")),
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda claim: (claim.subject, claim.predicate, claim.object, claim.subject_aspect),
)

Found = tuple[tuple[str, ...], tuple[str, ...], int]


def search(assertions: tuple[Assertion, ...], refuted: set[str], start: str, end: str, *, max_hops: int, causal_only: bool) -> set[Found]:
    """Return (concepts, assertion ids, net sign) of all chains, by trying every step."""
    predicates = load_predicates()

    def steps(node: str) -> Iterator[tuple[str, Assertion]]:
        for item in assertions:
            admitted = item.id not in refuted and item.predicate not in NOT_MECHANISMS
            if causal_only:
                admitted = admitted and (predicates[item.predicate].causal or item.predicate in ("form_of", "member_of"))
            if admitted and item.subject == node:
                yield item.object, item
            elif admitted and item.object == node and item.predicate in BOTH_WAYS:
                yield item.subject, item

    def walk(nodes: tuple[str, ...], chain: tuple[str, ...], sign: int) -> Iterator[Found]:
        if nodes[-1] == end:
            yield nodes, chain, sign
        elif len(chain) < max_hops:
            for other, item in steps(nodes[-1]):
                if other not in nodes:
                    yield from walk((*nodes, other), (*chain, item.id), sign * (1 if item.predicate == "form_of" else item.sign))

    return set(walk((start,), (), 1)) if start != end else set()


def ask(store: GraphStore, start: str, end: str, **values: object) -> list[dict[str, object]]:
    """Return the rows of mechanism-paths between two bare concepts."""
    query = get_query("mechanism-paths")
    given = {name: str(value) for name, value in values.items()}
    return list(run_query(store, query, bind(query, {"start": concept_id(start), "end": concept_id(end), **given})))


def found_by(store: GraphStore, *, max_hops: int, causal_only: bool, breadth: int = 1000) -> list[Found]:
    """Return what mechanism-paths finds from a to b, in its order."""
    rows = ask(store, "a", "b", max_hops=max_hops, causal_only=causal_only, breadth=breadth, limit=100000)
    return [(tuple(row["ids"]), tuple(step["assertion_id"] for step in row["steps"]), row["net_sign"]) for row in rows]  # type: ignore[arg-type, attr-defined, misc]


def negated_only(claims: list[Bare]) -> set[str]:
    """Return the ids of the assertions that all evidence refutes."""
    extraction = claims_extraction(claims)
    supported = {item.assertion_id for item in extraction.evidence if not item.negated}
    return {item.id for item in extraction.assertions} - supported


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(claims=bare_claims, max_hops=st.integers(1, 4), causal_only=st.booleans())
def test_paths_are_those_of_a_plain_search(claims: list[Bare], max_hops: int, causal_only: bool) -> None:
    extraction = claims_extraction(claims)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "graph") as store:
        store.upsert([extraction])
        found = found_by(store, max_hops=max_hops, causal_only=causal_only)
        narrow = found_by(store, max_hops=max_hops, causal_only=causal_only, breadth=2)
    expected = search(extraction.assertions, negated_only(claims), concept_id("a"), concept_id("b"), max_hops=max_hops, causal_only=causal_only)
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert set(narrow) <= expected


WEB = [
    Bare("a", "increases", "c", 0.9),
    Bare("a", "decreases", "d", 0.9),
    Bare("c", "form_of", "d", 0.7),
    Bare("c", "causes", "e", 0.6, subject_aspect="decreased"),
    Bare("d", "affects", "b", 0.8),
    Bare("e", "decreases", "b", 0.6),
    Bare("b", "associated_with", "c", 0.9),
    Bare("f", "increases", "b", 0.9),
    Bare("d", "increases", "f", 0.5),
    Bare("a", "causes", "b", 0.3, negated=True),
    Bare("c", "increases", "c", 0.9),
]


@pytest.fixture(params=BOTH_STORES)
def web_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    """Yield a store with the claims of `WEB`, of each kind in turn."""
    with open_empty_store(request, tmp_path) as store:
        store.upsert([claims_extraction(WEB)])
        yield store


def test_both_stores_walk_a_web_the_same_way_best_first(web_store: GraphStore) -> None:
    rows = ask(web_store, "a", "b")
    assert [(row["path"], row["net_sign"], row["weakest_belief"]) for row in rows] == [
        ("a -decreases-> d -affects-> b", 0, 0.8),
        ("a -increases-> c -form_of-> d -affects-> b", 0, 0.7),
        ("a -increases-> c -causes (decreased)-> e -decreases-> b", 1, 0.6),
        ("a -decreases-> d <-form_of- c -causes (decreased)-> e -decreases-> b", -1, 0.6),
        ("a -decreases-> d -increases-> f -increases-> b", -1, 0.5),
        ("a -increases-> c -form_of-> d -increases-> f -increases-> b", 1, 0.5),
    ]


def test_associations_count_where_causes_are_not_asked_for(web_store: GraphStore) -> None:
    assert ask(web_store, "a", "b", causal_only="false", max_hops=2)[0]["path"] == "a -increases-> c <-associated_with- b"


def test_refuted_claims_are_walked_on_demand_only(web_store: GraphStore) -> None:
    assert [row["path"] for row in ask(web_store, "a", "b", max_hops=1)] == []
    (row,) = ask(web_store, "a", "b", max_hops=1, with_refuted="true")
    assert (row["path"], row["weakest_belief"]) == ("a -causes-> b", 0.0)


def test_a_least_belief_holds_for_every_step(web_store: GraphStore) -> None:
    assert [row["hops"] for row in ask(web_store, "a", "b", min_belief=0.65)] == [2, 3]


def test_there_is_no_path_from_a_concept_to_itself(web_store: GraphStore) -> None:
    assert ask(web_store, "c", "c") == []


def test_claims_are_not_walked_against_their_direction(web_store: GraphStore) -> None:
    assert ask(web_store, "b", "a") == []


HUB_SIZE = 2000
TIME_LIMIT_S = 20.0


@pytest.fixture(scope="module")
def hub_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Yield a store in which `hub` acts on 2,000 concepts, each of which acts on the next two and on `far`; only the least believed one acts on `goal`."""
    claims = [Bare("hub", "increases", f"n{i}", 1.0 if i else 0.1) for i in range(HUB_SIZE)]
    claims += [Bare(f"n{i}", "increases", f"n{(i + k) % HUB_SIZE}", 0.5) for i in range(0, HUB_SIZE, 4) for k in (1, 2)]
    claims += [Bare(f"n{i}", "increases", "far", 0.5) for i in range(0, HUB_SIZE, 4)]
    claims += [Bare("n0", "decreases", "goal", 0.5), Bare("far", "increases", "hub", 0.5), Bare("far", "increases", "end", 0.5)]
    with open_store(tmp_path_factory.mktemp("hub") / "graph") as store:
        store.upsert([claims_extraction(claims)])
        yield store


@pytest.mark.parametrize(("start", "end"), [("hub", "goal"), ("hub", "end"), ("far", "goal"), ("n4", "n0"), ("goal", "hub")])
def test_a_hub_is_answered_within_the_time_limit(hub_store: GraphStore, start: str, end: str) -> None:
    query = get_query("mechanism-paths")
    started = time.monotonic()
    list(run_query(hub_store, query, bind(query, {"start": concept_id(start), "end": concept_id(end)}), timeout_s=TIME_LIMIT_S))
    assert time.monotonic() - started < TIME_LIMIT_S


def test_the_least_believed_step_of_a_hub_is_followed_where_it_leads_to_the_end(hub_store: GraphStore) -> None:
    assert ask(hub_store, "hub", "goal")[0]["path"] == "hub -increases-> n0 -decreases-> goal"
