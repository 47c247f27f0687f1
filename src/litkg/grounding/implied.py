"""Short forms that a document uses and does not define: the names that stand beside them in it and whose letters they are.

Owns what letters fit; refuses to decide for a name, which ranking does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_MOST_LETTERS = 6
_LETTERS = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"(?<=[A-Z])s$")


@lru_cache(maxsize=100_000)
def is_short_form(text: str) -> bool:
    """Tell whether a text looks like a short form: a capital at least, no space, six characters at most.

    >>> [is_short_form(text) for text in ("ALF", "BZDs", "Li", "P", "pain", "acute failure")]
    [True, True, True, True, False, False]
    """
    return 0 < len(text) <= _MOST_LETTERS and not any(char.isspace() for char in text) and any(char.isupper() for char in text)


def has_initials(short: str, name: str) -> bool:
    """Tell whether the letters of a short form are the first of the name's words.

    >>> has_initials("ALF", "acute liver failure"), has_initials("BZDs", "benzodiazepines")
    (True, False)
    """
    letters = _letters(short)
    return len(letters) > 1 and "".join(word[0] for word in _WORD.findall(name.lower())) == letters


def implied_names(short: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of a document's names that a short form may be short for, each once, in order: it has their first letter, its letters run through them in
    order, and they are more than twice as long.

    >>> implied_names("BZDs", ["benzodiazepines", "diazepam", "Benzodiazepines"]), implied_names("Li", ["lithium", "lime"])
    (('benzodiazepines',), ('lithium',))
    """
    letters = _letters(short)
    if not letters:
        return ()
    found: dict[str, str] = {}
    for name in names:
        known = _all_letters(name)
        if len(known) > max(2 * len(letters), 4) and known[0] == letters[0] and _runs_through(letters, known):
            found.setdefault(known.removesuffix("s"), name)
    return tuple(found.values())


@lru_cache(maxsize=100_000)
def _all_letters(name: str) -> str:
    return "".join(_LETTERS.findall(name.lower()))


@lru_cache(maxsize=100_000)
def _letters(short: str) -> str:
    return "".join(_LETTERS.findall(_PLURAL.sub("", short))).lower()


def _runs_through(letters: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in letters)
