"""Prepared corpora as arrays: words, gazetteer marks and tags, packed into rows of one length.

Owns the encoding; which documents there are, `prepare` decided. Documents follow each other in a row, parted by a blank token, so that no place is wasted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.lexicon.gazetteer import WIDTH
from litkg.lexicon.lookup import Lexicon
from litkg.nlp.encoder.features import TABLES, word_rows
from litkg.nlp.entities.conventions import HEADS
from litkg.nlp.tokens import find_tokens

BLANK = 0
"""Index of the blank word."""


@dataclass
class Words:
    """Every different word of the texts, numbered; 0 is the blank between documents."""

    index: dict[str, int] = field(default_factory=lambda: {"": BLANK})

    def number(self, word: str) -> int:
        """Return the number of the word, giving it one if it is new."""
        return self.index.setdefault(word, len(self.index))

    def rows(self) -> npt.NDArray[Any]:
        """Return the table rows of all words, of shape (words, tables)."""
        return np.asarray([word_rows(word) if word else (0,) * len(TABLES) for word in self.index], dtype=np.int32)


@dataclass(frozen=True)
class Encoded:
    """One document: word numbers, packed gazetteer marks, gold tags (None where there are none), and what scoring needs."""

    id: str
    head: str
    text: str
    spans: list[tuple[int, int]]
    words: npt.NDArray[Any]
    marks: npt.NDArray[Any]
    tags: npt.NDArray[Any] | None
    gold: frozenset[tuple[int, int, str]]

    @property
    def key(self) -> str:
        """A name that no other document has: the corpora share ids."""
        return f"{self.head}:{self.id}"


def read_documents(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a prepared file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def encode(documents: Iterable[dict[str, Any]], words: Words, lexicon: Lexicon) -> Iterator[Encoded]:
    """Yield the documents as arrays; names whose borders are no token borders are widened to tokens in the tags, not in the gold."""
    for document in documents:
        text, head = document["text"], document["corpus"]
        spans = find_tokens(text)
        gold = frozenset((start, end, kind) for start, end, kind in document["entities"])
        yield Encoded(
            id=document["id"],
            head=head,
            text=text,
            spans=spans,
            words=np.asarray([words.number(text[start:end]) for start, end in spans], dtype=np.int32),
            marks=np.packbits(lexicon.marks(text, spans), axis=1),
            tags=_tags(spans, gold, HEADS[head]) if head in HEADS else None,
            gold=gold,
        )


def draw(texts: Sequence[str], words: Words, lexicon: Lexicon, *, tokens: int, seed: int) -> list[Encoded]:
    """Return texts without gold as arrays, drawn at random until they have `tokens` tokens; nothing is scored on them, so that text and spans are not kept."""
    found: list[Encoded] = []
    count = 0
    for index in np.random.default_rng(seed).permutation(len(texts)):
        document = next(encode([{"id": f"unlabelled-{index}", "corpus": "", "text": texts[index], "entities": []}], words, lexicon))
        found.append(replace(document, text="", spans=[]))
        count += len(document.words)
        if count >= tokens:
            break
    return found


def _tags(spans: Sequence[tuple[int, int]], gold: Iterable[tuple[int, int, str]], types: Sequence[str]) -> npt.NDArray[Any]:
    tags = np.zeros(len(spans), dtype=np.int8)
    ends = np.asarray([end for _, end in spans])
    starts = np.asarray([start for start, _ in spans])
    for start, end, kind in gold:
        if kind not in types:
            continue
        first, last = int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end, side="left")) - 1
        if last < first:
            continue
        base = 1 + 4 * types.index(kind)
        if first == last:
            tags[first] = base + 3
        else:
            tags[first], tags[first + 1 : last], tags[last] = base, base + 1, base + 2
    return tags


@dataclass(frozen=True)
class Rows:
    """Packed documents: arrays of shape (rows, length); `where` gives (document, its first token, row, column, tokens) of each stretch."""

    words: npt.NDArray[Any]
    marks: npt.NDArray[Any]
    heads: npt.NDArray[Any]
    tags: npt.NDArray[Any]
    soft: npt.NDArray[Any] | None
    where: list[tuple[int, int, int, int, int]]


def pack(documents: Sequence[Encoded], length: int, order: Sequence[int], teacher: Mapping[str, npt.NDArray[Any]] | None = None) -> Rows:
    """Return the documents in rows of `length` tokens; a document that does not fit goes on in the next row. Head and tag are -1 where nothing is known.
    `teacher` gives the tag probabilities of documents by key."""
    head_index = {head: index for index, head in enumerate(HEADS)}
    total = sum(len(documents[index].words) + 1 for index in order)
    rows = total // length + 1
    words = np.zeros(rows * length, dtype=np.int32)
    marks = np.zeros((rows * length, WIDTH // 8), dtype=np.uint8)
    heads = np.full(rows * length, -1, dtype=np.int8)
    tags = np.full(rows * length, -1, dtype=np.int8)
    soft = np.zeros((rows * length, next(iter(teacher.values())).shape[1]), dtype=np.float16) if teacher else None
    where = []
    at = 0
    for index in order:
        document = documents[index]
        size = len(document.words)
        stretch = slice(at, at + size)
        words[stretch], marks[stretch] = document.words, document.marks
        if document.tags is not None:
            heads[stretch], tags[stretch] = head_index[document.head], document.tags
        if soft is not None and teacher:
            soft[stretch] = teacher[document.key]
        done = 0
        while done < size:
            row, column = divmod(at + done, length)
            part = min(size - done, length - column)
            where.append((index, done, row, column, part))
            done += part
        at += size + 1
    shape = (rows, length)
    flat = None if soft is None else soft.reshape(*shape, -1)
    return Rows(words.reshape(shape), marks.reshape(*shape, -1), heads.reshape(shape), tags.reshape(shape), flat, where)
