"""One record of a concept out of what each document says of it.

Owns the merge and the small differences that are kept so that it can be undone; refuses to know how they are stored.

Documents read with one lexicon say the same of a grounded concept. They differ in roles (a disease is an adverse event in one paper only), after
a new lexicon, and for ungrounded names. The merged record is a function of all records with the number of documents that give each, so the
order of loading cannot show, and a document that goes takes its say with it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import cast

from litkg.model import Category, Concept
from litkg.stores.base import Row

_ORDER = {category.value: rank for rank, category in enumerate(Category)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptRecord:
    """What a graph keeps of a concept, apart from its id; `categories` starts with the main one."""

    name: str
    categories: tuple[str, ...]
    synonyms: tuple[str, ...]
    xrefs: tuple[str, ...]
    grounded: bool
    families: tuple[str, ...] = ()


@lru_cache(maxsize=65536)
def record_of(concept: Concept) -> ConceptRecord:
    """Return what a graph keeps of `concept`: repeated categories once, synonyms and other ids sorted."""
    return ConceptRecord(
        name=concept.name,
        categories=tuple(dict.fromkeys(category.value for category in concept.categories)),
        synonyms=tuple(sorted(set(concept.synonyms))),
        xrefs=tuple(sorted(set(concept.xrefs))),
        grounded=concept.grounded,
        families=tuple(sorted(set(concept.families))),
    )


def merge(votes: Mapping[ConceptRecord, int]) -> ConceptRecord:
    """Return the record that most documents give, grounded ones and then the first in sort order among equals, with the categories of all.

    The main category is the winner's; categories that only others give follow its own, in the order of the vocabulary.
    """
    if len(votes) == 1:
        return next(iter(votes))
    winner = min(votes, key=lambda record: (-votes[record], not record.grounded, _canonical(record)))
    others = {category for record in votes for category in record.categories} - set(winner.categories)
    return ConceptRecord(
        name=winner.name,
        categories=(*winner.categories, *sorted(others, key=lambda name: (_ORDER.get(name, len(_ORDER)), name))),
        synonyms=winner.synonyms,
        xrefs=winner.xrefs,
        grounded=winner.grounded,
        families=winner.families,
    )


def votes_of(main: ConceptRecord, n_documents: int, variants: str | None) -> Counter[ConceptRecord]:
    """Return how many documents give each record, from what a graph keeps of a concept: its record, the number of its documents, and its `variants`."""
    others = {apply_variant(main, variant): count for variant, count in json.loads(variants)} if variants else {}
    return Counter({main: n_documents - sum(others.values())}) + Counter(others)


def variants_of(votes: Mapping[ConceptRecord, int], merged: ConceptRecord) -> str | None:
    r"""Return the JSON of the pairs of variant and number of documents, sorted, of all records that differ from `merged`; None where none does.

    >>> one = ConceptRecord(name="a", categories=("Gene",), synonyms=(), xrefs=(), grounded=True)
    >>> two = ConceptRecord(name="A", categories=("Gene",), synonyms=(), xrefs=(), grounded=True)
    >>> variants_of({one: 3, two: 4}, two)
    '[["{\\"name\\":\\"a\\"}",3]]'
    >>> votes_of(two, 7, variants_of({one: 3, two: 4}, two)) == {one: 3, two: 4}
    True
    """
    return variants_text({variant: count for record, count in votes.items() if (variant := variant_of(record, merged)) is not None})


def variants_text(variants: Mapping[str, int]) -> str | None:
    """Return the JSON of the pairs of variant and number of documents, sorted; None where there is none."""
    return json.dumps(sorted(variants.items()), ensure_ascii=True, separators=(",", ":")) if variants else None


def variant_of(record: ConceptRecord, merged: ConceptRecord) -> str | None:
    """Return the JSON of the fields in which `record` differs from `merged`, None where it does not differ.

    >>> one = ConceptRecord(name="a", categories=("Gene",), synonyms=(), xrefs=(), grounded=True)
    >>> two = ConceptRecord(name="A", categories=("Gene",), synonyms=(), xrefs=(), grounded=True)
    >>> variant_of(one, two)
    '{"name":"a"}'
    >>> apply_variant(two, '{"name":"a"}') == one
    True
    """
    if record == merged:
        return None
    own, common = asdict(record), asdict(merged)
    differing = {name: value for name, value in own.items() if value != common[name]}
    return json.dumps(differing, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def apply_variant(merged: ConceptRecord, variant: str | None) -> ConceptRecord:
    """Return the record that `variant_of` told apart from `merged`."""
    fields = asdict(merged) | (json.loads(variant) if variant else {})
    return ConceptRecord(
        name=fields["name"],
        categories=tuple(fields["categories"]),
        synonyms=tuple(fields["synonyms"]),
        xrefs=tuple(fields["xrefs"]),
        grounded=fields["grounded"],
        families=tuple(fields.get("families", ())),
    )


def stored_record(row: Row) -> ConceptRecord:
    """Return the record that the stored properties of a concept hold."""
    return ConceptRecord(
        name=str(row["name"]),
        categories=tuple(cast("list[str]", row["categories"])),
        synonyms=tuple(cast("list[str]", row["synonyms"])),
        xrefs=tuple(cast("list[str]", row["xrefs"])),
        grounded=bool(row["grounded"]),
        families=tuple(cast("list[str]", row["families"] or [])),
    )


def _canonical(record: ConceptRecord) -> str:
    return json.dumps(asdict(record), ensure_ascii=True, separators=(",", ":"), sort_keys=True)
