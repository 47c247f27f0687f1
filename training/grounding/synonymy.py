"""Counts, in the names that a lexicon has for diseases, which words stand for each other and which a name may lose without another meaning.

    .venv/bin/python -m training.grounding.synonymy

Writes `synonymy.tsv` into the package. Two names that differ in one word are names of one concept or of two: "chronic X" and "X" seldom are one, "X type 2"
and "X 2" nearly always. No annotated text has a part in it. The same lexicon gives the same bytes.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from litkg.grounding.words import name_stems
from litkg.lexicon.lookup import Lexicon
from litkg.model import GROUPS
from litkg.settings import settings_from_environment

TABLE = Path(__file__).resolve().parents[2] / "src" / "litkg" / "grounding" / "synonymy.tsv"
HEAD = (
    "# Pairs of diseases' names in the lexicon that differ in a word alone (the second column is empty) or in one word for another: how many are names of one\n"
    "# concept, and how many of two. Words are stems (words.py). Made by training/grounding; sources in NOTICE.\n"
)
_MOST_WORDS = 10
_LEAST_LOST = 3
_LEAST_PAIRS = 2
Words = frozenset[str]
Found = Counter[tuple[str, str]]


def main() -> None:
    with Lexicon.open(settings_from_environment(os.environ).lexicon_path) as lexicon:
        categories = frozenset(category for category, group in GROUPS.items() if group == "disease")
        names = concepts_of((concept, name) for _, concept, name in lexicon.names(categories))
    TABLE.write_text(HEAD + "".join(table(names)), encoding="utf-8")


def concepts_of(names: Iterable[tuple[int, str]]) -> dict[Words, set[int]]:
    """Return the concepts of names by their words."""
    found: dict[Words, set[int]] = defaultdict(set)
    for concept, name in names:
        words = frozenset(name_stems(name))
        if 0 < len(words) <= _MOST_WORDS:
            found[words].add(concept)
    return found


def table(names: Mapping[Words, set[int]]) -> Iterator[str]:
    """Yield the lines of the table, sorted: words with three pairs of names and more, and pairs of words with two pairs of names of one concept and more."""
    for same, parted, least in ((*count_lost(names), _LEAST_LOST), (*count_pairs(names), 0)):
        yield from (f"{key[0]}\t{key[1]}\t{same[key]}\t{parted[key]}\n" for key in sorted({*same, *parted}) if same[key] + parted[key] >= least)


def count_lost(names: Mapping[Words, set[int]]) -> tuple[Found, Found]:
    """Return for each word in how many pairs of names that differ in it alone the two have a concept in common, and in how many they have none."""
    same, parted = Found(), Found()
    for words, concepts in names.items():
        for word in words:
            if shorter := names.get(words - {word}):
                (parted if concepts.isdisjoint(shorter) else same)[word, ""] += 1
    return same, parted


def count_pairs(names: Mapping[Words, set[int]]) -> tuple[Found, Found]:
    """Return the same for pairs of words, one in the place of the other, that two pairs of names of one concept have and more."""
    places: dict[Words, dict[str, set[int]]] = defaultdict(dict)
    for words, concepts in names.items():
        for word in words:
            places[words - {word}][word] = concepts
    held = Found()
    for fillers in places.values():
        of_concept: dict[int, list[str]] = defaultdict(list)
        for word, concepts in fillers.items():
            for concept in concepts:
                of_concept[concept].append(word)
        held.update({pair for found in of_concept.values() for pair in combinations(sorted(found), 2)})
    same = Found({pair: number for pair, number in held.items() if number >= _LEAST_PAIRS})
    others: dict[str, list[str]] = defaultdict(list)
    for first, second in same:
        others[first].append(second)
    parted = Found()
    for fillers in places.values():
        for word, concepts in fillers.items() if len(fillers) > 1 else ():
            parted.update((word, other) for other in others.get(word, ()) if other in fillers and concepts.isdisjoint(fillers[other]))
    return same, parted


if __name__ == "__main__":
    main()
