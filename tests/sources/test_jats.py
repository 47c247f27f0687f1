from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import InputError
from litkg.model import RawDocument
from tests.sources.shared import blocks_of, read_bytes

HEAD = """<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "JATS.dtd">"""
NAMES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:ali="http://www.niso.org/schemas/ali/1.0/"'
FRONT = """<front><journal-meta><journal-title-group><journal-title>Made-up Letters</journal-title></journal-title-group></journal-meta>
<article-meta>{ids}<title-group><article-title>IL-1 and <italic>mood</italic><xref ref-type="fn">*</xref></article-title>
<subtitle>A study</subtitle></title-group>
<pub-date pub-type="pmc-release"><year>2015</year></pub-date><pub-date pub-type="collection"><year>2018</year></pub-date>
<pub-date pub-type="epub"><year>2017</year></pub-date>
<permissions><license><ali:license_ref>https://creativecommons.org/licenses/by/4.0/</ali:license_ref><license-p>Free.</license-p></license></permissions>
{extra}</article-meta></front>"""
IDS = '<article-id pub-id-type="pmid">77</article-id><article-id pub-id-type="pmc">123</article-id>'


def article(body: str = "<body><p>Text.</p></body>", *, ids: str = IDS, extra: str = "", kind: str = "research-article") -> bytes:
    return f'{HEAD}<article {NAMES} article-type="{kind}">{FRONT.format(ids=ids, extra=extra)}{body}</article>'.encode()


def read(folder: Path, data: bytes) -> RawDocument:
    (document,) = read_bytes(folder, data)
    return document


def paragraph(folder: Path, markup: str) -> str:
    """Return the text of one paragraph with this markup."""
    return blocks_of(read(folder, article(f"<body><p>{markup}</p></body>")))[1][1]


def test_reads_what_the_front_tells(tmp_path: Path) -> None:
    document = read(tmp_path, article())
    assert (document.id, document.title, document.year) == ("PMC:PMC123", "IL-1 and mood: A study", 2017)
    assert (document.journal, document.licence, document.retracted) == ("Made-up Letters", "https://creativecommons.org/licenses/by/4.0/", False)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ('<article-id pub-id-type="pmcid">PMC9</article-id>', "PMC:PMC9"),
        ('<article-id pub-id-type="pmid">42</article-id>', "PMID:42"),
        ('<article-id pub-id-type="doi">10.1/x</article-id>', "litkg.doc:"),
    ],
)
def test_takes_the_best_id(tmp_path: Path, ids: str, expected: str) -> None:
    assert read(tmp_path, article(ids=ids)).id.startswith(expected)


MATH = "<mml:math><mml:mo>&lt;</mml:mo><mml:mn>0.05</mml:mn></mml:math>"
XREF = '<xref ref-type="bibr" rid="b{0}">{0}</xref>'


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f"It rose<sup>{XREF.format(1)},{XREF.format(2)}</sup> fast.", "It rose fast."),
        (f"It rose {XREF.format(1)}, then fell.", "It rose, then fell."),
        (f"It rose [{XREF.format(1)}, {XREF.format(2)}–{XREF.format(4)}].", "It rose."),
        (f"It rose (see {XREF.format(1)}).", "It rose."),
        (f"It rose (reviewed in {XREF.format(1)} and {XREF.format(2)}) fast.", "It rose fast."),
        ('It rose (<xref ref-type="bibr">Lee, 2001</xref>; <xref ref-type="bibr">Kim, 2002</xref>).', "It rose."),
        ('<xref ref-type="bibr">Lee and Kim (2001)</xref> saw it rise.', "Lee and Kim (2001) saw it rise."),
        ('It rose (Lee et al. <xref ref-type="bibr">2001</xref>).', "It rose."),
        (f"IL-6 (a cytokine {XREF.format(1)}) rose.", "IL-6 (a cytokine) rose."),
        ('It rose (<xref ref-type="fig">Fig. 1</xref>).', "It rose (Fig. 1)."),
        ("IL-1<sub>β</sub> and IL-1R<sup>−/−</sup>", "IL-1β and IL-1R−/−"),
        ("Ca<sup>2+</sup>, CD4<sup>+</sup>, m<sup>2</sup>", "Ca2+, CD4+, m2"),
        ("3 × 10<sup>6</sup> cells at 10<sup>−3</sup> M", "3 × 10^6 cells at 10^−3 M"),
        ("a<break/>b", "a b"),
        (
            f"p<inline-formula><alternatives><tex-math>\\documentclass x</tex-math>{MATH}</alternatives></inline-formula>.",
            "p<0.05.",
        ),
        ("TNF-&alpha;", "TNF-α"),
        ("words<!-- a comment --> on<?pi x?>ly", "words only"),
    ],
)
def test_makes_running_text_of_markup(tmp_path: Path, markup: str, text: str) -> None:
    assert paragraph(tmp_path, markup) == text


