"""Gets the lines of a PDF with their place and type, by pdfminer.six.

Owns what can go wrong with the file (encrypted, truncated, scanned); refuses to know what a line means.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from litkg.errors import InputError

OnPage = Callable[[int, int], None]
"""Takes the number of the page that was read, and how many there are."""

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_MAX_UNMAPPED = 0.2
_TAIL = 2048
MAX_PAGES = 5000
"""Pages over which a PDF is no paper; a thesis has some hundreds."""
_BROKEN = (
    PDFException,
    PSException,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    ArithmeticError,
    RecursionError,
    struct.error,
    zlib.error,
    EOFError,
)
"""What pdfminer is known to raise on broken files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of print; coordinates in points from the lower left corner, `size` the type size that most of its characters have."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    size: float
    font: str
    upright: bool

    @property
    def bold(self) -> bool:
        """Whether the name of the font says so."""
        return re.search(r"bold|black|heavy|semib|-bd|[-_.]b$|medi|-md", self.font, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page with its lines as pdfminer finds them, in no order to rely on."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedText:
    """All pages of a PDF, and the title that its metadata claim."""

    pages: tuple[Page, ...]
    claimed_title: str
    unmapped: int


def extract_lines(data: bytes, *, source: str, on_page: OnPage | None = None) -> PrintedText:
    """Return the pages of a PDF.

    Raises: InputError for a PDF that needs a password, is truncated or broken, or has no text layer.
    """
    if b"startxref" not in data[-_TAIL:]:
        raise InputError(f"{source}: truncated PDF (its last {_TAIL} bytes hold no startxref): get the file again")
    pages, title = _extract(data, source, on_page, inside_figures=False)
    if not any(page.lines for page in pages):
        pages, title = _extract(data, source, None, inside_figures=True)
    unmapped = sum(len(_UNMAPPED.findall(line.text)) for page in pages for line in page.lines)
    letters = sum(len(_UNMAPPED.sub("", line.text)) for page in pages for line in page.lines)
    if letters < 20 and not unmapped:
        raise InputError(f"{source}: PDF with no text layer ({len(pages)} pages, probably scanned): run OCR first")
    if unmapped > _MAX_UNMAPPED * letters:
        raise InputError(f"{source}: PDF whose fonts do not say which letters they print ({unmapped} unknown characters): run OCR first")
    return PrintedText(pages=pages, claimed_title=title, unmapped=unmapped)


def _extract(data: bytes, source: str, on_page: OnPage | None, *, inside_figures: bool) -> tuple[tuple[Page, ...], str]:
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        sheets = list(islice(PDFPage.create_pages(document), MAX_PAGES + 1))
        if len(sheets) > MAX_PAGES:
            raise InputError(f"{source}: PDF of more than {MAX_PAGES:,} pages: split it into one file a paper")
        if not sheets:
            raise InputError(f"{source}: truncated or broken PDF, no page can be found: get the file again")
        resources = PDFResourceManager()
        device = PDFPageAggregator(resources, laparams=LAParams(all_texts=inside_figures))
        interpreter = PDFPageInterpreter(resources, device)
        pages = []
        for number, sheet in enumerate(sheets, start=1):
            interpreter.process_page(sheet)
            layout = device.get_result()
            lines = tuple(line for found in _text_lines(layout) if (line := _line(found, number)) is not None)
            pages.append(Page(number=number, width=layout.width, height=layout.height, lines=lines))
            if on_page is not None:
                on_page(number, len(sheets))
        return tuple(pages), _claimed_title(document)
    except PDFPasswordIncorrect as error:
        raise InputError(f"{source}: encrypted PDF, it needs a password: save it without one") from error
    except PDFEncryptionError as error:
        raise InputError(f"{source}: encrypted PDF ({error}): save it without encryption") from error
    except InputError:
        raise
    except _BROKEN as error:
        raise InputError(
            f"{source}: broken PDF ({type(error).__name__}: {' '.join(str(error).split())[:120]}): get the file again, or print it anew"
        ) from error


def _text_lines(container: LTContainer[Any]) -> Iterator[LTTextLine]:
    for item in container:
        if isinstance(item, LTTextLine):
            yield item
        elif isinstance(item, LTContainer):
            yield from _text_lines(item)


def _line(found: LTTextLine, page: int) -> Line | None:
    text = found.get_text().replace("\x00", "").strip()
    characters = [item for item in found if isinstance(item, LTChar)]
    inked = [item for item in characters if item.get_text().strip()]
    if not text or not inked:
        return None
    (size, font), _ = Counter((round(item.size * 2) / 2, item.fontname) for item in inked).most_common(1)[0]
    return Line(page=page, x0=found.x0, y0=found.y0, x1=found.x1, y1=found.y1, text=text, size=size, font=font, upright=inked[0].upright)


def _claimed_title(document: PDFDocument) -> str:
    for info in document.info:
        title = info.get("Title")
        if isinstance(title, bytes):
            encoding = "utf-16" if title.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1"
            return title.decode(encoding, errors="replace").strip()
    return ""
