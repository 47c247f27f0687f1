"""Where sentences end, and where a full stop ends none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.model import READ_SECTIONS, Document, SectionKind
from litkg.nlp.sentences import find_sentences
from tests.nlp.documents import body, make_document


def sentences(document: Document) -> list[str]:
    return [document.text[start:end] for start, end, _ in find_sentences(document)]


# `|` marks where one sentence ends and the next begins
TABLE = (
    "Levels fell.| They rose again.",
    "As Fig. 1 shows, levels rose.| Then they fell.",
    "See Figs. 2 and 3.| All agreed.",
    "Some drugs, e.g. Aspirin, help.| Others, i.e. Zinc, do not.",
    "Smith et al. reported it.| Jones et al. (2010) did not.",
    "We measured IL-1.| The level fell.",
    "It fell by 2.5 mg.| A rise of 3.4 followed.",
    "Scores improved (P < .05).| Nothing else did.",
    "Scores improved, p <.001.| Nothing else did.",
    "J. A. Smith wrote it.| B. Jones read it.",
    "Placebo vs. Drug was tested.| It won.",
    "Was it the drug?| It was not!| We stopped it.",
    "It was given to Dr. Lee.| She left.",
    "It was raised (approx. 5 mg).| She left.",
    "No. 5 was chosen.| No. 6 was not.",
    "We saw E. coli.| It grew.",
    "The cause was a lack of vitamin D.| Levels fell.",
    "All had hepatitis B.| None had fever.",
    "Those in group A.| Smith were fewer.",
    "The diabetes was of type I.| It was mild.",
    "Only A. Smith was seen.",
    "We gave vitamin D to all.| It helped.",
    "p53 was low.| mTOR was not.| miR-21 was.| α-Synuclein rose.| iNOS rose.",
    "He said “It works.”| She left.",
    "(It was seen. It was heard.)| Then it went.",
    "It was seen at 5 p.m.| The drug was stopped.",
    "Levels rose\nin all.| Then\nthey fell.",
    "Levels rose in all,\nand then they fell.",
    "It was bought (Roche, Inc.) and used.| It failed.",
    "It was noted. that it rose.",
    "Cells died.12,13| The rest grew.4| None fused.",
    "Cells died [12].| They fused.[13]| None grew. [14,15]| All slept.",
    "Cells died (n = 5).¹²| They fused.",
    "They took vitamin C.| The dose was 0.5 to 1.25 mg at pH 7.4.| It fell.",
    "Cells were kept at 37°C.| Medium was added at 4 °C.| Plates were read.",
    "It lies on chromosome X.| Mutants lack it.",
    "Rats lacked gene A and gene D.| Mutants were blind.",
    "It grew in S. Typhimurium and in J. A. Smith's cells.| We saw VEGF-A.| We saw it twice.",
    "(A and B) Cells grew.| (C) They died.| See panels (a) and (b).",
    "It was in cell (ii), not in (i).",
    "Smith et al.| The rest followed Lee et al. [3] (Table 1).",
    "Some receptors, e.g., GDF8, rose, i.e., TGF-β and IL-6.| None fell.",
    "It was seen in U.S.| We saw it too.| It cost approx. 5.",
    "1. Methods were the same.| 2. Rats slept.",
    "Cells died ([2].| They were kept.",
    "It rose!!!| Did it...?| Yes.",
    "Cells died.|The rest grew at www.Example.Org in Homo.Sapiens cells.",
)


@pytest.mark.parametrize("marked", TABLE)
def test_text_is_parted_at_the_marks_only(marked: str) -> None:
    assert sentences(body(marked.replace("|", ""))) == [part.strip() for part in marked.split("|")]


def test_unfinished_end_before_a_blank_line_still_ends() -> None:
    assert sentences(body("Levels of the\n\nDrug rose")) == ["Levels of the", "Drug rose"]


def test_blank_line_may_hold_blanks() -> None:
    assert sentences(body("one thing\n \t \nanother thing")) == ["one thing", "another thing"]


def test_sections_end_sentences_and_give_them_their_kind() -> None:
    document = make_document((SectionKind.TITLE, "A title without a stop"), (SectionKind.ABSTRACT, "it goes on. It ends"))
    assert find_sentences(document) == ((0, 22, SectionKind.TITLE), (24, 35, SectionKind.ABSTRACT), (36, 43, SectionKind.ABSTRACT))


@pytest.mark.parametrize("kind", sorted(frozenset(SectionKind) - READ_SECTIONS))
def test_sections_that_are_not_read_have_no_sentences(kind: SectionKind) -> None:
    assert find_sentences(make_document((kind, "Aspirin helps. It does."))) == ()


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", " \t\n \u00a0"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert find_sentences(body(text)) == ()


def test_open_bracket_does_not_swallow_the_rest() -> None:
    found = sentences(body("It rose (see below. " + "The level of it fell in all of them. " * 60))
    assert len(found) > 30


def test_long_paragraph_is_parted_like_a_short_one() -> None:
    sentence = "The level rose in all 5 patients of Dr. Lee (see Fig. 2)."
    assert sentences(body(" ".join([sentence] * 500))) == [sentence] * 500


def test_long_sentence_stays_whole() -> None:
    sentence = "The level " + "of this and of that " * 1_000 + "rose."
    assert sentences(body(f"It fell. {sentence} It fell.")) == ["It fell.", sentence, "It fell."]


ODD = {
    "one million characters": "The level of IL-6 rose in all patients (n = 5). " * 21_000,
    "no blank": "x" * 300_000,
    "no stop": "alpha beta gamma " * 17_000,
    "commas": "word, " * 50_000,
    "Chinese": "白细胞介素六升高。" * 10_000,
    "emoji": "😀 rose. " * 20_000,
    "zero width": "IL\u200b-6 rose.\u200b Then\u200b fell. " * 5_000,
    "brackets": "( " * 20_000,
}


@pytest.mark.parametrize("name", ODD)
def test_odd_text_takes_seconds_at_most(name: str) -> None:
    document = body(ODD[name])
    began = time.process_time()
    assert find_sentences(document)
    assert time.process_time() - began < 15


ANY_TEXT = st.text(st.one_of(st.sampled_from("aB1. \n,;()?!“”'-"), st.characters(exclude_categories=["Cs"])), max_size=200)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(SectionKind)), ANY_TEXT), max_size=4))
def test_sentences_cover_what_is_read_in_order_and_cross_no_border(parts: list[tuple[SectionKind, str]]) -> None:
    document = make_document(*parts)
    found = find_sentences(document)
    covered: set[int] = set()
    last = 0
    for start, end, kind in found:
        assert last <= start < end
        assert document.text[start:end] == document.text[start:end].strip()
        assert any(section.kind is kind and section.start <= start and end <= section.end for section in document.sections)
        assert "\n\n" not in document.text[start:end]
        covered.update(range(start, end))
        last = end
    for section in document.sections:
        words = {at for at in range(section.start, section.end) if not document.text[at].isspace()}
        assert words <= covered if section.kind in READ_SECTIONS else not words & covered
