"""Reads PDF articles: what is title, heading, text, caption, table, reference list and furniture, by place and type.

Owns the kinds of paragraphs. Words broken over lines and citation numbers are left as printed: cleaning mends them. A paragraph that goes on
over a column or page is one block.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Protocol

from litkg.model import RawDocument, SectionKind
from litkg.sources.blocks import BlockBuilder, flow
from litkg.sources.content import Notify, content_document_id, hash_of
from litkg.sources.headings import kind_of_heading
from litkg.sources.pdf_lines import OnPage, PrintedText
from litkg.sources.pdf_order import Paragraph, ends_sentence, find_furniture, order_paragraphs
from litkg.sources.pdf_process import SHARED

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_CAPTION = re.compile(r"(?:supplementa(?:ry|l)\s+)?(fig(?:ure|\.)?|table|scheme|box|chart)\s*\.?\s*S?(?:\d+|[IVX]+)[A-Za-z]?\s*([.:|–—-]|\n|$)?", re.IGNORECASE)
_KEYWORDS = re.compile(r"key\s?words?\b|abbreviations?\s*:|index terms", re.IGNORECASE)
_ABSTRACT = re.compile(r"(?:abstract|summary)\s*[:.—–-]", re.IGNORECASE)
_IMPRINT = re.compile(
    r"©|doi\.org|https?://|www\.|\S@\S|\b(?:copyright|open access|all rights reserved|academic editors?|edited by|reviewed by)\b"
    r"|\b(?:received|accepted|revised|published(?: online)?|correspond\w+(?: to| author)?|citation|e-?mail|doi)\s*:",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"\b(?!of\b|and\b|the\b|for\b)[^\W\d_]{3,}")
_LICENCE = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/[\w-]+/\d\.\d/?", re.IGNORECASE)
_YEAR = re.compile(r"(?:published|©|copyright|accepted)[^.\n]{0,40}?\b((?:19|20)\d\d)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:doi:\s*|https?://|www\.)\S+", re.IGNORECASE)
_REFERENCE_ITEM = re.compile(r"\s*(?:\[?\d{1,3}[.\])]|\d{1,3}\s+[A-Z])")
_OPENING = frozenset({SectionKind.INTRODUCTION, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.CASE_REPORT})
"""Sections that an abstract comes before; a letter has none of them."""
_MAX_HEADING = 140


@dataclass(slots=True)
class _Reader:
    """Where the walk over the paragraphs stands."""

    body_size: float
    body_font: str
    body_width: float
    kind: SectionKind | None = None
    top_style: tuple[float, str] | None = None
    table_pages: frozenset[int] = frozenset()
    has_sections: bool = False
    pieces: list[tuple[str, SectionKind | None]] = field(default_factory=list)
    open_piece: int | None = None
    open_paragraph: Paragraph | None = None


class ExtractLines(Protocol):
    """Gets the lines of a PDF: in this process, or in one of its own."""

    def __call__(self, data: bytes, *, source: str, on_page: OnPage | None = None) -> PrintedText:
        """Return the pages of a PDF. Raises: InputError."""
        ...


def parse_pdf(data: bytes, *, source: str, notify: Notify, on_page: OnPage | None = None, extract: ExtractLines = SHARED.extract_lines) -> RawDocument:
    """Return the document that a PDF prints; `on_page` is told of each page read. By default pages are read in a process of its own.

    Raises: InputError for a PDF that needs a password, is truncated or broken, has no text layer, or takes too much time or memory.
    """
    printed = extract(data, source=source, on_page=on_page)
    if printed.unmapped:
        notify(f"{printed.unmapped} characters of fonts without a map to letters were left out")
    paragraphs = order_paragraphs(printed.pages, find_furniture(printed.pages))
    title, title_paragraphs = _find_title(paragraphs)
    pieces = _classify([paragraph for paragraph in paragraphs if paragraph not in title_paragraphs])
    builder = BlockBuilder()
    builder.add("\n".join(paragraph.text for paragraph in title_paragraphs), SectionKind.TITLE)
    for text, kind in pieces:
        builder.add(_UNMAPPED.sub("", text), kind)
    sha256 = hash_of(data)
    licence = _LICENCE.search(re.sub(r"/\s+", "/", builder.text))
    return RawDocument(
        id=content_document_id(sha256),
        title=title or _usable_title(printed),
        text=builder.text,
        format="pdf",
        blocks=builder.blocks,
        year=_find_year(printed),
        licence=licence.group() if licence else None,
        source=source,
        sha256=sha256,
        retracted=re.match(r"\W*retracted\b", title, re.IGNORECASE) is not None,
    )


def _find_title(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Paragraph]]:
    """Return the title and its paragraphs: the largest print of some length in the upper part of the first page."""
    first = [paragraph for paragraph in paragraphs if not paragraph.furniture and paragraph.lines[0].page == 1]
    body = _body_type(paragraphs)[0]
    large = [
        paragraph for paragraph in first if paragraph.size >= 1.15 * body and len(flow(paragraph.text)) >= 15 and kind_of_heading(flow(paragraph.text)) is None
    ]
    if not large:
        return _title_of_one_type(first)
    size = max(paragraph.size for paragraph in large)
    start = next(index for index, paragraph in enumerate(first) if paragraph.size == size and paragraph in large)
    found = [first[start]]
    for paragraph in first[start + 1 :]:
        if paragraph.size != size:
            break
        found.append(paragraph)
    return flow(" ".join(paragraph.text for paragraph in found)), found


def _title_of_one_type(first: Sequence[Paragraph]) -> tuple[str, list[Paragraph]]:
    """Return the first paragraph as the title, where all is set in one type size and it is no sentence."""
    line = flow(first[0].text) if first else ""
    is_title = 3 <= len(line.split()) <= 30 and not ends_sentence(line) and not _IMPRINT.search(line)
    return (line, [first[0]]) if is_title else ("", [])


def _body_type(paragraphs: Sequence[Paragraph]) -> tuple[float, str]:
    weights: Counter[tuple[float, str]] = Counter()
    for paragraph in paragraphs:
        if not paragraph.furniture:
            weights.update({(line.size, line.font): 0 for line in paragraph.lines})
            for line in paragraph.lines:
                weights[line.size, line.font] += len(line.text) if len(line.text) > 25 else 1
    return weights.most_common(1)[0][0] if weights else (0.0, "")


def _body_width(paragraphs: Sequence[Paragraph], size: float) -> float:
    """Return the width of the columns in which most of the running text is set."""
    weights: Counter[float] = Counter({0.0: 1})
    for paragraph in paragraphs:
        if not paragraph.furniture and abs(paragraph.size - size) < 0.4:
            weights[round((paragraph.right - paragraph.left) / 10) * 10.0] += len(paragraph.text)
    return weights.most_common(1)[0][0]


def _classify(paragraphs: Sequence[Paragraph]) -> list[tuple[str, SectionKind | None]]:
    size, font = _body_type(paragraphs)
    tables = (paragraph for paragraph in paragraphs if (caption := _CAPTION.match(paragraph.text)) and caption[1].lower() == "table" and caption[2])
    reader = _Reader(size, font, _body_width(paragraphs, size), table_pages=frozenset(paragraph.lines[0].page for paragraph in tables))
    names = (kind_of_heading(flow(paragraph.text)) for paragraph in paragraphs if len(paragraph.lines) == 1 and not paragraph.furniture)
    reader.has_sections = any(name in _OPENING for name in names)
    for index, paragraph in enumerate(paragraphs):
        following = next((other for other in paragraphs[index + 1 :] if not other.furniture), None)
        _read(reader, paragraph, following)
    return reader.pieces


def _read(reader: _Reader, paragraph: Paragraph, following: Paragraph | None) -> None:
    text = paragraph.text
    line = flow(text)
    caption = _CAPTION.match(text)
    if paragraph.furniture:
        reader.pieces.append((text, SectionKind.FURNITURE))
    elif _is_cell(reader, paragraph) and not caption:
        reader.pieces.append((text, SectionKind.TABLE))
    elif _is_heading(reader, paragraph, following):
        _read_heading(reader, paragraph)
    elif caption and reader.kind is not SectionKind.REFERENCES and (caption[2] or paragraph.lines[0].bold or paragraph.size < reader.body_size - 0.4):
        reader.pieces.append((text, SectionKind.CAPTION))
    elif reader.kind is SectionKind.REFERENCES:
        _append_text(reader, paragraph, SectionKind.REFERENCES)
    elif _KEYWORDS.match(line) or _ADDRESS.fullmatch(line) or _is_imprint(reader, paragraph) or _is_back_matter(line):
        reader.pieces.append((text, SectionKind.FURNITURE))
    elif _is_table(reader, paragraph):
        reader.pieces.append((text, SectionKind.TABLE))
    else:
        _append_text(reader, paragraph, _text_kind(reader, paragraph))


def _is_heading(reader: _Reader, paragraph: Paragraph, following: Paragraph | None) -> bool:
    line = flow(paragraph.text)
    if len(line) > _MAX_HEADING or len(paragraph.lines) > 3 or not re.search(r"[A-Za-z]{3}", line) or _CAPTION.match(line):
        return False
    known = kind_of_heading(line) is not None
    if (reader.kind is SectionKind.REFERENCES and not known) or paragraph.size < reader.body_size - 0.4:
        return False
    stands_out = paragraph.size > reader.body_size + 0.8 or paragraph.lines[0].bold or line.isupper()
    if known and (stands_out or paragraph.font != reader.body_font or len(line.split()) <= 3):
        return True
    styled = stands_out or paragraph.font != reader.body_font
    if (
        not styled
        or reader.kind is None
        or following is None
        or (ends_sentence(line) and not line.endswith("?"))
        or not (line[0].isupper() or line[0].isdigit())
    ):
        return False
    opens = len(following.text) > 60 or following.lines[0].bold or following.font != reader.body_font
    return opens and (following.column != paragraph.column or following.lines[0].y0 < paragraph.lines[-1].y0 - 1)


def _read_heading(reader: _Reader, paragraph: Paragraph) -> None:
    line = flow(paragraph.text)
    kind = kind_of_heading(line)
    style = (paragraph.size, paragraph.font)
    if kind is not None:
        reader.kind = kind if kind is not SectionKind.TITLE else SectionKind.BODY
        reader.top_style = style
    elif style == reader.top_style or reader.kind in (SectionKind.FURNITURE, None):
        reader.kind = SectionKind.BODY
    reader.open_piece = None
    reader.pieces.append((paragraph.text, SectionKind.HEADING))


def _is_cell(reader: _Reader, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph stands in a column much narrower than the text's, on a page with a table."""
    return paragraph.lines[0].page in reader.table_pages and paragraph.right - paragraph.left < 0.6 * reader.body_width


