"""Cleaning as a whole: sections, sentences put together again, and the map back to the raw text."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.model import Document, RawBlock, RawDocument, SectionKind
from litkg.nlp.clean import clean

LEXICON = frozenset({"interleukin", "macrophage", "cytokine", "periostitis"})

ARTICLE = """ Background

Feverish Syndrome A shows swelling without germs. We report a change in GENE1, which makes the inter-
leukin-1\u2013receptor blocker, with prom-
inent pain of the knee.
Methods

We saw four adults from two towns who had swelling of the knee.
Results

All adults had no cyto kine defects in vitro. Treated adults got well.
Conclusions

We propose the name Syndrome A for this disorder.
 Syndromes with fever are a group of disor-
ders whose main signs are swellings that come and

go without a germ to be found in them.1 Examples
are many in children2,3; some are seen in adults.4-6
The genes are known for IL-1 and for Th17 cells.7

ME THODS

Patients

All adults gave consent, and samples were taken from

Patients 1 and 2 and their kin by trained nurses.

Clinical Signs

Table 1 sums up the signs of the adults who were seen by
us in the first year. Pain with walking and fever were the

Table 1. Signs of the Four Adults.*

Sign Patient 1 Patient 2 Patient 3

Age (yr) 31 44 52

Fever Yes Yes No

Swelling of the knee Yes No No

* The signs were recorded by one of us.
 common signs at first. Over the weeks the pain became
less, and drugs against fever only partly reduced the acute-phase reac-
 Figure 1. Knees of the Adults.

The knees are shown before treatment (Panel A) and after it (Panel B).
 tants. Two adults died in the second year, and in the third one
2 more were lost to follow-up.

A Syndrome of the Knee

ann knee 12;34 example.org june 4, 2011 1234

Discussion

We describe a syndrome in four adults. The drug helped in all of
them, and it was safe.

References

1. Smith AB, Jones C. Fever in town. J Fever 2001;12:34-40.
2. Doe J. Knees. Ann Knees 2002;1:2-3.
3. Roe R, Poe P. Fever and knees. Knee J 2003;5:6-7.
"""

LETTER = """LETTER TO THE EDITORS

Can drug X cause low mood in the
elderly?
 Sirs:
Drug X is used for sore knees. A 71-year-old woman had been given drug X for her knees for two years, and her
mood fell after the third week of it.
The patient was seen by two doctors, and drug X was stopped. Her mood rose within days.

A search of the literature found no other case. Drug X is known to change serotonin [1] in rats [2-4].
"""

PAGE = """Drug X helps sore knees

Drug X helps sore knees

Publication date: 01-02-2023

Topic: Research

Estimated reading time: 2 min

A study of drug X in forty adults with sore knees has been published by a team that we know well.

What was found

The adults who were given drug X had less pain, and they could walk further than the others did.

The study was funded by the Knee Fund.

Read others

Research
23-04-2021

