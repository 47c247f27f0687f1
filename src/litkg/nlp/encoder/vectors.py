"""Word vectors from letter n-grams: any word has one, also one never seen.

Owns the file's layout, the file that litkg ships and its models share, and the look-up. The table is floret's (fastText's n-grams, Bojanowski et al. 2017,
TACL 5:135, in a few hash rows each), read with spaCy's `Vectors`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.strings import StringStore
from spacy.vectors import Vectors

from litkg.errors import PipelineError


class WordVectors:
    """Looks up vectors of words in lower or upper case as they stand; `columns` is their length."""

    def __init__(self, data: Mapping[str, npt.NDArray[Any]]) -> None:
        table = data["table"].astype(np.float32) * data["scale"].astype(np.float32)
        self.columns = int(table.shape[1])
        shortest, longest, hashes, seed = (int(value) for value in data["settings"])
        self._strings = StringStore()
        self._vectors = Vectors(
            strings=self._strings, data=table, mode="floret", minn=shortest, maxn=longest, hash_count=hashes, hash_seed=seed, bow="<", eow=">"
        )

    def look_up(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return the vectors of the words, of shape (words, columns)."""
        if not words:
            return np.zeros((0, self.columns), dtype=np.float32)
        return np.asarray(self._vectors.get_batch(list(words)), dtype=np.float32)


def load_vectors(path: Path | None = None) -> WordVectors:
    """Return the vectors in the file, by default those that litkg ships, which are read once a process (some 26 MB).

    Raises: PipelineError where the file is missing or broken.
    """
    return _read(path or Path(str(files("litkg.nlp.encoder").joinpath("weights", "vectors.npz"))))


@cache
def _read(path: Path) -> WordVectors:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return WordVectors(arrays)
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(f"the word vectors at {path} cannot be read ({error}): install litkg anew, or train them (training/README.md)") from error


def pack_table(table: npt.NDArray[np.float32], *, shortest: int, longest: int, hashes: int, seed: int) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays that `WordVectors` reads: rows as 8-bit whole numbers with a scale a row, which loses under 1/200 of a row's largest."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-6) / 127
    return {
        "table": np.round(table / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "settings": np.asarray([shortest, longest, hashes, seed], dtype=np.int64),
    }
