"""What speaks for and against a candidate: named features, each with a value and, where it says something to a reader, a reason.

Owns the features; their weights are learned (`weights.toml`, made by `training/grounding`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from litkg.grounding.likeness import Likeness, likeness_parts
from litkg.grounding.prior import GROUPS
from litkg.lexicon.normalise import fold
from litkg.lexicon.records import Candidate, NameKind
from litkg.lexicon.storage import FAMILY_PREFIXES
from litkg.model import Category, Concept

KIND_TEXT: Mapping[NameKind, str] = {
    NameKind.CURATED: "name chosen by hand",
    NameKind.PREFERRED: "preferred name",
    NameKind.EXACT: "exact synonym",
    NameKind.BRAND: "brand name",
    NameKind.ABBREVIATION: "abbreviation or symbol",
    NameKind.RELATED: "related name",
    NameKind.VARIANT: "typewriter variant",
}
_GROUPS = (
    frozenset({Category.GENE, Category.CYTOKINE}),
    frozenset({Category.DISEASE, Category.PHENOTYPE, Category.ADVERSE_EVENT}),
    frozenset({Category.DRUG, Category.CHEMICAL}),
    frozenset({Category.CELL_TYPE, Category.CELL_LINE}),
)
_FITTING: Mapping[Category, frozenset[Category]] = {label: next((group for group in _GROUPS if label in group), frozenset({label})) for label in Category}
_VOCABULARIES: Mapping[str, tuple[str, ...]] = {"gene": ("NCBIGene:",), "disease": ("MESH:", "OMIM:"), "chemical": ("MESH:",)}
"""The vocabularies that most curated tables of a group are joined by."""
PRIOR_SOURCE = "annotated abstracts"
"""The source of a candidate that no name of the lexicon leads to."""
LONG_FORM = "long form"
"""The rule of candidates that the long form of a short form leads to."""
_GENE_PREFIX = "HGNC:"
_LIKE: Mapping[str, str] = {"HGNC.GROUP": "FPLX"}
"""Sources that corpora say little of, and those that they are like."""
_SAME_NAME = 0.94
"""Exactness of a name that differs in hyphens, spaces and the first letter's capital at most."""
_WORD = re.compile(r"[^\W_]{4,}")
_MOST_SHARED = 3


class Feature(NamedTuple):
    """A feature with its value and what it says, empty where it says nothing to a reader."""

    name: str
    value: float = 1.0
    reason: str = ""


class Option(NamedTuple):
    """A candidate and how it was come by: `name` is what was looked up; `rule` is empty where that is the mention's own name;
    `likeness` says how like it what was asked for is, where another name was tried."""

    candidate: Candidate
    name: str
    rule: str = ""
    reason: str = ""
    likeness: Likeness | None = None


def candidate_of(concept: Concept, *, matched: str, kind: NameKind, source: str, exactness: float = 1.0) -> Candidate:
    """Return a concept as a candidate that the lexicon's own look-up did not find: for a name `matched` that `source` has for it."""
    return Candidate(
        concept=concept.id, concept_name=concept.name, categories=concept.categories, matched=matched, kind=kind, source=source, exactness=exactness, rank=0
    )


def label_fits(label: Category, categories: Iterable[Category]) -> bool:
    """Tell whether a concept of these categories can be what a model labels so: genes and cytokines, drugs and chemicals, diseases and phenotypes,
    cell types and cell lines (which MeSH files under cells) mix.

    >>> label_fits(Category.CHEMICAL, (Category.DRUG,)), label_fits(Category.CELL_LINE, (Category.CELL_TYPE,)), label_fits(Category.DISEASE, (Category.GENE,))
    (True, True, False)
    """
    return not _FITTING[label].isdisjoint(categories)


def candidate_group(candidate: Candidate, label: Category | None) -> str:
    """Return the group as a name of which a candidate is judged: the label's, or without one that of its own first category."""
    return GROUPS[label or candidate.categories[0]]


def joining_id(concept: Concept, group: str) -> str | None:
    """Return the concept's id in a vocabulary by which most curated tables of a group are joined: MeSH or OMIM for diseases, MeSH for chemicals, NCBI Gene."""
    vocabularies = _VOCABULARIES.get(group)
    if vocabularies is None:
        return None
    if concept.id.startswith(vocabularies):
        return concept.id
    for curie in concept.xrefs:
        if curie.startswith(vocabularies):
            return curie
    return None


def is_own_name(option: Option, label: Category | None) -> bool:
    """Tell whether what was looked up, the mention's name or its long form, is the candidate's own preferred name, and of the label's kind."""
    candidate = option.candidate
    own = candidate.source != PRIOR_SOURCE and candidate.kind <= NameKind.PREFERRED and candidate.exactness >= _SAME_NAME
    return own and option.rule in ("", LONG_FORM) and (label is None or label_fits(label, candidate.categories))


def names_family(options: Sequence[Option], concepts: Sequence[Concept], label: Category | None) -> bool:
    """Tell whether what was looked up is the name of a family or complex, and no vocabulary gives it to a single gene; `concepts` are those of the options."""
    own = [
        concept.id
        for option, concept in zip(options, concepts, strict=True)
        if option.rule in ("", LONG_FORM) and option.candidate.source != PRIOR_SOURCE and (label is None or label_fits(label, concept.categories))
    ]
    return any(curie.startswith(FAMILY_PREFIXES) for curie in own) and not any(curie.startswith(_GENE_PREFIX) for curie in own)


