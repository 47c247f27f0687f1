"""When papers spoke of each step of a path: the first and the last year of all evidence on claims between its ends.

Owns these years, worked out of the arrays of a literature; refuses to ask a store.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from litkg.hypotheses.links import Places
from litkg.hypotheses.literature import NO_YEAR, Literature
from litkg.hypotheses.records import NamedHop

Years = tuple[int, int]
"""The first and the last one."""


def hop_years(literature: Literature, hops: Iterable[NamedHop], *, until_year: int | None = None) -> dict[NamedHop, Years]:
    """Return the years of each step, up to a year where one is given, whichever way the claims go and whether evidence is for or against them.

    Steps without a claim whose evidence has a year are left out. That two concepts are forms of one is no such claim.
    """
    wanted = list(dict.fromkeys(hops))
    index = literature.concepts.index
    ends = np.array([(index(hop.start), index(hop.end)) for hop in wanted], dtype=np.int64).reshape(-1, 2)
    claims, statements, n = literature.claims, literature.statements, len(literature.concepts)
    codes, at = np.unique(_codes(ends[:, 0], ends[:, 1], n), return_inverse=True)
    spoken = literature.years[statements.document]
    fits = (spoken != NO_YEAR) & ~claims.same[statements.claim]
    if until_year is not None:
        fits &= spoken <= until_year
    claim_codes = _codes(claims.subject.astype(np.int64), claims.object.astype(np.int64), n)
    fits &= np.isin(claim_codes, codes)[statements.claim]
    place = np.searchsorted(codes, claim_codes[statements.claim[fits]])
    first = np.full(len(codes), np.iinfo(np.int32).max, dtype=np.int32)
    last = np.full(len(codes), NO_YEAR, dtype=np.int32)
    np.minimum.at(first, place, spoken[fits])
    np.maximum.at(last, place, spoken[fits])
    return {hop: (int(first[code]), int(last[code])) for hop, code in zip(wanted, at.tolist(), strict=True) if last[code] != NO_YEAR}


def _codes(first: Places, second: Places, n: int) -> Places:
    """Return a number for each unordered pair."""
    codes: Places = np.minimum(first, second) * n + np.maximum(first, second)
    return codes
