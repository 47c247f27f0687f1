"""Makes running text of marked-up text: scripts, formulas and citations inside a sentence.

Owns what a sub, sup, xref or math element means for the characters around it, for JATS and PubMed alike; refuses block-level elements,
which it leaves out.
"""

from __future__ import annotations

import re

from lxml import etree

from litkg.sources.safexml import entity_text, local_name

BLOCK_LEVEL = frozenset(
    {"p", "sec", "list", "def-list", "disp-formula", "disp-formula-group", "fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text"}
    | {"disp-quote", "verse-group", "speech", "statement", "supplementary-material", "media", "graphic", "chem-struct-wrap", "preformat"}
    | {"code", "array", "table", "ref-list", "fn-group", "ack", "title", "label", "caption"}
)
"""JATS elements that are no part of the sentence around them."""

_CITATION, _OPEN, _CLOSE = "\ue000", "\ue001", "\ue002"
_DROPPED_REFERENCES = frozenset({"fn", "table-fn", "aff", "corresp", "author-notes", "contrib"})
_SILENT = frozenset({"tex-math", "annotation", "annotation-xml", "inline-graphic", "private-char", "fn", "x", "index-term", "target", "object-id"})
_CITE = rf"(?:{_CITATION}|{_OPEN}[^{_CLOSE}]*{_CLOSE})"
_AUTHORS = r"[A-Z][\w'’-]+(?:\s[A-Z]{1,3})?\s+et\s+al\.?"
_LEAD = r"(?:(?:also|see|reviewed|in|by|e\.g\.|i\.e\.|cf\.?|for|a|recent|reviews?|refs?\.?|references?|and|as|from|data|examples?)[\s,:]*)*"
_BRACKETED = re.compile(rf"\s*[\[(]\s*{_LEAD}(?:{_AUTHORS}[\s,]*)?{_CITE}(?:[\s,;:.–—‒-]|and|&|{_CITE}|see|also|{_AUTHORS})*[\])]", re.IGNORECASE)
_RUN = re.compile(rf"\s*{_CITATION}(?:(?:\s*[,;–—‒-]\s*|\s+and\s+|\s*){_CITATION})*")
_EXPONENT = re.compile(r"[-−–+]?\d+")


def inline_text(element: etree._Element) -> str:
    """Return the text in `element` without citations and block-level parts; scripts joined to their base ("Ca2+"), powers of ten marked ("10^6")."""
    parts: list[str] = []
    _collect(element, parts)
    return drop_citations("".join(parts))


def collect_inline(element: etree._Element, parts: list[str]) -> None:
    """Append the text of one inline element, with marks for citations that `drop_citations` takes away; the text after it is not included."""
    _append(element, parts)


def drop_citations(text: str) -> str:
    """Return `text` without marked citations, their brackets and the white space before them; names of authors in running text are kept."""
    text = _BRACKETED.sub("", text)
    text = _RUN.sub("", text)
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def _collect(element: etree._Element, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if local_name(child) not in BLOCK_LEVEL:
            _append(child, parts)
        parts.append(child.tail or "")


def _append(child: etree._Element, parts: list[str]) -> None:
    if child.tag is etree.Entity:
        parts.append(entity_text(child))
        return
    match local_name(child):
        case "xref":
            _append_reference(child, parts)
        case "sup":
            _append_superscript(child, parts)
        case "break":
            parts.append(" ")
        case "alternatives" | "inline-formula":
            _append_formula(child, parts)
        case "math":
            parts.append("".join(str(text).strip() for text in child.itertext()))
        case "" | "DispFormula":
            pass
        case name if name in _SILENT:
            pass
        case _:
            _collect(child, parts)


def _append_reference(element: etree._Element, parts: list[str]) -> None:
    kind = element.get("ref-type") or ""
    if kind in _DROPPED_REFERENCES:
        return
    if kind not in ("bibr", "ref"):
        _collect(element, parts)
        return
    inner: list[str] = []
    _collect(element, inner)
    text = "".join(inner)
    parts.append(f"{_OPEN}{text}{_CLOSE}" if sum(map(str.isalpha, text)) > 2 and _OPEN not in text else _CITATION)


def _append_superscript(element: etree._Element, parts: list[str]) -> None:
    inner: list[str] = []
    _collect(element, inner)
    text = "".join(inner)
    base = next((part for part in reversed(parts) if part), "")
    if _CITATION in text and not re.search(r"\w", text):
        parts.append(_CITATION)
    elif _EXPONENT.fullmatch(text.strip()) and re.search(r"(?:^|[\s(×·*=<>~])10$", base):
        parts.append(f"^{text.strip()}")
    else:
        parts.append(text)


def _append_formula(element: etree._Element, parts: list[str]) -> None:
    """Append the best of the forms in which a formula is given: MathML before the rest, TeX never."""
    math = next((node for node in element.iter() if local_name(node) == "math"), None)
    if math is not None:
        _append(math, parts)
    else:
        _collect(element, parts)
