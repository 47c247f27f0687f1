"""What "this cytokine", "the drug" and "it" stand for."""

from __future__ import annotations

import pytest

from litkg.nlp.anaphora import find_anaphors
from tests.nlp.marked import parse_marked


def anaphors_of(marked: str) -> list[tuple[str, str]]:
    """Return the anaphors of the last sentence with the names that they stand for; sentences are parted by ` // `."""
    text, groundings = parse_marked(marked)
    spans, start = [], 0
    for sentence in text.split(" // "):
        spans.append((start, start + len(sentence)))
        start += len(sentence) + 4
    found = find_anaphors(text, spans[-1], spans[:-1], groundings)
    assert [item.start for item in found] == sorted(item.start for item in found)
    return [(text[item.start : item.end], "+".join(groundings[at].mention.text for at in item.antecedents)) for item in found]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # class nouns take the nearest mention of their category
        ("{k:IL-6} rose. // This cytokine fell later.", [("This cytokine", "IL-6")]),
        ("{k:IL-6} and {d:aspirin} differ. // This cytokine rose.", [("This cytokine", "IL-6")]),
        ("{d:Aspirin} and {k:IL-6} differ. // The drug was stopped.", [("The drug", "Aspirin")]),
        ("{g:CASP1} and {k:IL-6} differ. // That enzyme is old.", [("That enzyme", "CASP1")]),
        ("{c:Dopamine} fell. // This neurotransmitter rose again.", [("This neurotransmitter", "Dopamine")]),
        ("{s:Gout} is common. // The same disease is old.", [("The same disease", "Gout")]),
        ("{k:IL-6} rose. // This small inflammatory cytokine fell.", [("This small inflammatory cytokine", "IL-6")]),
        ("{k:IL-6} rose. // {k:TNF} fell. // This cytokine is old.", [("This cytokine", "TNF")]),
        ("{k:IL-6} rose, and this cytokine fell.", [("this cytokine", "IL-6")]),
        ("{d:Aspirin} was given. // Such an agent helps.", [("Such an agent", "Aspirin")]),
        # false friends of class nouns
        ("{d:Aspirin} was given. // This cytokine fell.", []),
        ("{k:IL-6} rose. // The protein was measured.", []),
        ("{d:Aspirin} was given. // The treatment of all was free.", []),
        ("{d:Aspirin} was given. // The drug {d:ibuprofen} was not.", []),
        ("{k:IL-6} rose. // The {k:TNF} cytokine fell.", []),
        ("{k:IL-6} rose. // This drug-like thing fell.", []),
        ("{k:IL-6} rose. // This is the cytokine.", [("the cytokine", "IL-6")]),
        ("This cytokine came before {k:IL-6}.", []),
        ("{k:IL-6} rose. // Cytokines are many.", []),
        # "it" takes the first mention of the nearest sentence
        ("{d:Aspirin} lowers {k:IL-6}. // It helps.", [("It", "Aspirin")]),
        ("{d:Aspirin} is old, and it helps.", [("it", "Aspirin")]),
        ("{d:Aspirin} was stopped because it made them ill.", [("it", "Aspirin")]),
        ("{s:Gout} is old. // It hurts.", [("It", "Gout")]),
        # what is said of "it" tells whether a disease is meant
        ("{s:Gout} was given {d:aspirin}. // It resolved.", [("It", "Gout")]),
        ("{s:Gout} was given {d:aspirin}. // It lowered all.", [("It", "aspirin")]),
        # "it" as an object, its owner and its plural
        ("{d:Zinc} lowers {k:IL-6}, whereas {d:iron} raises it.", [("it", "IL-6")]),
        ("{k:IL-6} fell by {d:zinc}, and {s:rash} was caused by it.", [("it", "zinc")]),
        ("{d:Zinc} was given. // {k:IL-6} was lowered by it.", [("it", "Zinc")]),
        ("{d:Zinc} is old. // Its use helps.", [("Its", "Zinc")]),
        ("{k:IL-6} and its loss are known.", [("its", "IL-6")]),
        ("{k:IL-4} and {k:IL-13} rose. // Their blockade helps.", [("Their", "IL-4+IL-13")]),
        ("{k:IL-4} and {k:IL-13} rose. // They help.", [("They", "IL-4+IL-13")]),
        ("{t:T cells} rose. // They help.", [("They", "T cells")]),
        ("{k:IL-4} rose. // They help.", []),
        # sets
        ("{k:IL-4} and {k:IL-13} rose. // Both cytokines fell.", [("Both cytokines", "IL-4+IL-13")]),
        ("{k:IL-4}, {k:IL-5} and {k:IL-13} rose. // Both cytokines fell.", []),
        ("{k:IL-4}, {k:IL-5} and {k:IL-13} rose. // All three cytokines fell.", [("All three cytokines", "IL-4+IL-5+IL-13")]),
        ("{d:Zinc} failed; {d:iron} and {d:gold} did not. // These drugs help.", [("These drugs", "iron+gold")]),
        ("{k:IL-4} and {d:zinc} rose. // These drugs fell.", []),
        ("{k:IL-4} met {k:IL-13}. // {d:Zinc} lowered both.", [("both", "IL-4+IL-13")]),
        # the latter and the former
        ("{d:Zinc} and {d:iron} were given. // The latter helps.", [("The latter", "iron")]),
        ("{d:Zinc} and {d:iron} were given. // The former drug helps.", [("The former drug", "Zinc")]),
        ("{d:Zinc} was given. // The latter helps.", []),
        # the noun's kind
        ("{d:Infliximab} met {d:zinc}. // The antibody fell.", [("The antibody", "Infliximab")]),
        ("{d:Zinc} was given. // The antibody fell.", []),
        ("{d:Zinc}, an {g:ACE} inhibitor, met {d:iron}. // The inhibitor helps.", [("The inhibitor", "Zinc")]),
        ("{g:KIT} met {k:IL-6}. // This receptor fell.", [("This receptor", "KIT")]),
        ("{t:B cells} met {k:IL-6}. // These cells fell.", [("These cells", "B cells")]),
        # people stand for what they have
        ("Six men had {s:gout}. // These patients were well.", [("These patients", "gout")]),
        ("{s:Gout} is known. // These patients were well.", []),
        # a noun that goes on is another thing
        ("{g:KIT} is old. // The receptor for all was new.", []),
        ("{s:Gout} is old. // This condition of storage is bad.", []),
        ("{k:IL-6} is old. // The cytokine production fell.", []),
        # a subject of its own, or a sentence between
        ("{k:IL-6} was low. // The pump broke, and it hurt.", []),
        ("{k:IL-6} was low. // All was well. // It helps.", []),
        # "it" that stands for nothing
        ("{d:Aspirin} is old. // It was decided to wait.", []),
        ("{d:Aspirin} is old. // It took a week.", []),
        ("{d:Aspirin} is old. // It was shown to help.", [("It", "Aspirin")]),
        ("{d:Aspirin} is old. // It is likely that all agree.", []),
        ("{d:Aspirin} is old. // It was not known.", []),
        ("{d:Aspirin} is old. // It remains unclear.", []),
        ("{d:Aspirin} is old. // It has been clearly noted that they fell.", []),
        ("{d:Aspirin} is old. // They gave it to all.", [("it", "Aspirin")]),
        ("{d:Aspirin} is old. // Its price fell.", []),
        ("Nothing is named. // It helps, and this drug does too.", []),
        ("", []),
    ],
)
def test_anaphor_stands_for(marked: str, expected: list[tuple[str, str]]) -> None:
    assert anaphors_of(marked) == expected


def test_it_goes_on_with_an_absence() -> None:
    text, groundings = parse_marked("The absence of {k:IL-6} was mild. // It helps, and {d:zinc} was given.")
    (found,) = find_anaphors(text, (text.index("It"), len(text)), [(0, text.index(" // "))], groundings)
    assert (found.antecedents, found.lost) == ((0,), True)


def test_antecedent_is_sought_in_the_sentences_given_only() -> None:
    text, groundings = parse_marked("{k:IL-6} rose. It was so. This cytokine fell.")
    start = text.index("This")
    assert find_anaphors(text, (start, len(text)), [(11, start - 1)], groundings) == ()
