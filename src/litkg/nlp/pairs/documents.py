"""The model of documents: which drugs bring about which diseases by a document as a whole, whether or not one sentence names both.

Owns the logistic regression over `pages`' features and its file. It reads titles with abstracts, and letters, not whole articles: MOST_SENTENCES.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import marisa_trie
import numpy as np
import numpy.typing as npt

from litkg.errors import PipelineError
from litkg.nlp.pairs.pages import Page, PairKey, features_of_pair, pairs_of

MOST_SENTENCES = 40
"""Longer documents are no abstracts, of which the model has learned."""


class DocumentModel:
    """Weights by feature. `related` is the probability from which a pair counts as related where each is asked for; `said` that from which litkg says so."""

    def __init__(self, names: marisa_trie.Trie, weights: npt.NDArray[np.float32], bias: float, *, related: float, said: float) -> None:
        self._names, self._weights, self._bias = names, weights, bias
        self.related, self.said = related, said

    def chances(self, page: Page, pairs: Iterable[PairKey] | None = None) -> dict[PairKey, float]:
        """Return the probability that a drug brings about a disease, of each of some pairs in a document, by default of all; in [0, 1]."""
        return {pair: self.chance(features_of_pair(page, pair)) for pair in (pairs_of(page) if pairs is None else pairs)}

    def chance(self, features: Mapping[str, float]) -> float:
        """Return the probability that features of a pair give; those that the model does not know say nothing."""
        score = self._bias
        for name, value in features.items():
            number = self._names.get(name)
            if number is not None:
                score += float(self._weights[number]) * value
        return 1 / (1 + math.exp(-score))


@cache
def load_documents(path: Path | None = None) -> DocumentModel:
    """Return the model in the folder, by default the one that litkg ships, read once a process.

    Raises: PipelineError where the files are missing or broken.
    """
    folder = path or Path(str(files("litkg.nlp.pairs").joinpath("weights")))
    try:
        meta = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
        with np.load(folder / "documents.npz", allow_pickle=False) as arrays:
            weights = arrays["weights"].astype(np.float32)
        return DocumentModel(marisa_trie.Trie().mmap(str(folder / "documents.marisa")), weights, meta["bias"], related=meta["related"], said=meta["said"])
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(f"no model of documents in {folder} ({error}): install litkg anew, or train it (training/README.md)") from error


def write_documents(folder: Path, names: Sequence[str], weights: npt.NDArray[np.float64], bias: float, *, related: float, said: float) -> None:
    """Write weights by the features' names, in 16 bits, with the bias and the two bars."""
    trie = marisa_trie.Trie(sorted(names))
    order = np.argsort([trie[name] for name in names])
    trie.save(str(folder / "documents.marisa"))
    np.savez_compressed(folder / "documents.npz", weights=np.asarray(weights, dtype=np.float16)[order])
    (folder / "documents.json").write_text(json.dumps({"bias": round(bias, 5), "related": related, "said": said}, indent=1) + "\n", encoding="utf-8")
