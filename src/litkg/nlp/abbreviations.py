"""The short forms that a document defines: "interleukin-6 (IL-6)", "doxorubicin (DOX)-induced", "nitroprusside (SNP, n = 7)".

Owns where a definition may stand, what a short form looks like, and the short forms that are initials in another order; whether letters fit is otherwise
decided by scispaCy, after Schwartz and Hearst 2003. scispaCy's own component pairs every bracket with every later one and looks for each short form
everywhere: its time is quadratic, and it is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scispacy.abbreviation import find_abbreviation, span_contains_unbalanced_parentheses
from spacy.tokens import Doc, Span

_MOST_WORDS = 8
"""Words that a definition in brackets has at most."""
_MOST_SHORT_WORDS = 3
"""Words that a short form in brackets has at most, as in scispaCy."""
_OPENING, _CLOSING = ("(", "["), (")", "]")
_NOTE = (",", ";", ":", "=")
"""What parts a short form from a note that stands with it in its brackets."""
_GLUED = re.compile(r"([(\[])?([^\s()\[\]]+)?([)\]])([-–/].+)")
"""A word with the bracket, or all of the brackets, that it goes on from."""
_LEAST_LETTERS = 0.5
_SHORT_LENGTHS = range(2, 10)
_SENTENCE_END = frozenset({".", ";", "?", "!"})


def find_definitions(doc: Doc) -> dict[str, str]:
    """Return the document's own abbreviations as short form -> long form, in text order; the first definition of either holds."""
    found: dict[str, str] = {}
    long_forms: set[str] = set()
    for long_candidate, short in _candidates(_with_brackets_apart(doc)):
        long = find_abbreviation(long_candidate, short)[1] or _in_another_order(long_candidate, short.text)
        if long is None or short.text in found or long.text in long_forms or span_contains_unbalanced_parentheses(long):
            continue
        long_forms.add(long.text)
        if len(short.text) < len(long.text):
            found[short.text] = long.text
    return found


def _with_brackets_apart(doc: Doc) -> Doc:
    """Return the document with a bracket that a word is glued to ("(DOX)-induced") as a token of its own."""
    pieces: list[tuple[str, bool]] = []
    glued = False
    for token in doc:
        text, space = token.text, bool(token.whitespace_)
        if match := _GLUED.fullmatch(text):
            parts = [part for part in match.groups() if part]
            pieces += [*((part, False) for part in parts[:-1]), (parts[-1], space)]
            glued = True
        else:
            pieces.append((text, space))
    return Doc(doc.vocab, words=[text for text, _ in pieces], spaces=[space for _, space in pieces]) if glued else doc


def _candidates(doc: Doc) -> Iterator[tuple[Span, Span]]:
    """Yield where a long form may be, and its short form: before brackets and in them, or in them and before them."""
    words = [token.text for token in doc]
    for end, word in enumerate(words):
        if word in _CLOSING:
            opening = _OPENING[_CLOSING.index(word)]
            for start in range(max(2, end - _MOST_WORDS), end):
                if words[start - 1] != opening:
                    continue
                if end - start <= _MOST_SHORT_WORDS:
                    yield from _before(doc, start, end)
                elif _is_short_form(doc[start - 2 : start - 1]) and not span_contains_unbalanced_parentheses(doc[start:end]):
                    yield doc[start:end], doc[start - 2 : start - 1]
        elif word in _NOTE:
            for start in range(max(2, end - 2), end):
                if words[start - 1] in _OPENING and sum(map(str.isupper, doc[start:end].text)) >= 2:
                    yield from _before(doc, start, end)


def _before(doc: Doc, start: int, end: int) -> Iterator[tuple[Span, Span]]:
    short = doc[start:end]
    if _is_short_form(short):
        length = sum(len(token) for token in short)
        last = start - 1
        while last > 1 and doc[last - 1].text in _NOTE:
            last -= 1
        yield doc[max(start - min(length + 5, length * 2) - 1, 0) : last], short


def _is_short_form(span: Span) -> bool:
    """Tell whether the words may be a short form: each of two to nine characters, half of them letters at least, the first a letter, or a digit of a
    chemical's name ("5-FU")."""
    text = span.text
    if not all(len(token) in _SHORT_LENGTHS for token in span) or not text[0].isalnum():
        return False
    letters = sum(map(str.isalpha, text))
    return letters / len(text) >= _LEAST_LETTERS if text[0].isalpha() else len(span) == 1 and sum(map(str.isupper, text)) >= 2


def _in_another_order(candidate: Span, short: str) -> Span | None:
    """Return the words just before whose initials are the letters of the short form in another order ("myotonic dystrophy (DM)"), if they are names' words:
    none of them short, no sentence ending between."""
    size = len(short)
    if not (short.isalpha() and short.isupper() and 2 <= size <= len(candidate)):
        return None
    words = candidate[-size:]
    if any(len(token) < 4 or token.text in _SENTENCE_END for token in words):
        return None
    return words if sorted(token.text[0].upper() for token in words) == sorted(short) else None
