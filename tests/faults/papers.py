"""Invents small papers that share concepts and assertions and disagree about them: the same for a number and a reading in every process.

A reading is what some version of litkg finds in a paper; another reading of the same paper has another sha256, so a graph tells which one it holds.
Some papers hold nothing, some are retracted, some hold a case report; concepts differ from paper to paper in name, categories, synonyms and families.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache

from litkg.model import Category, Certainty, Concept, Extraction, content_id
from tests.graphs import ASSERTIONS, CONCEPTS, Claim, extraction

NAMES = {concept.id: name for name, concept in CONCEPTS.items()}
CRITERIA: dict[str, tuple[str, str | None]] = {
    "temporal_order": ("anakinra", None),
    "dechallenge": ("depression", None),
    "alternative_cause_ruled_out": ("methotrexate", None),
    "outcome": ("depression", "recovered"),
}


@lru_cache(maxsize=20_000)
def paper(number: int, reading: int = 0, claims: int = 6) -> Extraction:
    """Return a reading of the paper with this number: with up to `claims` claims."""
    draw = random.Random(f"{number} {reading}")
    count = 0 if draw.random() < 0.1 else draw.randint(1, claims)
    keys = draw.choices(sorted(ASSERTIONS), k=count)
    reports = draw.random() < 0.2
    if reports:
        keys += ["anakinra_adverse_depression", "methotrexate_adverse_depression"]
    concepts = {name: _record(draw, concept) for name, concept in CONCEPTS.items()}
    found = extraction(
        document_id(number),
        tuple(_claim(draw, key, position) for position, key in enumerate(keys)),
        title=f"Invented paper {number}, reading {reading}",
        year=draw.choice([None, 1999, 2010, 2024]),
        criteria=CRITERIA if reports else None,
        concepts=concepts,
    )
    return replace(found, document=replace(found.document, sha256=sha256(number, reading), retracted=draw.random() < 0.1))


def document_id(number: int) -> str:
    """Return the id of the paper with this number."""
    return f"PMID:{20_000 + number}"


def number_of(document: str) -> int:
    """Return the number of the paper with this id."""
    return int(document.partition(":")[2]) - 20_000


def sha256(number: int, reading: int) -> str:
    """Return what a document's sha256 is for a reading of a paper."""
    return content_id("sha", number, reading)


def _claim(draw: random.Random, key: str, position: int) -> Claim:
    assertion = ASSERTIONS[key]
    subject, object_ = NAMES[assertion.subject], NAMES[assertion.object]
    return Claim(
        f"In series {position} we saw of {subject} that it {assertion.predicate.replace('_', ' ')} {object_}.",
        key,
        subject,
        object_,
        draw.choice(list(Certainty)),
        negated=draw.random() < 0.2,
    )


def _record(draw: random.Random, concept: Concept) -> Concept:
    """Return the record of a concept as one paper has it: mostly the usual one."""
    if draw.random() < 0.6:
        return concept
    role = {Category.DISEASE: Category.ADVERSE_EVENT, Category.GENE: Category.CYTOKINE}.get(concept.categories[0])
    return replace(
        concept,
        name=draw.choice([concept.name, concept.name.upper()]),
        categories=(concept.categories[0], role) if role and draw.random() < 0.5 else concept.categories[:1],
        synonyms=tuple(draw.sample(concept.synonyms, draw.randint(0, len(concept.synonyms)))),
        families=draw.choice([(), ("FPLX:one",), ("FPLX:one", "FPLX:two")]) if concept.categories[0] is Category.GENE else (),
    )
