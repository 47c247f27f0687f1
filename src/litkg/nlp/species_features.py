"""What says of which organism a gene is: named features of a gene and of the document it stands in, for each organism that it may be of.

Owns the features; their weights are learned (`species.toml`, made by `training/species`), and `species.py` chooses.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from litkg.model import HUMAN_TAXON
from litkg.nlp.organisms import OrganismWord, WordKind, find_organisms

MOUSE = 10090
RAT = 10116
ZEBRAFISH = 7955
FLY = 7227
WORM = 6239
YEAST = 4932
_GROUPS: Mapping[int, str] = {
    HUMAN_TAXON: "human",
    MOUSE: "mouse",
    RAT: "rat",
    ZEBRAFISH: "fish",
    FLY: "fly",
    YEAST: "yeast",
    562: "host",
    10029: "host",
    9544: "host",
}
"""Organisms that features are learned for apart; all others are one group. In hosts genes of others are expressed."""
_PREFIX = re.compile(
    r"^(?:(?:r|rec)?(h|hu|m|mu|r)-?(?=[A-Z][A-Za-z]*[-\d]|[A-Z]{3,}|[A-Z][a-z]+\b)|(Hs|Mm|Rn|Dm|Ce|At|Sc|Sp|Xl|d|z|zf|x|X)(?=[A-Z][A-Za-z]+-?\d?))"
)
_PREFIX_TAXA: Mapping[str, frozenset[int]] = {
    **dict.fromkeys(("h", "hu", "Hs"), frozenset({HUMAN_TAXON})),
    **dict.fromkeys(("m", "mu", "Mm"), frozenset({MOUSE})),
    **dict.fromkeys(("r", "Rn"), frozenset({RAT})),
    **dict.fromkeys(("d", "Dm"), frozenset({FLY})),
    **dict.fromkeys(("z", "zf"), frozenset({ZEBRAFISH})),
    **dict.fromkeys(("x", "X", "Xl"), frozenset({8355, 8364})),
    "Ce": frozenset({WORM}),
    "At": frozenset({3702}),
    "Sc": frozenset({YEAST}),
    "Sp": frozenset({4896}),
}
_NEAR_CHARS = 40
"""So far from a gene an organism may stand to be read as its own: "the mouse homologue of X"."""
_JUST_BEFORE = re.compile(r"[\s-]*(?:(?:homologu?e|ortholog(?:ue)?|counterpart|genes?|protein|recombinant|of|the)[\s-]+)*")
_WORDS_BEFORE = re.compile(r"[\s-]*(?:[\w-]+[\s-]+){1,3}")
_JUST_AFTER = re.compile(r"\s*(?:(?:genes?|proteins?|mRNA|homologu?es?|orthologs?)\s+)?(?:of|from|in)\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_ONE_CAPITAL = re.compile(r"[A-Z][a-z]{1,6}-?\d{0,2}[a-z]?\d?")
_LOWER_CASE = re.compile(r"[a-z]{2,5}-?\d{0,2}[a-z]?")
_CAPITALS = re.compile(r"(?=.*[A-Z]{2})[A-Z0-9][A-Z0-9-]*")
_SENTENCE_END = re.compile(r"[.?!]\s+(?=[A-Z\d])|\n+")
_KINDS = ((WordKind.NAME, "name"), (WordKind.SAMPLE, "people or strain"), (WordKind.CELLS, "cells"))

Feature = tuple[str, float]


def spelling(name: str) -> str:
    """Return how a symbol is written: in capitals, as man's; with one capital, as rodents' and flies'; in lower case, as fish's. Empty for other names.

    >>> spelling("IL6"), spelling("Il6"), spelling("il6"), spelling("Insulin")
    ('capitals', 'one capital', 'lower case', '')
    """
    if _CAPITALS.fullmatch(name):
        return "capitals"
    if len(name) <= 4 or any(char.isdigit() for char in name):
        if _ONE_CAPITAL.fullmatch(name):
            return "one capital"
        if _LOWER_CASE.fullmatch(name):
            return "lower case"
    return ""


class SpeciesFeatures:
    """The genes of a text, as half-open offsets, and the features of each organism for each. `taxa` are those that a gene may be of, sorted: man, all that
    the text speaks of, and mouse where a symbol is written as mice's are."""

    def __init__(self, text: str, genes: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._genes = genes
        self._starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
        words = find_organisms(text)
        self._hints = sorted({word.name for word in words if word.kind is WordKind.HINT})
        self._words = [word for word in words if word.kind is not WordKind.HINT]
        self._places = [word.start for word in self._words]
        self._by_sentence: dict[int, list[OrganismWord]] = defaultdict(list)
        for word in self._words:
            self._by_sentence[self._sentence(word.start)].append(word)
        self._naming = Counter(taxon for words in self._by_sentence.values() for taxon in {word.taxon for word in words if word.kind is not WordKind.CELLS})
        self._cells = Counter(word.taxon for word in self._words if word.kind is WordKind.CELLS)
        self._spellings = Counter(kind for start, end in genes if (kind := spelling(text[start:end])))
        self._own = [self._own_organisms(start, end) for start, end in genes]
        self._own_of_name: dict[str, Counter[int]] = defaultdict(Counter)
        for (start, end), own in zip(genes, self._own, strict=True):
            self._own_of_name[text[start:end].lower()].update(taxon for way, taxon in own.items() if way != "words before")
        self.taxa = sorted({HUMAN_TAXON, *([MOUSE] if self._spellings["one capital"] else []), *(word.taxon for word in self._words)})

    def taxa_of(self, index: int) -> Sequence[int]:
        """Return the organisms that a gene may be of: man alone where a prefix says so (hIL-6)."""
        start, end = self._genes[index]
        human = [HUMAN_TAXON]
        return human if self._prefixed(self._text[start:end]) == frozenset(human) else self.taxa

    def of_document(self, taxon: int) -> Iterator[Feature]:
        """Yield what the document says for all its genes alike."""
        group = _GROUPS.get(taxon, "other")
        naming, cells = self._naming[taxon], self._cells[taxon]
        yield f"{group}: {'named' if naming else 'cells alone' if cells else 'not named'}", 1.0
        if whole := self._naming.total():
            yield f"{group}: share of the sentences that name one", naming / whole
            if naming == whole:
                yield f"{group}: no other named", 1.0
        yield "sentences that name it (log)", math.log1p(naming)
        yield "cells of it (log)", math.log1p(cells)
        if any(word.taxon == taxon for word in self._by_sentence.get(0, ())):
            yield "title names it", 1.0
        if symbols := self._spellings.total():
            for kind in ("one capital", "lower case"):
                if self._spellings[kind]:
                    yield f"{group}: share of symbols in {kind}", self._spellings[kind] / symbols
        if taxon == HUMAN_TAXON:
            for hint in self._hints:
                yield f"human: text on {hint}", 1.0

    def of_gene(self, index: int, taxon: int) -> Iterator[Feature]:
        """Yield what the gene's name and the words around it say."""
        start, end = self._genes[index]
        name = self._text[start:end]
        if taxon in self._prefixed(name):
            yield "its prefix", 1.0
        own = self._own[index]
        for way, organism in own.items():
            if organism == taxon:
                yield f"named {way}", 1.0
        if not own and (elsewhere := self._own_of_name.get(name.lower())):
            yield "named just before or after elsewhere", elsewhere[taxon] / elsewhere.total()
        if kind := spelling(name):
            yield f"{_GROUPS.get(taxon, 'other')}: {kind}", 1.0
        near = self._by_sentence.get(self._sentence(start), ())
        for word_kind, label in _KINDS:
            named = {word.taxon for word in near if word.kind is word_kind}
            if taxon in named:
                yield f"sentence names it ({label})", 1.0
                if len(named) == 1:
                    yield f"sentence names it alone ({label})", 1.0
        place = bisect_left(self._places, start)
        if place and self._words[place - 1].taxon == taxon:
            yield "last named before", 1.0
        if place < len(self._words) and self._words[place].taxon == taxon:
            yield "first named after", 1.0

    def _prefixed(self, name: str) -> frozenset[int]:
        """Return the organisms that a prefix stands for: hIL-6; one that few use counts where such an organism is named."""
        prefix = _PREFIX.match(name)
        if not prefix:
            return frozenset()
        said = _PREFIX_TAXA[prefix[1] or prefix[2]]
        return said if prefix[1] or not said.isdisjoint(self._naming) else frozenset()

    def _own_organisms(self, start: int, end: int) -> dict[str, int]:
        """Return the organisms that are read as a gene's own, by where they stand: the nearest before it or inside it, and one after it ("X of mice")."""
        found: dict[str, int] = {}
        for word in self._words[bisect_left(self._places, start - 2 * _NEAR_CHARS) : bisect_left(self._places, end)]:
            if word.start >= start or (start - _NEAR_CHARS < word.end <= start and _JUST_BEFORE.fullmatch(self._text, word.end, start)):
                found["just before"] = word.taxon
            elif start - _NEAR_CHARS < word.end <= start and word.kind is WordKind.NAME and _WORDS_BEFORE.fullmatch(self._text, word.end, start):
                found["words before"] = word.taxon
        after = bisect_left(self._places, end)
        if after < len(self._words):
            word = self._words[after]
            named = word.kind is WordKind.NAME and _GROUPS.get(word.taxon) != "host"
            if named and word.start - end < _NEAR_CHARS and _JUST_AFTER.fullmatch(self._text, end, word.start):
                found["just after"] = word.taxon
        return found

    def _sentence(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1
