"""Makes a document of a raw document: text that can be read sentence by sentence, in sections, with a map back to the raw text.

Owns the order of the steps; each step is a module of `litkg.nlp.cleaning`. Pure: no files but the list of English words that ships with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from litkg.model import Document, RawDocument, Section, SectionKind, SourceMap
from litkg.nlp import sections
from litkg.nlp.cleaning.blocks import Block, Role, blocks_of
from litkg.nlp.cleaning.characters import normalise_characters, normalise_dashes
from litkg.nlp.cleaning.chunks import Chunk, chunks_of, lines_of
from litkg.nlp.cleaning.citations import remove_citations
from litkg.nlp.cleaning.furniture import repeated_lines
from litkg.nlp.cleaning.outline import Entry, kinds_of
from litkg.nlp.cleaning.references import count_entries
from litkg.nlp.cleaning.rope import Edit, Rope, cut, edit, join, position_of, rope
from litkg.nlp.cleaning.vocabulary import Vocabulary, vocabulary_of
from litkg.nlp.cleaning.wordbreaks import join_lines, mend_split_words

_READ_ROLES = frozenset({Role.PROSE, Role.CAPTION, Role.TITLE})
_SPACES = re.compile(r"[^\S\n]{2,}|^[^\S\n]+|[^\S\n]+$|[^\S\n]+(?=\n)|(?<=\n)[^\S\n]+|(?<=[\w)\]\"'%])[^\S\n]+(?=[.,;:](?:\s|$))")
_TITLE_LABEL = re.compile(r"(?:article )?title ?: ?", re.IGNORECASE)
_LIST_OF_REFERENCES = 5
_BORDER = "\n\n"


@dataclass(frozen=True, slots=True)
class _Part:
    """A block with its text in the making."""

    role: Role
    text: Rope
    given: SectionKind | None
    labelled: bool = False


def clean(raw: RawDocument, *, knows_word: Callable[[str], bool]) -> Document:
    """Return the document in `raw`: characters, broken words and line ends mended, citation numbers out, in sections.

    Paragraphs are separated by a blank line, and no sentence runs over one. A caption, table or page header that interrupted a sentence comes
    after the paragraph that it interrupted, as a section of its own; the segments of `source_map` are then out of raw order. `knows_word` tells,
    case-insensitively, words of biomedical terms.
    """
    text = normalise_characters(rope(raw.text))
    chunks, repeated = _chunks(raw, text)
    words = vocabulary_of(text.text, knows_word)
    parts = [_part(block, text, words) for block in blocks_of(chunks, repeated=repeated)]
    parts = [piece for part in parts for piece in _without_labels(part)]
    entries = [Entry(part.role, part.text.text, part.given, part.labelled) for part in parts]
    kinds = kinds_of(entries)
    cleaned = _finish(parts, words)
    return _document(raw, cleaned, kinds)


def _chunks(raw: RawDocument, text: Rope) -> tuple[list[Chunk], frozenset[str]]:
    repeated = repeated_lines([line.text for line in lines_of(text.text, 0, len(text))])
    chunks: list[Chunk] = []
    position = 0
    for block in raw.blocks:
        start, end = position_of(text, block.start), position_of(text, block.end)
        chunks += chunks_of(lines_of(text.text, position, start), repeated=repeated)
        chunks += chunks_of(lines_of(text.text, start, end), repeated=repeated, given=block.kind)
        position = max(position, end)
    chunks += chunks_of(lines_of(text.text, position, len(text)), repeated=repeated)
    return chunks, repeated


def _part(block: Block, text: Rope, words: Vocabulary) -> _Part:
    spans = join([cut(text, start, end) for start, end in block.spans], "\n")
    if block.role in _READ_ROLES or block.role is Role.HEADING:
        spans = join_lines(spans, words)
    return _Part(block.role, normalise_dashes(spans), block.given)


def _without_labels(part: _Part) -> Iterator[_Part]:
    """Yield the paragraph cut at its run-in headings ("METHODS: ..."), each heading a part of its own."""
    cuts = _label_cuts(part)
    position = 0
    for start, end in cuts:
        yield from _filled(_Part(part.role, cut(part.text, position, start), part.given))
        yield _Part(Role.HEADING, cut(part.text, start, end), part.given, labelled=True)
        position = end
    yield from _filled(_Part(part.role, cut(part.text, position, len(part.text)), part.given) if cuts else part)


def _label_cuts(part: _Part) -> list[tuple[int, int]]:
    if part.role is Role.TITLE:
        label = _TITLE_LABEL.match(part.text.text)
        return [(0, label.end())] if label else []
    if part.role is not Role.PROSE:
        return []
    found = sections.labels(part.text.text)
    opens = bool(found) and not part.text.text[: found[0][0]].strip()
    return [(start, end) for start, end, _, capitals in found if capitals or start == 0 or (opens and len(found) > 1)]


def _filled(part: _Part) -> Iterator[_Part]:
    if part.text.text.strip():
        yield part


def _finish(parts: Sequence[_Part], words: Vocabulary) -> list[Rope]:
    read = [index for index, part in enumerate(parts) if part.role in _READ_ROLES]
    listed = sum(count_entries(part.text.text.split("\n")) for part in parts if part.role is Role.REFERENCES)
    uncited = remove_citations([parts[index].text for index in read], words, most_references=listed + listed // 2 if listed >= _LIST_OF_REFERENCES else None)
    texts = [part.text for part in parts]
    for index, text in zip(read, uncited, strict=True):
        texts[index] = text
    for index, part in enumerate(parts):
        if part.role in _READ_ROLES or part.role is Role.HEADING:
            texts[index] = mend_split_words(_squeezed(texts[index]), words)
        else:
            texts[index] = _squeezed(texts[index])
    return texts


def _squeezed(text: Rope) -> Rope:
    return edit(text, _spaces(text.text))


def _spaces(text: str) -> Iterator[Edit]:
    for match in _SPACES.finditer(text):
        at_edge = match.start() == 0 or match.end() == len(text) or text[match.start() - 1] == "\n" or text[match.end()] in "\n.,;:"
        yield match.start(), match.end(), "" if at_edge else " "


def _document(raw: RawDocument, texts: Sequence[Rope], kinds: Sequence[tuple[SectionKind, str]]) -> Document:
    kept = [(text, kind, title) for text, (kind, title) in zip(texts, kinds, strict=True) if text.text.strip()]
    whole = join([text for text, _, _ in kept], _BORDER)
    found: list[Section] = []
    position = 0
    for text, kind, title in kept:
        end = position + len(text)
        last = found[-1] if found else None
        if last is not None and last.kind is kind and last.title == title and kind not in (SectionKind.HEADING, SectionKind.TITLE, SectionKind.CAPTION):
            found[-1] = Section(kind=kind, start=last.start, end=end, title=title)
        else:
            found.append(Section(kind=kind, start=position, end=end, title=title))
        position = end + len(_BORDER)
    return Document(
        id=raw.id,
        title=_title(raw, whole.text, found),
        text=whole.text,
        sections=tuple(found),
        source_map=SourceMap(segments=tuple(whole.pieces)),
        format=raw.format,
        year=raw.year,
        journal=raw.journal,
        source=raw.source,
        licence=raw.licence,
        sha256=raw.sha256,
        retracted=raw.retracted,
    )


def _title(raw: RawDocument, text: str, found: Sequence[Section]) -> str:
    """Return the title found in the text, else the reader's, unless that is just the text's first line."""
    for section in found:
        if section.kind is SectionKind.TITLE:
            return " ".join(text[section.start : section.end].split())
    given = " ".join(raw.title.split())
    if not raw.blocks and given and " ".join(raw.text[: len(raw.title) + 200].split()).startswith(given):
        return ""
    return given
