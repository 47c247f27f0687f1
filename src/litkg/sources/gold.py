"""Records for annotations that come with a document: the gold that an extraction is scored against."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATOR = re.compile(r"[|,;+]")
_NO_IDENTIFIER = frozenset({"", "-", "-1", "None", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """An annotated name. Offsets count in the text of that document; `type` and `identifiers` are the file's own, without those that say "unknown". `key` is
    what the file calls the annotation in its document ("T1"), empty where it gives it no name."""

    document_id: str
    start: int
    end: int
    text: str
    type: str
    identifiers: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """An annotated relation, from subject to object in the file's order; `note` is what the file adds ("Novel", "No"), `negated` that the text denies it.

    `subject` and `object` are identifiers, and those alone where the file relates things in a document. Where it relates mentions, `subject_key` and
    `object_key` are their keys, and an end without identifier has its key in the place of one.
    """

    document_id: str
    type: str
    subject: str
    object: str
    note: str = ""
    subject_key: str = ""
    object_key: str = ""
    negated: bool = False

    @property
    def between_mentions(self) -> bool:
        """Tell whether the file relates mentions, and not things in a document."""
        return bool(self.subject_key and self.object_key)


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
