"""Tells the format of a document by its content; file names and extensions are never asked.

Owns the marks by which formats are known; refuses to parse.
"""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from litkg.errors import InputError

HEAD_BYTES = 65536
"""How much of a file is looked at; an XML prologue or a PDF header lies well within."""


class Format(StrEnum):
    """The formats that litkg reads."""

    TEXT = "text"
    PDF = "pdf"
    PUBMED = "pubmed"
    JATS = "jats"
    BIOC_XML = "bioc_xml"
    BIOC_JSON = "bioc_json"
    PUBTATOR = "pubtator"
    CONLL = "conll"
    WEBPAGE = "webpage"


STREAMED = frozenset({Format.PUBMED, Format.JATS, Format.BIOC_XML})
"""Formats that are read record by record, so that their size is not bounded."""

_ROOTS = {
    "pubmedarticleset": Format.PUBMED,
    "pubmedarticle": Format.PUBMED,
    "pubmedbookarticleset": Format.PUBMED,
    "medlinecitationset": Format.PUBMED,
    "article": Format.JATS,
    "pmc-articleset": Format.JATS,
    "oai-pmh": Format.JATS,
    "collection": Format.BIOC_XML,
    "html": Format.WEBPAGE,
}
_FOREIGN = (
    (b"PK\x03\x04", "a zip archive or Office document: unpack it, or save it as PDF or text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as PDF or text"),
    (b"{\\rtf", "an RTF document: save it as PDF or text"),
    (b"\x89PNG", "an image: run OCR first"),
    (b"\xff\xd8\xff", "an image: run OCR first"),
    (b"II*\x00", "an image: run OCR first"),
    (b"MM\x00*", "an image: run OCR first"),
    (b"BZh", "bzip2 data: unpack it"),
    (b"\xfd7zXZ", "xz data: unpack it"),
    (b"(\xb5/\xfd", "Zstandard data: unpack it"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it"),
    (b"%!PS", "PostScript: turn it into PDF"),
)
_TAR_MARK = slice(257, 262)
_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_HTML_DOCTYPE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<!doctype\s+html", re.IGNORECASE | re.DOTALL)
_HTML_TAG = re.compile(r"<(?:head|body|title|meta|div|main|article|script|p)\b[^>]*>", re.IGNORECASE)
_PUBTATOR = re.compile(r"\s*[^|\s]{1,80}\|[ta]\|")
_CONLL_ROW = re.compile(r"[^\t]*\S[^\t]*\t(?:[^\t]*\t)*(?:O|[BIESLUM]-\S+)\s*")
_CONLL_MARK = "-DOCSTART-"
_CONLL_LINES = 20
_BIOC_KEY = re.compile(r'"(?:documents|passages|PubTator3)"\s*:')


def detect_format(head: bytes, *, source: str) -> Format:
    """Return the format of the content that starts with `head` (gzip already unwrapped); plain text where nothing else fits.

    Raises: InputError for content of a known other kind (an image, an archive, XML of a foreign vocabulary), and for no content at all.
    """
    if not head.strip():
        raise InputError(f"{source}: empty, nothing to read")
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    for mark, what in _FOREIGN:
        if head.startswith(mark):
            raise InputError(f"{source}: {what}")
    if head[_TAR_MARK] == b"ustar":
        raise InputError(f"{source}: a tar archive: unpack it and name the folder")
    return _detect_text(_peek(head), source)


def _detect_text(text: str, source: str) -> Format:
    start = text.lstrip()
    if start.startswith("<"):
        return _detect_markup(text, source)
    if start.startswith(("{", "[")) and re.match(r'[{\[]\s*[{\["\]}]', start):
        if _BIOC_KEY.search(text):
            return Format.BIOC_JSON
        raise InputError(f'{source}: JSON, but no BioC (no "documents" or "passages"): litkg reads BioC JSON only')
    if _PUBTATOR.match(text):
        return Format.PUBTATOR
    return Format.CONLL if _is_conll(start) else Format.TEXT


def _is_conll(text: str) -> bool:
    """Tell whether a text starts with a document mark of CoNLL, or two thirds of its first lines are tokens with tags, so that a slip is reported as one."""
    if text.startswith(_CONLL_MARK):
        return True
    lines = [line for line in text[:4096].splitlines() if line.strip()][:_CONLL_LINES]
    rows = sum(_CONLL_ROW.fullmatch(line) is not None for line in lines)
    return rows >= 2 and 3 * rows >= 2 * len(lines)


def _detect_markup(text: str, source: str) -> Format:
    if _HTML_DOCTYPE.match(text):
        return Format.WEBPAGE
    prologue = _PROLOGUE.match(text)
    root = _ROOT.match(text, prologue.end() if prologue else 0)
    name = root.group(1).lower() if root else ""
    if name in _ROOTS and not (name == "article" and _is_html_article(text)):
        return _ROOTS[name]
    is_xml = text.lstrip().startswith("<?xml") or "<!DOCTYPE" in text
    if not is_xml and _HTML_TAG.search(text):
        return Format.WEBPAGE
    if root and is_xml:
        raise InputError(f"{source}: XML of an unknown kind, its root is <{root.group(1)}>: litkg reads PubMed, JATS and BioC XML")
    if "<!DOCTYPE" in text:
        raise InputError(f"{source}: XML whose document type definition has no end in the first {HEAD_BYTES} bytes: refused")
    return Format.TEXT


def _is_html_article(text: str) -> bool:
    return "<?xml" not in text and "<!DOCTYPE" not in text and not re.search(r"<(?:front|article-meta|journal-meta|body)\b", text)


def _peek(head: bytes) -> str:
    """Decode as far as it goes: only ASCII marks are looked for."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return head.decode(name, errors="replace")
    return head.decode("latin-1")
