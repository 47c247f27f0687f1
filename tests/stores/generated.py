"""Hypothesis strategies for extractions that share concepts and assertions, and disagree about them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from litkg.model import (
    AlternativeCause,
    Answer,
    Assertion,
    CaseReport,
    Category,
    Certainty,
    Concept,
    Criterion,
    Cue,
    Document,
    Evidence,
    Extraction,
    Grounding,
    Knowledge,
    Mention,
    NaranjoItem,
    Section,
    SectionKind,
    SourceMap,
    content_id,
    make_run,
)
from litkg.predicates import make_assertion

CONCEPT_IDS = ("HGNC:1", "CHEBI:2", "MONDO:3", "litkg.text:four")
ASSERTIONS = tuple(
    make_assertion(subject, predicate, object_, aspect=aspect, subject_aspect=subject_aspect)
    for subject, predicate, object_, aspect, subject_aspect in (
        ("HGNC:1", "increases", "CHEBI:2", "abundance", None),
        ("HGNC:1", "increases", "CHEBI:2", "activity", None),
        ("HGNC:1", "increases", "CHEBI:2", None, "loss_of_function"),
        ("CHEBI:2", "causes", "MONDO:3", None, None),
        ("MONDO:3", "associated_with", "CHEBI:2", None, None),
        ("litkg.text:four", "treats", "MONDO:3", None, None),
        ("HGNC:1", "affects", "HGNC:1", "expression", None),
    )
)

RUNS = (
    None,
    make_run(litkg="0.1.0", code="a", lexicon="b"),
    make_run(
        litkg="0.1.0", code="c", lexicon="b", extractors=("drawn",), models={"pairs": "d", "cues": "e"}, packages={"spacy": "3"}, settings={"linker": "litkg"}
    ),
)

concept_records = st.builds(
    Concept,
    id=st.just(""),
    name=st.sampled_from(["one", "One", "éins", 'quote"d']),
    categories=st.lists(st.sampled_from([Category.DRUG, Category.DISEASE, Category.ADVERSE_EVENT]), min_size=1, max_size=2, unique=True).map(tuple),
    synonyms=st.sampled_from([(), ("a",), ("b", "a")]),
    xrefs=st.sampled_from([(), ("X:1",)]),
    grounded=st.booleans(),
    families=st.sampled_from([(), (), ("FPLX:1",), ("FPLX:1", "FPLX:2")]),
)
claims = st.tuples(st.sampled_from(ASSERTIONS), st.integers(0, 3), st.booleans(), st.sampled_from(Certainty), st.sampled_from([0.0, 0.25, 0.9, 1.0]))


@st.composite
def extractions(draw: st.DrawFn, document_id: str) -> Extraction:
    """Draw what some reading of one document might find, from nothing to much; it may give an evidence twice, not equally sure of it."""
    found = draw(st.lists(claims, max_size=5))
    named = {end for assertion, *_ in found for end in (assertion.subject, assertion.object)}
    named |= draw(st.sets(st.sampled_from(CONCEPT_IDS), max_size=2))
    reported = draw(st.booleans()) and {"CHEBI:2", "MONDO:3"} <= named
    concepts = tuple(replace(draw(concept_records), id=concept_id) for concept_id in sorted(named))
    evidence = {item.id: item for item in (_evidence(document_id, *claim) for claim in found)}
    again = draw(st.lists(st.sampled_from(sorted(evidence)), max_size=2)) if evidence else []
    assertions = {item.assertion_id for item in evidence.values()}
    text = draw(st.sampled_from(["", "text", "Ein längerer Text"]))
    return Extraction(
        document=Document(
            id=document_id,
            title=draw(st.sampled_from(["", "A title", "Ünïcode"])),
            text=text,
            sections=(Section(kind=SectionKind.BODY, start=0, end=len(text)),),
            source_map=SourceMap(segments=((0, 0, len(text), len(text)),)),
            year=draw(st.sampled_from([None, 1999, 2020])),
            journal=draw(st.sampled_from([None, "A journal"])),
            sha256=content_id("sha", text),
            retracted=draw(st.booleans()),
        ),
        concepts=concepts,
        groundings=tuple(_grounding(document_id, concept, draw(st.integers(0, 2))) for concept in concepts),
        assertions=tuple(sorted((item for item in ASSERTIONS if item.id in assertions), key=lambda item: item.id)),
        evidence=(*(evidence[item] for item in sorted(evidence)), *(replace(evidence[item], confidence=0.5) for item in again)),
        case_reports=(_case_report(document_id),) if reported else (),
        run=draw(st.sampled_from(RUNS)),
    )


def little(document_id: str) -> Extraction:
    """Return the extraction of a document that names one concept and says nothing."""
    text = "x"
    concept = Concept(id="CHEBI:2", name="two", categories=(Category.DRUG,))
    document = Document(
        id=document_id,
        title="Little",
        text=text,
        sections=(Section(kind=SectionKind.BODY, start=0, end=len(text)),),
        source_map=SourceMap(segments=((0, 0, len(text), len(text)),)),
        sha256=content_id("sha", text),
    )
    return Extraction(document=document, concepts=(concept,), groundings=(), assertions=(), evidence=(), case_reports=())


collections = st.tuples(*(st.one_of(st.none(), extractions(f"PMID:{number}")) for number in range(1, 5))).map(
    lambda drawn: tuple(item for item in drawn if item is not None)
)
"""Up to four documents, each with an id of its own."""


def _evidence(document_id: str, assertion: Assertion, start: int, negated: bool, certainty: Certainty, confidence: float) -> Evidence:
    assertion_id = assertion.id
    return Evidence(
        id=content_id("ev", assertion_id, document_id, start, negated, certainty),
        assertion_id=assertion_id,
        document_id=document_id,
        section=SectionKind.RESULTS,
        start=start,
        end=start + 1,
        text="x",
        subject_mention=(start, start + 1),
        object_mention=(start, start + 1),
        negated=negated,
        certainty=certainty,
        confidence=confidence,
        extractor="drawn",
        knowledge=Knowledge.HYPOTHESIS if certainty is Certainty.HYPOTHESISED else Knowledge.RESULT,
        negation=Cue(text="x", start=start, end=start + 1, scope=(0, start + 1)) if negated else None,
        doubt=None if certainty is Certainty.ASSERTED else Cue(text="x", start=start, end=start + 1, scope=(start, start + 1)),
        comparator=(start, start + 1) if negated else None,
        publications=("PMID:7",) if confidence == 0.25 else (),
    )


def _grounding(document_id: str, concept: Concept, start: int) -> Grounding:
    mention = Mention(document_id=document_id, start=start, end=start + 1, text="x", label=concept.categories[0], component="drawn")
    return Grounding(mention=mention, concept=concept, score=1.0, reasons=())


def _case_report(document_id: str) -> CaseReport:
    return CaseReport(
        id=content_id("cr", document_id),
        document_id=document_id,
        drug="CHEBI:2",
        event="MONDO:3",
        dose=Criterion(answer=Answer.YES, start=0, end=1, text="x", value="1 mg"),
        alternative_causes=(
            AlternativeCause(name="flu", ruled_out=Answer.YES, start=0, end=1, text="x"),
            AlternativeCause(name="gout", ruled_out=Answer.NO, start=0, end=1, text="x", concept="MONDO:3"),
        ),
        naranjo=(NaranjoItem(number=4, start=0, end=1, text="x"), NaranjoItem(number=5, answer=Answer.YES, start=0, end=1, text="x")),
    )
