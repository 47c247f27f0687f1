"""Marks on tokens that say in names of which classes they stand: the features that the NER model reads beside the words.

Owns the classes and the layout of a mark; which names there are, `Lexicon` knows. Unlike `Lexicon.find`, a token may bear marks of several classes,
and names that the text spells with other capitals are marked too, apart: the model weighs them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from litkg.lexicon.finding import WordReader
from litkg.model import Category

CLASSES: tuple[tuple[str, frozenset[Category]], ...] = (
    ("chemical", frozenset({Category.CHEMICAL})),
    ("drug", frozenset({Category.DRUG})),
    ("gene", frozenset({Category.GENE})),
    ("cytokine", frozenset({Category.CYTOKINE})),
    ("disease", frozenset({Category.DISEASE})),
    ("phenotype", frozenset({Category.PHENOTYPE, Category.ADVERSE_EVENT})),
    ("cell_type", frozenset({Category.CELL_TYPE})),
    ("process", frozenset({Category.BIOLOGICAL_PROCESS})),
    ("organism", frozenset({Category.ORGANISM})),
)
POSITIONS = 4
"""Begin, inside, end, single: where a token stands in the name."""
WIDTH = len(CLASSES) * 2 * POSITIONS
"""Columns of `Gazetteer.marks`: class by class, first for names that the text may mean as it writes them, then for those it spells with other capitals."""

Classes = Callable[[str, str], tuple[frozenset[Category], frozenset[Category]]]


class Gazetteer:
    """Marks tokens. `classes(key, surface)` returns the categories that the words may mean, and those that they may mean but for capitals and spaces."""

    def __init__(self, *, words: WordReader, classes: Classes) -> None:
        self._words = words
        self._columns = lru_cache(maxsize=200_000)(lambda key, surface: _columns(*classes(key, surface)))

    def marks(self, text: str, token_spans: Sequence[tuple[int, int]]) -> npt.NDArray[np.uint8]:
        """Return an array of shape (tokens, WIDTH) of 0 and 1: for each class the longest names from the left, on token borders as far as there are any."""
        found = np.zeros((len(token_spans), WIDTH), dtype=np.uint8)
        reading = self._words.read(text, token_spans)
        starts, ends, owners = reading.starts, reading.ends, reading.owners
        busy = [-1] * (len(CLASSES) * 2)
        for index, may_start in enumerate(reading.may_start):
            if not may_start:
                continue
            for name, end_index in self._words.names_at(reading, index):
                for column in self._columns(name, text[starts[index] : ends[end_index]]):
                    if busy[column] < index:
                        busy[column] = end_index
                        _mark(found, owners[index], owners[end_index], column * POSITIONS)
        return found


def _mark(found: npt.NDArray[np.uint8], first: int, last: int, column: int) -> None:
    if first == last:
        found[first, column + 3] = 1
        return
    found[first, column] = 1
    found[first + 1 : last, column + 1] = 1
    found[last, column + 2] = 1


def _columns(exact: frozenset[Category], loose: frozenset[Category]) -> tuple[int, ...]:
    """Return the class columns (in units of POSITIONS) that the categories set."""
    found = [2 * index for index, (_, categories) in enumerate(CLASSES) if categories & exact]
    found += [2 * index + 1 for index, (_, categories) in enumerate(CLASSES) if categories & loose and not categories & exact]
    return tuple(found)
