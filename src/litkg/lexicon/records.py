"""The records of the lexicon: a name and its kind, a candidate for a looked-up name, a span of text that is a name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from litkg.model import Category


class NameKind(IntEnum):
    """How a source calls a concept by a name, best first; the number is what the index stores and what ranks."""

    CURATED = 0
    PREFERRED = 1
    EXACT = 2
    ABBREVIATION = 3
    BRAND = 4
    RELATED = 5
    VARIANT = 6


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one concept. `concept` is a CURIE, `source` a short source name (`hgnc`, `mondo`, `overlay`).

    `needs_case`: the name only counts where the text writes it with the same capitals (WAS, CAN, SET). `weak`: a symbol of two or three
    letters that means too much; it only counts in a document that defines it.
    """

    concept: str
    text: str
    kind: NameKind
    source: str
    needs_case: bool = False
    weak: bool = False


class Candidate(NamedTuple):
    """A concept that a looked-up name may stand for.

    `matched` is the lexicon's own spelling of the name. `exactness` in [0, 1] says how like it the looked-up name is written: 1 the same
    characters, 0.97 other hyphens, spaces or Greek, 0.9 other capitals, 0.85 another number or spelling. `rank` is the place that the lexicon gives
    the concept among all that have the name, from 0. `weak` as in `Name`.
    """

    concept: str
    concept_name: str
    categories: tuple[Category, ...]
    matched: str
    kind: NameKind
    source: str
    exactness: float
    rank: int
    weak: bool = False

    def __hash__(self) -> int:
        # Grounding looks up what it knows of a name by its candidates: a hash of all fields takes ten times as long.
        return hash((self.concept, self.matched, self.rank))


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSpan:
    """A stretch `[start, end)` of a text that names something; `candidates` best first.

    `candidates` is empty where the text names a thing that the lexicon knows only in part ("TNF receptor 1" where only TNF is known);
    `category` says what kind of thing it is: the best candidate's first category, or what the head word says.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    category: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class RawConcept:
    """A concept as one source has it, before sources are merged. `names` are (text, kind), the preferred name apart.

    `parents` are the ids of the wider things that the source files it under (a family for its members), `forms` the ids of other forms of one chemical
    that texts do not tell apart: conjugate acid and base, tautomers.
    """

    id: str
    name: str
    categories: tuple[Category, ...]
    source: str
    names: tuple[tuple[str, NameKind], ...] = ()
    xrefs: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A statement by a source that two ids are one thing."""

    left: str
    right: str
    source: str
