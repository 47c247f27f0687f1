"""Cleaned documents made by hand, for tests of what reads them."""

from __future__ import annotations

from litkg.model import Document, Section, SectionKind, SourceMap


def make_document(*sections: tuple[SectionKind, str], id_: str = "litkg.doc:1") -> Document:
    """Return a document of these sections, parted by blank lines."""
    text, made = "", []
    for kind, words in sections:
        if text:
            text += "\n\n"
        made.append(Section(kind=kind, start=len(text), end=len(text) + len(words)))
        text += words
    segments = ((0, 0, len(text), len(text)),) if text else ()
    return Document(id=id_, title="", text=text, sections=tuple(made), source_map=SourceMap(segments=segments))


def body(text: str) -> Document:
    """Return a document with one body section."""
    return make_document((SectionKind.BODY, text))
