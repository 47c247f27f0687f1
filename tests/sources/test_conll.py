"""Text, documents and spans made of tokens and tags."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.errors import InputError
from litkg.sources.conll import join_tokens, read_annotations
from litkg.sources.detect import Format, detect_format
from tests.sources.shared import read_bytes

FILE = """-DOCSTART-\tO

Anakinra\tB-Drug
and\tO
mood\tO

IL-1\tB-PRGE
receptor\tI-PRGE
(\tO
CD28\tB-PRGE
)\tO
-mediated\tO
effects\tO
.\tO

-DOCSTART-\tO

Monocytes\tB-CLTP
"""


def spans(rows: str) -> list[tuple[str, str]]:
    """Return the text and type of each span in `token/tag` words."""
    data = "\n".join(row.replace("/", "\t") for row in rows.split()).encode()
    return [(mention.text, mention.type) for mention in read_annotations(data, source="f").mentions]


def test_documents_and_spans_agree(tmp_path: Path) -> None:
    first, second = read_bytes(tmp_path, FILE.encode())
    assert first.text == "Anakinra and mood\n\nIL-1 receptor (CD28)-mediated effects."
    assert (first.title, second.title, second.text) == ("Anakinra and mood", "", "Monocytes")
    texts = {document.id: document.text for document in (first, second)}
    mentions = read_annotations(FILE.encode(), source="f").mentions
    assert [(mention.text, mention.type) for mention in mentions] == [("Anakinra", "Drug"), ("IL-1 receptor", "PRGE"), ("CD28", "PRGE"), ("Monocytes", "CLTP")]
    assert all(texts[mention.document_id][mention.start : mention.end] == mention.text for mention in mentions)


def test_without_marks_each_sentence_is_a_document(tmp_path: Path) -> None:
    documents = read_bytes(tmp_path, b"IL-6\tB-Gene\nrose\tO\n\n\nCRP\tS-Gene\nfell\tO\n")
    assert [document.text for document in documents] == ["IL-6 rose", "CRP fell"]
    assert len({document.id for document in documents}) == 2


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a/B-X b/I-X c/O", ["a b"]),
        ("a/B-X b/B-X", ["a", "b"]),
        ("a/I-X b/I-X c/I-Y", ["a b", "c"]),
        ("a/B-X b/M-X c/E-X d/S-X", ["a b c", "d"]),
        ("a/B-X b/L-X c/U-X d/I-X", ["a b", "c", "d"]),
        ("a/O b/I-X c/E-X d/I-X", ["b c", "d"]),
        ("a/B-X b/O c/I-X", ["a", "c"]),
    ],
    ids=["BIO", "neighbours", "IO", "BMES", "BILOU", "no start", "gap"],
)
def test_schemes_of_tags(rows: str, expected: list[str]) -> None:
    assert [text for text, _ in spans(rows)] == expected


def test_columns_between_are_passed_over_and_types_keep_their_hyphens() -> None:
    (mention,) = read_annotations(b"IL-6\tNN\tx\tB-GENE-Y\nrose\tVB\ty\tO\n", source="f").mentions
    assert (mention.text, mention.type) == ("IL-6", "GENE-Y")


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("IL-2 ( CD25 ) , 5 % .", "IL-2 (CD25), 5%."),
        ("CD28 -mediated and IFN-gamma -induced", "CD28-mediated and IFN-gamma-induced"),
        ("p < -0.5 - 3", "p < -0.5 - 3"),
        ("IL-6 / STAT3", "IL-6/STAT3"),
        ("alpha- and beta-globin", "alpha- and beta-globin"),
        ("anti- IL-6 and V- ( D ) -J", "anti-IL-6 and V-(D)-J"),
        ("the `` red '' cell 's 5 ' end", "the \"red\" cell's 5' end"),
        ('a " b " c " d "', 'a "b" c "d"'),
        ("-LRB- x -RRB-", "(x)"),
    ],
)
def test_tokens_are_joined_as_one_writes(tokens: str, text: str) -> None:
    data = "\n".join(f"{token}\tB-X" for token in tokens.split()).encode()
    found = read_annotations(data, source="f").mentions
    end = max(mention.end for mention in found)
    joined = [" "] * end
    for mention in found:
        joined[mention.start : mention.end] = mention.text
    assert "".join(joined) == text


@given(st.lists(st.text(st.sampled_from("aB-(/)\"'.%1"), min_size=1, max_size=4), max_size=12))
def test_each_token_stands_where_it_is_said_to(tokens: list[str]) -> None:
    text, starts = join_tokens(tokens)
    assert [text[start : start + len(token)] for start, token in zip(starts, tokens, strict=True)] == tokens
    assert list(starts) == sorted(starts)
    assert text.replace(" ", "") == "".join(tokens)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"-DOCSTART-\n\nIL-6\tB-Gene\nrose\n", r"f:4: no token and tag"),
        (b"IL-6\tGene\n", r"f:1: 'Gene' is no tag: write O, or B-"),
        (b"IL-6\tB-\n", r"f:1: 'B-' is no tag"),
    ],
)
def test_bad_lines_are_errors_with_their_number(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_annotations(data, source="f")


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"-DOCSTART-\tO\n\nIL-6\tB-Gene\n", Format.CONLL),
        (b"\nIL-6\tB-Gene\r\nrose\tO\r\n", Format.CONLL),
        (b"IL-6\tNN\tB-Gene\nrose\tVB\tO\nmissing\n.\t.\tO\n", Format.CONLL),
        (b"name\tgroup\nAnakinra\tA\nplacebo\tB\n", Format.TEXT),
        (b"One line\tO", Format.TEXT),
        (b"Words and words\nand words\tO\n", Format.TEXT),
    ],
)
def test_is_told_by_content(data: bytes, format_: Format) -> None:
    assert detect_format(data, source="f") is format_
