"""What case reports suspect, beside what was read sentence by sentence."""

from __future__ import annotations

import pytest

from litkg.model import Certainty, Document, Grounding, Relation, SectionKind
from litkg.nlp.case_claims import CASE_EXTRACTOR, with_case_claims
from litkg.nlp.sentences import split_text
from tests.nlp.documents import make_document
from tests.nlp.marked import parse_marked

CASE = "A man of 60 took {d:clozapine}. Two weeks after starting {d:clozapine} he developed {s:neutropenia}. "
RATED = "{d:Clozapine} was judged the probable cause of the {s:neutropenia}."
PAIRS = "litkg.pairs/1"


def read(marked: str) -> tuple[Document, list[tuple[int, int, SectionKind]], tuple[Grounding, ...]]:
    text, groundings = parse_marked(marked)
    document = make_document((SectionKind.CASE_REPORT, text))
    return document, [(start, end, SectionKind.CASE_REPORT) for start, end in split_text(text)], groundings


def claim(sentences: list[tuple[int, int, SectionKind]], groundings: tuple[Grounding, ...], at: int, *, predicate: str, extractor: str) -> Relation:
    start, end, section = sentences[at]
    drug, event = (item for item in groundings if start <= item.mention.start < end)
    return Relation(
        subject=drug,
        predicate=predicate,
        object=event,
        aspect=None,
        subject_aspect=None,
        negated=False,
        certainty=Certainty.ASSERTED,
        section=section,
        start=start,
        end=end,
        confidence=0.9,
        extractor=extractor,
    )


def test_a_suspicion_is_a_claim_of_its_own_where_its_sentence_makes_none() -> None:
    document, sentences, groundings = read(CASE + RATED)
    (found,) = with_case_claims(document, sentences, groundings, ())
    assert (found.extractor, found.predicate, found.certainty) == (CASE_EXTRACTOR, "has_adverse_event", Certainty.PROBABLE)
    assert document.text[found.start : found.end].startswith("Clozapine was judged")


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize(
    ("predicate", "extractor", "certainty"),
    [
        ("has_adverse_event", PAIRS, Certainty.PROBABLE),
        ("treats", PAIRS, Certainty.ASSERTED),
        ("has_adverse_event", "litkg.patterns/1", Certainty.ASSERTED),
    ],
)
def test_the_model_of_pairs_is_held_to_the_authors_rating(at: int, predicate: str, extractor: str, certainty: Certainty) -> None:
    document, sentences, groundings = read(CASE + RATED)
    stated = claim(sentences, groundings, at, predicate=predicate, extractor=extractor)
    found = with_case_claims(document, sentences, groundings, [stated])
    assert [item.certainty for item in found if (item.predicate, item.extractor) == (predicate, extractor)] == [certainty]


def test_without_a_rating_it_stays_as_sure_as_it_was() -> None:
    document, sentences, groundings = read(CASE)
    stated = claim(sentences, groundings, 1, predicate="has_adverse_event", extractor=PAIRS)
    assert with_case_claims(document, sentences, groundings, [stated]) == (stated,)
