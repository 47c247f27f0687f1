"""Tells prose from cells of tables, headings and lists of names, by counting words of grammar, numbers and stops."""

from __future__ import annotations

import re

from litkg.nlp.cleaning.sentences import ends_sentence, stays_open
from litkg.nlp.cleaning.vocabulary import FUNCTION_WORDS

_LOOKED_AT = 3000
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_SPACES = re.compile(r"\S+")
_NUMBER_LIKE = re.compile(r"^[\d(<>=\u00b1+~\u2264\u2265.\u2212\u2013-][\d.,%()\u00b1/\u2013\u2212-]*$")
_VALUE = re.compile(r"^(?:yes|no|none|na|n/a|male|female|nd|ns|not|-+|\u2013|\u2014)$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|may|can|could|should|might|will|did|does|we|it|this|these|that|which|who|there|[a-z]{3,}(?:ed|es|ates))\b"
)


def is_prose(text: str) -> bool:
    """Return whether a text is made of sentences, or the long first part of one."""
    head = text[:_LOOKED_AT]
    tokens = _SPACES.findall(head)
    words = _WORD.findall(head)
    if len(words) < 4 or not tokens:
        return len(words) == 3 and text[0].isupper() and text.endswith(".") and bool(_VERB.search(head)) and not any(token[0].isdigit() for token in tokens)
    grammar = sum(word.lower() in FUNCTION_WORDS for word in words) / len(words)
    numbers = sum(bool(_NUMBER_LIKE.match(token)) or bool(_VALUE.match(token)) for token in tokens) / len(tokens)
    ended = ends_sentence(text) and not text.endswith(":")
    if len(words) >= 25:
        return (grammar >= 0.14 and numbers < 0.3) or (ended and grammar >= 0.08 and numbers < 0.25)
    if ended:
        return bool(_VERB.search(head)) and numbers < 0.35
    if 6 <= len(words) < 12:
        return grammar >= 0.25 and not numbers and stays_open(text) and text[0].isupper() and bool(_VERB.search(head))
    if len(words) >= 12:
        return grammar >= 0.25 and numbers < 0.15 and (stays_open(text) or bool(_VERB.search(head)))
    return False


def is_cell(text: str) -> bool:
    """Return whether a text that is no prose looks like a row or a cell: numbers or values in it, or a word again and again."""
    tokens = _SPACES.findall(text[:_LOOKED_AT])
    if not tokens:
        return True
    valued = sum(bool(_NUMBER_LIKE.match(token)) or bool(_VALUE.match(token)) for token in tokens)
    if valued:
        return True
    return len(tokens) > 3 and len({token.lower() for token in tokens}) <= 0.7 * len(tokens)


def is_row(text: str) -> bool:
    """Return whether a text is a row of a table by itself: half of it or more are numbers and values, and it ends no sentence."""
    tokens = _SPACES.findall(text[:_LOOKED_AT])
    valued = sum(bool(_NUMBER_LIKE.match(token)) or bool(_VALUE.match(token)) for token in tokens)
    return len(tokens) > 2 and 2 * valued >= len(tokens) and not ends_sentence(text)