def lasting_features(
    option: Option, concept: Concept, *, label: Category | None, counts: Mapping[str, int], everywhere: Mapping[str, int], joined_groups: Container[str]
) -> Iterator[Feature]:
    """Yield the features that a name has wherever it stands. `counts` are the abstracts by id in which the name means it, `everywhere` those in which any does;
    `joined_groups` are the groups of which some candidate has a `joining_id`: to have none says something only beside one that has."""
    candidate = option.candidate
    group = candidate_group(candidate, label)
    if option.rule:
        yield Feature(option.rule, 1.0, option.reason)
    if option.likeness is not None:
        yield from (Feature(f"{group}: {name}", value) for name, value in likeness_parts(option.likeness, group))
    fits = label is None or label_fits(label, candidate.categories)
    by_hand = candidate.kind is NameKind.CURATED and fits
    if candidate.source != PRIOR_SOURCE:
        kind = KIND_TEXT[candidate.kind if by_hand or candidate.kind is not NameKind.CURATED else NameKind.EXACT]
        near = ", near name" if option.likeness is not None else ""
        yield Feature(kind + near, 1.0, f"{kind} {candidate.matched!r} in {candidate.source}")
        if label is not None and option.likeness is None and candidate.kind is not NameKind.CURATED and candidate.source != "overlay":
            # Curators of genes, diseases and chemicals name by habits of their own: the same again, weighed for the group.
            yield Feature(f"{group}: {kind}")
            yield Feature(f"{group}: source {candidate.source}")
            for item in _writing(candidate):
                yield Feature(f"{group}: {item.name}")
            yield Feature(f"{group}: place in the lexicon", min(candidate.rank, 5) / 5)
        yield from _writing(candidate)
        if candidate.source == "overlay":
            yield Feature("name of litkg's own list")
        yield Feature("place in the lexicon", min(candidate.rank, 5) / 5)
        if candidate.weak:
            yield Feature("symbol of many meanings")
    if label is not None:
        if not fits:
            yield Feature("not of the label's kind", 1.0, f"is no {label.value} as labelled")
        elif GROUPS[candidate.categories[0]] != group:
            yield Feature("of the label's kind besides another", 1.0, f"is a {label.value} too, as labelled")
        else:
            yield Feature("of the label's kind", 0.0, f"is a {label.value} as labelled")
    if by_hand and not option.rule:
        return
    yield Feature(f"{group}: any candidate" if label is not None else f"{group}: any candidate{UNKNOWN_KIND}")
    yield Feature(f"{group}: id of {_LIKE.get(prefix := concept.id.partition(':')[0], prefix)}")
    if curie := joining_id(concept, group):
        yield Feature("id that tables are joined by", 0.0, f"is {curie} too" if curie != concept.id else "")
        if option.likeness is not None:
            yield Feature(f"{group}: joined by {_vocabulary(curie)}")
    elif group in joined_groups:
        yield Feature(f"{group}: without the id that another has", 1.0, "has no id that tables are joined by, as another has")
    ids = {concept.id, *concept.xrefs}
    if option.likeness is not None and (known := sum(everywhere.get(item, 0) for item in ids)):
        yield Feature(f"{group}: annotated abstracts of it (log)", math.log1p(min(known, 50)), f"meant in {known} annotated abstracts")
    seen = sum(counts.values())
    if seen:
        own = sum(counts.get(item, 0) for item in ids)
        if own:
            yield Feature("share of annotated abstracts", own / seen, f"named so in {own} of {seen} annotated abstracts")
            yield Feature("annotated abstracts (log)", math.log1p(min(own, 50)))
        else:
            yield Feature("annotated as another (log)", math.log1p(min(seen, 50)), f"means another concept in {seen} annotated abstracts")


def _vocabulary(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return f"{prefix} {local[0]}" if prefix == "MESH" else prefix


def _writing(candidate: Candidate) -> Iterator[Feature]:
    exactness = candidate.exactness
    if exactness >= 1:
        return
    if exactness >= 0.94:
        yield Feature("other hyphens or spaces")
    elif exactness >= 0.92:
        yield Feature("plural")
    elif exactness >= 0.89:
        yield Feature("other capitals", 1.0, "other capitals")
    else:
        yield Feature("another number or spelling", 1.0, "another number or spelling")


AROUND = "words of its names around it"
NAMED = "words of its names in other names"
UNKNOWN_KIND = ", kind unknown"
"""What the names of features end in where no label says of what kind the mention is: then the text has more to decide."""


def text_features(around: frozenset[str], named: frozenset[str], *, labelled: bool) -> Iterator[Feature]:
    """Yield the features that a candidate has at its place: `around` are the words of its concept's other names that stand around the mention, `named` those
    that stand in the document's other names."""
    ending = "" if labelled else UNKNOWN_KIND
    if around:
        yield Feature(AROUND + ending, min(len(around), _MOST_SHARED) / _MOST_SHARED, f"context names {', '.join(sorted(around)[:3])}")
    if named:
        yield Feature(NAMED + ending, min(len(named), _MOST_SHARED) / _MOST_SHARED, f"fits {', '.join(sorted(named)[:3])} named here")


def name_words(names: Iterable[str]) -> frozenset[str]:
    """Return the folded words of four letters and more in `names`."""
    return frozenset(map(fold, set(_WORD.findall("\n".join(names)))))
