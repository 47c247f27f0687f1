"""Constructions that part a verb's arguments: each with what it claims, and the neighbour that claims nothing of the sort."""

from __future__ import annotations

import pytest

from tests.nlp.marked import claims_of


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # protecting
        ("{d:Statins} protect the brain from {s:stroke}.", {"statins prevents stroke"}),
        ("The brain was protected from {s:stroke} by {d:statins}.", {"statins prevents stroke"}),
        ("{k:IL-11} affords no protection against {s:colitis}.", {"!il-11 prevents colitis"}),
        ("{d:Statins} protect the brain.", set()),
        # sensitising
        ("{k:TNF} sensitises cells to {d:cisplatin}.", {"tnf increases/activity cisplatin"}),
        ("{k:TNF} desensitised cells to {d:cisplatin}.", {"tnf decreases/activity cisplatin"}),
        # resistant
        ("Mice lacking {g:CD36} were resistant to {s:obesity}.", {"cd36[loss_of_function] prevents obesity"}),
        ("Mice lacking {g:CD36} were not susceptible to {s:obesity}.", {"!cd36[loss_of_function] causes obesity"}),
        ("{g:CD36} was resistant to {s:obesity}.", set()),
        ("Mice lacking {g:TLR4} were resistant to {c:LPS}.", set()),
        # purposes
        ("To lower {c:urate}, we gave {d:febuxostat}.", {"febuxostat decreases/abundance urate"}),
        ("{d:Zinc} was given to prevent {s:diarrhoea}.", {"zinc prevents diarrhoea"}),
        ("To lower {c:urate}, we measured {d:febuxostat}.", set()),
        ("We tested {d:zinc} to lower {k:IL-6}.", {"hypothesised? zinc decreases/abundance il-6"}),
        # classes
        ("Proteins induced by {k:IFN-γ} include {g:MX1}.", {"ifn-γ increases mx1"}),
        ("Proteins induced by {k:IFN-γ} resemble {g:MX1}.", set()),
        # in response
        (
            "{t:Mast cells} release {c:histamine} in response to {d:codeine}.",
            {"codeine increases/secretion histamine", "mast cells produces/secretion histamine"},
        ),
        # frequency
        ("{s:Rash} was less common with {d:zinc} than with {d:iron}.", {"zinc prevents rash"}),
        ("Fewer patients on {d:zinc} than on {d:iron} had {s:rash}.", {"zinc prevents rash"}),
        # no change
        ("{d:Zinc} left {k:IL-6} unaltered.", {"!zinc affects il-6"}),
        ("{k:IL-6} was unaffected by {d:zinc}.", {"!zinc affects il-6"}),
        ("{d:Zinc} left {k:IL-6} behind.", set()),
        # countering
        ("{d:Zinc} blocked the inhibitory effect of {d:lead} on {g:ALAD}.", {"lead decreases alad", "zinc increases alad"}),
        ("{d:Zinc} enhanced the stimulatory effect of {d:lead} on {g:ALAD}.", {"lead increases alad", "zinc increases alad"}),
        # seen with, ascribed to, following
        ("{s:Cough} seen with {d:captopril} was dry.", {"captopril has_adverse_event cough"}),
        ("{d:Captopril}, to which the {s:cough} was ascribed, was stopped.", {"captopril has_adverse_event cough"}),
        ("{s:Cough} followed {d:captopril}.", {"possible? captopril has_adverse_event cough"}),
        ("{s:Cough} was followed by {d:captopril}.", set()),
    ],
)
def test_construction_claims(marked: str, expected: set[str]) -> None:
    assert claims_of(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # "whose" and "of which" stand for the name
        ("{k:IL-5}, whose blockade depletes {t:eosinophils}, is old.", {"il-5[loss_of_function] decreases/abundance eosinophils"}),
        ("{k:IL-5}, the levels of which are lowered by {d:zinc}, is old.", {"zinc decreases/abundance il-5"}),
        # an object before its verb
        ("The {s:rash} that {d:zinc} caused was mild.", {"zinc has_adverse_event rash"}),
        ("{d:Zinc} lowers, and {d:iron} raises, {k:IL-6}.", {"iron increases/abundance il-6", "zinc decreases/abundance il-6"}),
        ("{d:Zinc} fell, and {d:iron} raised {k:IL-6}.", {"iron increases/abundance il-6"}),
        # needs
        ("{b:Apoptosis} requires {g:BAX}.", {"bax increases apoptosis"}),
        ("{g:BAX} is dispensable for {b:apoptosis}.", {"!bax increases apoptosis"}),
        ("{b:Apoptosis} is dependent on {g:BAX}.", {"bax increases apoptosis"}),
        ("{d:Zinc} was needed to lower {k:IL-6}.", {"zinc decreases/abundance il-6"}),
        # responses
        ("The {c:cortisol} response to {g:POMC} was blunted by {d:zinc}.", {"pomc increases cortisol", "zinc decreases cortisol"}),
        ("{g:ABCB1} confers resistance to {d:paclitaxel}.", {"abcb1 decreases/activity paclitaxel"}),
        # numbers after "by" make no passive
        ("{d:Zinc} reduced by about 30 % the release of {k:IL-6}.", {"zinc decreases/secretion il-6"}),
        # conditions before the clause
        ("In the absence of {k:IL-7}, {t:B cells} declined.", {"il-7[loss_of_function] decreases/abundance b cells"}),
        ("After {s:stroke}, {k:IL-6} rises.", {"il-6 positively_correlated_with stroke"}),
        # double negation
        ("{d:Zinc} did not fail to lower {k:IL-6}.", {"zinc decreases/abundance il-6"}),
        ("We did not find any effect of {d:zinc} on {k:IL-6}.", {"!zinc affects il-6"}),
    ],
)
def test_clause_claims(marked: str, expected: set[str]) -> None:
    assert claims_of(marked) == expected
