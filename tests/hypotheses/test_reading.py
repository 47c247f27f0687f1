"""The literature of a graph in either store: what was loaded, belief for belief."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from litkg.hypotheses.literature import NO_YEAR, Literature
from litkg.hypotheses.reading import read_literature
from litkg.stores.base import GraphStore
from tests.graphs import extractions
from tests.neo4j_server import BOTH_STORES, neo4j_server, open_empty_store

__all__ = ["neo4j_server"]


@pytest.fixture(scope="module", params=BOTH_STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with open_empty_store(request, tmp_path_factory.mktemp("hypotheses")) as store:
        store.upsert(extractions())
        yield store


@pytest.fixture(scope="module")
def read(store: GraphStore) -> Literature:
    return read_literature(store)


def test_beliefs_are_those_of_the_graph(store: GraphStore, read: Literature) -> None:
    stored = {str(row["id"]): row["belief"] for row in store.run("MATCH (a:Assertion) RETURN a.id AS id, a.belief AS belief")}
    supported, refuted = read.beliefs()
    assert dict(zip(read.claims.ids, (supported * (1 - refuted)).tolist(), strict=True)) == {
        key: pytest.approx(value, abs=1e-5) for key, value in stored.items()
    }


def test_ends_and_years_are_those_of_the_papers(read: Literature) -> None:
    given = {item.id: item for extraction in extractions() for item in extraction.assertions}
    for place, claim in enumerate(read.claims.ids):
        assert read.concepts.ids[read.claims.subject[place]] == given[claim].subject
        assert read.concepts.ids[read.claims.object[place]] == given[claim].object
        assert read.claims.sign[place] == given[claim].sign
    assert sorted(read.years.tolist()) == [2006, 2010, 2015, 2020]
    assert NO_YEAR not in read.years
    mentions = {(grounding.concept.id, extraction.document.id) for extraction in extractions() for grounding in extraction.groundings if grounding.concept}
    named = {(concept.id, extraction.document.id) for extraction in extractions() for concept in extraction.concepts}
    assert mentions <= named
    assert len(read.mentions.document) == len(named)


def test_a_cut_forgets_what_came_later(read: Literature) -> None:
    supported, _ = read.until(2006).beliefs()
    later = {item.id for extraction in extractions()[1:] for item in extraction.assertions} - {item.id for item in extractions()[0].assertions}
    assert {read.claims.ids[place] for place in range(len(supported)) if supported[place] == 0} >= later


def test_a_concept_is_found_by_its_id(read: Literature) -> None:
    assert [read.concepts.index(concept) for concept in read.concepts.ids] == list(range(len(read.concepts)))
    with pytest.raises(KeyError):
        read.concepts.index("no:1")
    assert read.concepts.of_category(["Cytokine"]).sum() < read.concepts.of_category([]).sum() == len(read.concepts)
