"""What speaks for and against a candidate: named features, each with a value and, where it says something to a reader, a reason.

Owns the features; their weights are learned (`weights.toml`, made by `training/grounding`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from litkg.grounding.likeness import Likeness, likeness_parts
from litkg.lexicon.normalise import fold
from litkg.lexicon.records import Candidate, NameKind
from litkg.lexicon.storage import FAMILY_PREFIXES
from litkg.model import GROUPS, Category, Concept

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
SAME_NAME = 0.94
"""Exactness of a name that differs in hyphens, spaces and the first letter's capital at most."""
_WORD = re.compile(r"[^\W_]{4,}")
_MOST_SHARED = 3


Feature = tuple[str, float, str]
"""The name of a feature, its value, and what it says, empty where it says nothing to a reader. A plain tuple: a new name has hundreds of them."""


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
    own = candidate.source != PRIOR_SOURCE and candidate.kind <= NameKind.PREFERRED and candidate.exactness >= SAME_NAME
    return own and option.rule in ("", LONG_FORM) and (label is None or label_fits(label, candidate.categories))


def names_family(options: Sequence[Option], label: Category | None) -> bool:
    """Tell whether what was looked up is the name of a family or complex, and no vocabulary gives it to a single gene."""
    own = [
        candidate.concept
        for candidate, _, rule, _, _ in options
        if rule in ("", LONG_FORM) and candidate.source != PRIOR_SOURCE and (label is None or label_fits(label, candidate.categories))
    ]
    return any(curie.startswith(FAMILY_PREFIXES) for curie in own) and not any(curie.startswith(_GENE_PREFIX) for curie in own)


class Standing(NamedTuple):
    """What a concept is as one of a group, by whatever name: the one of its ids that tables are joined by, and in how many annotated abstracts it is meant."""

    concept: Concept
    joining: str | None
    abstracts: int

    @classmethod
    def of(cls, concept: Concept, group: str, meant: Mapping[str, int]) -> Self:
        """Return the standing of a concept in a group; `meant` are the abstracts of the group by id."""
        return cls(concept, joining_id(concept, group), sum([meant[curie] for curie in {concept.id, *concept.xrefs} if curie in meant]))


def lasting_features(
    option: Option, standing: Standing, *, label: Category | None, counts: Mapping[str, int], with_prior: bool, joined_groups: Container[str]
) -> tuple[Feature, ...]:
    """Return the features that a name has wherever it stands. `counts` are the abstracts by id in which the name means it, and `with_prior` tells whether it
    counts in how many any name does; `joined_groups` are the groups of which some candidate has a `joining_id`: to have none says something only beside one
    that has."""
    candidate = option.candidate
    group = candidate_group(candidate, label)
    near = option.likeness is not None
    found: list[Feature] = []
    # Near names of genes are rated apart from those of diseases and chemicals: far fewer of them are right.
    near_gene = near and group == "gene"
    if option.rule:
        found.append((f"gene: {option.rule}" if near_gene else option.rule, 1.0, option.reason))
    if option.likeness is not None:
        found += [(f"{group}: {name}", value, reason) for name, value, reason in likeness_parts(option.likeness, group)]
    fits = label is None or label_fits(label, candidate.categories)
    by_hand = candidate.kind is NameKind.CURATED and fits
    if candidate.source != PRIOR_SOURCE:
        found += _naming(
            candidate,
            group if label is not None and not near else None,
            by_hand=by_hand,
            near=", near name of a gene" if near_gene else ", near name" if near else "",
        )
    if label is not None:
        if not fits:
            found.append(("not of the label's kind", 1.0, f"is no {label.value} as labelled"))
        elif GROUPS[candidate.categories[0]] != group:
            found.append(("of the label's kind besides another", 1.0, f"is a {label.value} too, as labelled"))
        else:
            found.append(("of the label's kind", 0.0, f"is a {label.value} as labelled"))
    if by_hand and not option.rule:
        return tuple(found)
    found.append((f"{group}: any candidate" if label is not None else f"{group}: any candidate{UNKNOWN_KIND}", 1.0, ""))
    curie = standing.concept.id
    found.append((f"{group}: id of {_LIKE.get(prefix := curie.partition(':')[0], prefix)}", 1.0, ""))
    if standing.joining:
        found.append(("id that tables are joined by", 0.0, f"is {standing.joining} too" if standing.joining != curie else ""))
        if near:
            found.append((f"{group}: joined by {_vocabulary(standing.joining)}", 1.0, ""))
    elif group in joined_groups:
        found.append((f"{group}: without the id that another has", 1.0, "has no id that tables are joined by, as another has"))
    if near and with_prior and (known := standing.abstracts):
        found.append((f"{group}: annotated abstracts of it (log)", math.log1p(min(known, 50)), f"meant in {known} annotated abstracts"))
    if counts:
        found += _annotated(standing.concept, counts)
    return tuple(found)


