"""Extractions for tests: any that Hypothesis can think of, and one over a given raw text."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from litkg.model import (
    CRITERIA,
    NARANJO_ITEMS,
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
    RawDocument,
    Section,
    SectionKind,
    SourceMap,
    content_id,
    make_run,
)
from litkg.predicates import ASPECTS, SUBJECT_ASPECT_SIGN, load_predicates, make_assertion

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCORES = st.floats(0, 1)


def spans(length: int) -> st.SearchStrategy[tuple[int, int]]:
    """Return spans, empty ones too, within a text of `length`."""
    return st.lists(st.integers(0, length), min_size=2, max_size=2).map(lambda ends: (min(ends), max(ends)))


def cues(length: int) -> st.SearchStrategy[Cue]:
    """Return cues within a text of `length`, each inside its scope."""
    return st.tuples(spans(length), spans(length), TEXTS).map(
        lambda drawn: Cue(text=drawn[2], start=drawn[0][0], end=drawn[0][1], scope=(min(drawn[0][0], drawn[1][0]), max(drawn[0][1], drawn[1][1])))
    )


def criteria(length: int) -> st.SearchStrategy[Criterion]:
    """Return criteria with and without a span."""
    known = st.builds(
        lambda answer, span, text, value: Criterion(answer=answer, start=span[0], end=span[1], text=text, value=value),
        st.sampled_from(Answer),
        spans(length),
        TEXTS,
        st.none() | TEXTS,
    )
    return st.just(Criterion()) | known


def causes(length: int) -> st.SearchStrategy[tuple[AlternativeCause, ...]]:
    """Return alternative causes, none of them named by a concept."""
    cause = st.builds(
        lambda name, ruled_out, span, text: AlternativeCause(name=name, ruled_out=ruled_out, start=span[0], end=span[1], text=text),
        TEXTS,
        st.sampled_from(Answer),
        spans(length),
        TEXTS,
    )
    return st.lists(cause, max_size=3).map(tuple)


def naranjo_items(length: int) -> st.SearchStrategy[tuple[NaranjoItem, ...]]:
    """Return Naranjo items by rising number, with and without a span."""
    item = st.builds(
        lambda number, answer, span, text: (
            NaranjoItem(number=number) if span is None else NaranjoItem(number=number, answer=answer, start=span[0], end=span[1], text=text)
        ),
        st.sampled_from(NARANJO_ITEMS),
        st.sampled_from(Answer),
        st.none() | spans(length),
        TEXTS,
    )
    return st.lists(item, max_size=4, unique_by=lambda found: found.number).map(lambda found: tuple(sorted(found, key=lambda one: one.number)))


TABLES = st.dictionaries(TEXTS, TEXTS, max_size=2)
RUNS = st.builds(make_run, litkg=TEXTS, code=TEXTS, lexicon=TEXTS, extractors=st.lists(TEXTS, max_size=2), models=TABLES, packages=TABLES, settings=TABLES)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Return any extraction that keeps the promises of the model: concepts once each and sorted, mentions within the text."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    document_id = draw(st.sampled_from(["PMID:1", "PMC:PMC2", "litkg.doc:ab12"]))
    concepts = draw(
        st.lists(
            st.builds(
                Concept,
                id=st.integers(0, 9).map(lambda number: f"HGNC:{number}"),
                name=TEXTS,
                categories=st.lists(st.sampled_from(Category), min_size=1, max_size=2).map(tuple),
                synonyms=st.lists(TEXTS, max_size=2).map(tuple),
                xrefs=st.lists(TEXTS, max_size=2).map(tuple),
                grounded=st.booleans(),
            ),
            min_size=1,
            max_size=4,
            unique_by=lambda concept: concept.id,
        )
    )
    ids = st.sampled_from([concept.id for concept in concepts])
    shift = draw(st.integers(0, 5))
    document = draw(
        st.builds(
            Document,
            id=st.just(document_id),
            title=TEXTS,
            text=st.just(text),
            sections=st.just((Section(kind=draw(st.sampled_from(SectionKind)), start=0, end=len(text), title=draw(TEXTS)),)),
            source_map=st.just(SourceMap(segments=((0, shift, len(text), len(text)),))),
            year=st.none() | st.integers(1800, 2100),
            journal=st.none() | TEXTS,
            source=TEXTS,
            licence=st.none() | TEXTS,
            sha256=TEXTS,
            retracted=st.booleans(),
        )
    )
    mentions = [
        Mention(document_id=document_id, start=start, end=end, text=text[start:end], label=draw(st.sampled_from(Category)), component=draw(TEXTS))
        for start, end in draw(st.lists(spans(len(text)), max_size=4))
    ]
    assertions: list[Assertion] = draw(
        st.lists(
            st.builds(
                lambda subject, predicate, object_, aspect, subject_aspect: make_assertion(
                    subject, predicate, object_, aspect=aspect, subject_aspect=subject_aspect
                ),
                ids,
                st.sampled_from(sorted(load_predicates())),
                ids,
                st.none() | st.sampled_from(sorted(ASPECTS)),
                st.sampled_from(list(SUBJECT_ASPECT_SIGN)),
            ),
            max_size=3,
        )
    )
    return Extraction(
        document=document,
        concepts=tuple(sorted(concepts, key=lambda concept: concept.id)),
        groundings=tuple(
            Grounding(
                mention=mention,
                concept=draw(st.none() | st.sampled_from(concepts)),
                score=draw(SCORES),
                reasons=tuple(draw(st.lists(TEXTS, max_size=2))),
                taxon=draw(st.none() | st.sampled_from((9606, 10090))),
            )
            for mention in mentions
        ),
        assertions=tuple(assertions),
        evidence=tuple(draw(evidence_of(assertion, document)) for assertion in assertions),
        case_reports=tuple(
            draw(
                st.lists(
                    st.builds(
                        CaseReport,
                        id=TEXTS,
                        document_id=st.just(document_id),
                        drug=ids,
                        event=ids,
                        **{name: criteria(len(text)) for name in CRITERIA},
                        alternative_causes=causes(len(text)),
                        naranjo=naranjo_items(len(text)),
                    ),
                    max_size=2,
                )
            )
        ),
        run=draw(st.none() | RUNS),
    )


def evidence_of(assertion: Assertion, document: Document) -> st.SearchStrategy[Evidence]:
    """Return evidence for an assertion, anywhere in the document."""
    length = len(document.text)
    return spans(length).flatmap(
        lambda span: st.builds(
            Evidence,
            id=TEXTS,
            assertion_id=st.just(assertion.id),
            document_id=st.just(document.id),
            section=st.sampled_from(SectionKind),
            start=st.just(span[0]),
            end=st.just(span[1]),
            text=st.just(document.text[span[0] : span[1]]),
            subject_mention=spans(length),
            object_mention=spans(length),
            negated=st.booleans(),
            certainty=st.sampled_from(Certainty),
            confidence=SCORES,
            extractor=TEXTS,
            knowledge=st.sampled_from(Knowledge),
            negation=st.none() | cues(length),
            doubt=st.none() | cues(length),
            comparator=st.none() | spans(length),
            publications=st.sampled_from([(), ("PMID:1", "PMID:2")]),
        )
    )


def extraction_of(
    raw: RawDocument,
    names: Mapping[str, Concept | None],
    *,
    claim: tuple[str, str, str] | None = None,
    negated: bool = False,
    certainty: Certainty = Certainty.ASSERTED,
) -> Extraction:
    """Return what reading `raw` finds: the text with single spaces, each of `names` where it first stands, and one claim between two of them."""
    text, source_map = squeeze(raw.text)
    groundings = []
    for name, concept in names.items():
        start = text.index(name)
        label = concept.categories[0] if concept else Category.CHEMICAL
        mention = Mention(document_id=raw.id, start=start, end=start + len(name), text=name, label=label, component="test")
        groundings.append(Grounding(mention=mention, concept=concept, score=1.0 if concept else 0.0, reasons=()))
    assertions: tuple[Assertion, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    if claim:
        ends = {grounding.mention.text: grounding for grounding in groundings}
        subject, object_ = ends[claim[0]], ends[claim[2]]
        assert subject.concept and object_.concept
        made = make_assertion(subject.concept.id, claim[1], object_.concept.id)
        assertions = (made,)
        evidence = (
            Evidence(
                id=content_id("ev", made.id, raw.id),
                assertion_id=made.id,
                document_id=raw.id,
                section=SectionKind.BODY,
                start=0,
                end=len(text),
                text=text,
                subject_mention=(subject.mention.start, subject.mention.end),
                object_mention=(object_.mention.start, object_.mention.end),
                negated=negated,
                certainty=certainty,
                confidence=0.9,
                extractor="test",
            ),
        )
    return Extraction(
        document=Document(
            id=raw.id,
            title=raw.title,
            text=text,
            sections=(Section(kind=SectionKind.BODY, start=0, end=len(text)),),
            source_map=source_map,
            format=raw.format,
            source=raw.source,
            sha256=raw.sha256,
        ),
        concepts=tuple(sorted((concept for concept in names.values() if concept), key=lambda concept: concept.id)),
        groundings=tuple(sorted(groundings, key=lambda grounding: grounding.mention.start)),
        assertions=assertions,
        evidence=evidence,
        case_reports=(),
    )


def squeeze(raw: str) -> tuple[str, SourceMap]:
    """Return the text with each run of white space made one space, and the way back."""
    text, segments, at = "", [], 0
    while at < len(raw):
        end = at + 1
        while end < len(raw) and raw[end].isspace() == raw[at].isspace():
            end += 1
        piece = " " if raw[at].isspace() else raw[at:end]
        segments.append((len(text), at, len(piece), end - at))
        text += piece
        at = end
    return text, SourceMap(segments=tuple(segments))
