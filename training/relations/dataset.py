"""Sentences with labelled pairs as arrays: word numbers, gazetteer marks, dependency heads, and the pairs' places and labels.

Owns the encoding and its cache.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.lexicon.lookup import Lexicon
from litkg.nlp.tokens import find_tokens
from training.ner.dataset import Words
from training.relations.conventions import FLAGS, HEADS, KINDS
from training.relations.examples import Sentence

UNSAID = -1
"""The label or flag of what a corpus does not say."""
MOST_WORDS = 160


@dataclass(frozen=True)
class Encoded:
    """One sentence. `places` has a row a pair: first and last word of the subject, then of the object, each past the end; `kinds`, `labels` and `flags`
    likewise; `keys` are the ids of a pair where the corpus has them."""

    document: str
    head: str
    number: int
    words: npt.NDArray[Any]
    marks: npt.NDArray[Any]
    heads: npt.NDArray[Any]
    places: npt.NDArray[Any]
    kinds: npt.NDArray[Any]
    labels: npt.NDArray[Any]
    flags: npt.NDArray[Any]
    keys: list[tuple[str, str]]


def encode(sentences: Sequence[Sentence], words: Words, lexicon: Lexicon, parses: Iterable[npt.NDArray[Any]]) -> Iterator[Encoded]:
    """Yield the sentences as arrays; those of more than MOST_WORDS words, tables mostly, are left out."""
    for sentence, heads in zip(sentences, parses, strict=True):
        spans = find_tokens(sentence.text)
        if len(spans) > MOST_WORDS:
            continue
        starts, ends = np.asarray([s for s, _ in spans]), np.asarray([e for _, e in spans])
        ranges = []
        for mention in sentence.mentions:
            first = int(np.searchsorted(ends, mention.start, side="right"))
            last = int(np.searchsorted(starts, mention.end, side="left"))
            ranges.append((min(first, len(spans) - 1), max(last, first + 1)))
        names = HEADS[sentence.head]
        yield Encoded(
            document=sentence.document,
            head=sentence.head,
            number=sentence.number,
            words=np.asarray([words.number(sentence.text[start:end]) for start, end in spans], dtype=np.int32),
            marks=np.packbits(lexicon.marks(sentence.text, spans), axis=1),
            heads=heads,
            places=np.asarray([(*ranges[pair.subject], *ranges[pair.object]) for pair in sentence.pairs], dtype=np.int16),
            kinds=np.asarray([[_kind(sentence.mentions[at].kind) for at in (pair.subject, pair.object)] for pair in sentence.pairs], dtype=np.int8),
            labels=np.asarray([names.index(pair.label) for pair in sentence.pairs], dtype=np.int8),
            flags=np.asarray(
                [[UNSAID if value is None else int(value) for value in (pair.negated, pair.speculated)] for pair in sentence.pairs], dtype=np.int8
            ).reshape(-1, len(FLAGS)),
            keys=[(sentence.mentions[pair.subject].key, sentence.mentions[pair.object].key) for pair in sentence.pairs],
        )


def _kind(name: str) -> int:
    return KINDS.index(name) if name in KINDS else 0


def sides(heads: npt.NDArray[Any], places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return what each word is to each pair in the sentence's tree, of shape (pairs, words): 1 on the way from the subject up to where both ways meet, 2 from
    the object, 3 where they meet, 0 elsewhere."""
    found = np.zeros((len(places), len(heads)), dtype=np.int8)
    known: dict[tuple[int, int], list[int]] = {}
    for index, (s0, s1, o0, o1) in enumerate(places.tolist()):
        first = known.setdefault((s0, s1), _upward(heads, s0, s1))
        second = known.setdefault((o0, o1), _upward(heads, o0, o1))
        meeting = next((at for at in first if at in second), None)
        for code, way in ((1, first), (2, second)):
            for at in way:
                if at == meeting:
                    break
                found[index, at] = code
        if meeting is not None:
            found[index, meeting] = 3
    return found


def _upward(heads: npt.NDArray[Any], first: int, last: int) -> list[int]:
    """Return the words from a mention's own head up to the root."""
    at = next((word for word in range(first, last) if not first <= heads[word] < last), last - 1)
    way = [at]
    while heads[at] != at and len(way) <= len(heads):
        at = int(heads[at])
        way.append(at)
    return way


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
