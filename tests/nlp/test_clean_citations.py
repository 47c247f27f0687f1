"""Citation numbers, and the numbers that are none."""

from __future__ import annotations

import pytest

from litkg.nlp.cleaning.citations import remove_citations
from litkg.nlp.cleaning.rope import rope
from litkg.nlp.cleaning.vocabulary import vocabulary_of

LEXICON = frozenset({"interleukin", "caspase", "caspase1", "periostitis", "cytokine"})


def without(text: str, *, most_references: int | None = None) -> str:
    words = vocabulary_of(text, lambda word: word.lower() in LEXICON)
    return remove_citations([rope(text)], words, most_references=most_references)[0].text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("systemic inflammation.1 Examples are many.", "systemic inflammation. Examples are many."),
        ("of the bone.8,9", "of the bone."),
        ("with periostitis.16,17 Others", "with periostitis. Others"),
        ("to this disorder.10 Next", "to this disorder. Next"),
        ("in our study.4, 5, 6 However, many", "in our study. However, many"),
        ("It is rare.1 In our study,2 possible causes", "It is rare. In our study, possible causes"),
        ("by Smith et al.15 All", "by Smith et al. All"),
        ("familial fever2,3; others", "familial fever; others"),
        ("periodic syndromes5-7, and", "periodic syndromes, and"),
        ("was reported [1].", "was reported."),
        ("was reported [2-4] and", "was reported and"),
        ("was reported [5, 7\u201311], then", "was reported, then"),
        ("was reported (5, 6).", "was reported."),
        ("of inflammation.\u00b9\u02d2\u00b2"[:-2] + " More", "of inflammation. More"),
        ("of inflammation\u00b9,\u00b2 and", "of inflammation and"),
        ('a "probable" link.3', 'a "probable" link.'),
    ],
)
def test_citations_go(raw: str, expected: str) -> None:
    assert without(raw) == expected


@pytest.mark.parametrize(
    "text",
    [
        "IL-1 and IL-6 rose.", "Th17 cells and CD4 cells", "p53 and COX2 and B12", "2.5 mg of H2O", "vitamin D3 and CO2", "type 1 diabetes", "NCT00059748",
        "20 to 30.109/L", "the E77X mutation", "interleukin-17 rose", "5-HT2A receptors", "TNF-\u03b11 was", "caspase1 cleaves", ("a dose of"
        " 1,000 mg"), "Fig.1 shows", "10 cm\u00b2 of skin",
        "see Table1 for", "week12 data", "group2 had", "at 0.5 and 1.5", "in [3H]thymidine", "[18F]FDG", "score of 12 [10, 14]", ("median"
        " (range) 5 (2, 9)"), "the patient (1) came",
        "phase2 study", "nejm.org/4 has", "10\u2079 cells", "HLA-B27 positive", "omega-3 acids", "(n = 5)", "grade3 events", "see ref.", ("vs.2"
        " others"), "interleukin 2, and", "interleukin6 rose",
    ],
)  # fmt: skip
def test_names_and_amounts_stay(text: str) -> None:
    assert without(text) == text


def test_square_brackets_after_a_number_go_where_they_fit_the_series() -> None:
    raw = "It is rare [1] and was found in half [2] of them. By 2006 [3] it was known. The score was 12 [10, 14]. In 50% [4,5] it fades."
    assert without(raw) == "It is rare and was found in half of them. By 2006 it was known. The score was 12 [10, 14]. In 50% it fades."


def test_a_number_glued_to_a_word_goes_where_it_fits_the_series() -> None:
    raw = "It is rare.1 Fever syndrome2 is known. In that model3 and acne4; labor5 in children,6 but growth91 is odd."
    assert without(raw) == "It is rare. Fever syndrome is known. In that model and acne; labor in children, but growth91 is odd."


def test_a_number_after_a_closing_phrase_goes_where_it_fits_the_series() -> None:
    assert without("It is rare.1 The agonists (of the same family)2 and others") == "It is rare. The agonists (of the same family) and others"


def test_a_number_above_the_length_of_the_reference_list_stays() -> None:
    assert without("It was shown.45 Then", most_references=12) == "It was shown.45 Then"


def test_numbers_in_round_brackets_that_enumerate_stay() -> None:
    text = "We asked whether (1) it works, (2) it lasts, and (3) it harms."
    assert without(text) == text
