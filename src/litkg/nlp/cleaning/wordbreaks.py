"""Words broken at line ends and by stray spaces, made whole again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.nlp.cleaning.characters import SOFT_HYPHEN
from litkg.nlp.cleaning.rope import Edit, Rope, edit
from litkg.nlp.cleaning.vocabulary import FUNCTION_WORDS, Vocabulary

_LINE_END = re.compile(r"(?<![^\S\n])(?P<dash>[-\u2010\u2011\u2013\u2212\u00ad]?)[^\S\n]*\n\s*|(?<=[^\S\n])\n\s*")
_TOUCHING_DASH = re.compile(r"[^\W_][)\]]?$")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]{1,40}$")
_LETTERS_AFTER = re.compile(r"[^\W\d_]{1,40}")
_LETTERS = re.compile(r"[A-Za-z]+")
_GREEK_NAMES = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
    ]
)
_MOST_PARTS = 4
_SHORTEST_JOINED = 5


def join_lines(source: Rope, words: Vocabulary) -> Rope:
    """Return a paragraph as one line: a hyphen at a line end goes where the word goes on, a line end becomes a space.

    The hyphen stays before digits, capitals and Greek letters, after digits and abbreviations, and where the compound is the word:
    the document's own spelling decides first, then the lexicon and English, then whether both halves are words; else the halves are joined.
    """
    return edit(source, _line_ends(source.text, words))


def mend_split_words(source: Rope, words: Vocabulary) -> Rope:
    """Return the text with words that stray spaces broke ("cyto kine") made whole, where the whole is a word and some part is none."""
    return edit(source, _splits(source.text, words))


def _line_ends(text: str, words: Vocabulary) -> Iterator[Edit]:
    for match in _LINE_END.finditer(text):
        dash = match.group("dash") or ""
        before = text[max(0, match.start() - 42) : match.start()]
        if dash and _TOUCHING_DASH.search(before):
            start = match.start() + (0 if _drops_hyphen(before, dash, text[match.end() : match.end() + 40], words) else len(dash))
            yield start, match.end(), ""
        elif match.end() < len(text) and match.start():
            yield match.start() + len(dash), match.end(), " "
        else:
            yield match.start() + len(dash), match.end(), ""


def _drops_hyphen(before: str, dash: str, after: str, words: Vocabulary) -> bool:
    if dash == SOFT_HYPHEN:
        return True
    left, right = _LETTERS_BEFORE.search(before), _LETTERS_AFTER.match(after)
    if dash in "\u2013\u2212" or left is None or right is None:
        return False
    first, second = left.group(), right.group()
    shouted = first.isupper() and second.isupper()
    if shouted and len(first) + len(second) >= _SHORTEST_JOINED:
        return words.confirmed(first + second)
    if not second.isascii() or not second[0].islower() or not first[-1].islower():
        return False
    return _joined_is_the_word(first.lower(), second.lower(), words)


def _joined_is_the_word(first: str, second: str, words: Vocabulary) -> bool:
    joined, compound = first + second, f"{first}-{second}"
    if words.own[joined] != words.own[compound]:
        return words.own[joined] > words.own[compound]
    if words.confirmed(joined):
        return True
    if words.confirmed(compound):
        return False
    both_words = all(len(part) > 3 and (words.ordinary(part) or words.own[part] > 0) for part in (first, second))
    return not both_words


def _splits(text: str, words: Vocabulary) -> Iterator[Edit]:
    tokens = [(match.start(), match.end()) for match in _LETTERS.finditer(text)]
    fragment = [not words.ordinary(text[start:end]) for start, end in tokens]
    index = 0
    while index < len(tokens):
        size = _broken_word(text, tokens, index, words) if any(fragment[index : index + _MOST_PARTS]) else 1
        if size > 1:
            for part in range(index, index + size - 1):
                yield tokens[part][1], tokens[part + 1][0], ""
        index += size


def _broken_word(text: str, tokens: list[tuple[int, int]], index: int, words: Vocabulary) -> int:
    """Return of how many tokens the broken word at `index` is made; 1 where it is not broken."""
    best = 1
    parts = [text[slice(*tokens[index])]]
    for following in range(index + 1, min(index + _MOST_PARTS, len(tokens))):
        end, start = tokens[following - 1][1], tokens[following][0]
        if start != end + 1 or text[end] != " ":
            break
        parts.append(text[start : tokens[following][1]])
        if _is_broken(parts, words):
            best = len(parts)
    return best


def _is_broken(parts: list[str], words: Vocabulary) -> bool:
    joined = "".join(parts)
    if len(joined) < _SHORTEST_JOINED or min(map(len, parts)) < 2 or not (joined.isupper() or joined[1:].islower()):
        return False
    lower = [part.lower() for part in parts]
    if any(part in _GREEK_NAMES for part in lower):
        return False
    fragments = [part for part in lower if not words.ordinary(part)]
    if not fragments or not words.confirmed(joined):
        return False
    if lower[0] in FUNCTION_WORDS or lower[-1] in FUNCTION_WORDS:
        return joined.isupper() and all(not words.knows_word(part) and words.own[part] < 2 for part in fragments)
    return True
