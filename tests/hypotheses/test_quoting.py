"""Sentences for and against each step, in both stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from litkg.hypotheses.proposing import Discovery
from litkg.hypotheses.quoting import QuotedHop, quote_hops
from litkg.hypotheses.reading import read_literature
from litkg.hypotheses.records import NamedHop
from litkg.stores.base import GraphStore
from tests.graphs import extractions
from tests.neo4j_server import BOTH_STORES, neo4j_server, open_empty_store

__all__ = ["neo4j_server"]

IL1RN, DEPRESSION, IL1B, IL6 = "HGNC:6000", "MONDO:0002050", "HGNC:5992", "HGNC:6018"
RETRACTED = "PMID:104"


@pytest.fixture(scope="module", params=BOTH_STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with open_empty_store(request, tmp_path_factory.mktemp("quotes")) as store:
        store.upsert(extractions())
        yield store


@pytest.fixture(scope="module")
def quoted(store: GraphStore) -> dict[NamedHop, QuotedHop]:
    return quote_hops(store, hops(store))


def hops(store: GraphStore) -> list[NamedHop]:
    """Return all steps of paths from IL1RN and back from depression."""
    discovery = Discovery(read_literature(store), hide=[(IL1RN, DEPRESSION)])
    found = [item for start in (IL1RN, DEPRESSION) for item in discovery.open_discovery(start, layer="claims", known="claims")]
    return [hop for item in found for route in (*item.routes, *item.mechanisms) for hop in route.hops]


def test_each_step_is_quoted_from_a_paper_that_says_it(quoted: dict[NamedHop, QuotedHop]) -> None:
    texts = {item.text for extraction in extractions() for item in extraction.evidence if not item.negated}
    denied = {item.text for extraction in extractions() for item in extraction.evidence if item.negated}
    for step in quoted.values():
        assert step.claim is not None
        assert step.support is not None
        assert step.support.text in texts
        assert step.against is None or step.against.text in denied
    assert any(step.against is not None for step in quoted.values())


def test_a_claim_keeps_its_direction_where_it_is_walked_backward(quoted: dict[NamedHop, QuotedHop]) -> None:
    given = {item.id: item for extraction in extractions() for item in extraction.assertions}
    names = {concept.id: concept.name for extraction in extractions() for concept in extraction.concepts}
    backward = 0
    for step in quoted.values():
        claim = given[str(step.claim)]
        assert (step.subject, step.object) == (names[claim.subject], names[claim.object])
        assert (step.subject_aspect, step.aspect) == (claim.subject_aspect, claim.aspect)
        backward += claim.subject == step.hop.end
    assert backward


def test_nothing_later_than_a_year_is_quoted(store: GraphStore) -> None:
    (hop,) = {hop for hop in hops(store) if (hop.start, hop.end) == (IL1B, IL6)}
    (now,) = quote_hops(store, [hop]).values()
    (then,) = quote_hops(store, [hop], until_year=2010).values()
    assert now.against is not None
    assert (then.claim, then.against) == (now.claim, None)
    assert then.support is not None
    assert then.support.year == 2010
    (before,) = quote_hops(store, [hop], until_year=2009).values()
    assert before == QuotedHop(hop=hop)


def test_what_was_retracted_is_not_quoted(store: GraphStore) -> None:
    steps = hops(store)
    (last,) = [item for item in extractions() if item.document.id == RETRACTED]
    store.upsert([replace(last, document=replace(last.document, retracted=True))])
    sources = {quote.document for step in quote_hops(store, steps).values() for quote in (step.support, step.against) if quote is not None}
    store.upsert([last])
    assert sources
    assert RETRACTED not in sources
