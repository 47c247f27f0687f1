"""Invents papers to scale: extractions of any number of documents, the same on every machine and for every run, made as they are asked for.

The shape follows abstracts and articles as litkg reads them: ten evidences a document on average, in sentences of some 140 characters; most assertions have
one evidence and few have hundreds, as most concepts are named once and few are hubs (a power law). One evidence in fifteen refutes, one in four is hedged,
one document in forty holds a case report. Document `n` is the same whatever `documents` is, given `seed` and `scale`, so that a load can be cut and go on.

`scale` is the number of documents that the world of concepts and claims is made for: 10 evidences and about 6 new assertions a document.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache

from litkg.model import (
    Answer,
    Assertion,
    CaseReport,
    Category,
    Certainty,
    Concept,
    Criterion,
    Document,
    Evidence,
    Extraction,
    Grounding,
    Knowledge,
    Mention,
    Section,
    SectionKind,
    SourceMap,
    content_id,
)
from litkg.predicates import make_assertion

EVIDENCE_A_DOCUMENT = 10
"""Mean; a document has from 1 to 19."""

CONCEPTS_A_DOCUMENT = 10
"""Drawn for a document; a hub may be drawn twice, and not all are spoken of."""

_KINDS = (
    (Category.GENE, "HGNC", "increases", "expression"),
    (Category.DRUG, "CHEBI", "decreases", "activity"),
    (Category.DISEASE, "MONDO", "associated_with", None),
    (Category.CYTOKINE, "HGNC", "increases", "secretion"),
    (Category.CHEMICAL, "CHEBI", "affects", "abundance"),
)
_CAUSAL_ON_DISEASE = ("causes", "treats", "has_adverse_event", "worsens")
# fmt: off
_WORDS = (
    "patients", "mice", "cells", "group", "weeks", "daily", "dose", "serum", "plasma", "level", "response", "assay", "control", "study", "cohort",
    "tissue", "treated", "observed", "measured", "marked", "early", "late", "strong", "weak", "higher", "lower", "during", "after", "before", "under",
    "within",
)
# fmt: on


def synthetic_extractions(documents: int, *, seed: int = 0, scale: int | None = None, start: int = 0) -> Iterator[Extraction]:
    """Yield the extractions of documents `start` to `start + documents - 1`, in order."""
    world = scale or documents
    for number in range(start, start + documents):
        yield synthetic_extraction(number, seed=seed, scale=world)


def synthetic_extraction(number: int, *, seed: int = 0, scale: int = 10_000) -> Extraction:
    """Return the extraction of one document."""
    draw = random.Random(f"{seed} {number}")
    document_id = f"PMID:{10_000_000 + number}"
    claims = _claims(draw, scale)
    sentences, evidence, groundings, position = [], {}, [], 0
    for assertion in claims:
        subject, object_ = (_concept(end) for end in (assertion.subject, assertion.object))
        opening = " ".join(draw.choices(_WORDS, k=5))
        sentence = f"{opening} {subject.name} {assertion.predicate} {object_.name} {' '.join(draw.choices(_WORDS, k=10))}."
        first = position + len(opening) + 1
        second = first + len(subject.name) + len(assertion.predicate) + 2
        for concept, at in ((subject, first), (object_, second)):
            groundings.append(_grounding(document_id, concept, at))
        item = _evidence(document_id, assertion, draw, sentence, position, (first, first + len(subject.name)), (second, second + len(object_.name)))
        evidence[item.id] = item
        sentences.append(sentence)
        position += len(sentence) + 1
    text = " ".join(sentences)
    concepts = {grounding.concept.id: grounding.concept for grounding in groundings if grounding.concept}
    assertions = {assertion.id: assertion for assertion in claims}
    return Extraction(
        document=Document(
            id=document_id,
            title=f"Invented paper {number} on {groundings[0].mention.text}",
            text=text,
            sections=(Section(kind=SectionKind.BODY, start=0, end=len(text)),),
            source_map=SourceMap(segments=((0, 0, len(text), len(text)),)),
            year=1960 + draw.randrange(66),
            journal=f"Journal {draw.randrange(300)}",
            sha256=content_id("sha", text),
        ),
        concepts=tuple(concepts[item] for item in sorted(concepts)),
        groundings=tuple(groundings),
        assertions=tuple(assertions[item] for item in sorted(assertions)),
        evidence=tuple(evidence[item] for item in sorted(evidence)),
        case_reports=_case_reports(document_id, claims, draw),
    )


def _claims(draw: random.Random, scale: int) -> list[Assertion]:
    """Return the claims of a document: between concepts of its own, some of them hubs, one claim for most pairs."""
    world = max(50, int(20 * scale**0.7))
    concepts = [int(world * draw.random() ** 6) for _ in range(CONCEPTS_A_DOCUMENT)]
    return [_assertion(*draw.sample(concepts, 2), draw.randrange(4) // 3) for _ in range(draw.randint(1, 2 * EVIDENCE_A_DOCUMENT - 1))]


@lru_cache(maxsize=200_000)
def _assertion(subject: int, object_: int, turn: int) -> Assertion:
    """Return one of the two claims that there are between two concepts; of its own kind for a disease as object."""
    object_ += object_ == subject
    _, _, predicate, aspect = _KINDS[subject % len(_KINDS)]
    if _KINDS[object_ % len(_KINDS)][0] is Category.DISEASE:
        predicate, aspect = _CAUSAL_ON_DISEASE[(subject + turn) % len(_CAUSAL_ON_DISEASE)], None
    return make_assertion(_concept_id(subject), predicate, _concept_id(object_), aspect=aspect)


def _concept_id(number: int) -> str:
    return f"{_KINDS[number % len(_KINDS)][1]}:{1_000_000 + number}"


@lru_cache(maxsize=200_000)
def _concept(concept_id: str) -> Concept:
    number = int(concept_id.partition(":")[2]) - 1_000_000
    category = _KINDS[number % len(_KINDS)][0]
    categories = (Category.GENE, Category.CYTOKINE) if category is Category.CYTOKINE else (category,)
    return Concept(
        id=concept_id,
        name=f"{category.value.lower()}-{number}",
        categories=categories,
        synonyms=tuple(f"{category.value} {number} {form}" for form in ("alpha", "long name", "old name")[: 1 + number % 3]),
        xrefs=(f"MESH:D{number:06}",),
    )


def _grounding(document_id: str, concept: Concept, start: int) -> Grounding:
    mention = Mention(
        document_id=document_id, start=start, end=start + len(concept.name), text=concept.name, label=concept.categories[0], component="litkg_lexicon"
    )
    return Grounding(mention=mention, concept=concept, score=0.9, reasons=("its name",))


def _evidence(
    document_id: str, assertion: Assertion, draw: random.Random, sentence: str, start: int, subject: tuple[int, int], object_: tuple[int, int]
) -> Evidence:
    negated = draw.random() < 1 / 15
    certainty = draw.choices((Certainty.ASSERTED, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.HYPOTHESISED), (75, 10, 10, 5))[0]
    return Evidence(
        id=content_id("ev", assertion.id, document_id, start),
        assertion_id=assertion.id,
        document_id=document_id,
        section=SectionKind.BODY,
        start=start,
        end=start + len(sentence),
        text=sentence,
        subject_mention=subject,
        object_mention=object_,
        negated=negated,
        certainty=certainty,
        confidence=0.9,
        extractor="litkg.patterns/1",
        knowledge=Knowledge.RESULT,
    )


def _case_reports(document_id: str, claims: list[Assertion], draw: random.Random) -> tuple[CaseReport, ...]:
    if draw.random() > 1 / 40:
        return ()
    first = claims[0]
    return (
        CaseReport(
            id=content_id("cr", document_id, first.subject, first.object),
            document_id=document_id,
            drug=first.subject,
            event=first.object,
            dechallenge=Criterion(answer=Answer.YES, start=0, end=5, text="after"),
        ),
    )
