"""The web page of hypotheses: complete, alone, and harmless whatever papers say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from litkg.hypotheses.kept import Table
from litkg.hypotheses.links import link
from litkg.hypotheses.marks import Mark
from litkg.hypotheses.page import as_page
from litkg.hypotheses.page_article import shown_routes
from litkg.hypotheses.proposing import Discovery
from litkg.hypotheses.provenance import describe
from litkg.hypotheses.quoting import Quote, QuotedHop
from litkg.hypotheses.reading import read_literature
from litkg.hypotheses.records import Hypothesis, NamedHop
from litkg.hypotheses.report import Report, make_report
from litkg.hypotheses.wording import years_text
from litkg.stores import open_store
from tests.graphs import extractions
from tests.hypotheses.making import hop, hypothesis, route
from tests.hypotheses.test_markup import HOSTILE

IL1RN, DEPRESSION = "HGNC:6000", "MONDO:0002050"
UNKNOWN_TAG = 801
"""How libxml2, which knows the elements of HTML 4, calls those that came later."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with open_store(tmp_path_factory.mktemp("pages") / "graph") as store:
        store.upsert(extractions())
        literature = read_literature(store)
        table = Table(literature=literature, links=link(literature), marks=(Mark(subject=DEPRESSION, object=IL1RN, verdict="kept", note="ask the clinic"),))
        found = Discovery(table, hide=[(IL1RN, DEPRESSION)]).open_discovery(IL1RN, layer="claims", known="claims")
        return make_report(table, IL1RN, found, quoted_from=store)


def page(report: Report) -> str:
    return as_page(report, settings=[("from", "IL-1ra"), ("limit", "25")], graph=[("documents", "4")], command="litkg hypotheses --from IL-1ra")


def test_each_hypothesis_is_told_and_led_to(report: Report) -> None:
    read = html.document_fromstring(page(report))
    articles = {str(article.get("id")): article for article in read.iterfind(".//article")}
    assert len(articles) == len(report.found)
    assert [str(link.get("href")).lstrip("#") for link in read.iterfind(".//nav//a")] == list(articles)
    for item in report.found:
        text = _text(articles[f"h{item.rank}"])
        assert {item.subject_name, item.object_name, item.object} <= {part for part in (item.subject_name, item.object_name, item.object) if part in text}
        assert all(test in text for test in report.tests(item))
        for step in (report.quoted[step] for _, paths in shown_routes(item) for path in paths for step in path.hops):
            assert str(step.claim) in text
            assert step.support is not None
            assert step.support.text in text
            assert step.against is None or f"Against it: {step.against.text}" in text
        assert len(articles[f"h{item.rank}"].findall(".//figure/svg")) == 1


def test_sentences_lead_to_their_papers_and_pairs_to_a_search(report: Report) -> None:
    links = {str(link.get("href")) for link in html.document_fromstring(page(report)).iterfind(".//article//a")}
    assert "https://pubmed.ncbi.nlm.nih.gov/101/" in links
    assert any(link.startswith("https://pubmed.ncbi.nlm.nih.gov/?term=%22IL1RN%22") for link in links)
    assert all(link.startswith(("https://", "http://")) for link in links)


def test_marks_years_and_settings_are_told(report: Report) -> None:
    text = _text(html.document_fromstring(page(report)))
    assert {years_text(years) for years in report.years.values()} >= {"2006", "2010 to 2020"}
    for part in ("marked kept", "ask the clinic", *map(years_text, report.years.values()), "litkg hypotheses --from IL-1ra", "documents"):
        assert part in text


def test_the_page_loads_nothing(report: Report) -> None:
    written = page(report)
    read = html.document_fromstring(written)
    assert not read.xpath("//@src | //link | //iframe | //object | //@style | //@*[starts-with(name(), 'on')]")
    assert not re.search(r"@import|url\(", written)
    assert len(read.findall(".//script")) == len(read.findall(".//style")) == 1


def test_the_same_report_gives_the_same_page_without_time_or_place(report: Report) -> None:
    assert page(report) == page(report)
    assert str(Path.cwd()) not in page(report)


def test_nothing_found_is_said(report: Report) -> None:
    empty = html.document_fromstring(page(replace(report, found=())))
    assert "Nothing is joined to it" in _text(empty)
    assert empty.find(".//nav") is None


