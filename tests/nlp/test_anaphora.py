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
        ("{g:CASP1} and {k:IL-6} differ. // That enzyme is old.", [("That enzyme", "IL-6")]),
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
        ("{s:Gout} is old. // It hurts.", []),
        # "it" that stands for nothing
        ("{d:Aspirin} is old. // It is likely that all agree.", []),
        ("{d:Aspirin} is old. // It was not known.", []),
        ("{d:Aspirin} is old. // It remains unclear.", []),
        ("{d:Aspirin} is old. // It has been clearly noted that they fell.", []),
        ("{d:Aspirin} is old. // They gave it to all.", []),
        ("{d:Aspirin} is old. // Its price fell.", []),
        ("Nothing is named. // It helps, and this drug does too.", []),
        ("", []),
    ],
)
def test_anaphor_stands_for(marked: str, expected: list[tuple[str, str]]) -> None:
    assert anaphors_of(marked) == expected


def test_antecedent_is_sought_in_the_sentences_given_only() -> None:
    text, groundings = parse_marked("{k:IL-6} rose. It was so. This cytokine fell.")
    start = text.index("This")
    assert find_anaphors(text, (start, len(text)), [(11, start - 1)], groundings) == ()
