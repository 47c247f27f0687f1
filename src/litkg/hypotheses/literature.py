"""What a graph says, by document and year, as arrays: who is mentioned where, and which claims each document makes.

Owns the arrays and their cut at a year; refuses to know a store, and any score. A cut is the graph as it would be had only the documents up to that year been
read: beliefs are worked out again from their evidence alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NO_YEAR = -1
"""The year of a document that gives none: it is in no cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concepts:
    """Concepts in the order of their ids; `categories[i]` are those of concept i, the main one first."""

    ids: Sequence[str]
    names: Sequence[str]
    categories: Sequence[tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, concept_id: str) -> bool:
        place = bisect_left(self.ids, concept_id)
        return place < len(self.ids) and self.ids[place] == concept_id

    def index(self, concept_id: str) -> int:
        """Return the place of a concept.

        Raises: KeyError where it is not there.
        """
        place = bisect_left(self.ids, concept_id)
        if place == len(self.ids) or self.ids[place] != concept_id:
            raise KeyError(concept_id)
        return place

    def of_category(self, names: Sequence[str]) -> Flags:
        """Return which concepts have one of these categories; all where none is named."""
        fits = {own: not names or not set(names).isdisjoint(own) for own in set(self.categories)}
        return np.fromiter(map(fits.__getitem__, self.categories), dtype=np.bool_, count=len(self.categories))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Pairs of document and concept, each once; both count from 0."""

    document: Ints
    concept: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Assertions: their ends, their sign (1, -1, 0), whether they are causal, whether they hold both ways, whether they say that the ends are the `same`, forms
    of one."""

    ids: Sequence[str]
    subject: Ints
    object: Ints
    sign: Ints
    causal: Flags
    symmetric: Flags
    same: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What one document says for or against one claim: the natural logarithm of the doubt that it leaves on either side, at most 0 (`litkg.belief`)."""

    claim: Ints
    document: Ints
    support: Floats
    refute: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Literature:
    """All that discovery looks at. `years[i]` is that of document i, NO_YEAR where unknown."""

    concepts: Concepts
    years: Ints
    mentions: Mentions
    claims: Claims
    statements: Statements

    def until(self, year: int) -> Literature:
        """Return what was written up to and in `year`; concepts and claims keep their places, whether or not anything is left of them."""
        read = (self.years != NO_YEAR) & (self.years <= year)
        return self.of_documents(read)

    def between(self, after: int, until: int) -> Literature:
        """Return what was written after the year `after`, up to and in `until`."""
        return self.of_documents((self.years > max(after, NO_YEAR)) & (self.years <= until))

    def of_documents(self, read: Flags) -> Literature:
        """Return what the documents say for which `read` is true."""
        mentioned, stated = read[self.mentions.document], read[self.statements.document]
        return Literature(
            concepts=self.concepts,
            years=self.years,
            mentions=Mentions(document=self.mentions.document[mentioned], concept=self.mentions.concept[mentioned]),
            claims=self.claims,
            statements=Statements(
                claim=self.statements.claim[stated],
                document=self.statements.document[stated],
                support=self.statements.support[stated],
                refute=self.statements.refute[stated],
            ),
        )

    @property
    def n_documents(self) -> int:
        """Number of documents that mention anything."""
        return len(np.unique(self.mentions.document))

    def beliefs(self) -> tuple[Floats, Floats]:
        """Return, for each claim, how much is believed for it and against it, each in [0, 1): noisy-or over documents, as `litkg.belief` has it."""
        n = len(self.claims.ids)
        supported = np.bincount(self.statements.claim, weights=self.statements.support, minlength=n)
        refuted = np.bincount(self.statements.claim, weights=self.statements.refute, minlength=n)
        return -np.expm1(supported), -np.expm1(refuted)
