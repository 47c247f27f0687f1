"""Counts how often a name means an id: in abstracts, so that one which repeats a name counts once; and takes an abstract's own counts away again.

A short form that the abstract defines counts for its long form and for itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from litkg.grounding.prior import ANY_NAME, AnnotatedNames, Prior
from litkg.lexicon.normalise import match_key
from litkg.model import GROUPS
from training.grounding.examples import Abstract, defined

Key = tuple[str, str]


def facts_of(abstract: Abstract) -> dict[tuple[Key, str], str]:
    """Return what the abstract says: (match key, group) and id, each with a spelling of the name. Names of several things at once are left out."""
    found: dict[tuple[Key, str], str] = {}
    for name in abstract.names:
        if len(name.ids) != 1:
            continue
        (curie,) = name.ids
        group = GROUPS[name.mention.label]
        found.setdefault(((ANY_NAME, group), curie), "")
        for text in (name.mention.text, defined(name.mention.text, abstract.abbreviations)):
            if text and (key := match_key(text)):
                found.setdefault(((key, group), curie), " ".join(text.split()))
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """The abstracts in which each name means each id, by PubMed id, and the spellings of each name."""

    abstracts: Mapping[Key, Mapping[str, frozenset[str]]]
    spellings: Mapping[Key, Counter[str]]
    pmids: frozenset[str]
    names: AnnotatedNames

    def has(self, pmid: str) -> bool:
        """Tell whether an abstract is among those counted."""
        return pmid in self.pmids

    def prior(self) -> Prior:
        """Return all counts."""
        table = {key: {curie: len(pmids) for curie, pmids in sorted(found.items())} for key, found in self.abstracts.items()}
        return Prior(table, {key: commonest(found) for key, found in self.spellings.items() if key[0] != ANY_NAME})

    def without(self, pmid: str) -> Without:
        """Return the counts as they are without an abstract."""
        return Without(self, pmid)


@dataclass(frozen=True, slots=True)
class Without:
    """Counts that leave one abstract out, in whatever corpora it is."""

    counted: Counted
    pmid: str

    def counts(self, key: str, group: str) -> Mapping[str, int]:
        """Return the counts of abstracts by id."""
        found = self.counted.abstracts.get((key, group), {})
        return {curie: left for curie, pmids in sorted(found.items()) if (left := len(pmids) - (self.pmid in pmids))}

    def similar(self, name: str, group: str, limit: int) -> Sequence[str]:
        """Return the annotated names that share words with this one; those of the abstract too, which then have no counts."""
        return self.counted.names.similar(name, group, limit)


def commonest(spellings: Counter[str]) -> str:
    """Return the spelling that is met most, of several the first in the alphabet."""
    return min(spellings.items(), key=lambda item: (-item[1], item[0]))[0]


def count(abstracts: Iterable[Abstract]) -> Counted:
    """Return the counts of all abstracts; one that several corpora annotate counts once for each id."""
    found: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    spellings: dict[Key, Counter[str]] = defaultdict(Counter)
    counted: set[str] = set()
    for abstract in abstracts:
        counted.add(abstract.pmid)
        for (key, curie), text in facts_of(abstract).items():
            found[key][curie].add(abstract.pmid)
            spellings[key][text] += 1
    names = AnnotatedNames(lambda group: (commonest(texts) for (key, of), texts in spellings.items() if of == group and key != ANY_NAME))
    return Counted({key: {curie: frozenset(pmids) for curie, pmids in ids.items()} for key, ids in found.items()}, spellings, frozenset(counted), names)