def _naming(candidate: Candidate, group: str | None, *, by_hand: bool, near: str) -> Iterator[Feature]:
    """Yield what the name that led to a candidate says for it, by its kind, source, spelling and place; where a group is given, what it says in that too;
    `near` is what the feature's name ends in where the name is but near."""
    kind = KIND_TEXT[candidate.kind if by_hand or candidate.kind is not NameKind.CURATED else NameKind.EXACT]
    place = min(candidate.rank, 5) / 5
    yield kind + near, 1.0, f"{kind} {candidate.matched!r} in {candidate.source}"
    if group is not None and candidate.kind is not NameKind.CURATED and candidate.source != "overlay":
        # Curators of genes, diseases and chemicals name by habits of their own: the same again, weighed for the group.
        yield f"{group}: {kind}", 1.0, ""
        yield f"{group}: source {candidate.source}", 1.0, ""
        for name, _, _ in _writing(candidate):
            yield f"{group}: {name}", 1.0, ""
        yield f"{group}: place in the lexicon", place, ""
    yield from _writing(candidate)
    if candidate.source == "overlay":
        yield "name of litkg's own list", 1.0, ""
    yield "place in the lexicon", place, ""
    if candidate.weak:
        yield "symbol of many meanings", 1.0, ""


def _annotated(concept: Concept, counts: Mapping[str, int]) -> Iterator[Feature]:
    """Yield what annotated abstracts say of a concept by the name asked for."""
    seen = sum(counts.values())
    if own := sum([counts.get(curie, 0) for curie in {concept.id, *concept.xrefs}]):
        yield "share of annotated abstracts", own / seen, f"named so in {own} of {seen} annotated abstracts"
        yield "annotated abstracts (log)", math.log1p(min(own, 50)), ""
    elif seen:
        yield "annotated as another (log)", math.log1p(min(seen, 50)), f"means another concept in {seen} annotated abstracts"


def _vocabulary(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return f"{prefix} {local[0]}" if prefix == "MESH" else prefix


def _writing(candidate: Candidate) -> tuple[Feature, ...]:
    exactness = candidate.exactness
    if exactness >= 1:
        return ()
    if exactness >= 0.94:
        return (("other hyphens or spaces", 1.0, ""),)
    if exactness >= 0.92:
        return (("plural", 1.0, ""),)
    if exactness >= 0.89:
        return (("other capitals", 1.0, "other capitals"),)
    return (("another number or spelling", 1.0, "another number or spelling"),)


AROUND = "words of its names around it"
NAMED = "words of its names in other names"
ELSEWHERE = "another name in the document means it, "
WAYS = ("by its own name", "by another name", "by a near name")
"""How an option was come by whose concept another name in the document means too: what that says differs."""
UNKNOWN_KIND = ", kind unknown"
"""What the names of features end in where no label says of what kind the mention is: then the text has more to decide."""


def text_features(around: frozenset[str], named: frozenset[str], *, labelled: bool, elsewhere: str | None = None) -> Iterator[Feature]:
    """Yield the features that a candidate has at its place: `around` are the words of its concept's other names that stand around the mention, `named` those
    that stand in the document's other names; `elsewhere` is the option's way where another name means its concept too."""
    ending = "" if labelled else UNKNOWN_KIND
    if elsewhere is not None:
        yield ELSEWHERE + elsewhere, 1.0, "another name in this document means it"
    if around:
        yield AROUND + ending, min(len(around), _MOST_SHARED) / _MOST_SHARED, f"context names {', '.join(sorted(around)[:3])}"
    if named:
        yield NAMED + ending, min(len(named), _MOST_SHARED) / _MOST_SHARED, f"fits {', '.join(sorted(named)[:3])} named here"


def way_of(option: Option) -> str:
    """Return by which of `WAYS` an option was come by."""
    return WAYS[2 if option.likeness is not None else 1 if option.rule else 0]


def name_words(names: Iterable[str]) -> frozenset[str]:
    """Return the folded words of four letters and more in `names`."""
    return frozenset(map(fold, set(_WORD.findall("\n".join(names)))))
