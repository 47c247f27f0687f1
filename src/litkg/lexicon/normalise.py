"""Turns names into match keys, so that spellings that mean the same meet in the index.

Owns the rules: Unicode, Greek, capitals, hyphens and spaces, plural, possessive, Roman numerals, British spelling. The same function
makes the keys of the index and those of running text, word by word, so that a key is always the joined words with the last one stemmed.
Refuses to know any name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "ο": "omicron",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "ς": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "ϕ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}

# British to American, on folded words of five letters and more; order matters only where one rule makes room for another.
SPELLING = (
    ("oedema", "edema"),
    ("haem", "hem"),
    ("aemi", "emi"),
    ("tumour", "tumor"),
    ("oestr", "estr"),
    ("oesoph", "esoph"),
    ("paediat", "pediat"),
    ("anaesth", "anesth"),
    ("leucocyt", "leukocyt"),
    ("rrhoea", "rrhea"),
    ("pnoea", "pnea"),
    ("foet", "fet"),
    ("coelia", "celia"),
    ("caec", "cec"),
    ("faec", "fec"),
    ("gynaec", "gynec"),
    ("aetiol", "etiol"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("sulph", "sulf"),
    ("fibre", "fiber"),
    ("homoeo", "homeo"),
    ("aluminium", "aluminum"),
    ("ageing", "aging"),
    ("caesar", "cesar"),
    ("oncogaen", "oncogen"),
    ("hyaen", "hyen"),
    ("menorrhoe", "menorrhe"),
    ("orthopaed", "orthoped"),
    ("synaesth", "synesth"),
    ("dyskinaes", "dyskines"),
    ("paed", "ped"),
    ("phaeochrom", "pheochrom"),
    ("aesthes", "esthes"),
    ("kinaes", "kines"),
    ("goitre", "goiter"),
    ("leuco", "leuko"),
    ("naev", "nev"),
    ("palaeo", "paleo"),
    ("isation", "ization"),
    ("odour", "odor"),
    ("humour", "humor"),
    ("labour", "labor"),
    ("vapour", "vapor"),
    ("centre", "center"),
    ("titre", "titer"),
    ("neurone", "neuron"),
    ("mould", "mold"),
)
_BRITISH = re.compile("|".join(british for british, _ in SPELLING))
ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
    "x": "10", "xi": "11", "xii": "12", "xiii": "13",
}  # fmt: skip
NUMBERED = frozenset({"type", "factor", "class", "grade", "stage", "phase", "group", "complex", "collagen", "angiotensin", "antithrombin", "interleukin", "il"})
_WORD = re.compile(r"[^\W_]+")
_SYMBOL_CHARS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
"""What ends a symbol, so that an "s" after it is a plural: SSRIs, 1980s."""
APOSTROPHES = "'’ʼ`´′"


class Piece(NamedTuple):
    """A word of a text: its offsets, its folded form, and how many characters of that form are its stem."""

    start: int
    end: int
    key: str
    stem: int


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return `word` without case, accents, Greek and British spelling.

    >>> fold("Tumour"), fold("TNFα"), fold("Sjögren")
    ('tumor', 'tnfalpha', 'sjogren')
    """
    if word.isascii():
        key = word.lower()
    else:
        compatible = unicodedata.normalize("NFKC", word).casefold()
        key = "".join(GREEK.get(char, char) for char in compatible)
        key = "".join(char for char in unicodedata.normalize("NFKD", key) if not unicodedata.combining(char))
        key = "".join(GREEK.get(char, char) for char in key if char.isalnum())
    if len(key) >= 5 and _BRITISH.search(key):
        for british, american in SPELLING:
            key = key.replace(british, american)
    return key


def stem_length(word: str, key: str) -> int:
    """Return how many characters of the folded form are shared by singular and plural.

    >>> stem_length("Allergies", "allergies"), stem_length("allergy", "allergy"), stem_length("AIDS", "aids"), stem_length("SSRIs", "ssris")
    (6, 6, 4, 4)
    """
    size = len(key)
    if size >= 2 and word[-1] == "s" and word[-2:-1] in _SYMBOL_CHARS:
        return size - 1
    if size < 5:
        return size
    if not key.endswith(("s", "y", "e")) or not key.isascii() or (size <= 6 and word.isupper()):
        return size
    if key.endswith("ies") and size >= 7:
        return size - 3
    if key.endswith("y"):
        return size if key[-2] in "aeiou" or not key.isalpha() else size - 1
    if key.endswith(("sis", "ses", "ches", "shes", "xes")) and size >= 6:
        return size - 2
    if key.endswith(("se", "che")) and size >= 6:
        return size - 1
    if key.endswith("s") and not key.endswith(("ss", "us", "is")):
        return size - 1
    return size


