"""What a found claim says in the closed vocabulary."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from litkg.model import Category, Certainty
from litkg.nlp.grammar.claims import Found
from litkg.nlp.grammar.nodes import Phrase
from litkg.nlp.grammar.predication import predicate_of, subject_aspect
from litkg.predicates import ASPECTS, SUBJECT_ASPECT_SIGN, load_predicates

PLAIN = Phrase(mentions=(0,))
DRUG, GENE, DISEASE, CHEMICAL, PROCESS, CELL = (
    Category.DRUG,
    Category.GENE,
    Category.DISEASE,
    Category.CHEMICAL,
    Category.BIOLOGICAL_PROCESS,
    Category.CELL_TYPE,
)


def found(kind: str, subject: Phrase = PLAIN, object_: Phrase = PLAIN, *, sign: int | None = None, rule: str = "active") -> Found:
    return Found(subject=subject, kind=kind, object=object_, cue=(0, 1), rule=rule, sign=sign)


def says(claim: Found, subject: Category, object_: Category) -> str | None:
    made = predicate_of(claim, subject, object_)
    if made is None:
        return None
    return made.predicate + (f"/{made.aspect}" if made.aspect else "") + (f"[{made.subject_aspect}]" if made.subject_aspect else "")


@pytest.mark.parametrize(
    ("kind", "subject", "object_", "expected"),
    [
        ("INC", GENE, GENE, "increases"),
        ("DEC", DRUG, GENE, "decreases"),
        ("AFF", DRUG, GENE, "affects"),
        ("CAUSE", GENE, DISEASE, "causes"),
        ("CAUSE", DRUG, DISEASE, "has_adverse_event"),
        ("CAUSE", GENE, GENE, "increases"),
        ("CAUSE", GENE, PROCESS, "causes"),
        ("INC", GENE, DISEASE, "increases"),
        ("DEC", DRUG, DISEASE, "treats"),
        ("DEC", GENE, DISEASE, "decreases"),
        ("TREAT", DRUG, DISEASE, "treats"),
        ("TREAT", DRUG, GENE, None),
        ("PREVENT", GENE, DISEASE, "prevents"),
        ("WORSEN", GENE, DISEASE, "worsens/severity"),
        ("WORSEN", GENE, GENE, None),
        ("ADVERSE", DRUG, DISEASE, "has_adverse_event"),
        ("RISK", DISEASE, DISEASE, "causes"),
        ("PRODUCE", CELL, GENE, "produces"),
        ("BIND", GENE, GENE, "interacts_with"),
        ("BIND", GENE, DISEASE, None),
        ("CONVERT", CHEMICAL, CHEMICAL, "converts_to"),
        ("CONVERT", CHEMICAL, DISEASE, None),
        ("ASSOC", GENE, DISEASE, "associated_with"),
        ("MARKER", GENE, DISEASE, "biomarker_of"),
        ("MARKER", GENE, GENE, None),
        ("VERSUS", DRUG, DRUG, "compared_with"),
        ("VERSUS", GENE, GENE, None),
        ("identity", DRUG, GENE, "form_of"),
        ("identity", DISEASE, DISEASE, None),
    ],
)
def test_kind_and_ends_make_the_predicate(kind: str, subject: Category, object_: Category, expected: str | None) -> None:
    assert says(found(kind), subject, object_) == expected


@pytest.mark.parametrize(
    ("claim", "subject", "object_", "expected"),
    [
        # a change named in the object turns the sign
        (found("CAUSE", object_=replace(PLAIN, change=-1)), GENE, GENE, "decreases"),
        (found("DEC", object_=replace(PLAIN, change=-1)), GENE, GENE, "increases"),
        (found("AFF", object_=replace(PLAIN, change=-1)), GENE, GENE, "affects"),
        (found("CAUSE", object_=replace(PLAIN, level=-1, aspect="abundance")), GENE, GENE, "decreases/abundance"),
        (found("PREVENT", object_=replace(PLAIN, risk=True)), GENE, DISEASE, "prevents"),
        (found("DEC", object_=replace(PLAIN, risk=True)), DRUG, DISEASE, "prevents"),
        (found("INC", object_=replace(PLAIN, aspect="severity")), GENE, DISEASE, "worsens/severity"),
        (found("INC", object_=replace(PLAIN, aspect="severity")), GENE, GENE, "increases"),
        # what is given, or borne by patients, is not what changes
        (found("DEC", object_=replace(PLAIN, given=True)), DRUG, DRUG, None),
        (found("INC", object_=replace(PLAIN, borne=True)), DRUG, DISEASE, None),
        # the state of the subject
        (found("CAUSE", replace(PLAIN, state="loss_of_function")), GENE, DISEASE, "causes[loss_of_function]"),
        (found("DEC", replace(PLAIN, agent=-1)), GENE, DISEASE, "decreases[loss_of_function]"),
        (found("CAUSE", replace(PLAIN, given=True)), GENE, DISEASE, "has_adverse_event"),
        (found("ASSOC", replace(PLAIN, level=1)), GENE, DISEASE, "associated_with"),
        # signed correlation
        (found("CORR", sign=1), GENE, DISEASE, "positively_correlated_with"),
        (found("CORR", sign=-1), GENE, DISEASE, "negatively_correlated_with"),
        (found("CORR", replace(PLAIN, level=-1), sign=1), GENE, DISEASE, "negatively_correlated_with"),
        (found("CORR", replace(PLAIN, level=-1), replace(PLAIN, level=-1), sign=1), GENE, GENE, "positively_correlated_with"),
    ],
)
def test_phrases_turn_the_claim(claim: Found, subject: Category, object_: Category, expected: str | None) -> None:
    assert says(claim, subject, object_) == expected


@pytest.mark.parametrize(
    ("phrase", "state"),
    [
        (PLAIN, None),
        (replace(PLAIN, agent=-1), "loss_of_function"),
        (replace(PLAIN, agent=1), "gain_of_function"),
        (replace(PLAIN, state="variant", level=1), "variant"),
        (replace(PLAIN, change=-1, blocked=True), "loss_of_function"),
        (replace(PLAIN, change=-1), "decreased"),
        (replace(PLAIN, level=1), "increased"),
        (replace(PLAIN, change=0, level=1), None),
    ],
)
def test_state_of_the_subject(phrase: Phrase, state: str | None) -> None:
    assert subject_aspect(phrase) == state


@pytest.mark.parametrize(
    ("kind", "rule", "most"),
    [("RELATED", "SUFF related", Certainty.PROBABLE), ("CAUSE", "event after", Certainty.POSSIBLE), ("CAUSE", "active", Certainty.ASSERTED)],
)
def test_wording_bounds_the_certainty(kind: str, rule: str, most: Certainty) -> None:
    made = predicate_of(found(kind, rule=rule), DRUG, DISEASE)
    assert made is not None
    assert made.at_most is most


KINDS = (
    "INC",
    "DEC",
    "AFF",
    "CAUSE",
    "TREAT",
    "PREVENT",
    "WORSEN",
    "RISK",
    "ADVERSE",
    "PRODUCE",
    "ASSOC",
    "CORR",
    "BIND",
    "VERSUS",
    "MARKER",
    "MEMBER",
    "CONVERT",
    "EXPRESS",
    "RELATED",
    "identity",
    "alias",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_claim_keeps_to_the_closed_vocabulary(kind: str) -> None:
    phrases = [
        PLAIN,
        replace(PLAIN, change=-1),
        replace(PLAIN, level=1, aspect="severity"),
        replace(PLAIN, state="loss_of_function"),
        replace(PLAIN, given=True),
        replace(PLAIN, agent=-1),
    ]
    for subject, object_, first, second in product(Category, Category, phrases, phrases):
        made = predicate_of(found(kind, first, second), subject, object_)
        if made is not None:
            row = load_predicates()[made.predicate]
            assert made.aspect is None or made.aspect in ASPECTS
            assert made.subject_aspect in SUBJECT_ASPECT_SIGN
            main = {Category.CYTOKINE: Category.GENE, Category.ADVERSE_EVENT: Category.DISEASE}
            assert not row.domain or main.get(subject, subject) in row.domain
            assert not row.range or main.get(object_, object_) in row.range
