"""Finds the gene or family that a protein heading of MeSH means: it has the heading among its names, or the heading has its name among the entry terms.

Refuses what names a class by a word of one member: MeSH files "IgA" and "homeodomain proteins" wide, gene lists give such words to single genes. A heading
that ChEBI has too (angiotensin II, bradykinin) is the peptide, not the gene of its precursor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum

from litkg.lexicon.normalise import inverted, match_key
from litkg.lexicon.records import Crosswalk, NameKind, RawConcept
from litkg.model import Category

_FAMILIES = ("FPLX:", "HGNC.GROUP:")
_LONG_KEY = 5
"""Keys of entry terms that are shorter are short forms of many things, unless they are a gene's symbol."""
_LONG_LOOSE_KEY = 10
"""The same for names that only a loose list gives to the gene."""
_ENOUGH_KEYS = 2


class _Word(IntEnum):
    """Who gives a name to a gene, the surest last."""

    LOOSE = 0
    LISTED = 1
    APPROVED = 2


def gene_heading_crosswalks(raw: Sequence[RawConcept], curated: Mapping[str, str], joins: Iterable[Crosswalk]) -> list[Crosswalk]:
    """Return joins of protein headings with the one gene or family that has the heading among its full names, as it stands or turned round
    ("Receptors, Interleukin-6"); else with the one that the entry terms lead to. `curated` leads from key to id for names that were given by hand; `joins`
    say which ids of families are one."""
    same = {walk.right: walk.left for walk in joins if walk.right.startswith(_FAMILIES)}
    owners: dict[str, dict[str, _Word]] = {}
    for concept in raw:
        if concept.id.startswith(("HGNC:", *_FAMILIES)):
            for key, word in _names(concept):
                given = owners.setdefault(key, {})
                curie = same.get(concept.id, concept.id)
                given[curie] = max(given.get(curie, word), word)
    chemicals = {match_key(concept.name) for concept in raw if concept.source == "chebi"}
    wide = {parent for concept in raw if concept.source == "mesh" for parent in concept.parents}
    found = []
    for concept in raw:
        if concept.source == "mesh" and Category.GENE in concept.categories:
            is_chemical = not chemicals.isdisjoint(match_key(text) for text in (concept.name, inverted(concept.name)) if text)
            for ids in _meant(concept, owners, curated, is_class=concept.id in wide, is_chemical=is_chemical):
                if len(ids) == 1:
                    found.append(Crosswalk(concept.id, next(iter(ids)), "equal gene name"))
                if ids:
                    break
    return found


def _names(concept: RawConcept) -> Iterator[tuple[str, _Word]]:
    listed = _Word.LOOSE if concept.source == "ncbigene" else _Word.LISTED
    yield match_key(concept.name), _Word.APPROVED
    for text, kind in concept.names:
        if kind is not NameKind.ABBREVIATION:
            yield match_key(text), _Word.APPROVED if kind is NameKind.PREFERRED else listed


def _meant(
    heading: RawConcept, owners: Mapping[str, Mapping[str, _Word]], curated: Mapping[str, str], *, is_class: bool, is_chemical: bool
) -> Iterator[set[str]]:
    least = _Word.APPROVED if is_chemical else _Word.LISTED if is_class else _Word.LOOSE
    for text in (heading.name, inverted(heading.name)):
        key = match_key(text) if text else ""
        if key in curated:
            yield {curated[key]}
        else:
            yield {curie for curie, word in owners.get(key, {}).items() if word >= least or curie.startswith(_FAMILIES)}
    if is_chemical:
        return
    shared: dict[str, dict[str, _Word]] = {}
    for key in {match_key(text) for text, _ in heading.names}:
        for curie, word in owners.get(key, {}).items():
            if _tells(key, curie, word):
                shared.setdefault(curie, {})[key] = word
    yield {
        curie
        for curie, keys in shared.items()
        if not is_class or curie.startswith(_FAMILIES) or len(keys) >= _ENOUGH_KEYS or max(keys.values()) is _Word.APPROVED
    }


def _tells(key: str, curie: str, word: _Word) -> bool:
    """Tell whether an entry term that is a name of a gene says that the heading is the gene."""
    if len(key) < _LONG_KEY:
        return word is _Word.APPROVED and not curie.startswith(_FAMILIES)
    return word > _Word.LOOSE or len(key) >= _LONG_LOOSE_KEY
