"""Elliptical names: what a list leaves out, what it only seems to leave out, and how the mentions are merged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.lexicon.lookup import Lexicon
from litkg.nlp.ellipsis import ELLIPSIS_COMPONENT, find_elliptical, merge_elliptical
from litkg.nlp.ner import Found, Terms, lexicon_mentions
from litkg.nlp.tokens import find_tokens
from tests.lexicon.tiny import TINY_ROWS, open_tiny_lexicon

ROWS = (
    *TINY_ROWS,
    ("HGNC:6709", "LTA", "Gene|Cytokine", "TNF-beta", ""),
    ("MONDO:0005618", "anxiety disorder", "Disease", "", ""),
    ("MONDO:0011918", "anxiety", "Disease", "", ""),
    ("MONDO:0005371", "mood disorder", "Disease", "", ""),
    ("MONDO:0005147", "type 1 diabetes", "Disease", "", ""),
    ("MONDO:0005148", "type 2 diabetes", "Disease", "", ""),
    ("MONDO:0005015", "diabetes", "Disease", "", ""),
    ("MONDO:0004425", "hyperthyroidism", "Disease", "", ""),
    ("MONDO:0005420", "hypothyroidism", "Disease", "", ""),
    ("MONDO:0005344", "hepatitis B", "Disease", "", ""),
    ("MESH:D006526", "hepatitis C", "Disease", "", ""),
    ("HGNC:1678", "CD4", "Gene", "", ""),
    ("HGNC:1706", "CD8", "Gene", "", ""),
    ("CL:0000084", "T cell", "CellType", "", ""),
    ("CL:0000236", "B cell", "CellType", "", ""),
    ("CL:0000624", "CD4+ T cell", "CellType", "", ""),
    ("CL:0000625", "CD8+ T cell", "CellType", "", ""),
    ("HGNC:1582", "cyclin D1", "Gene", "", ""),
    ("FPLX:Cyclin_E", "cyclin E", "Gene", "", ""),
    ("HGNC:6647", "LMOD1", "Gene", "~D1", ""),
    ("HGNC:5466", "IGF-2", "Gene", "", ""),
    ("HGNC:5464", "IGF-1", "Gene", "", ""),
    ("HGNC:4261", "GH-1", "Gene", "", ""),
    ("GO:0032635", "IL-6 production", "BiologicalProcess", "", ""),
    ("GO:0032637", "IL-8 production", "BiologicalProcess", "", ""),
    ("CHEBI:12777", "vitamin A", "Chemical", "", ""),
    ("CHEBI:27300", "vitamin D", "Chemical", "", ""),
    ("CHEBI:27301", "vitamin B", "Chemical", "", ""),
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lexicon]:
    path: Path = tmp_path_factory.mktemp("ellipsis")
    with open_tiny_lexicon(path, ROWS) as lexicon:
        yield lexicon


def read(text: str, terms: Terms) -> tuple[list[Found], list[Found]]:
    tokens = find_tokens(text)
    found = lexicon_mentions("d", text, tokens, terms)
    return found, find_elliptical("d", text, tokens, found, terms)


def added(text: str, terms: Terms) -> list[tuple[str, str]]:
    return [(mention.text, candidates[0].concept) for mention, candidates in read(text, terms)[1]]


HEAD_FIRST = [
    ("IL-1α, -1β and -6 were high.", [("1β", "HGNC:5992"), ("6", "HGNC:6018")]),
    ("IL-1, -6 and -8 were high.", [("6", "HGNC:6018"), ("8", "HGNC:6025")]),
    ("It lowers IL-1 and -6.", [("6", "HGNC:6018")]),
    ("It lowers IL-6 and 8.", [("8", "HGNC:6025")]),
    ("It lowers IL-6 and 8 in serum.", [("8", "HGNC:6025")]),
    ("It lowers IL-6 and 8 was low.", [("8", "HGNC:6025")]),
    ("It lowers IL-2, 6, 8 and TNF.", [("6", "HGNC:6018"), ("8", "HGNC:6025")]),
    ("Interleukins 1, 2 and 6 rose.", [("Interleukins 1", "FPLX:IL1"), ("2", "HGNC:6001"), ("6", "HGNC:6018")]),
    ("IL-1, -6 and 8 weeks later", [("6", "HGNC:6018")]),
    ("TNF-α and -β bind it.", [("β", "HGNC:6709")]),
    ("IL-6/8 ratio", [("8", "HGNC:6025")]),
    ("IL-6/-8", [("8", "HGNC:6025")]),
    ("hepatitis B and C", [("C", "MESH:D006526")]),
    ("cyclins D1 and E", [("cyclins D1", "HGNC:1582"), ("E", "FPLX:Cyclin_E")]),
]
HEAD_LAST = [
    ("anxiety, mood and depressive disorders", [("mood", "MONDO:0005371")]),
    ("type 1 and type 2 diabetes", [("type 1", "MONDO:0005147")]),
    ("type 1 and 2 diabetes", [("type 1", "MONDO:0005147"), ("2 diabetes", "MONDO:0005148")]),
    ("B and T cells", [("B", "CL:0000236")]),
    ("B- and T-cells", [("B", "CL:0000236")]),
    ("hyper- and hypothyroidism", [("hyper", "MONDO:0004425")]),
    ("CD4+ and CD8+ T cells", [("CD4+", "CL:0000624")]),
]
NOT_ELLIPTICAL = [
    "IL-6 and 8 weeks later",
    "IL-6 and 8 mg of it",
    "IL-6 and 8% of the rest",
    "IL-6, 8 patients and nurses",
    "12 patients had IL-6 and 8 had TNF",
    "TNF-α and 3 patients",
    "IL-2 (pages 6-8 and 10)",
    "see IL-2, 1996, 8, 2-6",
    "aspirin 1, 2 and 3 mg",
    "methotrexate 1, 2 and 6 mg",
    "groups A and B",
    "hepatitis and cancer",
    "depression and anxiety disorder",
    "vitamin D and B cells",
    "TNF and B-cell counts",
    "GH and IGF-1",
    "IL-6 in IL-6 and 6 in IL-2",
    "IL-6 and IL-8 production",
    "patients with fever and bipolar disorder",
    "IL-6\n\n8 and IL-2",
]


@pytest.mark.parametrize(("text", "expected"), [*HEAD_FIRST, *HEAD_LAST])
def test_each_conjunct_means_its_own_concept(tiny: Lexicon, text: str, expected: list[tuple[str, str]]) -> None:
    assert added(text, tiny) == expected


@pytest.mark.parametrize("text", NOT_ELLIPTICAL)
def test_what_only_looks_like_a_list_of_names_adds_nothing(tiny: Lexicon, text: str) -> None:
    assert added(text, tiny) == []


def test_merging_puts_the_conjunct_in_the_place_of_its_fragments(tiny: Lexicon) -> None:
    found, new = read("CD4+ and CD8+ T cells make IL-6 and -8, not cyclins D1 and E", tiny)
    assert "D1" in [mention.text for mention, _ in found]
    merged = [mention.text for mention, _ in merge_elliptical(found, new)]
    assert merged == ["CD4+", "CD8+ T cells", "IL-6", "8", "cyclins D1", "E"]


def test_text_without_tokens_is_not_read(tiny: Lexicon) -> None:
    text = "IL-6 and -8"
    found = lexicon_mentions("d", text, find_tokens("IL-6"), tiny)
    assert find_elliptical("d", text, find_tokens("IL-6"), found, tiny) == []


PART_LINE = "IL-6 IL-1α -8 8 B and or , / - -1β 2 diabetes interleukins CD4+ mood disorders ."
PARTS = (*PART_LINE.split(), "T cells", "type 1", "\n")


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(("", " "))), max_size=14))
def test_mentions_are_the_documents_text_and_never_overlap(tiny: Lexicon, parts: list[tuple[str, str]]) -> None:
    text = "".join(part + space for part, space in parts)
    found, new = read(text, tiny)
    merged = merge_elliptical(found, new)
    assert all(text[mention.start : mention.end] == mention.text and mention.component == ELLIPSIS_COMPONENT and candidates for mention, candidates in new)
    assert all(left[0].end <= right[0].start for left, right in pairwise(merged))


FULL = [
    ("IL-1α, -1β and -6", [("1β", "HGNC:5992"), ("6", "HGNC:6018")]),
    ("IL-1, -6 and -8", [("6", "HGNC:6018"), ("8", "HGNC:6025")]),
    ("interleukins 1, 6 and 10", [("interleukins 1", "FPLX:IL1"), ("6", "HGNC:6018"), ("10", "HGNC:5962")]),
    ("IL-6 and 8", [("8", "HGNC:6025")]),
    ("caspases 3 and 7", [("caspases 3", "HGNC:1504"), ("7", "HGNC:1508")]),
    ("CXCL9/10/11", [("10", "HGNC:10637"), ("11", "HGNC:10638")]),
    ("MMP-2 and -9", [("9", "HGNC:7176")]),
    ("IL-12p40 and -p35", [("p35", "HGNC:5969")]),
    ("interferon-α and -γ", [("γ", "HGNC:5438")]),
    ("factors VIII and IX", [("factors VIII", "HGNC:3546"), ("IX", "HGNC:3551")]),
    ("vitamins A, D and E", [("vitamins A", "CHEBI:12777"), ("D", "CHEBI:27300"), ("E", "CHEBI:33234")]),
    ("breast and ovarian cancer", [("breast", "MONDO:0007254")]),
    ("breast, lung and ovarian cancers", [("breast", "MONDO:0007254"), ("lung", "MONDO:0008903")]),
    ("hepatitis B and C", [("C", "MESH:D006526")]),
    ("type 1 and type 2 diabetes", [("type 1", "MONDO:0005147")]),
    ("type 1 and 2 diabetes", [("type 1", "MONDO:0005147"), ("2 diabetes", "MONDO:0005148")]),
    ("renal and hepatic failure", [("renal", "MONDO:0001106")]),
    ("heart/lung/kidney disease", [("heart", "MONDO:0005267"), ("lung", "MONDO:0005275")]),
    ("B and T cells", [("B", "CL:0000236")]),
    ("acute myeloid and lymphoblastic leukemia", [("acute myeloid", "MONDO:0018874")]),
    ("hypo- and hyperglycemia", [("hypo", "MONDO:0004946")]),
    ("anxiety and depressive disorders", []),
    ("IL-6/STAT3", []),
    ("IL-6 and 8 weeks", []),
    ("TNF-α and 3 patients", []),
    ("groups A and B", []),
    ("GH and IGF-1", []),
    ("calcium, PTH and vitamin D", []),
]


@pytest.mark.lexicon
@pytest.mark.parametrize(("text", "expected"), FULL)
def test_the_full_lexicon_knows_the_conjuncts(lexicon: Lexicon, text: str, expected: list[tuple[str, str]]) -> None:
    assert added(f"We measured {text}.", lexicon) == expected
