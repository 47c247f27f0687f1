"""The short forms that a document defines: "interleukin-6 (IL-6)".

Owns where a definition may stand; whether the letters fit is decided by scispaCy, after Schwartz and Hearst 2003. scispaCy's own component pairs
every bracket with every later one and looks for each short form everywhere: its time is quadratic, and it is not used.
"""

from __future__ import annotations

from scispacy.abbreviation import filter_matches, find_abbreviation
from spacy.tokens import Doc

_MOST_WORDS = 8
"""Words that a definition in brackets has at most; `filter_matches` leaves out all longer ones."""


def find_definitions(doc: Doc) -> dict[str, str]:
    """Return the document's own abbreviations as short form -> long form, in text order; the first definition of either holds."""
    found: dict[str, str] = {}
    long_forms: set[str] = set()
    for long_candidate, short_candidate in filter_matches(_bracketed(doc), doc):
        short, long = find_abbreviation(long_candidate, short_candidate)
        if long is None or short.text in found or long.text in long_forms:
            continue
        long_forms.add(long.text)
        if len(short.text) < len(long.text):
            found[short.text] = long.text
    return found


def _bracketed(doc: Doc) -> list[tuple[int, int, int]]:
    """Return `(0, start, end)` of the tokens inside each pair of brackets, as `filter_matches` takes them."""
    words = [token.text for token in doc]
    return [(0, start, end) for end, word in enumerate(words) if word == ")" for start in range(max(1, end - _MOST_WORDS), end) if words[start - 1] == "("]
