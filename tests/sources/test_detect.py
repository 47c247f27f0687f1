from __future__ import annotations

import pytest

from litkg.errors import InputError
from litkg.sources.detect import Format, detect_format


@pytest.mark.parametrize(
    ("head", "format_"),
    [
        (b"%PDF-1.7\n", Format.PDF),
        (b"\n\n%PDF-1.4\n", Format.PDF),
        (b"<?xml version='1.0'?><!DOCTYPE PubmedArticleSet PUBLIC '-//NLM//DTD 2025//EN' 'pubmed.dtd'><PubmedArticleSet>", Format.PUBMED),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- hi --><PubmedArticleSet/>", Format.PUBMED),
        (b'<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "x.dtd"><article xmlns:xlink="u" article-type="letter"><front>', Format.JATS),
        (b"<pmc-articleset><article>", Format.JATS),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><article/>", Format.JATS),
        (b"<?xml version='1.0'?><collection><source>x</source>", Format.BIOC_XML),
        (b'{"source":"PubTator","documents":[]}', Format.BIOC_JSON),
        (b'[{"documents": []}]', Format.BIOC_JSON),
        (b"<!DOCTYPE html><html><body>", Format.WEBPAGE),
        (b"<html lang='en'>", Format.WEBPAGE),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'><html>", Format.WEBPAGE),
        (b"<div class='a'><p>Hello</p></div>", Format.WEBPAGE),
        (b"8701013|t|A title\n8701013|a|An abstract\n", Format.PUBTATOR),
        (b"\n\ncase_1|t|A title\n", Format.PUBTATOR),
        (b"Just words about IL-6.", Format.TEXT),
        (b"[1] Words after a number in brackets", Format.TEXT),
        (b"<5% of patients had fever", Format.TEXT),
        ("<?xml version='1.0' encoding='UTF-16'?><PubmedArticleSet/>".encode("utf-16"), Format.PUBMED),
        ("Wörter".encode("utf-16"), Format.TEXT),
    ],
)
def test_knows_a_format_by_its_first_bytes(head: bytes, format_: Format) -> None:
    assert detect_format(head, source="x") is format_


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"PK\x03\x04rest", "zip archive or Office"),
        (b"\x89PNG\r\n", "OCR"),
        (b"{\\rtf1 words}", "RTF"),
        (b"x" * 257 + b"ustar" + b"\x00" * 250, "tar archive"),
        (b"<?xml version='1.0'?><svg xmlns='u'/>", "root is <svg>"),
        (b'{"name": "package"}', "no BioC"),
    ],
)
def test_says_what_a_foreign_file_is(head: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        detect_format(head, source="dir/odd")
    assert str(caught.value).startswith("dir/odd: ")
