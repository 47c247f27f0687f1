"""The treebank as arrays: runs of sentences in rows of one length.

Owns the encoding. A run is some sentences that follow each other in an article; runs follow each other in a row, parted by a blank token.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.nlp.tokens import find_tokens
from training.ner.dataset import BLANK, Words
from training.syntax.treebank import Article, Sentence, Word

LONGEST = 150
"""Words of the longest sentence that is trained on; the 11 longer ones are tables and lists."""
MOST_WORDS = 200
"""Words after which a run ends with its sentence, at most."""


@dataclass(frozen=True)
class Encoded:
    """A sentence: word numbers, tags, heads (places in the sentence, its own place for the root), labels."""

    words: npt.NDArray[Any]
    tags: npt.NDArray[Any]
    heads: npt.NDArray[Any]
    labels: npt.NDArray[Any]


@dataclass(frozen=True)
class Rows:
    """Arrays of shape (rows, length): word numbers (0 is blank), the sentence's number in its row (-1 for blanks), tags, heads as places of the row, labels."""

    words: npt.NDArray[Any]
    sentences: npt.NDArray[Any]
    tags: npt.NDArray[Any]
    heads: npt.NDArray[Any]
    labels: npt.NDArray[Any]


def encode(sentence: Sentence, words: Words, tags: Sequence[str], labels: Sequence[str]) -> Encoded:
    """Return the sentence as arrays; a tag or label that is not listed, or not known, is -1."""
    tag_number = {tag: index for index, tag in enumerate(tags)}
    label_number = {label: index for index, label in enumerate(labels)}
    return Encoded(
        words=np.asarray([words.number(word.text) for word in sentence], dtype=np.int32),
        tags=np.asarray([tag_number.get(word.tag, -1) for word in sentence], dtype=np.int64),
        heads=np.asarray([word.head for word in sentence], dtype=np.int64),
        labels=np.asarray([label_number.get(word.label, -1) for word in sentence], dtype=np.int64),
    )


def with_own_tokens(sentence: Sentence) -> Sentence:
    """Return the sentence in litkg's tokens, as the model will read it. The last piece with a letter or digit of a word that is split has the word's tag, head
    and label; its other pieces hang on that one, their tags and labels unknown. Words that are one token have the tag, head and label of the one among them
    whose head lies outside."""
    text, spans = "", []
    for word in sentence:
        spans.append((len(text), len(text) + len(word.text)))
        text += word.text + (" " if word.space else "")
    tokens = find_tokens(text)
    if tokens == spans:
        return sentence
    inside = [[number for number, (first, last) in enumerate(spans) if first < end and start < last] for start, end in tokens]
    carriers: dict[int, int] = {}
    for place, ((start, end), covered) in enumerate(zip(tokens, inside, strict=True)):
        for number in covered:
            if number not in carriers or any(map(str.isalnum, text[start:end])):
                carriers[number] = place
    found = []
    for place, ((start, end), covered) in enumerate(zip(tokens, inside, strict=True)):
        top = next((number for number in covered if sentence[number].head == number or sentence[number].head not in covered), covered[0])
        own = carriers[top] == place
        word = sentence[top]
        head = carriers[word.head] if own else carriers[top]
        tag, label = (word.tag, word.label) if own else ("", "")
        found.append(Word(text=text[start:end], lemma=word.lemma, tag=tag, head=head, label=label, space=text[end : end + 1] == " "))
    return tuple(found)


def runs(articles: Iterable[Article], chance: random.Random) -> Iterator[list[Sentence]]:
    """Yield runs of sentences, of random length; very long sentences are left out."""
    for article in articles:
        run: list[Sentence] = []
        limit = chance.randint(1, MOST_WORDS)
        for sentence in (sentence for paragraph in article.paragraphs for sentence in paragraph if len(sentence) <= LONGEST):
            run.append(sentence)
            if sum(map(len, run)) > limit:
                yield run
                run, limit = [], chance.randint(1, MOST_WORDS)
        if run:
            yield run


def pack(encoded: Iterable[Sequence[Encoded]], length: int) -> Rows:
    """Return the runs in rows; a sentence that does not fit begins a new row, and one longer than a row is left out."""
    rows: list[list[Encoded | None]] = [[]]
    size = 0
    for run in encoded:
        for sentence in (sentence for sentence in run if len(sentence.words) <= length):
            if size + len(sentence.words) > length:
                rows.append([])
                size = 0
            rows[-1].append(sentence)
            size += len(sentence.words)
        rows[-1].append(None)
        size += 1
    shape = (len(rows), length)
    found = Rows(
        np.full(shape, BLANK, dtype=np.int32), np.full(shape, -1, dtype=np.int64), np.full(shape, -1, dtype=np.int64),
        np.tile(np.arange(length), (len(rows), 1)), np.full(shape, -1, dtype=np.int64),
    )  # fmt: skip
    for row, placed in enumerate(rows):
        at = 0
        for number, item in enumerate(placed):
            if item is None:
                at += 1
                continue
            stretch = slice(at, at + len(item.words))
            found.words[row, stretch], found.sentences[row, stretch] = item.words, number
            found.tags[row, stretch], found.heads[row, stretch], found.labels[row, stretch] = item.tags, item.heads + at, item.labels
            at += len(item.words)
    return found