def test_sections_take_their_kind_from_title_and_type(tmp_path: Path) -> None:
    body = """<body><p>Opening.</p>
    <sec sec-type="materials|methods"><title>What we did</title><p>Mice.</p><sec><title>IL-6 assay</title><p>Kit.</p></sec></sec>
    <sec><title>Results</title><p>It rose.</p></sec>
    <sec><title>Competing interests</title><p>None.</p></sec></body>
    <back><ack><title>Acknowledgements</title><p>Thanks.</p></ack>
    <ref-list><title>References</title><ref><label>1</label><mixed-citation>Lee. <source>J</source>.</mixed-citation></ref></ref-list></back>"""
    assert blocks_of(read(tmp_path, article(body)))[1:] == [
        ("body", "Opening."),
        ("heading", "What we did"),
        ("methods", "Mice."),
        ("heading", "IL-6 assay"),
        ("methods", "Kit."),
        ("heading", "Results"),
        ("results", "It rose."),
        ("heading", "Competing interests"),
        ("furniture", "None."),
        ("heading", "Acknowledgements"),
        ("furniture", "Thanks."),
        ("heading", "References"),
        ("references", "1 Lee. J."),
    ]


def test_abstract_parts_keywords_and_other_abstracts(tmp_path: Path) -> None:
    extra = """<abstract><sec><title>Methods:</title><p>Mice.</p></sec></abstract><abstract abstract-type="graphical"><p>A picture.</p></abstract>
    <trans-abstract><p>Deutsch.</p></trans-abstract><kwd-group><title>Keywords</title><kwd>IL-6</kwd><kwd>mood</kwd></kwd-group>"""
    assert blocks_of(read(tmp_path, article(extra=extra)))[1:] == [
        ("heading", "Methods:"),
        ("methods", "Mice."),
        ("furniture", "A picture."),
        ("furniture", "IL-6; mood"),
        ("body", "Text."),
    ]


def test_floats_inside_a_paragraph_do_not_cut_its_sentence(tmp_path: Path) -> None:
    body = """<body><p>The level <fig><label>Figure 1</label><caption><title>IL-6 in mice</title><p>It rose.</p></caption></fig>fell where
    <disp-formula>x = y</disp-formula> holds.</p>
    <table-wrap><label>Table 1.</label><caption><p>Doses</p></caption><table><thead><tr><th>Drug</th><th>mg</th></tr></thead>
    <tbody><tr><td>anakinra</td><td>100<sup>a</sup></td></tr></tbody></table><table-wrap-foot><fn><p>a daily</p></fn></table-wrap-foot></table-wrap></body>"""
    assert blocks_of(read(tmp_path, article(body)))[1:] == [
        ("body", "The level fell where holds."),
        ("caption", "Figure 1. IL-6 in mice. It rose."),
        ("furniture", "x = y"),
        ("caption", "Table 1. Doses."),
        ("table", "Drug\tmg\nanakinra\t100a"),
        ("table", "a daily"),
    ]


def test_a_list_parts_its_paragraph_in_order(tmp_path: Path) -> None:
    body = "<body><p>We saw: <list><list-item><p>fever;</p></list-item><list-item><p>pain.</p></list-item></list>Then it ended.</p></body>"
    assert [text for _, text in blocks_of(read(tmp_path, article(body)))[1:]] == ["We saw:", "fever;", "pain.", "Then it ended."]


@pytest.mark.parametrize(
    ("kind", "related", "retracted"),
    [
        ("research-article", "retraction-forward", True),
        ("research-article", "corrected-article", False),
        ("retraction", "retracted-article", False),
        ("correction", "retraction-forward", False),
    ],
)
def test_knows_a_retracted_article_from_its_notice(tmp_path: Path, kind: str, related: str, retracted: bool) -> None:
    assert read(tmp_path, article(kind=kind, extra=f'<related-article related-article-type="{related}"/>')).retracted is retracted


def test_an_article_set_gives_one_document_each_in_any_namespace(tmp_path: Path) -> None:
    inner = [article(ids=f'<article-id pub-id-type="pmc">{number}</article-id>').decode().removeprefix(HEAD) for number in (1, 2)]
    assert [document.id for document in read_bytes(tmp_path, f"<pmc-articleset>{''.join(inner)}</pmc-articleset>".encode())] == ["PMC:PMC1", "PMC:PMC2"]
    named = inner[0].replace("<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" ', 1)
    assert blocks_of(read(tmp_path, f"<OAI-PMH><metadata>{named}</metadata></OAI-PMH>".encode()))[-1] == ("body", "Text.")


def test_reviews_of_the_article_are_left_out(tmp_path: Path) -> None:
    body = "<body><p>Text.</p></body><sub-article><body><p>A review.</p></body></sub-article><response><body><p>An answer.</p></body></response>"
    assert "review" not in read(tmp_path, article(body)).text


def test_an_article_without_body_is_told(tmp_path: Path) -> None:
    warnings: list[str] = []
    (document,) = read_bytes(tmp_path, article("", extra="<abstract><p>Short.</p></abstract>"), warnings=warnings)
    assert [kind for kind, _ in blocks_of(document)] == ["title", "abstract"]
    assert warnings == ["PMC:PMC123 has no full text here (the publisher may not allow it): title and abstract only"]


def test_refuses_an_entity_bomb(tmp_path: Path) -> None:
    bomb = article().replace(b'"JATS.dtd">', b'"JATS.dtd" [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>')
    with pytest.raises(InputError, match="entities of its own"):
        read_bytes(tmp_path, bomb)


def test_the_body_of_a_case_report_is_one(tmp_path: Path) -> None:
    body = "<body><p>A woman was given a drug.</p><sec><title>Discussion</title><p>It may be the drug.</p></sec></body>"
    assert [kind for kind, _ in blocks_of(read(tmp_path, article(body, kind="case-report")))[1:]] == ["case_report", "heading", "discussion"]
