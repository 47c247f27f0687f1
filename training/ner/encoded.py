"""All prepared corpora as arrays, made once and kept beside the data.

Owns the cache; what an array means, `dataset` says.
"""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from litkg.lexicon.lookup import Lexicon
from litkg.nlp.entities.conventions import HEADS
from litkg.settings import settings_from_environment
from training.ner.dataset import Encoded, Words, encode, read_documents
from training.ner.vectors import word_vectors

CACHE = "encoded.pickle"


@dataclass
class Corpora:
    """Documents to train on and to choose on, their words and the words' vectors, of shape (words, columns)."""

    train: list[Encoded]
    dev: list[Encoded]
    words: Words
    vectors: np.ndarray


def open_lexicon() -> Lexicon:
    """Return the built lexicon."""
    return Lexicon.open(settings_from_environment(os.environ).lexicon_path)


def load_corpora(data: Path) -> Corpora:
    """Return the corpora in the folder `data`; the first call encodes them, which takes a minute."""
    cache = data / CACHE
    if cache.exists():
        with cache.open("rb") as handle:
            train, dev, words = pickle.load(handle)  # noqa: S301 - written here, by this function
    else:
        words = Words()
        with open_lexicon() as lexicon:
            train = [item for head in HEADS for item in encode(read_documents(data / f"{head}.train.jsonl"), words, lexicon)]
            dev = [item for head in HEADS for item in encode(read_documents(data / f"{head}.dev.jsonl"), words, lexicon)]
        with cache.open("wb") as handle:
            pickle.dump((train, dev, words), handle, protocol=5)
    return Corpora(train, dev, words, word_vectors(data / "vectors.npz", list(words.index)))


if __name__ == "__main__":
    import sys

    found = load_corpora(Path(sys.argv[1] if len(sys.argv) > 1 else "training/build/ner"))
    print(len(found.train), len(found.dev), len(found.words.index), found.vectors.shape)
