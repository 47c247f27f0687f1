"""Reads JATS and NLM articles (PMC full text): title, abstract, sections, captions, tables, references, each as blocks of its kind.

Owns the block structure of an article; the inside of a sentence is `inline`'s. Reviews of, and answers to, the article (`sub-article`,
`response`) are documents of their own and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from litkg.model import RawDocument, SectionKind
from litkg.sources.blocks import BlockBuilder, flow
from litkg.sources.content import Notify, content_document_id, hash_of
from litkg.sources.headings import kind_of_heading
from litkg.sources.inline import BLOCK_LEVEL, collect_inline, drop_citations, inline_text
from litkg.sources.jats_front import article_id, journal_of, licence_of, title_of, was_retracted, year_of
from litkg.sources.safexml import iterate_elements, local_name

_READ_ABSTRACTS = frozenset({"", "summary", "structured", "short", "executive-summary", "plain-language-summary", "plain-language", "synopsis", "section"})
_FURNITURE = frozenset(
    {"ack", "fn-group", "notes", "glossary", "supplementary-material", "bio", "app-group", "kwd-group", "funding-group", "disp-formula", "disp-formula-group"}
)
_DEFERRED = frozenset({"fig", "fig-group", "table-wrap", "table-wrap-group", "disp-formula", "disp-formula-group", "supplementary-material", "boxed-text"})
_OPEN_KINDS = frozenset({SectionKind.BODY, SectionKind.ABSTRACT, SectionKind.CASE_REPORT, SectionKind.FURNITURE})
"""Kinds that a section may narrow by a heading of its own; the parts of Methods stay Methods whatever they are called."""
_NOT_IN_ABSTRACT = frozenset({SectionKind.TITLE, SectionKind.TABLE, SectionKind.CAPTION, SectionKind.REFERENCES})
_SILENT = frozenset({"title", "label", "graphic", "media", "object-id", "sec-meta", "alternatives", "permissions", "attrib", "alt-text", "long-desc"})


def parse_jats(stream: BinaryIO, *, source: str, notify: Notify) -> Iterator[RawDocument]:
    """Yield the articles in file order; one without body text is told to `notify`, one without any text is passed over.

    Raises: InputError for XML that is broken, truncated or unsafe.
    """
    for element in iterate_elements(stream, frozenset({"article"}), source=source):
        document = _document(element, source)
        if document is None:
            notify("an article without any text: passed over")
            continue
        if find(element, "body") is None:
            notify(f"{document.id} has no full text here (the publisher may not allow it): title and abstract only")
        yield document


def find(element: etree._Element, path: str) -> etree._Element | None:
    """Return the first element at a path of local names, whatever their namespace."""
    return element.find("/".join(f"{{*}}{step}" for step in path.split("/")))


def _document(article: etree._Element, source: str) -> RawDocument | None:
    meta = find(article, "front/article-meta")
    front = article if meta is None else meta
    builder = BlockBuilder()
    title = title_of(front)
    builder.add(title, SectionKind.TITLE)
    for abstract in front.iterfind("{*}abstract"):
        kind = SectionKind.ABSTRACT if (abstract.get("abstract-type") or "") in _READ_ABSTRACTS else SectionKind.FURNITURE
        _walk(abstract, builder, kind, abstract=True)
    for keywords in front.iterfind("{*}kwd-group"):
        builder.add("; ".join(flow(inline_text(keyword)) for keyword in keywords.iter("{*}kwd")), SectionKind.FURNITURE)
    body = find(article, "body")
    if body is not None:
        _walk(body, builder, SectionKind.CASE_REPORT if article.get("article-type") == "case-report" else SectionKind.BODY)
    for name in ("back", "floats-group", "floats-wrap"):
        part = find(article, name)
        if part is not None:
            _walk(part, builder, SectionKind.FURNITURE)
    if not builder.text:
        return None
    sha256 = hash_of(etree.tostring(article, encoding="utf-8", with_tail=False))
    return RawDocument(
        id=article_id(front) or content_document_id(sha256),
        title=title,
        text=builder.text,
        format="jats",
        blocks=builder.blocks,
        year=year_of(front),
        journal=journal_of(article),
        licence=licence_of(front),
        source=source,
        sha256=sha256,
        retracted=was_retracted(article, front, title),
    )


def _walk(element: etree._Element, builder: BlockBuilder, kind: SectionKind, *, abstract: bool = False) -> None:
    """Add the blocks below `element`; `kind` is that of its running text."""
    for child in element:
        name = local_name(child)
        if name in ("sec", "app"):
            _add_section(child, builder, kind, abstract=abstract)
        elif name == "ref-list":
            _add_references(child, builder)
        elif name in ("fig", "fig-group", "table-wrap", "table-wrap-group"):
            _add_float(child, builder)
        elif name in _FURNITURE:
            _add_furniture(child, builder)
        elif name in ("list", "def-list", "list-item", "def-item", "boxed-text", "disp-quote", "statement", "verse-group", "speech", "def"):
            _add_titled(child, builder, kind)
        elif name == "p" or (name and name not in _SILENT and name not in BLOCK_LEVEL):
            _add_paragraph(child, builder, kind)


def _add_section(section: etree._Element, builder: BlockBuilder, kind: SectionKind, *, abstract: bool) -> None:
    title = find(section, "title")
    heading = flow(inline_text(title)) if title is not None else ""
    own = kind_of_heading(heading) or kind_of_heading((section.get("sec-type") or "").replace("-", " "))
    takes_own = kind in _OPEN_KINDS or own in (SectionKind.FURNITURE, SectionKind.REFERENCES)
    if own is not None and takes_own and not (abstract and own in _NOT_IN_ABSTRACT):
        kind = own
    builder.add(heading, SectionKind.HEADING)
    _walk(section, builder, kind, abstract=abstract)


def _add_titled(element: etree._Element, builder: BlockBuilder, kind: SectionKind) -> None:
    title = find(element, "title")
    if title is not None:
        builder.add(flow(inline_text(title)), SectionKind.HEADING)
    if local_name(element) == "def-item":
        builder.add(": ".join(flow(" ".join(str(text) for text in part.itertext())) for part in element), kind)
    else:
        _walk(element, builder, kind)


def _add_paragraph(paragraph: etree._Element, builder: BlockBuilder, kind: SectionKind) -> None:
    """Add a paragraph. Lists part it; figures, tables and formulas inside it come after it, so that its sentences stay whole."""
    parts = [paragraph.text or ""]
    later: list[etree._Element] = []

    def flush() -> None:
        builder.add(flow(drop_citations("".join(parts))), kind)
        parts.clear()

    for child in paragraph:
        name = local_name(child)
        if name in _DEFERRED:
            later.append(child)
            parts.append(" ")
        elif name in BLOCK_LEVEL:
            flush()
            holder = etree.Element("holder")
            tail, child_index = child.tail, paragraph.index(child)
            child.tail = None
            holder.append(child)
            _walk(holder, builder, kind)
            paragraph.insert(child_index, child)
            child.tail = tail
        else:
            collect_inline(child, parts)
        parts.append(child.tail or "")
    flush()
    for child in later:
        if local_name(child) in ("disp-formula", "disp-formula-group", "supplementary-material"):
            _add_furniture(child, builder)
        elif local_name(child) == "boxed-text":
            _add_titled(child, builder, kind)
        else:
            _add_float(child, builder)


def _add_float(element: etree._Element, builder: BlockBuilder) -> None:
    """Add a figure or table: label and caption as one CAPTION, the cells row by row and the notes as TABLE."""
    if local_name(element) in ("fig-group", "table-wrap-group"):
        _add_caption(element, builder)
        for child in element:
            if local_name(child) in ("fig", "table-wrap"):
                _add_float(child, builder)
        return
    _add_caption(element, builder)
    for table in element.iter("{*}table"):
        rows = ["\t".join(flow(inline_with_blocks(cell)) for cell in row if local_name(cell) in ("td", "th")) for row in table.iter("{*}tr")]
        builder.add("\n".join(row for row in rows if row.strip()), SectionKind.TABLE)
    notes = find(element, "table-wrap-foot")
    if notes is not None:
        builder.add(flow(inline_with_blocks(notes)), SectionKind.TABLE)


def _add_caption(element: etree._Element, builder: BlockBuilder) -> None:
    label = find(element, "label")
    caption = find(element, "caption")
    head = flow(inline_text(label)).rstrip(".") + "." if label is not None and flow(inline_text(label)) else ""
    pieces = [_sentence(inline_text(part)) for part in caption if local_name(part) in ("title", "p")] if caption is not None else []
    builder.add(flow(" ".join([head, *pieces])), SectionKind.CAPTION)


def _sentence(text: str) -> str:
    text = flow(text)
    return text if not text or text[-1] in ".!?:;" else f"{text}."


def _add_furniture(element: etree._Element, builder: BlockBuilder) -> None:
    title = find(element, "title")
    if title is not None:
        builder.add(flow(inline_text(title)), SectionKind.HEADING)
    builder.add(flow(inline_with_blocks(element)), SectionKind.FURNITURE)


def _add_references(element: etree._Element, builder: BlockBuilder) -> None:
    title = find(element, "title")
    builder.add(flow(inline_text(title)) if title is not None else "", SectionKind.HEADING)
    lines = [re.sub(r"\s+([.,;])", r"\1", flow(" ".join(str(text) for text in reference.itertext()))) for reference in element.iter("{*}ref")]
    builder.add("\n".join(line for line in lines if line), SectionKind.REFERENCES)


def inline_with_blocks(element: etree._Element) -> str:
    """Return all text in `element`, block-level parts and all, parted by spaces; its own title is left out."""
    parts = [element.text or ""]
    for child in element:
        name = local_name(child)
        if (name in BLOCK_LEVEL or name == "fn") and not (name == "title" and local_name(element) in _FURNITURE):
            parts += [" ", inline_with_blocks(child), " "]
        elif name != "title":
            collect_inline(child, parts)
        parts.append(child.tail or "")
    return drop_citations("".join(parts))
