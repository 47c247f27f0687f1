"""Tells of which species a named gene is: human, unless its own spelling, the sentence or the document says otherwise.

Owns the table of organism words (`graph/lexicon/species.tsv`) and the rules. Refuses to name the ortholog: a mention keeps the human gene as its concept and
says by its taxon that the text speaks of another species' gene.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from litkg.datafiles import data_path
from litkg.model import HUMAN_TAXON

MOUSE = 10090
RAT = 10116
ZEBRAFISH = 7955
FLY = 7227
WORM = 6239
YEAST = 4932
_RODENTS = (MOUSE, RAT)
_HOSTS = frozenset({562, 10029})
"""Organisms in which genes of others are expressed: named beside a gene, they say little of it."""
_TITLE_WEIGHT = 3
"""The title counts as three sentences: it names the organism of the study."""
_NEAR_CHARS = 40
"""So far before a gene an organism is read as its own: "the mouse homologue of X"."""
_PREFIX = re.compile(r"^(?:r|rec)?(h|hu|m|mu|r)-?(?=[A-Z][A-Za-z]*[-\d]|[A-Z]{3,})")
_PREFIX_TAXON = {"h": HUMAN_TAXON, "hu": HUMAN_TAXON, "m": MOUSE, "mu": MOUSE, "r": RAT}
_RODENT_SYMBOL = re.compile(r"^[A-Z][a-z]{1,5}-?\d{1,2}[a-z]?\d?$")
_LOWER_SYMBOL = re.compile(r"^[a-z]{2,5}-?\d{1,2}[a-z]?$")
_CAPITAL_SYMBOL = re.compile(r"^(?=.*[A-Z]{2})[A-Z0-9][A-Z0-9-]*$")
_TOOL = re.compile(
    r"[\s-]*(?:(?:two|2|one|three)[\s-]*hybrid|artificial|monoclonal|polyclonal|anti|serum|sera|IgG|reticulocyte|expression library)", re.IGNORECASE
)
"""What makes an organism a tool: yeast two-hybrid, mouse monoclonal antibody."""
_SENTENCE_END = re.compile(r"[.?!]\s+(?=[A-Z\d])|\n+")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OrganismWord:
    """A word `[start, end)` of a text that names the organism with an NCBI taxon number."""

    start: int
    end: int
    taxon: int


def find_organisms(text: str) -> tuple[OrganismWord, ...]:
    """Return the organism words of a text, the longest at each place, in order."""
    pattern, taxa = _table()
    return tuple(
        OrganismWord(start=match.start(), end=match.end(), taxon=taxa[_word_key(match.group())])
        for match in pattern.finditer(text)
        if not _TOOL.match(text, match.end())
    )


def species_of_genes(text: str, genes: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Return the NCBI taxon of each gene with half-open offsets in `text`, in the order given.

    The first that says something decides: a prefix of the symbol (hIL-6, mTNF), an organism just before the gene or inside its name, the organism of the
    sentence where it names one only, the way that the symbol is written where the document speaks of such a species (Il6 in mice), the organism that most
    sentences of the document name. Human where nothing does.
    """
    organisms = find_organisms(text)
    starts = _sentence_starts(text)
    by_sentence: dict[int, list[OrganismWord]] = {}
    for word in organisms:
        by_sentence.setdefault(bisect_right(starts, word.start) - 1, []).append(word)
    votes = _document_votes(by_sentence)
    return tuple(_species(text, start, end, by_sentence.get(bisect_right(starts, start) - 1, []), votes) for start, end in genes)


def _species(text: str, start: int, end: int, near: Sequence[OrganismWord], votes: Counter[int]) -> int:
    name = text[start:end]
    if (prefix := _PREFIX.match(name)) and ((taxon := _PREFIX_TAXON[prefix[1]]) == HUMAN_TAXON or taxon in votes):
        return taxon
    before = [word for word in near if word.start < end and word.end > start - _NEAR_CHARS and _own(text, word, start)]
    if before:
        return before[-1].taxon
    if _RODENT_SYMBOL.match(name) and (rodents := [taxon for taxon in _RODENTS if votes[taxon]]):
        return max(rodents, key=lambda taxon: votes[taxon])
    if _LOWER_SYMBOL.match(name) and (small := [taxon for taxon in (ZEBRAFISH, FLY, WORM, YEAST) if votes[taxon]]):
        return max(small, key=lambda taxon: votes[taxon])
    if votes[HUMAN_TAXON] and _CAPITAL_SYMBOL.match(name):
        return HUMAN_TAXON
    named = {word.taxon for word in near if word.taxon not in _HOSTS}
    if len(named) == 1:
        return named.pop()
    return min(votes, key=lambda taxon: (-votes[taxon], taxon != HUMAN_TAXON, taxon)) if votes else HUMAN_TAXON


def _own(text: str, word: OrganismWord, start: int) -> bool:
    """Tell whether an organism word stands at a gene or so near before it that only words such as "homologue of the" are between."""
    return (
        word.start >= start
        or re.fullmatch(r"[\s-]*(?:(?:homologu?e|ortholog(?:ue)?|counterpart|gene|protein|recombinant|of|the)[\s-]+)*", text[word.end : start]) is not None
    )


def _document_votes(by_sentence: dict[int, list[OrganismWord]]) -> Counter[int]:
    votes: Counter[int] = Counter()
    for sentence, words in by_sentence.items():
        for taxon in {word.taxon for word in words} - _HOSTS:
            votes[taxon] += _TITLE_WEIGHT if sentence == 0 else 1
    return votes


def _sentence_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[str, int]]:
    with data_path("graph/lexicon/species.tsv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    taxa = {_word_key(word): int(row["taxon"]) for row in rows for word in row["words"].split("|")}
    words = sorted((word for row in rows for word in row["words"].split("|")), key=lambda word: (-len(word), word))
    alternatives = "|".join(_written(word) for word in words)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?!\w)"), taxa


def _written(word: str) -> str:
    """Return the pattern of a word: plain words with either first letter, names with their own capitals."""
    escaped = re.escape(word).replace(r"\ ", r"\s+")
    return f"[{word[0].upper()}{word[0]}]{escaped[1:]}" if word[0].islower() else escaped


def _word_key(word: str) -> str:
    return " ".join(word.split()).lower()
