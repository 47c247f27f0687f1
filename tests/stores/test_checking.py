"""Extractions that contradict themselves are refused with the record that does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from litkg.errors import StoreError
from litkg.model import Extraction
from litkg.stores.checking import check_extraction
from tests.graphs import extractions


def test_sound_extractions_pass() -> None:
    for extraction in extractions():
        check_extraction(extraction)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda e: replace(e, concepts=e.concepts[1:]), "a concept not listed"),
        (lambda e: replace(e, concepts=(*e.concepts, e.concepts[0])), "twice"),
        (lambda e: replace(e, concepts=(replace(e.concepts[0], categories=()), *e.concepts[1:])), "no category"),
        (lambda e: replace(e, assertions=e.assertions[1:]), "an assertion not listed"),
        (lambda e: replace(e, assertions=(replace(e.assertions[0], id="as:1"), *e.assertions[1:])), "should be as:"),
        (lambda e: replace(e, assertions=(replace(e.assertions[0], predicate="cures"), *e.assertions[1:])), "predicate 'cures'"),
        (lambda e: replace(e, assertions=(replace(e.assertions[0], sign=7), *e.assertions[1:])), "sign 7"),
        (lambda e: replace(e, evidence=e.evidence[1:]), "without evidence"),
        (lambda e: replace(e, evidence=(replace(e.evidence[0], document_id="PMID:9"), *e.evidence[1:])), "belongs to document PMID:9"),
        (lambda e: replace(e, evidence=(replace(e.evidence[0], confidence=2.0), *e.evidence[1:])), "outside"),
        (lambda e: replace(e, case_reports=(replace(e.case_reports[0], drug="X:1"),)), "names X:1"),
        (lambda e: replace(e, case_reports=(replace(e.case_reports[0], document_id="PMID:9"),)), "belongs to document PMID:9"),
    ],
)
def test_a_contradiction_is_refused(spoil: Callable[[Extraction], Extraction], complaint: str) -> None:
    with pytest.raises(StoreError, match=f"PMID:101: .*{complaint}"):
        check_extraction(spoil(extractions()[0]))
