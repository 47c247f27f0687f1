"""From relations to assertions and evidence: what is merged, what is kept, what is left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.assemble import assemble
from litkg.model import Annotation, CaseReport, Category, Certainty, Concept, Document, Extraction, Grounding, Mention, Relation, SectionKind
from tests.nlp.documents import body

DOCUMENT: Document = body("Aspirin lowers IL-6. IL-6 is tied to fever. Aspirin lowers IL-6 again, not fever.")
CONCEPTS = {
    "Aspirin": Concept(id="d:1", name="aspirin", categories=(Category.DRUG,)),
    "IL-6": Concept(id="g:1", name="IL6", categories=(Category.GENE, Category.CYTOKINE)),
    "fever": Concept(id="p:1", name="fever", categories=(Category.PHENOTYPE,)),
}


def grounding(name: str, nth: int = 0, *, known: bool = True) -> Grounding:
    start = -1
    for _ in range(nth + 1):
        start = DOCUMENT.text.index(name, start + 1)
    concept = CONCEPTS[name]
    mention = Mention(document_id=DOCUMENT.id, start=start, end=start + len(name), text=name, label=concept.categories[0], component="test")
    return Grounding(mention=mention, concept=concept if known else None, score=1.0, reasons=())


def relation(subject: Grounding, predicate: str, object_: Grounding, span: tuple[int, int] = (0, 20), **changes: object) -> Relation:
    made = Relation(
        subject=subject,
        predicate=predicate,
        object=object_,
        aspect=None,
        subject_aspect=None,
        negated=False,
        certainty=Certainty.ASSERTED,
        section=SectionKind.BODY,
        start=span[0],
        end=span[1],
        confidence=0.7,
        extractor="test/1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


LOWERS = relation(grounding("Aspirin"), "decreases", grounding("IL-6"))
AGAIN = relation(grounding("Aspirin", 1), "decreases", grounding("IL-6", 2), (44, len(DOCUMENT.text)))
TIED = relation(grounding("IL-6", 1), "associated_with", grounding("fever"), (21, 43))
TIED_BACK = relation(grounding("fever"), "associated_with", grounding("IL-6", 1), (21, 43))
NOT_FEVER = relation(grounding("Aspirin", 1), "decreases", grounding("fever", 1), (44, len(DOCUMENT.text)), negated=True)


def extraction_of(*relations: Relation, groundings: tuple[Grounding, ...] = (), reports: tuple[CaseReport, ...] = ()) -> Extraction:
    return assemble(Annotation(document=DOCUMENT, groundings=groundings, relations=relations, case_reports=reports))


def test_claim_in_two_sentences_is_one_assertion_with_two_evidences() -> None:
    made = extraction_of(LOWERS, AGAIN)
    (assertion,) = made.assertions
    assert (assertion.subject, assertion.predicate, assertion.object, assertion.sign) == ("d:1", "decreases", "g:1", -1)
    assert {item.assertion_id for item in made.evidence} == {assertion.id}
    assert {item.text for item in made.evidence} == {"Aspirin lowers IL-6.", "Aspirin lowers IL-6 again, not fever."}


def test_evidence_holds_its_text_and_mentions() -> None:
    (item,) = extraction_of(TIED).evidence
    assert DOCUMENT.text[item.start : item.end] == item.text == "IL-6 is tied to fever."
    assert DOCUMENT.text[slice(*item.subject_mention)] == "IL-6"
    assert DOCUMENT.text[slice(*item.object_mention)] == "fever"


def test_denied_claim_is_evidence_on_the_same_assertion() -> None:
    made = extraction_of(LOWERS, replace(AGAIN, negated=True))
    assert len(made.assertions) == 1
    assert sorted(item.negated for item in made.evidence) == [False, True]


def test_symmetric_claim_is_the_same_whichever_way_it_is_found() -> None:
    assert extraction_of(TIED) == extraction_of(TIED_BACK) == extraction_of(TIED, TIED_BACK)


def test_symmetric_evidence_follows_the_order_of_its_assertion() -> None:
    made = extraction_of(TIED_BACK)
    assert made.assertions[0].subject == "g:1"
    assert DOCUMENT.text[slice(*made.evidence[0].subject_mention)] == "IL-6"


@pytest.mark.parametrize("order", list(permutations([0.6, 0.9, 0.7])))
def test_surer_of_two_equal_evidences_stays(order: tuple[float, ...]) -> None:
    (item,) = extraction_of(*[replace(LOWERS, confidence=confidence) for confidence in order]).evidence
    assert item.confidence == 0.9


@pytest.mark.parametrize(
    "left_out",
    [
        relation(grounding("Aspirin", known=False), "decreases", grounding("IL-6")),
        relation(grounding("Aspirin"), "decreases", grounding("IL-6", known=False)),
        relation(grounding("IL-6"), "associated_with", grounding("IL-6", 1)),
    ],
)
def test_claim_without_two_concepts_is_left_out(left_out: Relation) -> None:
    made = extraction_of(left_out)
    assert (made.assertions, made.evidence) == ((), ())


def test_concepts_are_those_of_mentions_and_of_claims_once_each_by_id() -> None:
    made = extraction_of(LOWERS, groundings=(grounding("fever"), grounding("IL-6"), grounding("IL-6", 1), grounding("Aspirin", known=False)))
    assert [concept.id for concept in made.concepts] == ["d:1", "g:1", "p:1"]


def test_groundings_stay_in_text_order_and_reports_are_sorted() -> None:
    groundings = (grounding("Aspirin"), grounding("IL-6"), grounding("fever"))
    reports = tuple(CaseReport(id=f"case:{name}", document_id=DOCUMENT.id, drug="d:1", event="p:1") for name in "ba")
    made = extraction_of(groundings=groundings, reports=reports)
    assert made.groundings == groundings
    assert [report.id for report in made.case_reports] == ["case:a", "case:b"]


def test_nothing_found_makes_an_extraction_of_the_document_alone() -> None:
    made = extraction_of()
    assert made.document is DOCUMENT
    assert (made.concepts, made.groundings, made.assertions, made.evidence, made.case_reports) == ((), (), (), (), ())


RELATIONS = st.builds(
    replace,
    st.sampled_from([LOWERS, AGAIN, TIED, TIED_BACK, NOT_FEVER]),
    negated=st.booleans(),
    certainty=st.sampled_from(Certainty),
    confidence=st.sampled_from([0.5, 0.6, 0.7]),
    aspect=st.sampled_from([None, "abundance"]),
)


@given(st.lists(RELATIONS, max_size=8).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_order_of_relations_does_not_matter(both: tuple[list[Relation], list[Relation]]) -> None:
    first, second = (extraction_of(*relations) for relations in both)
    assert first == second
    assert [item.id for item in first.evidence] == sorted({item.id for item in first.evidence})
    assert {item.assertion_id for item in first.evidence} == {assertion.id for assertion in first.assertions}
    ids = {concept.id for concept in first.concepts}
    assert all({assertion.subject, assertion.object} <= ids for assertion in first.assertions)
