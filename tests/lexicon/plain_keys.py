"""The rules of match keys, written down plainly: what `litkg.lexicon.normalise` must give however fast it is. Slow, and for tests alone."""

from __future__ import annotations

import re
import unicodedata

from litkg.lexicon.normalise import APOSTROPHES, GREEK, NUMBERED, ROMAN, SPELLING


def plain_fold(word: str) -> str:
    """Return a word without case, accents, Greek and British spelling."""
    key = unicodedata.normalize("NFKC", word).casefold() if not word.isascii() else word.lower()
    if not word.isascii():
        key = "".join(GREEK.get(char, char) for char in key)
        key = "".join(char for char in unicodedata.normalize("NFKD", key) if not unicodedata.combining(char))
        key = "".join(GREEK.get(char, char) for char in key if char.isalnum())
    if len(key) >= 5:
        for british, american in SPELLING if any(british in key for british, _ in SPELLING) else ():
            key = key.replace(british, american)
    return key


def plain_words(name: str) -> list[tuple[str, str]]:
    """Return the words of a name, each as it stands and folded: no possessive "s", and numbers for Roman numerals after words such as "type"."""
    words: list[tuple[str, str]] = []
    for match in re.finditer(r"[^\W_]+", name):
        word = match.group()
        if word.lower() == "s" and word.isascii() and name[: match.start()].endswith(tuple(APOSTROPHES)):
            continue
        key = plain_fold(word)
        if words and words[-1][1] in NUMBERED and word.isupper():
            key = ROMAN.get(key, key)
        if key:
            words.append((word, key))
    return words


def plain_stem(word: str, key: str) -> str:
    """Return what singular and plural of a folded word share."""
    if len(key) >= 2 and re.search(r"[A-Z0-9]s$", word):
        return key[:-1]
    if len(key) < 5 or not key.isascii() or (len(key) <= 6 and word.isupper()):
        return key
    for pattern, least, cut in (
        (r"ies$", 7, 3),
        (r"[aeiou]y$", 5, 0),
        (r"y$", 5, 1 if key.isalpha() else 0),
        (r"(?:sis|ses|ches|shes|xes)$", 6, 2),
        (r"(?:se|che)$", 6, 1),
        (r"(?:ss|us|is)$", 5, 0),
        (r"s$", 5, 1),
    ):
        if len(key) >= least and re.search(pattern, key):
            return key[: len(key) - cut]
    return key


def plain_full_key(name: str) -> str:
    """Return the folded words of a name, joined."""
    return "".join(key for _, key in plain_words(name))


def plain_match_key(name: str) -> str:
    """Return the folded words of a name, joined, the last one stemmed."""
    words = plain_words(name)
    return "".join(key for _, key in words[:-1]) + plain_stem(*words[-1]) if words else ""


def plain_case_key(name: str) -> str:
    """Return the letters and digits of a name, Greek spelled out."""
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return "".join(GREEK.get(char, char) for char in text if char.isalnum())
