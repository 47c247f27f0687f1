"""Rows of numbers that are worked out once a key and kept, a bounded number of them.

Owns the table and what is forgotten when it is full: everything, since running text soon brings back what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Key = TypeVar("Key", bound=Hashable)
_FIRST = 1024
"""Rows there is room for at first."""


class KeptRows(Generic[Key]):
    """Gives rows by key. `make` works out the rows of keys that are new, of shape (keys, columns); at most `most` are kept, or those of one call if more."""

    def __init__(self, make: Callable[[Sequence[Key]], Floats], *, columns: int, most: int) -> None:
        self._make = make
        self._most = most
        self._index: dict[Key, int] = {}
        self._rows = np.zeros((min(_FIRST, most), columns), dtype=np.float32)

    def __len__(self) -> int:
        """Return how many rows are kept."""
        return len(self._index)

    def rows(self, keys: Sequence[Key]) -> Floats:
        """Return the keys' rows, of shape (keys, columns), as a copy."""
        index = self._index
        try:
            places = [index[key] for key in keys]
        except KeyError:
            self._add(keys)
            places = [index[key] for key in keys]
        return self._rows[places]

    def _add(self, keys: Sequence[Key]) -> None:
        new = [key for key in dict.fromkeys(keys) if key not in self._index]
        if len(self._index) + len(new) > self._most:
            self._index.clear()
            new = list(dict.fromkeys(keys))
        first = len(self._index)
        needed = first + len(new)
        if needed > len(self._rows):
            grown = np.zeros((max(needed, min(2 * len(self._rows), self._most)), self._rows.shape[1]), dtype=np.float32)
            grown[:first] = self._rows[:first]
            self._rows = grown
        self._rows[first:needed] = self._make(new)
        self._index.update(zip(new, range(first, needed), strict=True))
