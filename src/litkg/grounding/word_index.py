"""An inverted index of the words of names, and the search in it.

Owns the search and the form of an index on disk. A name's score is the cosine of its words with those asked for, each word weighing by how rare it is. The
work is bounded: common words order what rarer words found, and find nothing themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Self

import marisa_trie
import numpy as np
import numpy.typing as npt

_MOST_WORDS = 12
_COMMON = 6_000
"""Names with a word from which it finds none, where another word does."""
_MOST_WEIGHED = 20_000
"""Names whose words' weights are kept."""
_LEAST_WHOLE = 1e-9
_GREEK = frozenset(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "sigma", "omega"])
_ARRAYS = ("names", "word_starts", "word_names", "name_starts", "name_words", "weights")

Ints = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]


class WordMatch(NamedTuple):
    """A name that shares words with the one asked for: its number, and in (0, 1] the cosine of their words."""

    number: int
    score: float


class WeighedWords(NamedTuple):
    """The words of a name with what each weighs, the rarer the more: what two names are compared by. `whole` is above 0, `head` the last word or empty,
    `numbers` the words that begin with a digit, `letters` the Greek letters and those that stand alone, all sorted."""

    weights: Mapping[str, float]
    whole: float
    head: str
    numbers: tuple[str, ...]
    letters: tuple[str, ...]

    @classmethod
    def of(cls, words: Sequence[str], weights: Mapping[str, float]) -> Self:
        """Return the words of a name in the order given."""
        return cls(
            weights,
            max(sum([weights[word] for word in sorted(weights)]), _LEAST_WHOLE),
            head=words[-1] if words else "",
            numbers=tuple(sorted([word for word in weights if word[0].isdigit()])),
            letters=tuple(sorted([word for word in weights if word in _GREEK or (len(word) == 1 and word.isalpha())])),
        )

    def weight_of(self, words: Iterable[str]) -> float:
        """Return what some of the words weigh together."""
        return sum([self.weights[word] for word in sorted(words)])


