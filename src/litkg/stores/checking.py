"""Refuses an extraction that contradicts itself, before any of it touches a graph.

Owns what must hold inside one extraction; refuses to look at a store.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from litkg.errors import StoreError
from litkg.model import Assertion, Extraction, Run, make_run
from litkg.predicates import make_assertion

_REMEDY = "extract the document again with this version of litkg"


def check_extraction(extraction: Extraction) -> None:
    """Do nothing where `extraction` is sound.

    Raises: StoreError that names the document, the record and what is wrong with it.
    """
    complaint = next(_complaints(extraction), None)
    if complaint is not None:
        raise StoreError(f"{extraction.document.id}: {complaint}; {_REMEDY}")


def _complaints(extraction: Extraction) -> Iterator[str]:
    document_id = extraction.document.id
    concepts = {concept.id for concept in extraction.concepts}
    assertions = {assertion.id for assertion in extraction.assertions}
    if len(concepts) != len(extraction.concepts):
        yield "a concept is listed twice"
    for concept in extraction.concepts:
        if not concept.categories:
            yield f"concept {concept.id} has no category"
    for grounding in extraction.groundings:
        if grounding.concept is not None and grounding.concept.id not in concepts:
            yield f"mention {grounding.mention.text!r} stands for {grounding.concept.id}, a concept not listed"
    for assertion in extraction.assertions:
        for end in (assertion.subject, assertion.object):
            if end not in concepts:
                yield f"assertion {assertion.id} names {end}, a concept not listed"
        try:
            made = _made(assertion.subject, assertion.predicate, assertion.object, assertion.aspect, assertion.subject_aspect)
        except (KeyError, ValueError) as error:
            yield f"assertion {assertion.id} has predicate {assertion.predicate!r}: {error}"
            return
        if made != assertion:
            yield f"assertion {assertion.id} (sign {assertion.sign}) should be {made.id} (sign {made.sign})"
    supported = set()
    for evidence in extraction.evidence:
        supported.add(evidence.assertion_id)
        if evidence.document_id != document_id:
            yield f"evidence {evidence.id} belongs to document {evidence.document_id}"
        if evidence.assertion_id not in assertions:
            yield f"evidence {evidence.id} is of {evidence.assertion_id}, an assertion not listed"
        if not 0.0 <= evidence.confidence <= 1.0:
            yield f"evidence {evidence.id} has confidence {evidence.confidence}, outside [0, 1]"
    if extraction.run is not None and _remade(extraction.run) != extraction.run:
        yield f"its run {extraction.run.id} has the content of {_remade(extraction.run).id}"
    if assertions - supported:
        yield f"assertions without evidence: {', '.join(sorted(assertions - supported))}"
    for report in extraction.case_reports:
        if report.document_id != document_id:
            yield f"case report {report.id} belongs to document {report.document_id}"
        for named in (report.drug, report.event, *(cause.concept for cause in report.alternative_causes)):
            if named is not None and named not in concepts:
                yield f"case report {report.id} names {named}, a concept not listed"


@lru_cache(maxsize=64)
def _remade(run: Run) -> Run:
    return make_run(
        litkg=run.litkg,
        code=run.code,
        lexicon=run.lexicon,
        extractors=run.extractors,
        models=dict(run.models),
        packages=dict(run.packages),
        settings=dict(run.settings),
    )


@lru_cache(maxsize=65536)
def _made(subject: str, predicate: str, object_: str, aspect: str | None, subject_aspect: str | None) -> Assertion:
    return make_assertion(subject, predicate, object_, aspect=aspect, subject_aspect=subject_aspect)
