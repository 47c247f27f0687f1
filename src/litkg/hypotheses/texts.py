"""Many short texts in two arrays, so that they can lie in a mapped file: each is made when it is asked for.

Owns the arrays and their reading as a sequence; refuses to know files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import overload

import numpy as np
import numpy.typing as npt

_LONE_HALVES = "surrogatepass"


class Texts(Sequence[str]):
    """Texts in UTF-8, one after the other in `data`; the text at place i lies at `ends[i]:ends[i + 1]`.

    >>> texts = Texts.of(["IL-6", "", "β"])
    >>> texts[2], texts[:2], len(texts)
    ('β', ['IL-6', ''], 3)
    """

    def __init__(self, data: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64]) -> None:
        """Read texts from these arrays."""
        self.data = data
        self.ends = ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Return the texts in new arrays."""
        encoded = [text.encode("utf-8", _LONE_HALVES) for text in texts]
        ends = np.array(list(accumulate(map(len, encoded), initial=0)), dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        return self.data[int(self.ends[place]) : int(self.ends[place + 1])].tobytes().decode("utf-8", _LONE_HALVES)
