"""Hypotheses as CSV, records and Markdown, with the sentences of the little graph."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from litkg.hypotheses.kept import Table
from litkg.hypotheses.links import link
from litkg.hypotheses.marks import Mark
from litkg.hypotheses.proposing import Discovery
from litkg.hypotheses.quoting import QuotedHop
from litkg.hypotheses.reading import read_literature
from litkg.hypotheses.report import COLUMNS, Report, as_csv, as_markdown, as_records, make_report
from litkg.stores import open_store
from tests.graphs import extractions
from tests.hypotheses.making import hop, hypothesis, route

IL1RN, DEPRESSION = "HGNC:6000", "MONDO:0002050"
MARK = Mark(subject=DEPRESSION, object=IL1RN, verdict="kept", note="ask *them*")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with open_store(tmp_path_factory.mktemp("reports") / "graph") as store:
        store.upsert(extractions())
        literature = read_literature(store)
        table = Table(literature=literature, links=link(literature), marks=(MARK,))
        return make_report(table, IL1RN, Discovery(table, hide=[(IL1RN, DEPRESSION)]).open_discovery(IL1RN, layer="claims", known="claims"), quoted_from=store)


def test_csv_has_a_line_for_each(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(report.found, report.marks))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["object"] for row in rows] == [item.object for item in report.found]
    depression = next(row for row in rows if row["object"] == DEPRESSION)
    assert depression["best_path"] == "IL1RN -| serotonin -| depressive disorder"
    assert depression["pubmed_query"] == '"IL1RN"[Title/Abstract] AND "depressive disorder"[Title/Abstract]'
    assert (depression["mark"], depression["note"]) == ("kept", "ask *them*")


def test_a_record_has_years_sentences_tests_and_search(report: Report) -> None:
    records = json.loads(json.dumps(as_records(report)))
    assert [record["rank"] for record in records] == [item.rank for item in report.found]
    depression = next(record for record in records if record["object"] == DEPRESSION)
    first = next(path for path in depression["routes"] if path["hops"][0]["end_name"] == "serotonin")["hops"][0]
    assert (first["start"], first["first_year"], first["last_year"]) == (IL1RN, 2006, 2006)
    assert (first["subject"], first["predicate"], first["object"]) == ("IL1RN", "decreases", "serotonin")
    assert first["support"]["link"] == "https://pubmed.ncbi.nlm.nih.gov/101/"
    assert depression["mark"] == {"verdict": "kept", "note": "ask *them*"}
    assert depression["tests"] == list(report.tests(next(item for item in report.found if item.object == DEPRESSION)))
    assert depression["pubmed_link"].endswith("%22IL1RN%22%5BTitle%2FAbstract%5D%20AND%20%22depressive%20disorder%22%5BTitle%2FAbstract%5D")


def test_a_report_without_sentences_has_all_else(report: Report) -> None:
    quoted = json.loads(json.dumps(as_records(report)))
    plain = json.loads(json.dumps(as_records(replace(report, quoted={}))))
    for record in quoted:
        for path in (*record["routes"], *record["mechanisms"], *record["disagreeing"]):
            path["hops"] = [{name: value for name, value in each.items() if name in plain[0]["routes"][0]["hops"][0]} for each in path["hops"]]
    assert plain == quoted


def test_markdown_leads_to_the_papers(report: Report) -> None:
    text = as_markdown(report)
    assert text.count("## ") == len(report.found)
    assert "(https://pubmed.ncbi.nlm.nih.gov/101/)" in text
    assert "- IL1RN **decreases** serotonin (belief 0.36; 2006; as:" in text
    assert "- Raise IL1RN, and block it: with more IL1RN, depressive disorder should be more frequent or worse." in text
    assert "Marked kept: ask \\*them\\*" in text


def test_markdown_tells_parts_readings_relatives_and_other_paths() -> None:
    best, other = route(hop("A", "B"), hop("B", "C*")), route(hop("A", "D", -1), hop("D", "C*"))
    item = hypothesis([best], disagreeing=[other], reading="adverse event")
    quoted = {step: QuotedHop(hop=step) for step in best.hops}
    text = as_markdown(Report(subject="[A]", subject_name="A", found=[item], years={}, quoted=quoted, marks={}, categories={}))
    assert (
        "Score 0.5 (causal 0.25, signed 0.25); more A should mean more C\\* (100% of what tells a sign), read as adverse event; "
        "chains of causal claims from A to C\\*; paths: 2; documents that mention both: 0."
    ) in text
    assert "Linked already with what is directly wider or narrower: a wider one." in text
    assert "What disagrees:\n\n- `A -| D -> C*`" in text


def test_marks_of_markdown_are_only_characters() -> None:
    from litkg.hypotheses.report import _plain

    assert _plain("a*b_[c](d)") == r"a\*b\_\[c\](d)"
