"""Turns the extraction of one document into the rows that a load writes of it.

Owns all of a load that needs no look at the graph: the checks, the probability of each evidence, what a document's evidence amounts to for each assertion.
Refuses to know what other documents say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from litkg.belief import AssertionSummary, Observation, summarise, summarise_one
from litkg.calibration import load_calibration, reading_of
from litkg.model import Assertion, Evidence, Extraction, Run
from litkg.stores.base import Counts
from litkg.stores.checking import check_extraction
from litkg.stores.concepts import ConceptRecord, record_of
from litkg.stores.rows import case_report_row, counts, document_row, evidence_row
from litkg.stores.writing import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedEvidence:
    """The row of an evidence, and the assertion that it supports, or refutes where `negated`."""

    row: Values
    assertion_id: str
    negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedCaseReport:
    """The row of a case report, and the concepts that it is about."""

    row: Values
    drug: str
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedDocument:
    """The rows of one document, each id once: `concepts` by id with the number of mentions, `assertions` with what this document's evidence amounts to."""

    id: str
    row: Values
    concepts: dict[str, tuple[ConceptRecord, int]]
    assertions: tuple[tuple[Assertion, AssertionSummary], ...]
    evidence: tuple[PreparedEvidence, ...]
    case_reports: tuple[PreparedCaseReport, ...]
    counts: Counts
    run: Run | None


def prepare(extraction: Extraction) -> PreparedDocument:
    """Return the rows of a document.

    Raises: StoreError for an extraction that contradicts itself.
    """
    check_extraction(extraction)
    document = extraction.document
    mentions = Counter(grounding.concept.id for grounding in extraction.groundings if grounding.concept is not None)
    evidence, summaries = _evidence(extraction)
    reports = {report.id: report for report in extraction.case_reports}
    return PreparedDocument(
        id=document.id,
        row=document_row(document),
        concepts={concept.id: (record_of(concept), mentions[concept.id]) for concept in extraction.concepts},
        assertions=tuple((assertion, summaries[assertion.id]) for assertion in extraction.assertions if assertion.id in summaries),
        evidence=evidence,
        case_reports=tuple(PreparedCaseReport(row=case_report_row(item), drug=item.drug, event=item.event) for _, item in sorted(reports.items())),
        counts=counts(extraction),
        run=extraction.run,
    )


def _evidence(extraction: Extraction) -> tuple[tuple[PreparedEvidence, ...], dict[str, AssertionSummary]]:
    """Return the rows of the evidence, the surest of several with one id, and what the evidence of each assertion amounts to."""
    calibration = load_calibration()
    assertions = {assertion.id: assertion for assertion in extraction.assertions}
    categories = {concept.id: concept.categories[0] for concept in extraction.concepts}
    surest: dict[str, Evidence] = {}
    for item in extraction.evidence:
        known = surest.get(item.id)
        if known is None or item.confidence > known.confidence:
            surest[item.id] = item
    rows = []
    groups: dict[str, list[tuple[Evidence, float]]] = defaultdict(list)
    for item in surest.values():
        assertion = assertions[item.assertion_id]
        probability = calibration.probability(reading_of(item, assertion, categories[assertion.subject], categories[assertion.object]))
        rows.append(PreparedEvidence(row=evidence_row(item, probability), assertion_id=item.assertion_id, negated=item.negated))
        groups[item.assertion_id].append((item, probability))
    year = extraction.document.year
    return tuple(rows), {assertion_id: _amounts(group, year) for assertion_id, group in groups.items()}


def _amounts(group: list[tuple[Evidence, float]], year: int | None) -> AssertionSummary:
    if len(group) == 1:
        item, probability = group[0]
        return summarise_one(year, item.negated, item.certainty, probability)
    return summarise(
        Observation(evidence_id=item.id, document_id=item.document_id, year=year, negated=item.negated, certainty=item.certainty, probability=probability)
        for item, probability in group
    )
