"""Which documents of a corpus without parts of its own are held out for development."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def held_out_fifth(identifiers: Iterable[str]) -> frozenset[str]:
    """Return a fixed fifth of the identifiers, to the nearest number: the first when they are sorted by the hexadecimal SHA-256 of each.

    >>> sorted(held_out_fifth(str(number) for number in range(10)))
    ['8', '9']
    """
    ordered = sorted(set(identifiers), key=lambda identifier: hashlib.sha256(identifier.encode()).hexdigest())
    return frozenset(ordered[: round(len(ordered) / 5)])
