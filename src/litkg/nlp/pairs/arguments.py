"""The two ends of a pair in a parsed sentence, and the way between them in its tree.

Owns the records.
"""

from __future__ import annotations

from dataclasses import dataclass

from litkg.nlp.cues.parsed import ParsedSentence
from litkg.nlp.pairs.classes import UNKNOWN, NameClasses


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention: its words are `[first, last)`, `kind` one of KINDS of `conventions`, `classes` what the lexicon says of its name."""

    first: int
    last: int
    kind: str
    classes: NameClasses = UNKNOWN


@dataclass(frozen=True, slots=True)
class Path:
    """The way between two words in a tree: up from the subject's head and from the object's, both without the word where they meet."""

    subject: tuple[int, ...]
    object: tuple[int, ...]
    top: int


def path_between(parsed: ParsedSentence, subject: int, object_: int) -> Path | None:
    """Return the way between two words, or None where the tree is broken between them."""
    first, second = parsed.ancestors(subject), parsed.ancestors(object_)
    above = set(second)
    top = next((word for word in first if word in above), None)
    return None if top is None else Path(tuple(first[: first.index(top)]), tuple(second[: second.index(top)]), top)
