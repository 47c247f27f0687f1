"""Refuses an extraction that contradicts itself, before any of it touches a graph.

Owns what must hold inside one extraction; refuses to look at a store.
"""

from __future__ import annotations

from litkg.errors import StoreError
from litkg.model import Assertion, Extraction
from litkg.predicates import make_assertion

_REMEDY = "extract the document again with this version of litkg"


def check_extraction(extraction: Extraction) -> None:
    """Do nothing where `extraction` is sound.

    Raises: StoreError that names the document, the record and what is wrong with it.
    """
    document_id = extraction.document.id
    concepts = {concept.id for concept in extraction.concepts}
    assertions = {assertion.id for assertion in extraction.assertions}
    _require(len(concepts) == len(extraction.concepts), document_id, "a concept is listed twice")
    for concept in extraction.concepts:
        _require(bool(concept.categories), document_id, f"concept {concept.id} has no category")
    for grounding in extraction.groundings:
        if grounding.concept is not None:
            _require(
                grounding.concept.id in concepts, document_id, f"mention {grounding.mention.text!r} stands for {grounding.concept.id}, a concept not listed"
            )
    for assertion in extraction.assertions:
        _check_assertion(assertion, document_id, concepts)
    for evidence in extraction.evidence:
        _require(evidence.document_id == document_id, document_id, f"evidence {evidence.id} belongs to document {evidence.document_id}")
        _require(evidence.assertion_id in assertions, document_id, f"evidence {evidence.id} is of {evidence.assertion_id}, an assertion not listed")
        _require(0.0 <= evidence.confidence <= 1.0, document_id, f"evidence {evidence.id} has confidence {evidence.confidence}, outside [0, 1]")
    bare = assertions - {evidence.assertion_id for evidence in extraction.evidence}
    _require(not bare, document_id, f"assertions without evidence: {', '.join(sorted(bare))}")
    for report in extraction.case_reports:
        _require(report.document_id == document_id, document_id, f"case report {report.id} belongs to document {report.document_id}")
        for end in (report.drug, report.event):
            _require(end in concepts, document_id, f"case report {report.id} names {end}, a concept not listed")
        for cause in report.alternative_causes:
            _require(cause.concept is None or cause.concept in concepts, document_id, f"case report {report.id} names {cause.concept}, a concept not listed")


def _check_assertion(assertion: Assertion, document_id: str, concepts: set[str]) -> None:
    for end in (assertion.subject, assertion.object):
        _require(end in concepts, document_id, f"assertion {assertion.id} names {end}, a concept not listed")
    try:
        made = make_assertion(assertion.subject, assertion.predicate, assertion.object, aspect=assertion.aspect, subject_aspect=assertion.subject_aspect)
    except (KeyError, ValueError) as error:
        raise StoreError(f"{document_id}: assertion {assertion.id} has predicate {assertion.predicate!r}: {error}; {_REMEDY}") from error
    _require(made == assertion, document_id, f"assertion {assertion.id} (sign {assertion.sign}) should be {made.id} (sign {made.sign})")


def _require(holds: bool, document_id: str, complaint: str) -> None:
    if not holds:
        raise StoreError(f"{document_id}: {complaint}; {_REMEDY}")