def test_steps_without_claims_and_steps_that_were_told_are_said_to_be_so() -> None:
    shared = hop("A", "B", belief=0.0, shared=2)
    item = hypothesis([route(shared, hop("B", "C"), hop("C", "D")), route(shared, hop("B", "E"), hop("E", "D"))])
    text = _text(html.document_fromstring(page(_report(item.routes[0].hops + item.routes[1].hops, item))))
    assert "A and B: 2 documents mention both; no paper claims anything of the two." in text
    assert "B and C: 1 document mentions both; none of the claims on the two can be quoted." in text
    assert "A and B: as in path 1." in text


def test_paths_are_shown_once_by_what_they_are_shown_for() -> None:
    chains = [route(hop("A", name), hop(name, "Z")) for name in "BCDEFIJ"]
    others = [route(hop("A", name, causal=False), hop(name, "Z", score, causal=False)) for score, name in ((1, "B"), (1, "G"), (-1, "H"))]
    item = hypothesis([*others[:1], others[2], chains[6]], mechanisms=chains, disagreeing=[others[2]])
    shown = [(title, [path.hops[0].end_name for path in paths]) for title, paths in shown_routes(item)]
    assert shown == [("Chains of causal claims", ["B", "C", "D", "E", "F", "I"]), ("Paths that count most", ["H", "J"])]
    apart = shown_routes(hypothesis(others[:2], disagreeing=[others[2]]))
    assert [title for title, _ in apart] == ["Paths that count most", "Against the sign"]


@settings(max_examples=60, deadline=None)
@given(st.tuples(HOSTILE, HOSTILE, HOSTILE), HOSTILE, HOSTILE, HOSTILE)
def test_hostile_names_and_sentences_change_no_element(names: tuple[str, str, str], sentence: str, document: str, note: str) -> None:
    hostile, harmless = _page_of(names, sentence, document, note), _page_of(("a", "b", "c"), "d", "e", "f")
    assert _elements(hostile) == _elements(harmless)


def _page_of(names: tuple[str, str, str], sentence: str, document: str, note: str) -> str:
    first, between, last = (f"{place}{name}" for place, name in enumerate(names))
    steps = hop(first, between, -1), hop(between, last, causal=False, divided=True)
    item = hypothesis([route(*steps)])
    quote = Quote(text=sentence, document=document, title=f"{sentence}.", year=2001, certainty="asserted", link=None)
    quoted = {
        step: QuotedHop(hop=step, claim="as:1", subject=step.start_name, object=step.end_name, predicate="increases", support=quote, against=quote)
        for step in steps
    }
    mark = Mark(subject=item.subject, object=item.object, verdict="kept", note=f"x{note}".encode(errors="replace").decode())
    return page(replace(_report(steps, item), quoted=quoted, marks={item.object: mark}))


def _report(steps: tuple[NamedHop, ...], item: Hypothesis) -> Report:
    return Report(
        subject=steps[0].start,
        subject_name=steps[0].start_name,
        found=[item],
        years={},
        quoted={step: QuotedHop(hop=step) for step in steps},
        marks={},
        categories={},
    )


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _elements(text: str) -> list[tuple[str, list[str]]]:
    """Return all elements with the names of their attributes but the lines of names in drawings, of which long names need two.

    What is no sound page fails, but for elements that are younger than the parser.
    """
    parser = etree.HTMLParser()
    read = etree.fromstring(text, parser)
    assert [str(error) for error in parser.error_log if error.type != UNKNOWN_TAG] == []
    return [(str(item.tag), sorted(map(str, item.attrib))) for item in read.iter() if item.tag != "text"]


def test_the_graph_is_told_by_what_was_read(tmp_path: Path) -> None:
    told = []
    for order in (1, -1):
        with open_store(tmp_path / str(order)) as store:
            store.upsert(extractions()[::order])
            told.append(describe(read_literature(store)))
    assert told[0] == told[1]
    assert dict(told[0])["their years"] == "2006 to 2020"
    with open_store(tmp_path / "1") as store:
        store.remove("PMID:104")
        assert dict(describe(read_literature(store)))["digest of what was read"] != dict(told[0])["digest of what was read"]
