from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import InputError
from litkg.sources.pubtator import read_annotations
from tests.sources.shared import blocks_of, read_bytes

FILE = (
    "101|t|Anakinra and mood\n"
    "101|a|We saw depression after anakinra | twice.\n"
    "101\t0\t8\tAnakinra\tChemical\tMESH:D053590\n"
    "101\t25\t35\tdepression\tDisease\tD003866|D003863\n"
    "101\t42\t50\tanakinra\tChemical\t-1\n"
    "101\tCID\tD053590\tD003866\n"
    "\n"
    "case 7|t|Second title\n"
    "case 7|a|\n"
    "case 7\tAssociation\tA\tB\tNovel\n"
)


def test_offsets_count_as_the_format_counts_them(tmp_path: Path) -> None:
    first, second = read_bytes(tmp_path, FILE.encode())
    assert first.text == "Anakinra and mood\nWe saw depression after anakinra | twice."
    assert blocks_of(first) == [("title", "Anakinra and mood"), ("abstract", "We saw depression after anakinra | twice.")]
    assert (first.id, second.id) == ("PMID:101", "litkg.doc:case_7")
    assert blocks_of(second) == [("title", "Second title")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_gold_mentions_point_at_their_text(tmp_path: Path, line_end: str) -> None:
    data = FILE.replace("\n", line_end).encode()
    texts = {document.id: document.text for document in read_bytes(tmp_path, data)}
    gold = read_annotations(data, source="f")
    assert [(mention.text, mention.identifiers) for mention in gold.mentions] == [
        ("Anakinra", ("MESH:D053590",)),
        ("depression", ("D003866", "D003863")),
        ("anakinra", ()),
    ]
    assert all(texts[mention.document_id][mention.start : mention.end] == mention.text for mention in gold.mentions)
    assert [(relation.type, relation.subject, relation.object, relation.note) for relation in gold.relations] == [
        ("CID", "D053590", "D003866", ""),
        ("Association", "A", "B", "Novel"),
    ]


def test_records_need_no_blank_line_between_them(tmp_path: Path) -> None:
    assert [document.id for document in read_bytes(tmp_path, b"1|t|One\n1|a|x\n2|t|Two\n2|a|y\n")] == ["PMID:1", "PMID:2"]


def test_an_empty_record_is_told_and_passed_over(tmp_path: Path) -> None:
    warnings: list[str] = []
    assert [document.id for document in read_bytes(tmp_path, b"1|t|\n1|a|\n\n2|t|Two\n", warnings=warnings)] == ["PMID:2"]
    assert warnings == ["line 1: document 1 has neither title nor abstract: passed over"]


@pytest.mark.parametrize(("data", "message"), [(b"1|t|Title\nloose words\n", ":2: not a PubTator line"), (b"1|t|T\n1\tx\n", ":2: neither a mention")])
def test_names_the_line_that_is_wrong(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_annotations(data, source="f.txt")
