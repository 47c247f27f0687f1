"""The words of a search, as a full-text index of either store takes them and as patterns that say for sure whether a text has them.

Owns what a word is: what Unicode's word boundaries (UAX #29, by which Neo4j's index splits) make of letters and digits, whatever their case. "IL-6" is the
words "il" and "6", side by side; "2,3" and "5.5" are one word each, and so are "e.g" and "it's", and what an underscore joins. Refuses to search: the
index of a store only has to find no less than the patterns do, which judge what it found, so that both stores answer with the same rows.

Not told alike by the two stores, and rare in running text: combining accents that are written apart, and scripts without spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_JOINS_LETTERS = ":·.'’‘"
_JOINS_DIGITS = ",;.'’‘"
_LETTER, _DIGIT = r"[^\W\d_]", r"\d"
_WORD = re.compile(rf"\w+(?:(?<={_LETTER})[{_JOINS_LETTERS}](?={_LETTER})\w+|(?<={_DIGIT})[{_JOINS_DIGITS}](?={_DIGIT})\w+)*")
_PART = re.compile(r'"([^"]*)"|(\S+)')

COMMON = frozenset(
    (
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "this",
        "to",
        "was",
        "were",
        "which",
        "with",
    )
)
"""Words that half of all sentences have: an index is not asked for them where there are others."""


def search_parameter(text: str) -> dict[str, object] | None:
    """Return what a query takes for the words of `text`, None where it has none: `search` for the index, `patterns` for `=~`, all of which must match.

    Words stand in any order; what stands in quotation marks, or is joined as "IL-6" is, stands side by side.

    >>> search_parameter('IL-6 "the mood"')["search"]
    '+"IL 6" +"the mood"'
    >>> search_parameter("and -") is None
    False
    >>> search_parameter(" - ") is None
    True
    """
    phrases = list(_phrases(text))
    if not phrases:
        return None
    telling = [words for words in phrases if not all(word.lower() in COMMON for word in words)] or phrases
    return {"search": " ".join(f'+"{" ".join(words)}"' for words in telling), "patterns": [_pattern(words) for words in phrases]}


def _phrases(text: str) -> Iterator[list[str]]:
    for quoted, plain in _PART.findall(text):
        words = [word for word in _WORD.findall(quoted or plain.replace('"', " ")) if word.strip("_")]
        if words:
            yield words


def _pattern(words: list[str]) -> str:
    """Return the regular expression, in what Java and Rust have in common, of texts with `words` side by side, each a word of its own."""
    inside = re.escape(words[0])
    for before, after in pairwise(words):
        inside += _gap(before[-1], after[0]) + re.escape(after)
    return f"(?ius){_before(words[0][0])}{inside}{_after(words[-1][-1])}"


def _before(first: str) -> str:
    """Return the pattern of what may stand before a word that begins with `first`: nothing, or all up to what does not join."""
    joins, kind = _joins(first)
    return rf"(?:.*[^\p{{L}}\p{{N}}_{joins}]|(?:.*[^{kind}])?[{joins}])?" if joins else r"(?:.*[^\p{L}\p{N}_])?"


def _after(last: str) -> str:
    joins, kind = _joins(last)
    return rf"(?:[^\p{{L}}\p{{N}}_{joins}].*|[{joins}](?:[^{kind}].*)?)?" if joins else r"(?:[^\p{L}\p{N}_].*)?"


def _gap(last: str, first: str) -> str:
    """Return the pattern of what may stand between two words."""
    joins, kind = _joins(last)
    if not joins or _joins(first)[1] != kind:
        return r"[^\p{L}\p{N}_]+"
    return rf"(?:[^\p{{L}}\p{{N}}_{joins}]|[^\p{{L}}\p{{N}}_]{{2,}})"


def _joins(character: str) -> tuple[str, str]:
    """Return what joins a word that ends in `character` to what follows, and the class that it must be followed by."""
    if character == "_":
        return "", ""
    return (_JOINS_DIGITS, r"\p{Nd}") if character.isdigit() else (_JOINS_LETTERS, r"\p{L}")
