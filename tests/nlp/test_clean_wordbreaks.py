"""Words broken at line ends and by stray spaces."""

from __future__ import annotations

import pytest

from litkg.nlp.cleaning.rope import raw_span, rope
from litkg.nlp.cleaning.vocabulary import Vocabulary, vocabulary_of
from litkg.nlp.cleaning.wordbreaks import join_lines, mend_split_words

LEXICON = frozenset(
    {
        "interleukin",
        "macrophage",
        "cytokine",
        "invitro",
        "afebrile",
        "febrile",
        "interferon",
        "interferongamma",
        "phage",
        "kin",
        "leu",
        "cyto",
        "tcell",
        "vasculopathy",
    }
)


def words_of(text: str) -> Vocabulary:
    return vocabulary_of(text, lambda word: word.lower() in LEXICON)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("with prom-\ninent swelling", "with prominent swelling"),
        ("interleu-\nkin-1\u03b2 rose", "interleukin-1\u03b2 rose"),
        ("interleukin-\n1\u03b2 rose", "interleukin-1\u03b2 rose"),
        ("a well-\nknown drug", "a well-known drug"),
        ("IL-\n1 rose", "IL-1 rose"),
        ("leukin-\n1\u03b2", "leukin-1\u03b2"),
        ("TNF-\n\u03b1 rose", "TNF-\u03b1 rose"),
        ("interleukin-1\u2013 \nreceptor", "interleukin-1\u2013receptor"),
        ("the immune\u2013\ninflammatory axis", "the immune\u2013inflammatory axis"),
        ("receptor\u2013antag-\nonist", "receptor\u2013antagonist"),
        ("cryopyrin-associ-\nated", "cryopyrin-associated"),
        ("the 25-\namino-acid leader", "the 25-amino-acid leader"),
        ("DNA-\nbinding", "DNA-binding"),
        ("COVID-\n19", "COVID-19"),
        ("disease-\nmodifying drugs", "disease-modifying drugs"),
        ("prom\u00ad\ninent", "prominent"),
        ("two words\nmeet here", "two words meet here"),
        ("epi-\n\nsodes of fever", "episodes of fever"),
        ("before -\nafter", "before - after"),
        ("with prom-  \ninent swelling", "with prominent swelling"),
        ("INTERLEU-\nKIN", "INTERLEUKIN"),
        ("vasculo-\npathy", "vasculopathy"),
    ],
)
def test_line_ends(raw: str, expected: str) -> None:
    assert join_lines(rope(raw), words_of(raw)).text == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("The reuptake-inhibitor class. A reuptake-\ninhibitor helps.", "reuptake-inhibitor helps"),
        ("The coworker came. A co-\nworker helps.", "coworker helps"),
        ("An anti-inflammatory effect. The anti-\ninflammatory drug helps.", "anti-inflammatory drug helps"),
    ],
)
def test_the_documents_own_spelling_decides(document: str, expected: str) -> None:
    assert expected in join_lines(rope(document), words_of(document)).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("the inter leu kin family", "the interleukin family"),
        ("ME THODS", "METHODS"),
        ("no cyto kine abnormalities", "no cytokine abnormalities"),
        ("macro phage protein", "macrophage protein"),
        ("was marked ly raised", "was markedly raised"),
    ],
)
def test_split_words_are_mended(raw: str, expected: str) -> None:
    assert mend_split_words(rope(raw), words_of(raw)).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "in vitro and in vivo", "it may be so", "from day to day", "they can not", "at large", "the rapist", "a febrile child", ("interferon"
        " gamma"), "T cell lines",
        "life style", "over all patients", "no table", "beta blocker", "an other", "side effects", "work load", "B cells", "IL 6", ("for ward"
        " 3"), "a typical case",
    ],
)  # fmt: skip
def test_words_that_stand_by_themselves_stay(text: str) -> None:
    assert mend_split_words(rope(text), words_of(text)).text == text


def test_a_mended_word_leads_back_to_both_halves() -> None:
    raw = "with prom-\ninent swelling"
    joined = join_lines(rope(raw), words_of(raw))
    start = joined.text.index("prominent")
    assert raw_span(joined, start, start + 9) == (5, 16)
