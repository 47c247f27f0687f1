"""PubTator, brat and BioC outputs carry the input's own text, ids and offsets, so that gold made on the input can score them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from litkg.formats.bioc import bioc_document, bioc_lines
from litkg.formats.brat import brat_lines, brat_stem
from litkg.formats.marks import original_id
from litkg.formats.pubtator import pubtator_lines
from litkg.model import Certainty, Concept, RawBlock, RawDocument, SectionKind
from litkg.sources.pubtator import parse_pubtator, read_annotations
from tests.extractions import extraction_of
from tests.graphs import ANAKINRA, DEPRESSION

NAMES: dict[str, Concept | None] = {"anakinra": ANAKINRA, "depression": DEPRESSION, "quintol": None}
CLAIM = ("anakinra", "causes", "depression")

ODD_PUBTATOR = "777|t| A  note on   anakinra \n777|a|Low  mood,  or depression,\u2003came after  quintol .  \n\n"
CRLF_TEXT = "A note on anakinra\r\n\r\nIn one man\r\ndepression came\tafter quintol.\r\n"


def pubtator_document(text: str) -> RawDocument:
    return next(parse_pubtator(text.encode(), source="odd.pubtator", notify=pytest.fail))


def text_document(text: str) -> RawDocument:
    return RawDocument(id="litkg.doc:ab12", title="", text=text, format="text", source="folder/one paper.txt")


def test_pubtator_input_with_odd_spacing_comes_back_with_its_text_and_id() -> None:
    raw = pubtator_document(ODD_PUBTATOR)
    written = "\n".join(pubtator_lines(raw, extraction_of(raw, NAMES, claim=CLAIM))) + "\n"
    assert written.splitlines()[:2] == ODD_PUBTATOR.split("\n")[:2]
    again = pubtator_document(written)
    assert (again.id, again.text, again.blocks) == (raw.id, raw.text, raw.blocks)


def test_pubtator_offsets_count_in_the_input() -> None:
    raw = pubtator_document(ODD_PUBTATOR)
    written = "\n".join(pubtator_lines(raw, extraction_of(raw, NAMES))) + "\n"
    found = read_annotations(written.encode(), source="x").mentions
    assert [raw.text[mention.start : mention.end] for mention in found] == ["anakinra", "depression", "quintol"]
    assert [(mention.document_id, mention.type, mention.identifiers) for mention in found] == [
        ("PMID:777", "Drug", (ANAKINRA.id,)),
        ("PMID:777", "Disease", (DEPRESSION.id,)),
        ("PMID:777", "Chemical", ()),
    ]


def test_crlf_text_keeps_its_offsets_in_pubtator() -> None:
    raw = text_document(CRLF_TEXT)
    lines = list(pubtator_lines(raw, extraction_of(raw, NAMES)))
    joined = lines[0].split("|", 2)[2] + "\n" + lines[1].split("|", 2)[2]
    assert len(joined) == len(CRLF_TEXT)
    for line in lines[2:-1]:
        _, start, end, text, *_ = line.split("\t")
        assert joined[int(start) : int(end)] == text == CRLF_TEXT[int(start) : int(end)]


@pytest.mark.parametrize(
    "text",
    ["anakinra and depression and quintol", "\n\nanakinra\ndepression\nquintol", "anakinra\u2028depression\x0bquintol\n", "anakinra\rdepression\rquintol"],
    ids=["one line", "leading blank lines", "rare line ends", "bare carriage returns"],
)
def test_any_line_breaks_make_two_passages_with_the_same_offsets(text: str) -> None:
    raw = text_document(text)
    lines = list(pubtator_lines(raw, extraction_of(raw, NAMES)))
    assert all(len(line.splitlines()) <= 1 for line in lines)
    joined = lines[0].split("|", 2)[2] + "\n" + lines[1].split("|", 2)[2]
    for line in lines[2:-1]:
        _, start, end, name, *_ = line.split("\t")
        assert joined[int(start) : int(end)] == name


def test_title_without_abstract_stays_a_title() -> None:
    raw = pubtator_document("5|t|anakinra, depression, quintol\n5|a|\n")
    assert list(pubtator_lines(raw, extraction_of(raw, NAMES)))[:2] == ["5|t|anakinra, depression, quintol", "5|a|"]


def test_abstract_without_title_keeps_the_offset_of_one() -> None:
    raw = pubtator_document("5|t|\n5|a|anakinra, depression, quintol\n")
    assert list(pubtator_lines(raw, extraction_of(raw, NAMES)))[1:3] == ["5|a|anakinra, depression, quintol", f"5\t1\t9\tanakinra\tDrug\t{ANAKINRA.id}"]


def test_relation_line_names_both_concepts_once() -> None:
    raw = text_document(CRLF_TEXT)
    lines = list(pubtator_lines(raw, extraction_of(raw, NAMES, claim=CLAIM)))
    assert lines[-2:] == [f"ab12\tcauses\t{ANAKINRA.id}\t{DEPRESSION.id}", ""]


def test_refuted_relation_is_no_pubtator_relation() -> None:
    raw = text_document(CRLF_TEXT)
    lines = list(pubtator_lines(raw, extraction_of(raw, NAMES, claim=CLAIM, negated=True)))
    assert not any("\tcauses\t" in line for line in lines)


def test_brat_offsets_count_in_the_text_file_and_concepts_are_references() -> None:
    raw = text_document(CRLF_TEXT)
    lines = list(brat_lines(raw, extraction_of(raw, NAMES, claim=CLAIM, negated=True, certainty=Certainty.POSSIBLE)))
    start = CRLF_TEXT.index("depression")
    assert f"T2\tDisease {start} {start + 10}\tdepression" in lines
    assert f"N1\tReference T1 {ANAKINRA.id}\tanakinra" in lines
    assert lines[-3:] == ["R1\tcauses Arg1:T1 Arg2:T2", "A1\tNegated R1", "A2\tCertainty R1 possible"]


def test_brat_name_over_a_line_end_is_two_fragments() -> None:
    raw = text_document("a low\r\nmood state")
    lines = list(brat_lines(raw, extraction_of(raw, {"low mood": DEPRESSION})))
    assert lines[0] == "T1\tDisease 2 5;7 11\tlow mood"


@pytest.mark.parametrize(
    ("raw", "stem"),
    [
        (text_document("x"), "one_paper"),
        (replace(text_document("x"), format="pdf"), "ab12"),
        (replace(text_document("x"), format="pubtator", id="PMID:12"), "12"),
        (replace(text_document("x"), format="pdf", id="odd:a/../b"), "odd_a_.._b"),
    ],
)
def test_brat_files_are_named_after_the_text_or_the_id(raw: RawDocument, stem: str) -> None:
    assert brat_stem(raw) == stem


def test_bioc_passages_hold_the_input_and_its_offsets() -> None:
    raw = pubtator_document(ODD_PUBTATOR)
    document = json.loads(json.dumps(bioc_document(raw, extraction_of(raw, NAMES, claim=CLAIM))))
    assert document["id"] == "777"
    for passage in document["passages"]:
        assert raw.text[passage["offset"] :].startswith(passage["text"])
        for annotation in passage["annotations"]:
            location = annotation["locations"][0]
            at = location["offset"] - passage["offset"]
            assert passage["text"][at : at + location["length"]] == annotation["text"]
    assert [len(passage["annotations"]) for passage in document["passages"]] == [1, 2]
    assert document["relations"][0]["nodes"] == [{"refid": "T1", "role": "subject"}, {"refid": "T2", "role": "object"}]


def test_bioc_keeps_text_that_stands_outside_the_known_blocks() -> None:
    raw = replace(text_document("anakinra | depression quintol"), blocks=(RawBlock(start=0, end=8, kind=SectionKind.TITLE),))
    passages = bioc_document(raw, extraction_of(raw, NAMES))["passages"]
    assert isinstance(passages, list)
    assert "".join(passage["text"] for passage in passages) == raw.text
    assert sum(len(passage["annotations"]) for passage in passages) == 3


def test_bioc_collection_is_one_json_value_whatever_the_number_of_documents() -> None:
    raw = text_document(CRLF_TEXT)
    pair = (raw, extraction_of(raw, NAMES))
    assert [len(json.loads("".join(bioc_lines([pair] * count)))["documents"]) for count in (0, 1, 2)] == [0, 1, 2]


def test_end_of_evidence_that_is_no_mention_gets_a_mark_of_its_own() -> None:
    raw = text_document("anakinra was given. It caused depression. quintol")
    extraction = extraction_of(raw, NAMES, claim=CLAIM)
    at = raw.text.index("It")
    moved = replace(extraction, evidence=(replace(extraction.evidence[0], subject_mention=(at, at + 2)),))
    lines = list(brat_lines(raw, moved))
    assert f"T4\tDrug {at} {at + 2}\tIt" in lines
    assert lines[-1] == "R1\tcauses Arg1:T4 Arg2:T2"


@pytest.mark.parametrize(("given", "bare"), [("PMID:1", "1"), ("PMC:PMC1", "PMC1"), ("litkg.doc:x y", "x y"), ("doi:10.1/x", "doi:10.1/x"), ("none", "none")])
def test_original_id(given: str, bare: str) -> None:
    assert original_id(given) == bare
