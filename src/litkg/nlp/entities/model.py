"""The NER model: from tokens and their gazetteer marks to named spans, after one corpus's convention or after what most of them agree on.

Owns loading and the reading of scores; the weights come from `training/ner`. One pass of the network serves every convention.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from litkg.errors import PipelineError
from litkg.nlp.encoder.network import Encoder
from litkg.nlp.encoder.vectors import WordVectors, load_vectors
from litkg.nlp.entities.conventions import CONSENSUS, HEADS, TAGS, head_slices
from litkg.nlp.entities.decoding import Floats, read_spans, viterbi
from litkg.nlp.entities.records import Entity
from litkg.nlp.tokens import find_tokens

FORMAT_VERSION = 1
SHARED = 0.5
"""How far a word's tag probabilities are drawn to their mean over the text; chosen on dev parts."""
_LEAST = np.float32(1e-6)


class Marker(Protocol):
    """What the model needs of the lexicon."""

    def marks(self, text: str, token_spans: Sequence[tuple[int, int]]) -> npt.NDArray[np.uint8]:
        """Return the gazetteer marks of the tokens."""


class EntityModel:
    """Finds entities. Not safe to share between threads."""

    def __init__(self, encoder: Encoder, weights: Mapping[str, npt.NDArray[Any]]) -> None:
        self._encoder = encoder
        self._out = np.ascontiguousarray(weights["out.weight"].T, dtype=np.float32)
        self._bias = weights["out.bias"].astype(np.float32)
        self._slices = head_slices()

    @classmethod
    def load(cls, folder: Path | None = None, *, vectors: WordVectors | None = None) -> EntityModel:
        """Return the model in `folder`, by default the one that litkg ships, over `vectors`, by default likewise.

        Raises: PipelineError where it is missing, broken or of another version.
        """
        place = folder or Path(str(files("litkg.nlp.entities").joinpath("weights")))
        found = vectors or load_vectors()
        try:
            meta = json.loads((place / "meta.json").read_text(encoding="utf-8"))
            if meta["format_version"] != FORMAT_VERSION or meta["heads"] != {head: list(types) for head, types in HEADS.items()}:
                raise PipelineError(f"the NER model at {place} was made for another version of litkg: train it anew (training/README.md)")
            with np.load(place / "network.npz", allow_pickle=False) as arrays:
                return cls(Encoder(arrays, found, meta["dilations"]), arrays)
        except (OSError, ValueError, KeyError) as error:
            raise PipelineError(f"the NER model at {place} cannot be read ({error}): install litkg anew, or train it (training/README.md)") from error

    def find(self, text: str, marker: Marker, *, ranges: Sequence[tuple[int, int]] | None = None, convention: str | None = None) -> list[Entity]:
        """Return the entities of a text, or of `ranges` of it, in order, those of one type not overlapping; by `convention`, a name in HEADS, or by consensus.

        Raises: PipelineError for an unknown convention.
        """
        if convention is not None and convention not in HEADS:
            raise PipelineError(f"no convention {convention!r}: there are {', '.join(HEADS)}")
        parts = [[(start + first, start + last) for first, last in find_tokens(text[start:end])] for start, end in ranges or [(0, len(text))]]
        scores = np.concatenate([self._scores(text, tokens, marker) for tokens in parts] or [np.zeros((0, TAGS), dtype=np.float32)])
        words = [text[start:end].lower() for tokens in parts for start, end in tokens]
        heads = HEADS if convention is None else (convention,)
        places = _places(words)
        chances = {head: _shared(places, _softmax(scores[:, self._slices[head]])) for head in heads}
        readings: list[tuple[Floats, Sequence[str]]]
        if convention is None:
            readings = [(np.log(_mean(chances, kind, agreeing)), (kind,)) for kind, agreeing in CONSENSUS.items()]
        else:
            readings = [(np.log(np.maximum(chances[convention], _LEAST)), HEADS[convention])]
        found: list[Entity] = []
        for logs, types in readings:
            at = 0
            for tokens in parts:
                found += _spans(tokens, logs[at : at + len(tokens)], types)
                at += len(tokens)
        return sorted(entity for entity in found if any(map(str.isalnum, text[entity.start : entity.end])))

    def _scores(self, text: str, tokens: Sequence[tuple[int, int]], marker: Marker) -> Floats:
        states = self._encoder.states([text[start:end] for start, end in tokens], marker.marks(text, tokens))
        return np.asarray(states @ self._out + self._bias, dtype=np.float32)


def share_by_word(words: Sequence[str], chances: Floats) -> Floats:
    """Return the tag probabilities, each word's drawn towards the mean of all its places in the text, since a word seldom changes its sense within a paper
    (Gale, Church and Yarowsky 1992, "One sense per discourse"). Punctuation and single letters keep theirs. Shapes (tokens, tags)."""
    return _shared(_places(words), chances)


def _places(words: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return a number a place, the same for places of the same word and another for each place of punctuation and single letters; the places in the order of
    their numbers; and how many places each number has."""
    first: dict[str, int] = {}
    count = len(words)
    numbers = np.asarray([first.setdefault(word, at) if len(word) > 1 else count + at for at, word in enumerate(words)], dtype=np.int64)
    _, ids, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    return ids, np.argsort(ids, kind="stable"), counts


def _shared(places: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]], chances: Floats) -> Floats:
    ids, order, counts = places
    if not len(ids):
        return chances
    sums = np.add.reduceat(chances[order], np.cumsum(counts) - counts, axis=0)
    return np.asarray((1 - SHARED) * chances + SHARED * (sums / counts[:, None])[ids], dtype=np.float32)


def agreed(scores: Floats, kind: str, heads: Sequence[str]) -> Floats:
    """Return the probabilities of O, B, I, E, S of one type, the mean over the heads, from the scores of all heads; shape (tokens, 5)."""
    slices = head_slices()
    return _mean({head: _softmax(scores[:, slices[head]]) for head in heads}, kind, heads)


def _mean(chances: Mapping[str, Floats], kind: str, heads: Sequence[str]) -> Floats:
    total = np.zeros((len(chances[heads[0]]), 5), dtype=np.float32)
    for head in heads:
        first = 1 + 4 * HEADS[head].index(kind)
        total[:, 1:] += chances[head][:, first : first + 4]
    total /= len(heads)
    total[:, 0] = 1 - total[:, 1:].sum(axis=1)
    return np.maximum(total, _LEAST)


def _softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def _spans(tokens: Sequence[tuple[int, int]], logs: Floats, types: Sequence[str]) -> list[Entity]:
    path = viterbi(logs)
    chosen = np.exp(logs[np.arange(len(path)), path]) if len(path) else np.zeros(0, dtype=np.float32)
    return [Entity(tokens[first][0], tokens[last - 1][1], types[kind], round(float(chosen[first:last].mean()), 4)) for first, last, kind in read_spans(path)]
