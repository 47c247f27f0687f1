"""Merges what the sources say into concepts: one thing, one concept, one canonical id, all other ids as xrefs.

Ids join by curated crosswalks only, and by equal preferred names between two sources that have no crosswalk. A join that would put two
ids of one source, or a gene and a chemical, into one concept is refused and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from litkg.lexicon.doubts import Doubts
from litkg.lexicon.records import Crosswalk, RawConcept
from litkg.model import Category

CANONICAL_ORDER = ("HGNC", "FPLX", "HGNC.GROUP", "MONDO", "HP", "GO", "CL", "NCBITaxon", "CHEBI", "MESH", "UNII", "DOID")
_GROUPS = {
    "HGNC": "gene", "FPLX": "family", "HGNC.GROUP": "family", "MONDO": "disease", "HP": "disease", "DOID": "disease", "CHEBI": "chemical", "UNII": "chemical",
    "GO": "process", "CL": "cell", "NCBITaxon": "organism",
}  # fmt: skip
_SOURCE_ORDER = ("overlay", "hgnc", "famplex", "hgnc_group", "mondo", "hp", "go", "cl", "chebi", "mesh", "unii", "doid", "mesh_supplementary", "ncbigene")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedConcept:
    """A concept and what each source contributes, in source order. `id` is the canonical one."""

    id: str
    parts: tuple[RawConcept, ...]
    ids: tuple[str, ...]
    shared: tuple[str, ...] = ()
    """Ids of another concept that stand for this one too: a MeSH heading that has this concept's name among its own."""

    def xrefs(self) -> tuple[str, ...]:
        """Return all known ids but the canonical one, sorted."""
        found = {curie for curie in (*self.ids, *self.shared) if curie != self.id}
        for part in self.parts:
            found.update(part.xrefs)
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """Which crosswalks hold, in the order that they counted, and which were refused: (left, right, source, why), sorted."""

    joins: tuple[Crosswalk, ...]
    refused: tuple[tuple[str, str, str, str], ...]

    @property
    def joined(self) -> int:
        """How many crosswalks hold."""
        return len(self.joins)


class _Classes:
    """Disjoint sets of ids that refuse a union which would be no single thing."""

    def __init__(self, parts: frozenset[frozenset[str]]) -> None:
        self._root: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._kept_apart = parts

    def find(self, curie: str) -> str:
        root = curie
        while self._root.get(root, root) != root:
            root = self._root[root]
        while self._root.get(curie, curie) != root:
            self._root[curie], curie = root, self._root[curie]
        return root

    def members(self, curie: str) -> set[str]:
        root = self.find(curie)
        return self._members.get(root, {root})

    def join(self, left: str, right: str) -> str | None:
        """Join two ids; return why not where that is refused."""
        first, second = self.members(left), self.members(right)
        if first is second or left == right:
            return None
        if why := self._conflict(first, second):
            return why
        keep, drop = sorted((self.find(left), self.find(right)))
        self._root[drop] = keep
        self._root.setdefault(keep, keep)
        self._members[keep] = first | second
        self._members.pop(drop, None)
        return None

    def _conflict(self, first: set[str], second: set[str]) -> str | None:
        prefixes = {curie.partition(":")[0] for curie in first} & {curie.partition(":")[0] for curie in second}
        if clash := prefixes - {"UNII"}:
            return f"two ids of {sorted(clash)[0]}"
        groups = {_GROUPS[prefix] for curie in first | second if (prefix := curie.partition(":")[0]) in _GROUPS}
        if len(groups) > 1:
            return " and ".join(sorted(groups))
        for pair in self._kept_apart:
            if pair & first and pair & second and pair <= first | second:
                return "kept apart by the overlay"
        return None


def merge(
    raw: Sequence[RawConcept], crosswalks: Iterable[Crosswalk], *, kept_apart: frozenset[frozenset[str]] = frozenset()
) -> tuple[tuple[MergedConcept, ...], MergeReport]:
    """Return the merged concepts, sorted by id, and the report. Crosswalks count in the order given: an earlier one wins over a later one.

    Ids that no source describes are not joined.
    """
    known = {concept.id for concept in raw}
    doubts = Doubts(raw)
    classes = _Classes(kept_apart)
    joins = []
    refused = []
    for walk in crosswalks:
        if walk.left in known and walk.right in known:
            why = doubts.why(walk.left, walk.right) if walk.source != "overlay" else None
            why = why or classes.join(walk.left, walk.right)
            if why is None:
                joins.append(walk)
            else:
                refused.append((walk.left, walk.right, walk.source, why))
    gathered: dict[str, list[RawConcept]] = {}
    for concept in raw:
        gathered.setdefault(classes.find(concept.id), []).append(concept)
    merged = []
    for root, parts in gathered.items():
        ids = classes.members(root)
        canonical = min(ids, key=lambda curie: (_place(curie.partition(":")[0], CANONICAL_ORDER), curie))
        ordered = sorted(parts, key=lambda part: (_place(part.source, _SOURCE_ORDER), part.id))
        merged.append(MergedConcept(id=canonical, parts=tuple(ordered), ids=tuple(sorted(ids))))
    return tuple(sorted(merged, key=lambda concept: concept.id)), MergeReport(joins=tuple(joins), refused=tuple(sorted(refused)))


def categories_of(concept: MergedConcept, cytokines: frozenset[str]) -> tuple[Category, ...]:
    """Return the categories of a merged concept, the main one first; empty where no source puts it in scope.

    The overlay decides where it speaks; else the source of the canonical id. A chemical that a drug list names is a Drug, unless it is the
    body's own, which is a Chemical first.
    """
    stated = next((part.categories for part in concept.parts if part.source == "overlay" and part.categories), None)
    own = stated or next((part.categories for part in concept.parts if part.id == concept.id and part.categories), ())
    own = own or next((part.categories for part in concept.parts if part.categories), ())
    found = list(own)
    if stated is None and found == [Category.CHEMICAL] and any(Category.DRUG in part.categories for part in concept.parts):
        chebi = next((part for part in concept.parts if part.source == "chebi"), None)
        found = [Category.CHEMICAL, Category.DRUG] if chebi and Category.DRUG in chebi.categories else [Category.DRUG]
    if Category.DISEASE in found and any(part.source == "hp" for part in concept.parts) and Category.PHENOTYPE not in found:
        found.append(Category.PHENOTYPE)
    if Category.GENE in found and cytokines.intersection(concept.ids) and Category.CYTOKINE not in found:
        found.append(Category.CYTOKINE)
    return tuple(found)


def equal_name_crosswalks(raw: Sequence[RawConcept], keys: Mapping[str, str], *, left: str, right: frozenset[str], source: str) -> tuple[Crosswalk, ...]:
    """Return joins of concepts of source `left` with those of sources `right` whose preferred names have one key; `keys` leads from name to key.

    Names that more than one concept of either side prefers join nothing.
    """
    others: dict[str, list[str]] = {}
    for concept in raw:
        if concept.source in right:
            others.setdefault(keys[concept.name], []).append(concept.id)
    found = []
    for concept in raw:
        if concept.source == left:
            matches = others.get(keys[concept.name], ())
            if len(matches) == 1:
                found.append(Crosswalk(concept.id, matches[0], source))
    return tuple(found)


def _place(item: str, order: tuple[str, ...]) -> int:
    return order.index(item) if item in order else len(order)
