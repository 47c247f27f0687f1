"""Hypotheses as CSV and Markdown, with the sentences of the little graph."""

from __future__ import annotations

import csv
import io

import pytest

from litkg.hypotheses.proposing import Discovery, Hypothesis, NamedHop
from litkg.hypotheses.quoting import QuotedHop, quote_hops
from litkg.hypotheses.reading import read_literature
from litkg.hypotheses.report import COLUMNS, as_csv, as_markdown
from tests.graphs import extractions
from tests.neo4j_server import BOTH_STORES, neo4j_server, open_empty_store

__all__ = ["neo4j_server"]

IL1RN, DEPRESSION = "HGNC:6000", "MONDO:0002050"
HIDDEN = [("HGNC:6000", "MONDO:0002050")]

Reported = tuple[list[Hypothesis], dict[NamedHop, QuotedHop]]


@pytest.fixture(scope="module", params=BOTH_STORES)
def reported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    with open_empty_store(request, tmp_path_factory.mktemp("reports")) as store:
        store.upsert(extractions())
        discovery = Discovery(read_literature(store), hide=HIDDEN)
        found = discovery.open_discovery(IL1RN, layer="claims", known="claims")
        walked_back = discovery.open_discovery(DEPRESSION, layer="claims", known="claims")
        return found, quote_hops(store, (hop for item in (*found, *walked_back) for route in (*item.routes, *item.mechanisms) for hop in route.hops))


def test_csv_has_a_line_for_each(reported: Reported) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(reported[0], {}))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["object"] for row in rows] == [item.object for item in reported[0]]
    depression = next(row for row in rows if row["object"] == DEPRESSION)
    assert depression["best_path"] == "IL1RN -| serotonin -| depressive disorder"
    assert depression["pubmed_query"] == '"IL1RN"[Title/Abstract] AND "depressive disorder"[Title/Abstract]'


def test_each_step_is_quoted_from_a_paper_that_says_it(reported: Reported) -> None:
    texts = {item.text for extraction in extractions() for item in extraction.evidence if not item.negated}
    denied = {item.text for extraction in extractions() for item in extraction.evidence if item.negated}
    for step in reported[1].values():
        assert step.claim is not None
        assert step.support is not None
        assert step.support.text in texts
        assert step.against is None or step.against.text in denied
    assert any(step.against is not None for step in reported[1].values())


def test_a_claim_keeps_its_direction_where_it_is_walked_backward(reported: Reported) -> None:
    given = {item.id: item for extraction in extractions() for item in extraction.assertions}
    names = {concept.id: concept.name for extraction in extractions() for concept in extraction.concepts}
    backward = 0
    for step in reported[1].values():
        claim = given[str(step.claim)]
        assert (step.subject, step.object) == (names[claim.subject], names[claim.object])
        backward += claim.subject == step.hop.end
    assert backward


def test_markdown_leads_to_the_papers(reported: Reported) -> None:
    text = as_markdown(*reported, {})
    assert text.count("## ") == len(reported[0])
    assert "(https://pubmed.ncbi.nlm.nih.gov/101/)" in text
    assert "- IL1RN **decreases** serotonin" in text
    assert "against it" in text


def test_marks_of_markdown_are_only_characters(reported: Reported) -> None:
    from litkg.hypotheses.report import _plain

    assert _plain("a*b_[c](d)") == r"a\*b\_\[c\](d)"
