"""Hypotheses about concepts of the little graph, by name."""

from __future__ import annotations

from typing import Any

import pytest

from litkg.hypotheses.hierarchy import hierarchy_of
from litkg.hypotheses.literature import Literature
from litkg.hypotheses.proposing import Discovery
from litkg.hypotheses.reading import read_literature
from litkg.stores import open_store
from tests.graphs import ASSERTIONS, extractions

ANAKINRA = next(item.subject for key, item in ASSERTIONS.items() if key == "anakinra_treats_dira")
CLAIMS: dict[str, Any] = {"layer": "claims", "known": "claims"}
IL1RN, DEPRESSION, SEROTONIN, IDO1 = "HGNC:6000", "MONDO:0002050", "CHEBI:28790", "HGNC:6059"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Literature:
    with open_store(tmp_path_factory.mktemp("proposing") / "graph") as store:
        store.upsert(extractions())
        return read_literature(store)


def test_hypotheses_are_what_is_joined_and_not_claimed(read: Literature) -> None:
    found = Discovery(read, hide=[(ANAKINRA, DEPRESSION)]).open_discovery(IL1RN, **CLAIMS)
    claimed = {frozenset((item.subject, item.object)) for extraction in extractions() for item in extraction.assertions}
    assert [item.rank for item in found] == list(range(1, len(found) + 1))
    assert DEPRESSION in {item.object for item in found}
    for item in found:
        assert frozenset((IL1RN, item.object)) not in claimed
        assert all(frozenset((hop.start, hop.end)) in claimed for route in item.routes for hop in route.hops)


def test_a_route_is_told_with_signs_and_cause(read: Literature) -> None:
    (depression,) = [item for item in Discovery(read, hide=[(ANAKINRA, DEPRESSION)]).open_discovery(IL1RN, **CLAIMS) if item.object == DEPRESSION]
    by_serotonin = next(route for route in depression.routes if route.hops[0].end == SEROTONIN)
    assert [(hop.sign, hop.causal) for hop in by_serotonin.hops] == [(-1, True), (-1, True)]
    assert (by_serotonin.sign, by_serotonin.direction) == (1, 1)
    assert (depression.sign, depression.direction, depression.reading) == (1, 1, "adverse event")
    assert by_serotonin.hops in {route.hops for route in depression.mechanisms}
    assert depression.shared_documents == 0  # hidden as well


def test_closed_discovery_shows_what_joins_linked_concepts_too(read: Literature) -> None:
    joining = Discovery(read).closed_discovery(IL1RN, SEROTONIN, layer="claims")
    assert [term.id for term in joining.linking_terms] == [IDO1]
    assert [route.hops[0].end for route in joining.routes] == [IDO1]
    assert IDO1 in {route.hops[0].end for route in joining.mechanisms}
    assert Discovery(read, hide=[(SEROTONIN, IDO1)]).closed_discovery(IL1RN, SEROTONIN, layer="claims").routes == ()


def test_nothing_later_than_the_year_is_looked_at(read: Literature) -> None:
    early = {item.object for item in Discovery(read, until_year=2006).open_discovery(IL1RN, **CLAIMS)}
    assert early == {DEPRESSION}  # that anakinra, whose adverse event it is, is a form of it is first said in 2010
    pairs = Discovery(read).discoverable(after=2010, until=2020)
    assert pairs
    assert all(pair.first < pair.second for pair in pairs)
    assert not {"HGNC:5992", "HGNC:6000"} < {end for pair in Discovery(read).discoverable(after=2006) for end in (pair.first, pair.second)}  # IL1B is new
    assert [pair.papers for pair in pairs] == sorted((pair.papers for pair in pairs), reverse=True)
    of_genes = Discovery(read).discoverable(after=2010, categories=["Gene"])
    assert of_genes == [pair for pair in pairs if any("Gene" in read.concepts.categories[read.concepts.index(end)] for end in (pair.first, pair.second))]


def test_what_is_not_there_is_an_error(read: Literature) -> None:
    with pytest.raises(KeyError, match="no:1"):
        Discovery(read).open_discovery("no:1")
    with pytest.raises(KeyError, match="x"):
        Discovery(read).open_discovery(IL1RN, metric="x")


def test_categories_bound_targets_and_intermediates(read: Literature) -> None:
    targets = Discovery(read, hide=[(ANAKINRA, DEPRESSION)]).open_discovery(IL1RN, **CLAIMS, categories=["Disease"])
    assert {item.category for item in targets} == {"Disease"}
    through = Discovery(read).open_discovery("HGNC:5992", **CLAIMS, via_categories=["Cytokine"])
    vias = {route.hops[0].end for item in through for route in item.routes}
    assert vias
    assert all("Cytokine" in read.concepts.categories[read.concepts.index(via)] for via in vias)


def test_what_a_form_is_known_for_is_no_hypothesis(read: Literature) -> None:
    assert DEPRESSION not in {item.object for item in Discovery(read).open_discovery(IL1RN, **CLAIMS)}
    assert ANAKINRA not in {item.object for item in Discovery(read, hide=[(ANAKINRA, DEPRESSION)]).open_discovery(IL1RN, **CLAIMS)}


def test_what_is_wider_than_something_claimed_is_no_news(read: Literature) -> None:
    above = {SEROTONIN: [DEPRESSION]}  # as if depression were a family that serotonin is in, which IL1RN is claimed to lower
    given: dict[str, Any] = {"hide": [(ANAKINRA, DEPRESSION)], "hierarchy": hierarchy_of(read.concepts, lambda concept: above.get(concept, []))}
    assert DEPRESSION not in {item.object for item in Discovery(read, **given).open_discovery(IL1RN, **CLAIMS)}
    shown = Discovery(read, **given).open_discovery(IL1RN, **CLAIMS, with_implied=True)
    assert [item.known_relatives for item in shown if item.object == DEPRESSION] == [("serotonin",)]


def test_readings_can_be_asked_for(read: Literature) -> None:
    discovery = Discovery(read, hide=[(ANAKINRA, DEPRESSION)])
    assert {item.reading for item in discovery.open_discovery(IL1RN, **CLAIMS, readings=["adverse event"])} == {"adverse event"}
    assert discovery.open_discovery(IL1RN, **CLAIMS, readings=["repurposing"]) == []
