"""Scores a candidate for a mention: how good the name is, how exactly it is written, whether kind and context fit. Each part gives its reason.

The weights were set by hand; they order candidates and are no probabilities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from litkg.lexicon.normalise import fold
from litkg.lexicon.records import Candidate, NameKind
from litkg.model import Category, Concept

_KIND_SCORE = {
    NameKind.CURATED: 0.97,
    NameKind.PREFERRED: 0.94,
    NameKind.EXACT: 0.90,
    NameKind.BRAND: 0.86,
    NameKind.ABBREVIATION: 0.78,
    NameKind.RELATED: 0.70,
    NameKind.VARIANT: 0.66,
}
_KIND_TEXT = {
    NameKind.CURATED: "name chosen by hand",
    NameKind.PREFERRED: "preferred name",
    NameKind.EXACT: "exact synonym",
    NameKind.BRAND: "brand name",
    NameKind.ABBREVIATION: "abbreviation or symbol",
    NameKind.RELATED: "related name",
    NameKind.VARIANT: "typewriter variant",
}
_SOURCE_BONUS = {
    "overlay": 0.02,
    "hgnc": 0.01,
    "mondo": 0.01,
    "chebi": 0.01,
    "famplex": 0.01,
    "hp": 0.005,
    "doid": -0.01,
    "unii": -0.01,
    "mesh_supplementary": -0.03,
}
_RANK_STEP = 0.01
_CONTEXT_BONUS = 0.12
_WRONG_LABEL = 0.5
_GROUPS = (
    frozenset({Category.GENE, Category.CYTOKINE}),
    frozenset({Category.DISEASE, Category.PHENOTYPE, Category.ADVERSE_EVENT}),
    frozenset({Category.DRUG, Category.CHEMICAL}),
    frozenset({Category.CELL_TYPE, Category.CELL_LINE}),
)
_WORD = re.compile(r"[^\W_]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCandidate:
    """A candidate with its score in [0, 1] and the reasons for it."""

    candidate: Candidate
    score: float
    reasons: tuple[str, ...]


def score_candidate(
    candidate: Candidate, *, label: Category | None = None, context: frozenset[str] = frozenset(), concept: Concept | None = None
) -> ScoredCandidate:
    """Return the candidate with its score. `label` is the category that another model gives the mention; `context` are folded words around
    the mention, compared with the words of the concept's own names."""
    score = _KIND_SCORE[candidate.kind] + _SOURCE_BONUS.get(candidate.source, 0.0) - _RANK_STEP * min(candidate.rank, 5)
    reasons = [f"{_KIND_TEXT[candidate.kind]} {candidate.matched!r} in {candidate.source}"]
    if candidate.exactness < 0.9:
        score -= 0.06
        reasons.append("another number or spelling")
    elif candidate.exactness < 0.93:
        score -= 0.05
        reasons.append("other capitals")
    if label is not None:
        if label_fits(label, candidate.categories):
            score += 0.02
            reasons.append(f"is a {label.value} as labelled")
        else:
            score *= _WRONG_LABEL
            reasons.append(f"is no {label.value} as labelled")
    if context and concept is not None and (shared := context & name_words((concept.name, *concept.synonyms)) - name_words((candidate.matched,))):
        score += _CONTEXT_BONUS * min(len(shared), 3) / 3
        reasons.append(f"context names {', '.join(sorted(shared)[:3])}")
    return ScoredCandidate(candidate=candidate, score=round(max(0.0, min(1.0, score)), 4), reasons=tuple(reasons))


def label_fits(label: Category, categories: Iterable[Category]) -> bool:
    """Tell whether a concept of these categories can be what a model labels so: genes and cytokines, drugs and chemicals, diseases and phenotypes,
    cell types and cell lines (which MeSH files under cells) mix.

    >>> label_fits(Category.CHEMICAL, (Category.DRUG,)), label_fits(Category.CELL_LINE, (Category.CELL_TYPE,)), label_fits(Category.DISEASE, (Category.GENE,))
    (True, True, False)
    """
    allowed = next((group for group in _GROUPS if label in group), frozenset({label}))
    return not allowed.isdisjoint(categories)


def name_words(names: Iterable[str]) -> frozenset[str]:
    """Return the folded words of four letters and more in `names`."""
    return frozenset(fold(word) for name in names for word in _WORD.findall(name))
