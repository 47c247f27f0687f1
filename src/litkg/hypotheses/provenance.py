"""From which graph a report was made: what it held, and a digest of all that was looked at.

Owns the digest; refuses the time and the place, so that the same graph gives the same report.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

from litkg import __version__
from litkg.hypotheses.literature import NO_YEAR, Literature
from litkg.hypotheses.texts import Texts

_DECIMALS = 9
"""Of doubts: beyond them stores and machines may differ."""


def describe(literature: Literature) -> tuple[tuple[str, str], ...]:
    """Return names and values that tell which graph this is, the same for the same papers in any store."""
    years = literature.years[literature.years != NO_YEAR]
    return (
        ("litkg", __version__),
        ("documents", f"{len(literature.years):,} (retracted ones left out)"),
        ("their years", f"{years.min()} to {years.max()}" if len(years) else "not known"),
        ("concepts", f"{len(literature.concepts):,}"),
        ("claims", f"{len(literature.claims.ids):,}"),
        ("digest of what was read", digest(literature)),
    )


def digest(literature: Literature) -> str:
    """Return 20 hexadecimal digits of the SHA-256 of a literature: concepts, years, mentions, claims, and what documents say for and against these."""
    found = hashlib.sha256()
    for texts in (literature.concepts.ids, literature.claims.ids):
        kept = texts if isinstance(texts, Texts) else Texts.of(texts)
        found.update(_bytes(kept.ends.astype("<i8")) + _bytes(kept.data))
    mentions, claims, statements = literature.mentions, literature.claims, literature.statements
    for numbers in (literature.years, mentions.document, mentions.concept, claims.subject, claims.object, claims.sign, statements.claim, statements.document):
        found.update(_bytes(numbers.astype("<i8")))
    for doubts in (statements.support, statements.refute):
        found.update(_bytes(np.round(doubts, _DECIMALS).astype("<f8")))
    return found.hexdigest()[:20]


def _bytes(numbers: npt.NDArray[np.generic]) -> bytes:
    return len(numbers).to_bytes(8, "little") + numbers.tobytes()
