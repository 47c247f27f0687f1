"""Turns an annotation into assertions and evidence: the same claim in two sentences is one assertion with two evidences.

Owns content ids and the merging of evidence; refuses to judge (`belief.py` does).
"""

from __future__ import annotations

from litkg.model import Annotation, Assertion, Concept, Evidence, Extraction, Grounding, Relation, content_id
from litkg.predicates import load_predicates, make_assertion


def assemble(annotation: Annotation) -> Extraction:
    """Return the extraction of one document: assertions and evidence sorted by id, concepts once each, groundings in text order.

    Relations whose ends have no concept, or the same concept, are left out. Of two evidences that differ in confidence only, the surer stays.
    """
    assertions: dict[str, Assertion] = {}
    evidence: dict[str, Evidence] = {}
    concepts: dict[str, Concept] = {item.concept.id: item.concept for item in annotation.groundings if item.concept}
    for relation in annotation.relations:
        subject, object_ = relation.subject.concept, relation.object.concept
        if subject is None or object_ is None or subject.id == object_.id:
            continue
        assertion = make_assertion(subject.id, relation.predicate, object_.id, aspect=relation.aspect, subject_aspect=relation.subject_aspect)
        assertions[assertion.id] = assertion
        concepts |= {subject.id: subject, object_.id: object_}
        item = _evidence(relation, assertion, annotation)
        if item.id not in evidence or evidence[item.id].confidence < item.confidence:
            evidence[item.id] = item
    return Extraction(
        document=annotation.document,
        concepts=tuple(concepts[key] for key in sorted(concepts)),
        groundings=annotation.groundings,
        assertions=tuple(assertions[key] for key in sorted(assertions)),
        evidence=tuple(evidence[key] for key in sorted(evidence)),
        case_reports=tuple(sorted(annotation.case_reports, key=lambda report: report.id)),
    )


def _evidence(relation: Relation, assertion: Assertion, annotation: Annotation) -> Evidence:
    subject, object_ = relation.subject, relation.object
    row = load_predicates()[relation.predicate]
    if row.symmetric and subject.concept and assertion.subject != subject.concept.id:
        subject, object_ = object_, subject
    document = annotation.document
    parts = (
        assertion.id,
        document.id,
        relation.section.value,
        relation.start,
        relation.end,
        _span(subject),
        _span(object_),
        relation.negated,
        relation.certainty.value,
        relation.extractor,
    )
    return Evidence(
        id=content_id("ev", *parts),
        assertion_id=assertion.id,
        document_id=document.id,
        section=relation.section,
        start=relation.start,
        end=relation.end,
        text=document.text[relation.start : relation.end],
        subject_mention=_span(subject),
        object_mention=_span(object_),
        negated=relation.negated,
        certainty=relation.certainty,
        confidence=relation.confidence,
        extractor=relation.extractor,
        knowledge=relation.knowledge,
        negation=relation.negation,
        doubt=relation.doubt,
        comparator=relation.comparator,
    )


def _span(grounding: Grounding) -> tuple[int, int]:
    return grounding.mention.start, grounding.mention.end