class WordIndex:
    """An index of the words of names: by word the names that have it, by name its words."""

    def __init__(
        self, vocabulary: marisa_trie.Trie, names: Ints, word_starts: Ints, word_names: Ints, name_starts: Ints, name_words: Ints, weights: Floats
    ) -> None:
        self._vocabulary = vocabulary
        self.names = names
        self._word_starts, self._word_names = word_starts, word_names
        self._name_starts, self._name_words = name_starts, name_words
        self._weights = weights
        self._unknown = float(np.log1p(len(names)) ** 2) if len(names) else 1.0
        self.weighed = lru_cache(maxsize=_MOST_WEIGHED)(self._weigh)
        """Returns the words of a name with their weights."""

    @classmethod
    def build(cls, names: Iterable[tuple[int, Sequence[str]]]) -> Self:
        """Return the index of names, each a number and its words. Names without words are left out; match numbers are places among the others."""
        kept = [(number, words) for number, given in names if 0 < len(words := sorted(set(given))) <= _MOST_WORDS]
        vocabulary = marisa_trie.Trie(sorted({word for _, words in kept for word in words}))
        sizes = np.fromiter((len(words) for _, words in kept), dtype=np.int64, count=len(kept))
        flat = np.fromiter((vocabulary[word] for _, words in kept for word in words), dtype=np.uint32, count=int(sizes.sum()))
        owners = np.repeat(np.arange(len(kept), dtype=np.uint32), sizes)
        order = np.argsort(flat, kind="stable")
        counts = np.bincount(flat, minlength=len(vocabulary)) if len(flat) else np.zeros(0, dtype=np.int64)
        weights = (np.log1p(len(kept) / np.maximum(counts, 1)) ** 2).astype(np.float32)
        starts = [np.concatenate([[0], np.cumsum(each)]).astype(np.uint32) for each in (counts, sizes)]
        numbers = np.fromiter((number for number, _ in kept), dtype=np.uint32, count=len(kept))
        return cls(vocabulary, numbers, starts[0], owners[order], starts[1], flat, weights)

    @staticmethod
    def is_written(folder: Path, group: str) -> bool:
        """Tell whether a folder has files of the index of a group."""
        return (folder / f"{group}.marisa").exists()

    @classmethod
    def read(cls, folder: Path, group: str) -> Self:
        """Return an index that was written, mapped from disk."""
        arrays = (np.asarray(np.load(folder / f"{group}.{name}.npy", mmap_mode="r", allow_pickle=False)) for name in _ARRAYS)
        return cls(marisa_trie.Trie().mmap(str(folder / f"{group}.marisa")), *arrays)

    def write(self, folder: Path, group: str) -> None:
        """Write the files of the index of a group."""
        self._vocabulary.save(str(folder / f"{group}.marisa"))
        arrays: tuple[npt.NDArray[Any], ...] = (self.names, self._word_starts, self._word_names, self._name_starts, self._name_words, self._weights)
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / f"{group}.{name}.npy", array, allow_pickle=False)

    def search(self, words: Sequence[str], limit: int) -> list[WordMatch]:
        """Return up to `limit` names that share words with those given, best first."""
        asked = sorted(set(words))
        known = [(place, float(self._weights[place])) for word in asked if (place := self._vocabulary.get(word)) is not None]
        if not known or len(asked) > 2 * _MOST_WORDS:
            return []
        whole = sum(weight for _, weight in known) + self._unknown * (len(asked) - len(known))
        found, shared = self._sharing(known)
        scores = np.minimum(shared / np.sqrt(self._whole_weights[found] * whole), 1.0)
        if len(found) > limit:
            # Of names alike as far as is asked, the first: what is cut off must not depend on how a partial sort comes out.
            least = -np.partition(-scores, limit - 1)[limit - 1]
            found, scores = found[scores >= least], scores[scores >= least]
        best = np.argsort(-scores, kind="stable")[:limit]
        return [WordMatch(number, score) for number, score in zip(found[best].tolist(), scores[best].tolist(), strict=True)]

    @cached_property
    def _whole_weights(self) -> Floats:
        """What the words of each name weigh together."""
        return np.add.reduceat(self._weights[self._name_words], self._name_starts[:-1].astype(np.int64)) if len(self.names) else self._weights

    def _weigh(self, words: tuple[str, ...]) -> WeighedWords:
        return WeighedWords.of(words, {word: self._weight(word) for word in words})

    def _weight(self, word: str) -> float:
        place = self._vocabulary.get(word)
        return self._unknown if place is None else float(self._weights[place])

    def _sharing(self, known: Sequence[tuple[int, float]]) -> tuple[Ints, Floats]:
        """Return the names that share rarer words with those asked for, in order, and what all the words that they share weigh."""
        spans = sorted((int(self._word_starts[place + 1]) - int(self._word_starts[place]), place, weight) for place, weight in known)
        rare = [span for span in spans if span[0] <= _COMMON] or spans[:1]
        lists = [self._names_with(place) for _, place, _ in rare]
        found, shared = lists[0], np.full(len(lists[0]), rare[0][2], dtype=np.float32)
        if len(lists) > 1:
            weights = np.repeat(np.asarray([weight for *_, weight in rare], dtype=np.float32), [len(names) for names in lists])
            found, at = np.unique(np.concatenate(lists), return_inverse=True)
            shared = np.bincount(at, weights=weights).astype(np.float32)
        for _, place, weight in spans[len(rare) :]:
            names = self._names_with(place)
            at = np.minimum(np.searchsorted(names, found), len(names) - 1)
            shared += weight * (names[at] == found)
        return found, shared

    def _names_with(self, place: int) -> Ints:
        """Return the names that have a word, in order."""
        return self._word_names[int(self._word_starts[place]) : int(self._word_starts[place + 1])]
