"""Finds the names that a word is a slip of the pen from: an index of all names with one letter left out (after Garbe's SymSpell, 2012).

A slip is a letter put in, left out or replaced, or two neighbours swapped. One slip is always found, two where each string loses one letter by them. Names
are match keys of letters alone: a digit is never taken for a slip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import mul
from pathlib import Path
from typing import Any, Self

import marisa_trie
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from litkg.grounding.beside import index_beside, is_index_of, writing_index
from litkg.lexicon.storage import LexiconInfo, read_info

_LENGTHS = range(7, 21)
_LEAST_FOR_TWO = 9
"""Letters from which two slips count as well as one."""
_BASE = 0x9E3779B97F4A7C15
"""An odd number, so that it has an inverse among the numbers below 2**64."""
_MODULUS = 1 << 64
_POWERS = np.array([pow(_BASE, exponent, _MODULUS) for exponent in range(_LENGTHS.stop)], dtype=np.uint64)
_POWER_NUMBERS = tuple(_POWERS.tolist())
_INVERSE_NUMBER = pow(_BASE, -1, _MODULUS)
_INVERSE = np.uint64(_INVERSE_NUMBER)

_ARRAYS = ("names", "hashes", "numbers")
_KIND = "spelling"

Hashes = npt.NDArray[np.uint64]


class NearNames:
    """An index of names: `names` as bytes, and hashes in order, each with the number of the name that it is of."""

    def __init__(self, names: npt.NDArray[np.bytes_], hashes: Hashes, numbers: npt.NDArray[np.uint32]) -> None:
        # As plain arrays: numpy's own class for mapped ones takes microseconds to read an item.
        self._names = np.asarray(names)
        self._hashes = np.asarray(hashes)
        self._numbers = np.asarray(numbers)

    @classmethod
    def build(cls, names: Iterable[str]) -> Self:
        """Return the index of the names that are letters alone and neither short nor long. Of half a million it takes some five seconds and 80 MB."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for name in names:
            if len(name) in _LENGTHS and name.isascii() and name.isalpha():
                by_length[len(name)].append(name)
        ordered = [(length, sorted(group)) for length, group in sorted(by_length.items())]
        hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *(_hashes(group, length).ravel() for length, group in ordered)])
        sizes = [length + 1 for length, group in ordered for _ in group]
        numbers = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
        order = np.argsort(hashes, kind="stable")
        texts = np.array([name for _, group in ordered for name in group], dtype=f"S{_LENGTHS.stop}")
        return cls(texts, hashes[order], numbers[order])

    @classmethod
    def open(cls, lexicon: Path, info: LexiconInfo) -> Self | None:
        """Return the index that `write_near_names` put beside a lexicon, mapped from disk; None where there is none, or it is another lexicon's."""
        folder = index_beside(lexicon, _KIND)
        if not is_index_of(folder, info):
            return None
        try:
            arrays = [np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS]
        except (OSError, ValueError):
            return None
        return cls(*arrays)

    def write(self, lexicon: Path, info: LexiconInfo) -> None:
        """Write the index beside a lexicon."""
        folder = index_beside(lexicon, _KIND)
        arrays: tuple[npt.NDArray[Any], ...] = (self._names, self._hashes, self._numbers)
        with writing_index(folder, info):
            for name, array in zip(_ARRAYS, arrays, strict=True):
                np.save(folder / f"{name}.npy", array, allow_pickle=False)

    def nearest(self, name: str) -> tuple[int, tuple[str, ...]]:
        """Return by how many slips the nearest names differ from a match key, and these names, sorted; none where that is more than one slip, or two of nine
        letters and more, or where the first letter differs, which slips seldom change. The name itself is none of them."""
        length = len(name)
        if length not in _LENGTHS or not name.isascii() or not name.isalpha():
            return 0, ()
        most = 2 if length >= _LEAST_FOR_TWO else 1
        best: dict[int, list[str]] = {}
        for number in self._near(name):
            other = self._names.item(number).decode()
            if other[0] == name[0] and other != name and (slips := OSA.distance(name, other, score_cutoff=most)) <= most:
                best.setdefault(slips, []).append(other)
        if not best:
            return 0, ()
        fewest = min(best)
        return fewest, tuple(sorted(best[fewest]))

    def _near(self, name: str) -> set[int]:
        """Return the numbers of the names that share a hash with this one, without a letter or as they stand. A string has no more than 26 letters to put in at
        each place, so there are thousands at most however many names there are, and a handful in all but made-up cases."""
        if not len(self._hashes):
            return set()
        wanted = np.array(sorted(set(_hashes_of(name))), dtype=np.uint64)
        starts = self._hashes.searchsorted(wanted)
        known = self._hashes.take(starts, mode="clip") == wanted
        found: set[int] = set()
        for start, value in zip(starts[known].tolist(), wanted[known].tolist(), strict=True):
            end = start + 1
            while end < len(self._hashes) and self._hashes.item(end) == value:
                end += 1
            found.update(self._numbers[start:end].tolist())
        return found


def write_near_names(lexicon: Path) -> None:
    """Index the names of a built lexicon, and write the index beside it.

    Raises: LexiconError where the lexicon is missing, broken or of another version.
    """
    info = read_info(lexicon)
    keys = marisa_trie.Trie().mmap(str(lexicon / "keys.marisa"))
    NearNames.build(keys.iterkeys()).write(lexicon, info)


def _hashes(names: list[str], length: int) -> Hashes:
    """Return the hash of each name and of each name without one of its letters, of shape (names, 1 + length)."""
    letters = np.frombuffer("".join(names).encode(), dtype=np.uint8).reshape(len(names), length)
    terms = letters * _POWERS[:length]
    found = np.empty((len(names), length + 1), dtype=np.uint64)
    before = np.cumsum(terms, axis=1)
    found[:, 0] = before[:, -1]
    after = before[:, -1:] - before
    found[:, 1:] = (before - terms) + after * _INVERSE
    return found


def _hashes_of(name: str) -> list[int]:
    """Return the row that `_hashes` has for a name, faster for one."""
    terms = list(map(mul, name.encode(), _POWER_NUMBERS))
    whole = sum(terms)
    found = [whole % _MODULUS]
    before = 0
    for term in terms:
        after = whole - before - term
        found.append((before + after * _INVERSE_NUMBER) % _MODULUS)
        before += term
    return found
