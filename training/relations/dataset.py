"""Sentences with labelled pairs as arrays: word numbers, gazetteer marks, syntax, and the pairs' places, kinds and labels.

Owns the encoding and its cache.
"""

from __future__ import annotations

import pickle
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.lexicon.lookup import Lexicon
from litkg.nlp.pairs.classes import Classes
from litkg.nlp.pairs.conventions import FLAGS, HEADS, number_of
from litkg.nlp.tokens import find_tokens
from training.ner.dataset import Words
from training.relations.examples import Sentence
from training.relations.syntax import Syntax

UNSAID = -1
"""The label or flag of what a corpus does not say."""
MOST_WORDS = 160


@dataclass(frozen=True)
class Encoded:
    """One sentence. `tags` and `deps` are numbers of the syntax model's names, `held` says of which kind the mention is that has a word, 0 where none has.
    `places` has a row a pair: first and last word of the subject, then of the object, each past the end; `kinds`, `labels` and `flags` likewise; `classes` has,
    for subject and object, a bit for each category that the lexicon gives the name, and as many for its last word alone; `keys` are the ids of a pair
    where the corpus has them."""

    document: str
    head: str
    number: int
    words: npt.NDArray[Any]
    marks: npt.NDArray[Any]
    heads: npt.NDArray[Any]
    tags: npt.NDArray[Any]
    deps: npt.NDArray[Any]
    held: npt.NDArray[Any]
    places: npt.NDArray[Any]
    kinds: npt.NDArray[Any]
    classes: npt.NDArray[Any]
    labels: npt.NDArray[Any]
    flags: npt.NDArray[Any]
    keys: list[tuple[str, str]]


def encode(sentences: Sequence[Sentence], words: Words, lexicon: Lexicon, parses: Iterable[Syntax]) -> Iterator[Encoded]:
    """Yield the sentences as arrays; those of more than MOST_WORDS words, tables mostly, are left out."""
    classes = Classes(lexicon)
    for sentence, syntax in zip(sentences, parses, strict=True):
        spans = find_tokens(sentence.text)
        if len(spans) > MOST_WORDS:
            continue
        ranges = word_ranges(sentence, [start for start, _ in spans], [end for _, end in spans])
        names = HEADS[sentence.head]
        held = np.zeros(len(spans), dtype=np.int8)
        for (first, last), mention in zip(ranges, sentence.mentions, strict=True):
            held[first:last] = 1 + number_of(mention.kind)
        own = [classes.of(sentence.text[mention.start : mention.end]).bits for mention in sentence.mentions]
        yield Encoded(
            document=sentence.document,
            head=sentence.head,
            number=sentence.number,
            words=np.asarray([words.number(sentence.text[start:end]) for start, end in spans], dtype=np.int32),
            marks=np.packbits(lexicon.marks(sentence.text, spans), axis=1),
            heads=syntax.heads,
            tags=syntax.tags,
            deps=syntax.deps,
            held=held,
            places=np.asarray([(*ranges[pair.subject], *ranges[pair.object]) for pair in sentence.pairs], dtype=np.int16),
            kinds=np.asarray([[number_of(sentence.mentions[at].kind) for at in (pair.subject, pair.object)] for pair in sentence.pairs], dtype=np.int8),
            classes=np.packbits(np.asarray([[own[pair.subject], own[pair.object]] for pair in sentence.pairs]), axis=2),
            labels=np.asarray([names.index(pair.label) for pair in sentence.pairs], dtype=np.int8),
            flags=np.asarray(
                [[UNSAID if value is None else int(value) for value in (pair.negated, pair.speculated)] for pair in sentence.pairs], dtype=np.int8
            ).reshape(-1, len(FLAGS)),
            keys=[(sentence.mentions[pair.subject].key, sentence.mentions[pair.object].key) for pair in sentence.pairs],
        )


def word_ranges(sentence: Sentence, starts: Sequence[int], ends: Sequence[int]) -> list[tuple[int, int]]:
    """Return the words of each mention, first and past the last, of words that start and end at these offsets."""
    ranges = []
    for mention in sentence.mentions:
        first = min(bisect_right(ends, mention.start), len(starts) - 1)
        ranges.append((first, max(bisect_left(starts, mention.end), first + 1)))
    return ranges


@dataclass
class Data:
    """All corpora as arrays."""

    train: list[Encoded]
    dev: list[Encoded]
    words: Words


def read_data(path: Path) -> Data:
    """Return the arrays that `write_data` wrote.

    Raises: FileNotFoundError that says how to make them.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path}: make it with python -m training.relations.prepare")
    with path.open("rb") as handle:
        data: Data = pickle.load(handle)  # noqa: S301 - written here, by `write_data`
    return data


def write_data(path: Path, data: Data) -> None:
    """Write all arrays to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as handle:
        pickle.dump(data, handle, protocol=5)
