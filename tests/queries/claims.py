"""Graphs out of bare claims, where only the shape matters: one document, one made-up sentence, concepts named by letters or numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from litkg.model import (
    Category,
    Certainty,
    Concept,
    Document,
    Evidence,
    Extraction,
    Grounding,
    Mention,
    Section,
    SectionKind,
    SourceMap,
    content_id,
)
from litkg.predicates import make_assertion

TEXT = "A sentence that stands for all."


@dataclass(frozen=True)
class Bare:
    """A claim between two concepts; `confidence`, at most .99, is its belief where it is not negated."""

    subject: str
    predicate: str
    object: str
    confidence: float = 1.0
    negated: bool = False
    subject_aspect: str | None = None


def concept_id(name: str) -> str:
    """Return the id of the concept `name`."""
    return f"litkg.text:{name}"


def claims_extraction(claims: Iterable[Bare], *, document_id: str = "PMID:1") -> Extraction:
    """Return a document that makes the claims; of claims on one assertion each is an evidence of its own."""
    given = tuple(claims)
    assertions = {}
    evidence = {}
    for number, claim in enumerate(given):
        assertion = make_assertion(concept_id(claim.subject), claim.predicate, concept_id(claim.object), subject_aspect=claim.subject_aspect)
        assertions[assertion.id] = assertion
        id_ = content_id("ev", assertion.id, number)
        evidence[id_] = Evidence(
            id=id_,
            assertion_id=assertion.id,
            document_id=document_id,
            section=SectionKind.BODY,
            start=0,
            end=len(TEXT),
            text=TEXT,
            subject_mention=(0, 1),
            object_mention=(2, 10),
            negated=claim.negated,
            certainty=Certainty.ASSERTED,
            confidence=claim.confidence,
            extractor="by_hand",
        )
    names = sorted({name for claim in given for name in (claim.subject, claim.object)})
    concepts = tuple(Concept(id=concept_id(name), name=name, categories=(Category.GENE,), grounded=False) for name in names)
    return Extraction(
        document=Document(
            id=document_id,
            title="Bare claims",
            text=TEXT,
            sections=(Section(kind=SectionKind.BODY, start=0, end=len(TEXT)),),
            source_map=SourceMap(segments=((0, 0, len(TEXT), len(TEXT)),)),
        ),
        concepts=concepts,
        groundings=tuple(
            Grounding(
                mention=Mention(document_id=document_id, start=0, end=1, text="A", label=Category.GENE, component="lexicon"),
                concept=concept,
                score=0.0,
                reasons=(),
            )
            for concept in concepts
        ),
        assertions=tuple(assertions[key] for key in sorted(assertions)),
        evidence=tuple(evidence[key] for key in sorted(evidence)),
        case_reports=(),
    )
