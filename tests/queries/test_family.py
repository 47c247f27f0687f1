"""A question about a family reaches what is said of its members, and the other way round, in any order of loading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from litkg.queries import bind, load_queries, run_query
from litkg.stores.base import GraphStore
from tests.graphs import CONCEPTS, DEPRESSION, IL1B, IL6, Claim, extraction
from tests.neo4j_server import BOTH_STORES, neo4j_server, open_empty_store

__all__ = ["neo4j_server"]

UNNAMED = "FPLX:NAMED_BY_NO_PAPER"
MEMBER = replace(IL6, families=(IL1B.id, UNNAMED))
"""For the test, IL6 is a member of the family that IL1B stands for, and of one that no paper speaks of."""
NAMED = CONCEPTS | {name: MEMBER for name, concept in CONCEPTS.items() if concept == IL6}


@pytest.fixture(scope="module", params=BOTH_STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Yield a store where one paper speaks of the member and a later one of the family."""
    with open_empty_store(request, tmp_path_factory.mktemp("family")) as graph:
        member = Claim("IL-6 goes with depression.", "il6_with_depression", "IL-6", "depression")
        family = Claim("The antagonist IL-1ra lowers IL-1β.", "il1rn_lowers_il1b", "IL-1ra", "IL-1β")
        graph.upsert([extraction("PMID:1", (member,), title="One", year=2001, concepts=NAMED)])
        graph.upsert([extraction("PMID:2", (family,), title="Two", year=2002, concepts=NAMED)])
        yield graph


def rows(store: GraphStore, concept: str) -> list[tuple[object, ...]]:
    query = load_queries()["family"]
    return [(row["relation"], row["relative_id"], row["other_id"], row["said_by"]) for row in run_query(store, query, bind(query, {"concept": concept}))]


def test_a_member_reaches_the_claims_about_its_family(store: GraphStore) -> None:
    assert rows(store, MEMBER.id) == [("family", IL1B.id, "HGNC:6000", "FamPlex or HGNC")]


def test_a_family_reaches_the_claims_about_its_members(store: GraphStore) -> None:
    assert rows(store, IL1B.id) == [("member", MEMBER.id, DEPRESSION.id, "FamPlex or HGNC")]


def test_a_family_that_no_paper_names_reaches_its_members(store: GraphStore) -> None:
    assert rows(store, UNNAMED) == [("member", MEMBER.id, DEPRESSION.id, "FamPlex or HGNC")]


def test_a_concept_without_relatives_has_no_rows(store: GraphStore) -> None:
    assert rows(store, DEPRESSION.id) == []
