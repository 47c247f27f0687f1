"""Finds the MeSH headings that mean a concept of another source though no crosswalk joins the two: MeSH itself gives the concept's name to the heading.

MeSH files "breast cancer" and "breast neoplasms" under one heading, "L-arginine" under arginine; MONDO and ChEBI hold them apart, and a heading can be
merged with one of them alone. The others then share the heading's id: it stands among their xrefs, and leads to its owner still. Refuses to merge by a
shared name unless most names are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litkg.lexicon.merging import MergedConcept
from litkg.lexicon.normalise import inverted, match_key
from litkg.lexicon.records import Crosswalk, NameKind, RawConcept
from litkg.lexicon.variants import of_salts, without_salt
from litkg.model import Category

_HEADINGS = ("mesh", "mesh_supplementary")
_SHARING = frozenset({"MONDO", "HP", "DOID", "CHEBI", "UNII"})
_GROUP = {
    Category.DISEASE: "disease", Category.PHENOTYPE: "disease", Category.ADVERSE_EVENT: "disease",
    Category.CHEMICAL: "chemical", Category.DRUG: "chemical",
}  # fmt: skip
_LONG_KEY = 7
"""Keys of synonyms that are shorter are mostly short forms, which name many things."""
_MIN_SHARED = 2
_MIN_SHARE = 1 / 3

Key = tuple[str, str]
"""A group (disease or chemical) and the key of a name."""


def entry_term_crosswalks(raw: Sequence[RawConcept]) -> tuple[Crosswalk, ...]:
    """Return joins of headings with the one concept of another source whose preferred name is among their entry terms, where the two have most names in
    common: the heading's own name, or two names and a third of those of the one that has fewer."""
    terms = _terms_of_headings(raw)
    parts: dict[str, list[RawConcept]] = {}
    for concept in raw:
        if _group(concept.categories):
            parts.setdefault(concept.id, []).append(concept)
    found = []
    for curie, own in parts.items():
        group = _group(own[0].categories)
        if curie.partition(":")[0] not in _SHARING or group is None:
            continue
        headings = terms.get((group, match_key(own[0].name)), set())
        if len(headings) != 1:
            continue
        heading = next(iter(headings))
        keys = {key for part in own for key in _keys_of(part)}
        others = {key for part in parts[heading] for key in _keys_of(part)}
        common = keys & others
        mutual = any(_own_keys(part.name) & keys for part in parts[heading])
        if mutual or (len(common) >= _MIN_SHARED and len(common) >= _MIN_SHARE * min(len(keys), len(others))):
            found.append(Crosswalk(heading, curie, "entry term"))
    return tuple(found)


def with_shared_headings(merged: Sequence[MergedConcept], *, kept_apart: frozenset[frozenset[str]] = frozenset()) -> tuple[MergedConcept, ...]:
    """Return the concepts, those without a MeSH id with the ids of the heading that has their name, if it is one.

    The preferred names count first, then longer synonyms, then a drug with and without its salt (MeSH has raloxifene under its hydrochloride), then the other
    forms of a chemical (valproate is the base of valproic acid, whose heading it shares). Names that lead to more than one heading tell nothing.
    """
    terms = _terms_of_headings(part for concept in merged for part in concept.parts)
    owners = {curie: concept for concept in merged for curie in concept.ids}
    return tuple(_with_shared(concept, terms, owners, kept_apart) if _wants_heading(concept) else concept for concept in merged)


def shared_crosswalks(merged: Iterable[MergedConcept]) -> Iterator[Crosswalk]:
    """Yield (heading, concept) for each heading that a concept shares with its owner."""
    for concept in merged:
        for curie in concept.shared:
            yield Crosswalk(curie, concept.id, "entry term or form")


def _wants_heading(concept: MergedConcept) -> bool:
    return concept.id.partition(":")[0] in _SHARING and not any(curie.startswith("MESH:") for curie in concept.ids)


def _with_shared(
    concept: MergedConcept, terms: Mapping[Key, set[str]], owners: Mapping[str, MergedConcept], kept_apart: frozenset[frozenset[str]]
) -> MergedConcept:
    group = next((found for part in concept.parts if (found := _group(part.categories))), None)
    if group is None:
        return concept
    preferred = {match_key(part.name) for part in concept.parts}
    longer = {
        key
        for part in concept.parts
        for text, kind in part.names
        if kind in (NameKind.PREFERRED, NameKind.EXACT) and len(key := match_key(text)) >= _LONG_KEY and not text.isupper()
    }
    for keys in (preferred, longer - preferred):
        headings = {heading for key in keys for heading in terms.get((group, key), ())}
        if len(headings) == 1:
            return _sharing(concept, headings, kept_apart)
        if headings:
            return concept
    is_drug = any(Category.DRUG in part.categories for part in concept.parts)
    if is_drug and (headings := _headings_of_salts(concept, terms)):
        return _sharing(concept, headings, kept_apart)
    forms = [owners[form] for part in concept.parts for form in part.forms if form in owners]
    headings = {curie for form in forms for curie in form.ids if curie.startswith("MESH:")}
    return _sharing(concept, headings, kept_apart) if len({form.id for form in forms if form.id != concept.id and _mesh(form)}) == 1 else concept


def _headings_of_salts(concept: MergedConcept, terms: Mapping[Key, set[str]]) -> set[str]:
    """Return the one heading that has the drug without its salt, or else the drug with a salt, among its names; empty where there is none or several."""
    for names in ([without_salt(part.name) for part in concept.parts], [salt for part in concept.parts[:1] for salt in of_salts(part.name)]):
        headings = {heading for name in names if name for heading in terms.get(("chemical", match_key(name)), ())}
        if headings:
            return headings if len(headings) == 1 else set()
    return set()


def _mesh(concept: MergedConcept) -> bool:
    return any(curie.startswith("MESH:") for curie in concept.ids)


def _sharing(concept: MergedConcept, headings: set[str], kept_apart: frozenset[frozenset[str]]) -> MergedConcept:
    allowed = {heading for heading in headings if not any(pair <= {heading, *concept.ids} for pair in kept_apart)}
    return replace(concept, shared=tuple(sorted(allowed)))


def _terms_of_headings(raw: Iterable[RawConcept]) -> dict[Key, set[str]]:
    """Return the headings that MeSH calls by a key, by group and key."""
    found: dict[Key, set[str]] = {}
    for concept in raw:
        if concept.source in _HEADINGS and concept.id.startswith("MESH:") and (group := _group(concept.categories)):
            for key in _keys_of(concept):
                found.setdefault((group, key), set()).add(concept.id)
    return found


def _keys_of(concept: RawConcept) -> set[str]:
    texts = (concept.name, *(text for text, kind in concept.names if kind <= NameKind.EXACT))
    return {key for text in texts for key in _own_keys(text)}


def _own_keys(text: str) -> set[str]:
    turned = inverted(text)
    return {match_key(text), match_key(turned)} if turned else {match_key(text)}


def _group(categories: Sequence[Category]) -> str | None:
    return next((_GROUP[category] for category in categories if category in _GROUP), None)