A new drug Y was shown to cure mice of the plague
"""


def raw_of(text: str, *blocks: RawBlock, title: str = "") -> RawDocument:
    return RawDocument(id="litkg.doc:1", title=title, text=text, format="text", blocks=blocks)


def cleaned(text: str, *blocks: RawBlock, title: str = "") -> Document:
    return clean(raw_of(text, *blocks, title=title), knows_word=lambda word: word.lower() in LEXICON)


def texts(document: Document, kind: SectionKind) -> list[str]:
    return [document.text[section.start : section.end] for section in document.sections if section.kind is kind]


def test_an_abstract_whose_labels_come_back_is_told_from_the_paper() -> None:
    document = cleaned(ARTICLE)
    assert len(texts(document, SectionKind.ABSTRACT)) == 4
    assert texts(document, SectionKind.ABSTRACT)[0].endswith("the interleukin-1-receptor blocker, with prominent pain of the knee.")
    assert texts(document, SectionKind.ABSTRACT)[2] == "All adults had no cytokine defects in vitro. Treated adults got well."
    assert texts(document, SectionKind.INTRODUCTION)[0].startswith(
        "Syndromes with fever are a group of disorders whose main signs are swellings that come and go without"
    )


def test_glued_citations_are_gone_and_names_are_whole() -> None:
    introduction = texts(cleaned(ARTICLE), SectionKind.INTRODUCTION)[0]
    assert introduction.endswith("found in them. Examples are many in children; some are seen in adults. The genes are known for IL-1 and for Th17 cells.")


def test_headings_set_the_kind_and_the_title_of_what_follows() -> None:
    document = cleaned(ARTICLE)
    methods = next(section for section in document.sections if section.kind is SectionKind.METHODS)
    assert methods.title == "Patients"
    assert (
        document.text[methods.start : methods.end] == "All adults gave consent, and samples were taken from Patients 1 and 2 and their kin by trained nurses."
    )
    assert "METHODS" in texts(document, SectionKind.HEADING)
    assert texts(document, SectionKind.DISCUSSION) == ["We describe a syndrome in four adults. The drug helped in all of them, and it was safe."]


def test_a_sentence_that_a_table_or_caption_broke_is_whole() -> None:
    results = " ".join(texts(cleaned(ARTICLE), SectionKind.RESULTS))
    assert "Pain with walking and fever were the common signs at first." in results
    assert "only partly reduced the acute-phase reactants. Two adults died in the second year, and in the third one 2 more were lost" in results


def test_tables_captions_references_and_page_headers_are_sections_of_their_own() -> None:
    document = cleaned(ARTICLE)
    assert texts(document, SectionKind.CAPTION) == [
        "Figure 1. Knees of the Adults.",
        "The knees are shown before treatment (Panel A) and after it (Panel B).",
    ]
    (table,) = texts(document, SectionKind.TABLE)
    assert table.startswith("Table 1. Signs")
    assert table.endswith("recorded by one of us.")
    (references,) = texts(document, SectionKind.REFERENCES)
    assert references.count("\n") == 2
    assert texts(document, SectionKind.FURNITURE) == ["A Syndrome of the Knee\nann knee 12;34 example.org june 4, 2011 1234"]


def test_a_letter_has_a_title_a_case_and_a_discussion() -> None:
    document = cleaned(LETTER, title="LETTER TO THE EDITORS")
    assert document.title == "Can drug X cause low mood in the elderly?"
    assert texts(document, SectionKind.TITLE) == [document.title]
    (case,) = texts(document, SectionKind.CASE_REPORT)
    assert case.startswith("Drug X is used for sore knees. A 71-year-old woman")
    assert case.endswith("Her mood rose within days.")
    assert texts(document, SectionKind.BODY) == ["A search of the literature found no other case. Drug X is known to change serotonin in rats."]


def test_a_web_page_keeps_its_story_and_none_of_its_furniture() -> None:
    document = cleaned(PAGE)
    assert document.title == "Drug X helps sore knees"
    assert [text.split("\n\n")[0][:24] for text in texts(document, SectionKind.BODY)] == ["A study of drug X in for", "The adults who were give"]
    furniture = "\n".join(texts(document, SectionKind.FURNITURE))
    for part in ("Publication date", "Topic", "Estimated", "funded by", "Read others", "cure mice of the plague"):
        assert part in furniture
    assert document.text.count("Drug X helps sore knees") == 2


def test_blocks_of_the_reader_keep_their_kinds() -> None:
    text = "A title\n\nMethods\n\nWe saw adults.\n\nFigure 1. Knees.\n\nResults\n\nThey got well [1]."
    spans = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    kinds = [SectionKind.TITLE, SectionKind.HEADING, SectionKind.BODY, SectionKind.CAPTION, SectionKind.HEADING, None]
    document = cleaned(text, *(RawBlock(start=start, end=end, kind=kind) for (start, end), kind in zip(spans, kinds, strict=True)))
    assert [section.kind.value for section in document.sections] == ["title", "heading", "methods", "caption", "heading", "results"]
    assert document.text.endswith("They got well.")


def test_text_between_the_readers_blocks_is_kept() -> None:
    document = cleaned("Known. Unknown words are here too.", RawBlock(start=0, end=6, kind=SectionKind.ABSTRACT))
    assert [section.kind for section in document.sections] == [SectionKind.ABSTRACT, SectionKind.BODY]


def test_a_sentence_that_runs_over_a_page_is_whole_in_the_readers_blocks() -> None:
    text = "The drug reduced the inflam-\n\nPage 4\n\nmation of the knee."
    blocks = (
        RawBlock(start=0, end=28, kind=SectionKind.BODY),
        RawBlock(start=30, end=36, kind=SectionKind.FURNITURE),
        RawBlock(start=38, end=len(text), kind=SectionKind.BODY),
    )
    assert cleaned(text, *blocks).text == "The drug reduced the inflammation of the knee.\n\nPage 4"


def test_a_numbered_heading_above_a_paragraph_of_the_readers_block_is_a_heading() -> None:
    text = "3.1.2. Drug X and Knees\nThe drug helps sore knees."
    document = cleaned(text, RawBlock(start=0, end=len(text), kind=SectionKind.RESULTS))
    assert [section.kind.value for section in document.sections] == ["heading", "results"]


def test_a_new_number_ends_the_methods() -> None:
    document = cleaned("2. Methods\n\nWe saw adults.\n\n2.1. Drug Use\n\nThey took it for two years.\n\n3. Knees and Drugs\n\nThe drug is good.")
    assert [section.kind.value for section in document.sections if section.kind is not SectionKind.HEADING] == ["methods", "methods", "body"]


def test_run_in_labels_become_headings() -> None:
    document = cleaned("BACKGROUND: Pain is common. METHODS: We saw adults. RESULTS: They got well. CONCLUSIONS: It helps.")
    assert texts(document, SectionKind.HEADING) == ["BACKGROUND:", "METHODS:", "RESULTS:", "CONCLUSIONS:"]
    assert texts(document, SectionKind.ABSTRACT) == ["Pain is common.", "We saw adults.", "They got well.", "It helps."]


@pytest.mark.parametrize("text", ["", "  \n\n ", "\u00ad", "\u200b\n"])
def test_a_text_without_words_is_an_empty_document(text: str) -> None:
    document = cleaned(text)
    assert (document.text, document.sections, document.source_map.segments) == ("", (), ())


def test_one_sentence_is_one_section() -> None:
    document = cleaned("Drug X causes low mood.")
    assert [(section.kind, section.start, section.end) for section in document.sections] == [(SectionKind.BODY, 0, 23)]


def test_offsets_lead_back_to_the_raw_text() -> None:
    document = cleaned(ARTICLE)
    for name in ("Examples", "Syndrome A", "Th17", "Patients 1 and 2"):
        start = document.text.index(name)
        raw_start, raw_end = document.source_map.to_raw(start, start + len(name))
        assert ARTICLE[raw_start:raw_end] == name
    start = document.text.index("prominent")
    assert ARTICLE[slice(*document.source_map.to_raw(start, start + 9))] == "prom-\ninent"


_FRAGMENTS = st.sampled_from(
    [
        "The drug ",
        "prom-\ninent ",
        "\n\n",
        "\n",
        "Figure 1. Knees. ",
        "Table 1. Signs\n\n",
        "fever.1 ",
        "[2,3]",
        "ﬁ",
        "1 2 3\n\n",
        "Methods\n",
        "Results: ",
        "a",
        " ",
        "cyto kine ",
        "References\n",
        "1. Smith AB. Fever. J 2001;1:2.\n",
        "\r\n",
        "\xad",
        "é",
        "Read others\n\n",
        "Sirs:\n",
        "and the ",
        "–",
        "Yes No\n\n",
        "* a note.\n",
    ]
)
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_FRAGMENTS, max_size=40).map("".join))


@settings(max_examples=300, deadline=None)
@given(_TEXTS, st.lists(st.integers(0, 200), max_size=6), st.sampled_from([None, *SectionKind]))
def test_every_character_leads_back_to_raw_text(text: str, borders: list[int], kind: SectionKind | None) -> None:
    at = sorted(min(border, len(text)) for border in borders)
    blocks = tuple(RawBlock(start=first, end=last, kind=kind) for first, last in zip(at[::2], at[1::2], strict=False))
    document = cleaned(text, *blocks)
    position = 0
    for clean_start, raw_start, length, raw_length in document.source_map.segments:
        assert clean_start == position
        assert length > 0
        assert 0 <= raw_start <= raw_start + raw_length <= len(text)
        position += length
        if length == raw_length:
            for offset in range(length):
                assert _same(document.text[clean_start + offset], text[raw_start + offset])
    assert position == len(document.text)
    for offset in range(len(document.text)):
        low, high = document.source_map.to_raw(offset, offset + 1)
        assert 0 <= low <= high <= len(text)


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_sections_cover_the_text_in_order_but_for_white_space(text: str) -> None:
    document = cleaned(text)
    position = 0
    for section in document.sections:
        assert not document.text[position : section.start].strip()
        assert position <= section.start < section.end <= len(document.text)
        assert document.text[section.start : section.end].strip()
        position = section.end
    assert not document.text[position:].strip()


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_paragraphs_are_in_raw_order_inside(text: str) -> None:
    document = cleaned(text)
    for paragraph in re.finditer(r"[^\n](?:(?!\n\n)[\s\S])*", document.text):
        starts = [document.source_map.to_raw(offset, offset + 1)[0] for offset in range(paragraph.start(), paragraph.end())]
        assert starts == sorted(starts)


def _same(clean_character: str, raw_character: str) -> bool:
    if clean_character == raw_character or (clean_character.isspace() and raw_character.isspace()):
        return True
    return not raw_character.isascii() or unicodedata.category(raw_character) == "Cc"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 300_000,
        "word " * 60_000,
        "-" * 300_000,
        " " * 300_000,
        "a-" * 150_000,
        "[1" * 150_000,
        "(a)" * 100_000,
        "1,2," * 75_000,
        "A. " * 100_000,
        "\n" * 300_000,
        "a\n" * 30_000,
        "Figure 1. " * 30_000,
        "and the\n\n" * 10_000,
        "Yes No\n\n" * 10_000,
        "e\u0301" * 40_000,
        "\u00ad" * 300_000,
        "x.1 " * 20_000,
        "(word word)2 " * 25_000,
        "BACKGROUND: A " * 20_000,
        "1. Smith AB. 2001;1:2.\n" * 4_000,
        "the pain,\n\nPage 3\n\n" * 5_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_long_monotonous_texts_take_seconds_not_hours(text: str) -> None:
    start = time.process_time()
    cleaned(text)
    assert time.process_time() - start < 15