def split_words(text: str, *, previous: str = "") -> tuple[Piece, ...]:
    """Return the words of `text` in order. A possessive "s" is no word; a Roman numeral after a word such as "type" is a number.

    `previous` is the folded word that stands before the text.
    """
    pieces: list[Piece] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        if word in ("s", "S") and start and text[start - 1] in APOSTROPHES:
            continue
        key = fold(word)
        if not key:
            continue
        if previous in NUMBERED and key in ROMAN and word.isupper():
            key = ROMAN[key]
        pieces.append(Piece(start, end, key, stem_length(word, key)))
        previous = key
    return tuple(pieces)


def folded_words(text: str) -> list[str]:
    """Return the folded forms of the words of `text` in order, as `split_words` has them, faster.

    >>> folded_words("Crohn’s type II tumours")
    ['crohn', 'type', '2', 'tumors']
    """
    words = _WORD.findall(text)
    keys = list(map(fold, words))
    return [piece.key for piece in split_words(text)] if _needs_reading(words, keys) else keys


def match_key(name: str) -> str:
    """Return the key of a name: its folded words joined, the last one stemmed; empty where it has no letter or digit.

    >>> match_key("IL-1 RN") == match_key("il1rn")
    True
    >>> match_key("Crohn’s diseases") == match_key("Crohn disease")
    True
    >>> match_key("Factor VIII"), match_key("interferon-γ")
    ('factor8', 'interferongamma')
    """
    key, stem = _key_and_stem(name)
    return key[:stem]


def full_key(name: str) -> str:
    """Return the folded words of a name joined, the last one as it stands.

    >>> full_key("IL-1 receptors")
    'il1receptors'
    """
    return _key_and_stem(name)[0]


@lru_cache(maxsize=100_000)
def _key_and_stem(name: str) -> tuple[str, int]:
    """Return the full key of a name and how many characters of it are the match key."""
    words = _WORD.findall(name)
    if not words:
        return "", 0
    keys = list(map(fold, words))
    if _needs_reading(words, keys):
        pieces = split_words(name)
        key = "".join([piece.key for piece in pieces])
        return key, len(key) - len(pieces[-1].key) + pieces[-1].stem if pieces else 0
    key = "".join(keys)
    return key, len(key) - len(keys[-1]) + stem_length(words[-1], keys[-1])


def _needs_reading(words: list[str], keys: list[str]) -> bool:
    """Tell whether there may be a possessive, a word of nothing or a Roman numeral among some words, which then are read one by one."""
    return "s" in words or "S" in words or "" in keys or not NUMBERED.isdisjoint(keys)


def case_key(name: str) -> str:
    """Return the letters and digits of a name with their capitals, Greek spelled out: what an exact-case match compares.

    >>> case_key("TNF-α") == case_key("TNFalpha")
    True
    """
    if name.isascii():
        return name if name.isalnum() else "".join(_WORD.findall(name))
    return "".join(GREEK.get(char, char) for char in unicodedata.normalize("NFKC", name) if char.isalnum())


def head(word: str) -> str:
    """Return the stem of the first run of letters, digits or Greek of a word: what the finder asks for before it tries a word.

    >>> head("IL6"), head("TNFα"), head("5-HT"), head("α-synuclein"), head("fevers")
    ('il', 'tnf', '5', 'alpha', 'fever')
    """
    match = _HEAD.search(word)
    if not match:
        return ""
    key = fold(match.group())
    return key[: stem_length(match.group(), key)]


_HEAD = re.compile(r"[0-9]+|[Α-ωϕ]|(?:(?![Α-ωϕ])[^\W\d_])+")


def inverted(name: str) -> str | None:
    """Return "Rheumatoid Arthritis" for "Arthritis, Rheumatoid"; None for a name without just one comma and a space.

    >>> inverted("Arthritis, Rheumatoid"), inverted("1,2-dibromoethane")
    ('Rheumatoid Arthritis', None)
    """
    first, comma, second = name.partition(", ")
    if not comma or "," in first or "," in second or not first or not second:
        return None
    return f"{second} {first}"


def greek_letter_variant(name: str) -> str | None:
    """Return "TNF-a" for "TNF-alpha", "b-catenin" for "β-catenin": the way that typewriters wrote Greek; None for other names.

    >>> greek_letter_variant("TNF-α"), greek_letter_variant("IL-1beta"), greek_letter_variant("interleukin-1 alpha")
    ('TNF-a', 'IL-1b', None)
    """
    if match := _GREEK_ENDING.match(name):
        return match.group(1) + _LATIN[match.group(2).lower()]
    if match := _GREEK_OPENING.match(name):
        return _LATIN[match.group(1).lower()] + match.group(2)
    return None


_GREEK_OPENING = re.compile(r"^(alpha|beta|gamma|α|β|γ)(-[a-z]{5,}[\w -]*)$")
_GREEK_ENDING = re.compile(r"^([A-Z]{2,5}(?:-?\d{1,2})?-?)(alpha|beta|gamma|α|β|γ)$")
_LATIN = {"alpha": "a", "α": "a", "beta": "b", "β": "b", "gamma": "g", "γ": "g"}
