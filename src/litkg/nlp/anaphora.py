"""Nominal anaphora: "this cytokine", "the drug", "it" are given the concept that they stand for.

Owns the choice of the antecedent: the nearest earlier mention of the right category, the first of its sentence for "it".
How far back is the caller's to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litkg.model import Category, Grounding
from litkg.nlp.grammar.lexis import ANAPHOR_NOUNS

_DRUGLIKE = frozenset({Category.DRUG, Category.CHEMICAL})
_NOUNS = "|".join(sorted(ANAPHOR_NOUNS, key=len, reverse=True))
_FUNCTION = r"(?:of|in|for|by|with|and|or|to|that|which|from|on|is|are|was|were|than|as|at|all|each|any)\b"
_SORTAL = re.compile(rf"\b(?:this|that|the same|the latter|such an?|the)\s+(?:(?!{_FUNCTION})[\w'-]+\s+){{0,4}}?(?P<noun>{_NOUNS})\b(?!\s*-)", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:^|(?<=[;,] )|(?<=\b(?:and|but) )|(?<=\bas )|(?<=\bbecause )|(?<=\b(?:that|when) )|(?<=\bsince )|(?<=\bwhile ))(?P<noun>it)\s+(?=[a-z]+)", re.IGNORECASE
)
_EXPLETIVE = re.compile(
    r"it\s+(?:is|was|has been|should be|can be|may be|seems|appears|remains|became|becomes)\s+(?:\w+ly\s+)?(?:\w+\s+)?"
    r"(?:that|to|whether|not|if|possible|likely|important|known|clear|unclear|noted|believed|thought)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Anaphor:
    """An expression at `[start, end)` that stands for the mentions with the indices `antecedents`, at least one, in text order."""

    start: int
    end: int
    antecedents: tuple[int, ...]


def find_anaphors(text: str, sentence: tuple[int, int], earlier: Sequence[tuple[int, int]], groundings: Sequence[Grounding]) -> tuple[Anaphor, ...]:
    """Return the anaphors of a sentence with their antecedents, in text order.

    `earlier` are the sentences that may hold an antecedent, nearest last; `groundings` those of the document in text order. "the drug" needs an antecedent;
    a class noun with a mention inside it ("the drug anakinra", "the TNF gene") is no anaphor.
    """
    start, end = sentence
    found: list[Anaphor] = []
    for match in _SORTAL.finditer(text, start, end):
        if any(item.mention.start < match.end() + 2 and match.start() < item.mention.end for item in groundings):
            continue
        noun = match["noun"].lower()
        if match[0].lower().startswith(("the ", "such")) and noun not in {
            "drug",
            "cytokine",
            "antagonist",
            "agent",
            "compound",
            "enzyme",
            "neurotransmitter",
            "disease",
            "chemokine",
        }:
            continue
        antecedent = _antecedent(ANAPHOR_NOUNS[noun], (start, match.start()), earlier, groundings, prefer_subject=False)
        if antecedent is not None:
            found.append(Anaphor(match.start(), match.end(), (antecedent,)))
    for match in _PRONOUN.finditer(text[start:end]):
        first, last = start + match.start("noun"), start + match.end("noun")
        if _EXPLETIVE.match(text, first, end):
            continue
        antecedent = _antecedent(None, (start, first), earlier, groundings, prefer_subject=True)
        if antecedent is not None:
            found.append(Anaphor(first, last, (antecedent,)))
    return tuple(sorted(found, key=lambda anaphor: anaphor.start))


def _antecedent(
    wanted: str | None, before: tuple[int, int], earlier: Sequence[tuple[int, int]], groundings: Sequence[Grounding], *, prefer_subject: bool
) -> int | None:
    for start, end in (before, *reversed(earlier)):
        inside = [
            at for at, item in enumerate(groundings) if start <= item.mention.start and item.mention.end <= end and item.concept and _matches(item, wanted)
        ]
        if inside and wanted == "Molecule":
            inside = _foremost(inside, groundings)
        if inside:
            return inside[0] if prefer_subject else inside[-1]
    return None


def _foremost(inside: list[int], groundings: Sequence[Grounding]) -> list[int]:
    """Return the mentions of the concept that is named most often: "this substance" is what the text is about, not what it names in passing."""
    ids = [item.concept.id for at in inside if (item := groundings[at]).concept]
    counts = {concept: sum(1 for item in groundings if item.concept and item.concept.id == concept) for concept in ids}
    top = max(counts.values())
    return [at for at in inside if (concept := groundings[at].concept) and counts[concept.id] == top]


def _matches(item: Grounding, wanted: str | None) -> bool:
    categories = set(item.concept.categories) if item.concept else set()
    match wanted:
        case None:
            return bool(categories & (_DRUGLIKE | {Category.GENE, Category.CYTOKINE}))
        case "Drug":
            return bool(categories & {Category.DRUG})
        case "Molecule":
            return bool(categories & (_DRUGLIKE | {Category.GENE}))
        case "Gene":
            return Category.GENE in categories
        case "Cytokine":
            return Category.CYTOKINE in categories
        case "Chemical":
            return bool(categories & _DRUGLIKE)
    return bool(categories & {Category.DISEASE})