def _is_table(reader: _Reader, paragraph: Paragraph) -> bool:
    """Tell whether lines are cells: many, short, full of numbers; or small print on the page of a table's caption."""
    words = [len(line.text.split()) for line in paragraph.lines]
    on_table_page = paragraph.lines[0].page in reader.table_pages
    if on_table_page and paragraph.size < reader.body_size - 0.4:
        return True
    digits = sum(map(str.isdigit, paragraph.text)) / len(paragraph.text)
    if len(words) >= 3 and median(words) <= 3 and not ends_sentence(paragraph.text):
        return True
    return (digits > 0.3 and len(paragraph.text) > 20) or (len(words) == 1 and words[0] <= 3 and on_table_page)


def _is_imprint(reader: _Reader, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph of the first page is no text of the article: authors, addresses, dates, licence."""
    if paragraph.lines[0].page != 1 or reader.kind is SectionKind.REFERENCES:
        return False
    line = flow(paragraph.text)
    if _ABSTRACT.match(line):
        return False
    if paragraph.size <= 0.87 * reader.body_size and (reader.kind is not SectionKind.ABSTRACT or _IMPRINT.search(line)):
        return True
    if reader.kind is not None or len(line.split()) >= 80:
        return False
    return not _is_prose(line) or _IMPRINT.search(line) is not None


def _is_prose(line: str) -> bool:
    """Tell whether a line is a sentence and no list of names or addresses, whose words are capitalised."""
    words = _LONG_WORD.findall(line)
    return ends_sentence(line) and len(words) >= 4 and sum(word[0].islower() for word in words) >= 0.5 * len(words)


def _is_back_matter(line: str) -> bool:
    """Tell whether a paragraph opens with a heading of its own that names furniture ("Funding: none.")."""
    head = re.match(r"([A-Z][^:.]{3,60})[:.]\s", line)
    return head is not None and kind_of_heading(head[1]) is SectionKind.FURNITURE


def _text_kind(reader: _Reader, paragraph: Paragraph) -> SectionKind | None:
    if reader.kind is not None and not _ABSTRACT.match(flow(paragraph.text)):
        return reader.kind
    return SectionKind.ABSTRACT if reader.has_sections and paragraph.lines[0].page == 1 else None


def _append_text(reader: _Reader, paragraph: Paragraph, kind: SectionKind | None) -> None:
    """Append a paragraph, or join it to the one before it that broke off at the end of a column."""
    before = reader.open_paragraph
    if reader.open_piece is not None and before is not None and _goes_on(before, paragraph, kind):
        text, old_kind = reader.pieces[reader.open_piece]
        reader.pieces[reader.open_piece] = (f"{text}\n{paragraph.text}", old_kind)
    else:
        reader.open_piece = len(reader.pieces)
        reader.pieces.append((paragraph.text, kind))
    reader.open_paragraph = paragraph


def _goes_on(before: Paragraph, paragraph: Paragraph, kind: SectionKind | None) -> bool:
    if before.column == paragraph.column or abs(before.size - paragraph.size) > 0.6:
        return False
    if kind is SectionKind.REFERENCES:
        return not _REFERENCE_ITEM.match(paragraph.text)
    first = paragraph.text.lstrip()
    if ends_sentence(before.text):
        return first[:1].islower()
    return not before.text.endswith(";") or first[:1].islower()


def _usable_title(printed: PrintedText) -> str:
    title = flow(printed.claimed_title)
    return title if len(title.split()) >= 3 and not re.search(r"\.(?:docx?|indd|pdf|tex)$|^microsoft word", title, re.IGNORECASE) else ""


def _find_year(printed: PrintedText) -> int | None:
    """Return the year that the first two pages give as that of publication; the latest where they give several."""
    text = "\n".join(line.text for page in printed.pages[:2] for line in page.lines)
    years = [int(year) for year in _YEAR.findall(text)]
    return max(years) if years else None
