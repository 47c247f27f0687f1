"""Other names to try where the lexicon does not know a name of the right kind: a part of it, or a word of the same stem.

Owns the rules, each general and each with its reason. Refuses to look anything up: what a try means, and whether it fits, the caller finds out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.grounding.formulas import spelled_out, without_isotope
from litkg.grounding.gene_backoff import gene_names, is_bare
from litkg.grounding.tries import Try
from litkg.lexicon.variants import without_salt

# A run of white space is tried from its beginning alone: from each of its places it would take quadratic time.
_BRACKET = re.compile(r"(?:(?<!\s)\s+)?[(\[](?![IVX]+[)\]]|\d)[^()\[\]]*[)\]]\s*")
_INDUCED = re.compile(r"-(?:induced|treated|related|associated|based|like|dependent|sensitive|resistant)$", re.IGNORECASE)
_ENDINGS = (
    ("otic", "osis"),
    ("itic", "itis"),
    ("emic", "emia"),
    ("toxic", "toxicity"),
    ("tensive", "tension"),
    ("tic", "sis"),
    ("tic", "sy"),
    ("ic", "ia"),
    ("ic", "y"),
    ("ic", ""),
    ("ive", "ion"),
    ("ed", "ion"),
    ("ous", ""),
    ("al", ""),
)
"""Endings of adjectives and those of the nouns that they come from; a try counts only where the noun is a disease's name."""
_MIN_STEM = 4
_DISEASE_NOUNS = ("disease", "syndrome", "disorder")
_HEAD_NOUN = re.compile(r" (disease|syndrome|disorder)s?$")
_EMPTY_TAIL = re.compile(r"^(?:diseases?|syndromes?|disorders?|conditions?|lesions?|cells?|factors?|proteins?|receptors?|deficienc(?:y|ies))$", re.IGNORECASE)
"""Nouns that name nothing without the words before them."""
_LEAST_OF_ACIDS = 2
"""Letters before the ending of an acid or its salt: urate."""
_ACIDS = (("ate", "ic acid"), ("ic acid", "ate"))
_MOST_WORDS = 8
_PREPOSITIONS = frozenset({"by", "for", "of", "to", "with", "in", "from"})
_MOST_OF_SEVERAL = 4
_SEVERAL = re.compile(r"/|&|,|\band\b|\bor\b")


def other_names(name: str, group: str) -> Iterator[Try]:
    """Yield the names to try for one of a group, nearest first; none is the name itself."""
    plain = _BRACKET.sub(" ", name).strip()
    if plain and plain != name and (group != "gene" or len(plain.split()[0]) > 1):
        yield Try(plain, "without brackets", "without what stands in brackets")
    if group == "gene":
        yield from gene_names(plain)
    if (bare := _INDUCED.sub("", plain)) != plain:
        yield Try(bare, "part of a compound", f"without {plain[len(bare) :]!r}")
    if group == "disease":
        yield from _disease_names(plain)
    if group == "chemical":
        yield from _chemical_names(name, plain)
    parts = [part for piece in _SEVERAL.split(plain) if (part := piece.strip())]
    if len(parts) > 1 or (parts and parts[0] != plain):
        if len(parts[0]) > 2:
            yield Try(parts[0], "first of several", f"first of several: {parts[0]!r}")
        if group == "disease":
            head = parts[-1].rpartition(" ")[2]
            for whole in (*(f"{part} {head}" for part in parts[:-1][:_MOST_OF_SEVERAL]), parts[-1]):
                yield Try(whole, "one of several", f"one of several: {whole!r}")


def last_words(name: str, group: str = "") -> Iterator[Try]:
    """Yield the ends of a name, the longest first; of a gene's no end that a preposition leads to ("induced by X"), and none without a word of its own."""
    for tail in _tails(_BRACKET.sub(" ", name).strip()):
        before = name[: max(name.find(tail.name), 0)].split()
        if group != "gene" or not ((before and before[-1].lower() in _PREPOSITIONS) or is_bare(tail.name)):
            yield tail


def _without_salt(name: str) -> Iterator[Try]:
    if bare := without_salt(name):
        yield Try(bare, "without its salt", f"without its salt: {bare!r}")


def _chemical_names(name: str, plain: str) -> Iterator[Try]:
    for substance in spelled_out(name):
        yield Try(substance, "formula", f"{name!r} is a symbol or formula of {substance}")
    if unlabelled := without_isotope(name):
        yield Try(unlabelled, "without its isotope", f"without its isotope: {unlabelled!r}")
    yield from _without_salt(plain)
    for ending, other in _ACIDS:
        for whole in (plain, *(bare.name for bare in _without_salt(plain))):
            if whole.lower().endswith(ending) and len(whole) - len(ending) >= _LEAST_OF_ACIDS:
                yield Try(whole[: -len(ending)] + other, "acid for its salt", "acid and salt are one")


def _disease_names(name: str) -> Iterator[Try]:
    lower = name.lower()
    own = _HEAD_NOUN.search(lower)
    bare = name[: own.start()] if own else name
    for noun in _DISEASE_NOUNS:
        if own is None or own[1] != noun:
            yield Try(f"{bare} {noun}", "with its head noun", f"{'for' if own else 'short for'} {bare} {noun}")
    head, _, last = lower.rpartition(" ")
    before = f"{head} " if head else ""
    for ending, noun in _ENDINGS:
        if last.endswith(ending) and len(last) - len(ending) >= _MIN_STEM:
            yield Try(before + last[: -len(ending)] + noun, "adjective", f"adjective of {before}{last[: -len(ending)]}{noun}")


def _tails(name: str) -> Iterator[Try]:
    words = name.split()
    for first in range(1, min(len(words), _MOST_WORDS)):
        tail = " ".join(words[first:])
        if len(tail) > 3 and not _EMPTY_TAIL.match(tail):
            yield Try(tail, f"{min(first, 3)} words of it left out", f"without {' '.join(words[:first])!r}")
