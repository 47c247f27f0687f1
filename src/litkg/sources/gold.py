"""Records for annotations that come with a document: the gold that an extraction is scored against."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATOR = re.compile(r"[|,;+]")
_NO_IDENTIFIER = frozenset({"", "-", "-1", "None", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """An annotated name. Offsets count in the text of that document; `type` and `identifiers` are the file's own, without those that say "unknown"."""

    document_id: str
    start: int
    end: int
    text: str
    type: str
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """An annotated relation between two identifiers, as the file names them; `note` is what the file adds ("Novel", "No")."""

    document_id: str
    type: str
    subject: str
    object: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """All annotations of one file, in its order."""

    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...]


def split_identifiers(value: str) -> tuple[str, ...]:
    """Return the identifiers in one cell.

    >>> split_identifiers("D003643|D013746")
    ('D003643', 'D013746')
    >>> split_identifiers("-1")
    ()
    """
    pieces = (piece.strip() for piece in _SEPARATOR.split(value))
    return tuple(piece for piece in pieces if piece not in _NO_IDENTIFIER)
