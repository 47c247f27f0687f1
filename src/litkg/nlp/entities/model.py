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
from litkg.nlp.entities.chances import floored, of_agreement, of_convention, one_type, share_by_word
from litkg.nlp.entities.conventions import CONSENSUS, HEADS
from litkg.nlp.entities.decoding import Floats, read_spans, viterbi
from litkg.nlp.entities.records import Entity
from litkg.nlp.tokens import find_tokens

FORMAT_VERSION = 1


class Marker(Protocol):
    """What the model needs of the lexicon."""

    def marks(self, text: str, token_spans: Sequence[tuple[int, int]]) -> npt.NDArray[np.uint8]:
        """Return the gazetteer marks of the tokens."""


class EntityModel:
    """Finds entities. Not safe to share between threads."""

    def __init__(self, encoder: Encoder, weights: Mapping[str, npt.NDArray[Any]]) -> None:
        self._encoder = encoder
        self._out = weights["out.weight"].astype(np.float32)
        self._bias = weights["out.bias"].astype(np.float32)[:, None]

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
        words = [[text[start:end] for start, end in tokens] for tokens in parts]
        scores = np.concatenate([self._scores(text, *part, marker) for part in zip(parts, words, strict=True)], axis=1)
        readings: list[tuple[Floats, Sequence[str]]]
        small = [word.lower() for part in words for word in part]
        if convention is None:
            chances = share_by_word(small, of_agreement(scores, CONSENSUS))
            readings = [(np.log(one_type(chances[:, 4 * index : 4 * index + 4])), (kind,)) for index, kind in enumerate(CONSENSUS)]
        else:
            readings = [(np.log(floored(share_by_word(small, of_convention(scores, convention)))), HEADS[convention])]
        found: list[Entity] = []
        for logs, types in readings:
            at = 0
            for tokens in parts:
                found += _spans(tokens, logs[at : at + len(tokens)], types)
                at += len(tokens)
        return sorted(entity for entity in found if any(map(str.isalnum, text[entity.start : entity.end])))

    def _scores(self, text: str, tokens: Sequence[tuple[int, int]], words: Sequence[str], marker: Marker) -> Floats:
        """Return the tag scores of all conventions, of shape (TAGS, tokens)."""
        scores = self._out @ self._encoder.states(words, marker.marks(text, tokens)).T
        scores += self._bias
        return np.asarray(scores, dtype=np.float32)


def _spans(tokens: Sequence[tuple[int, int]], logs: Floats, types: Sequence[str]) -> list[Entity]:
    path = viterbi(logs)
    found = []
    for first, last, kind in read_spans(path):
        chosen = np.exp(logs[np.arange(first, last), path[first:last]])
        found.append(Entity(tokens[first][0], tokens[last - 1][1], types[kind], round(float(np.add.reduce(chosen)) / (last - first), 4)))
    return found
