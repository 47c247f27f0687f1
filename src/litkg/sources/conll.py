"""Reads CoNLL files: a token a line, its tag in the last column, a blank line after each sentence, `-DOCSTART-` before each document.

Owns the text that is made of the tokens, since these files have none, and the spans of the tags in it; both come from one walk, so that
offsets agree. A file with `-DOCSTART-` lines has one document for each part between them, one without has one for each sentence.
Sentences are paragraphs of the text. Tags may be BIO, IOB, BIOES, BILOU or IO; columns between the first and the last are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litkg.errors import InputError
from litkg.model import RawBlock, RawDocument, SectionKind
from litkg.sources.content import Notify, hash_of
from litkg.sources.encoding import decode_bytes
from litkg.sources.gold import Gold, GoldMention

DOCUMENT_MARK = "-DOCSTART-"
_TAG = re.compile(r"([BIESLUM])-(\S+)")
_STARTS = frozenset("BSU")
_ENDS = frozenset("ESLU")
_LINE_END = re.compile(r"\r\n|\n|\r")
_MAX_TITLE = 300

_SPELT = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}
"""Penn Treebank's spelling of brackets and quotes."""
_OPENING = frozenset("([{")
_CLOSING = frozenset([*")]},.;:?!%", "'", "'s", "n't", "..."])
_SUFFIX = re.compile(r"-[^\W\d_]")
_PREFIX = re.compile(r"\w-$")
_STEM = re.compile(r"[(\[A-Z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    text: str
    prefix: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A document in the making: its number in the file from 1, and its sentences."""

    number: int
    sentences: tuple[tuple[_Token, ...], ...]


def parse_conll(data: bytes, *, source: str, notify: Notify) -> Iterator[RawDocument]:
    """Yield the documents in file order. The id of one is made of the file's bytes and the document's number in it.

    Raises: InputError for a line that is not a token and a tag, with its number.
    """
    decoded = decode_bytes(data, source=source)
    if decoded.warning:
        notify(decoded.warning)
    file_hash = hash_of(data)
    for part in _parts(decoded.text, source):
        text, _ = _assemble(part.sentences)
        title = text.partition("\n")[0]
        yield RawDocument(
            id=_document_id(file_hash, part.number),
            title=title if len(part.sentences) > 1 and len(title) <= _MAX_TITLE else "",
            text=text,
            format="conll",
            blocks=(RawBlock(start=0, end=len(text), kind=SectionKind.BODY),),
            source=source,
            sha256=hash_of(text.encode()),
        )


def read_annotations(data: bytes, *, source: str) -> Gold:
    """Return the tagged spans of a CoNLL file as mentions; ids and offsets are those of the documents of `parse_conll`.

    A span starts at B, S or U, at any tag after O, and where the type changes; it ends after E, L, S or U. So in IO neighbours of one type are one span.
    Raises: InputError for a line that is not a token and a tag, with its number.
    """
    mentions: list[GoldMention] = []
    file_hash = hash_of(data)
    for part in _parts(decode_bytes(data, source=source).text, source):
        text, offsets = _assemble(part.sentences)
        for tokens, starts in zip(part.sentences, offsets, strict=True):
            for first, last in _spans(tokens):
                start, end = starts[first], starts[last] + len(tokens[last].text)
                document_id = _document_id(file_hash, part.number)
                mentions.append(GoldMention(document_id=document_id, start=start, end=end, text=text[start:end], type=tokens[first].type))
    return Gold(mentions=tuple(mentions), relations=())


def is_tag(value: str) -> bool:
    """Tell whether a cell is a tag: O, or a letter of position, a hyphen and a type.

    >>> is_tag("O"), is_tag("B-DNA"), is_tag("DNA")
    (True, True, False)
    """
    return value == "O" or _TAG.fullmatch(value) is not None


def join_tokens(tokens: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Return the text of a sentence and where each token starts in it.

    Words stand a space apart, but none comes before closing marks (`.`, `)`, `%`, `'s`) and a suffix (`-mediated`: a hyphen, then a letter), after an
    opening bracket, around a slash, and between a prefix that ends in a hyphen and a bracket, digit or capital. Quotes open and close in turn.

    >>> join_tokens(["CD28", "-mediated", "IL-2", "(", "V-", "(", "D", ")", "-J", ")", "."])[0]
    'CD28-mediated IL-2 (V-(D)-J).'
    >>> join_tokens(["alpha-", "and", "beta-globin", "/", "actin"])[0]
    'alpha- and beta-globin/actin'
    """
    text, starts, opened, quoted = "", [], True, False
    for word in tokens:
        is_quote = word == '"'
        closes = word in _CLOSING or word == "/" or (is_quote and quoted) or _SUFFIX.match(word) is not None
        glued = opened or closes or (_PREFIX.search(text) is not None and _STEM.match(word) is not None)
        text += word if glued else f" {word}"
        starts.append(len(text) - len(word))
        quoted ^= is_quote
        opened = word in _OPENING or word == "/" or (is_quote and quoted)
    return text, tuple(starts)


def _assemble(sentences: Sequence[Sequence[_Token]]) -> tuple[str, list[tuple[int, ...]]]:
    """Return the text of a document, a blank line between sentences, and where each token of each sentence starts in it."""
    texts: list[str] = []
    offsets: list[tuple[int, ...]] = []
    at = 0
    for tokens in sentences:
        text, starts = join_tokens([token.text for token in tokens])
        offsets.append(tuple(at + start for start in starts))
        texts.append(text)
        at += len(text) + 2
    return "\n\n".join(texts), offsets


def _spans(tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last token of each span."""
    first: int | None = None
    for index, token in enumerate(tokens):
        if first is not None and (token.prefix in _STARTS or token.type != tokens[first].type or tokens[index - 1].prefix in _ENDS):
            yield first, index - 1
            first = None
        if first is None and token.type:
            first = index
    if first is not None:
        yield first, len(tokens) - 1


def _parts(text: str, source: str) -> Iterator[_Part]:
    """Yield the documents that hold a token."""
    documents: list[list[tuple[_Token, ...]]] = [[]]
    sentence: list[_Token] = []
    marked = False
    for number, line in enumerate([*_LINE_END.split(text), ""], start=1):
        starts_document = line.startswith(DOCUMENT_MARK)
        if (starts_document or not line.strip()) and sentence:
            documents[-1].append(tuple(sentence))
            sentence = []
        if starts_document:
            marked = True
            documents.append([])
        elif line.strip():
            sentence.append(_token(line, f"{source}:{number}"))
    if not marked:
        documents = [[tokens] for tokens in documents[0]]
    filled = [sentences for sentences in documents if sentences]
    yield from (_Part(number=number, sentences=tuple(sentences)) for number, sentences in enumerate(filled, start=1))


def _token(line: str, where: str) -> _Token:
    cells = line.split("\t")
    if len(cells) < 2 or not cells[0].strip():
        raise InputError(f"{where}: no token and tag with a tab between: {line[:60]!r}; write one token a line, and a blank line after each sentence")
    tag = cells[-1].strip()
    if not is_tag(tag):
        raise InputError(f"{where}: {tag[:60]!r} is no tag: write O, or B-, I-, E-, S-, L- or U- before the type, in the last column")
    prefix, _, kind = tag.partition("-")
    token = cells[0].strip()
    return _Token(text=_SPELT.get(token, token), prefix=prefix, type=kind)


def _document_id(file_hash: str, number: int) -> str:
    return f"litkg.doc:{file_hash[:12]}_{number}"
