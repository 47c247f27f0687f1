"""Finds the words of a text that say of which organism it speaks: organisms, people, strains, cells, and work done with some more than others.

Owns the reading of `graph/lexicon/species.tsv`. Refuses to say whose a gene is.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from litkg.datafiles import data_path

_TOOL = re.compile(
    r"[\s-]*(?:(?:two|2|one|three)[\s-]*hybrid|artificial|monoclonal|polyclonal|anti|serum|sera|IgG|reticulocyte|expression library)", re.IGNORECASE
)
"""What makes an organism a tool: yeast two-hybrid, mouse monoclonal antibody."""


class WordKind(StrEnum):
    """How a word speaks of an organism: its name; people or a strain; cells of it; or, a hint, of work that is done with it more than with others."""

    NAME = "name"
    SAMPLE = "sample"
    CELLS = "cells"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OrganismWord:
    """A word `[start, end)` of a text that speaks of the organism with an NCBI taxon number; `name` is the table's: the organism's, of a hint the topic's."""

    start: int
    end: int
    taxon: int
    kind: WordKind
    name: str


def find_organisms(text: str) -> tuple[OrganismWord, ...]:
    """Return the organism words of a text, the longest at each place, in order."""
    pattern, rows = _table()
    found = []
    for match in pattern.finditer(text):
        taxon, kind, name = rows[_word_key(match.group())]
        if not _TOOL.match(text, match.end()):
            found.append(OrganismWord(start=match.start(), end=match.end(), taxon=taxon, kind=kind, name=name))
    return tuple(found)


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[str, tuple[int, WordKind, str]]]:
    with data_path("graph/lexicon/species.tsv").open(encoding="utf-8", newline="") as handle:
        rows = [(row["words"].split("|"), (int(row["taxon"]), WordKind(row["kind"]), row["name"])) for row in csv.DictReader(handle, delimiter="\t")]
    words = sorted((word for words, _ in rows for word in words), key=lambda word: (-len(word), word))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(_written, words))})(?!\w)")
    return pattern, {_word_key(word): meaning for words, meaning in rows for word in words}


def _written(word: str) -> str:
    """Return the pattern of a word: plain words with either first letter, names with their own capitals; a hyphen may be a dash."""
    escaped = re.escape(word).replace(r"\ ", r"\s+").replace(r"\-", "[-‐‑–]")
    return f"[{word[0].upper()}{word[0]}]{escaped[1:]}" if word[0].islower() else escaped


def _word_key(word: str) -> str:
    return re.sub("[‐‑–]", "-", " ".join(word.split())).lower()
