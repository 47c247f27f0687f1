"""What the model of pairs learns from: sentences with mentions and labelled pairs of them.

Owns the records. Offsets are half-open, into the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from litkg.nlp.sentences import split_text


@dataclass(frozen=True, slots=True)
class Span:
    """A mention: where it is, and of which of the KINDS of `conventions`; `key` says which thing it names, where the corpus says so."""

    start: int
    end: int
    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled pair: indices of subject and object among the mentions, label of the sentence's head, and flags, None where the corpus does not say."""

    subject: int
    object: int
    label: str
    negated: bool | None = None
    speculated: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a document of a corpus, whose convention is `head`."""

    document: str
    head: str
    text: str
    mentions: tuple[Span, ...]
    pairs: tuple[Pair, ...]
    pmid: str | None = None
    number: int = 0
    """Which sentence of its document it is, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document with mentions and, for corpora that say of the document what is related, `related`: label by the keys of two things."""

    id: str
    text: str
    mentions: tuple[Span, ...]
    related: dict[tuple[str, str], str] = field(default_factory=dict)


def sentences_of(text: str, mentions: Iterable[Span]) -> Iterator[tuple[int, str, tuple[Span, ...], tuple[int, ...]]]:
    """Yield the sentences of a text: their number, text, the mentions in each with offsets into it, and the mentions' numbers in the order given."""
    numbered = sorted(enumerate(mentions), key=lambda item: (item[1].start, item[1].end))
    at = 0
    for number, (start, end) in enumerate(split_text(text)):
        inside = []
        while at < len(numbered) and numbered[at][1].start < end:
            if numbered[at][1].start >= start and numbered[at][1].end <= end:
                inside.append(numbered[at])
            at += 1
        spans = tuple(Span(span.start - start, span.end - start, span.kind, span.key) for _, span in inside)
        yield number, text[start:end], spans, tuple(index for index, _ in inside)
