"""How a stretch of text starts and ends: with a sentence, or in the middle of one."""

from __future__ import annotations

import re

from litkg.nlp.cleaning.vocabulary import FUNCTION_WORDS

_SENTENCE_END = re.compile(r"[.?!:][)\]\"'*\u2020\u2021]{0,2}$|(?<!\d)[.?!:][)\]\"'*\u2020\u2021]{0,2}\[?\d{1,3}(?:[,\u2013-] ?\d{1,3}){0,9}\]?$")


def ends_sentence(text: str) -> bool:
    """Return whether a text ends as a sentence does; a citation number may follow the stop."""
    return _SENTENCE_END.search(text[-30:]) is not None


def goes_on(text: str) -> bool:
    """Return whether a text starts as the rest of a sentence does: with a small letter, a bracket, a number or a mark."""
    first = text[:1]
    return first.islower() or first in "(,;)%&=+<>" or (first.isdigit() and not re.match(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s+[A-Z][a-z]+", text))


def stays_open(text: str) -> bool:
    """Return whether a text ends with a word that cannot end a sentence or a heading."""
    last = text.rsplit(None, 1)[-1] if text.strip() else ""
    return last.endswith((",", "-", "\u2010", "\u2011", "\u2013", "\u00ad", "(", ";")) or last.lower() in FUNCTION_WORDS
