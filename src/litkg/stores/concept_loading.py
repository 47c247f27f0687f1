"""Writes the concepts that documents name: their merged records, how many documents name them, and the families that they are in.

Owns what a concept becomes when documents come and go; refuses assertions and evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from litkg.stores import statements
from litkg.stores.concepts import ConceptRecord, apply_variant, merge, stored_record, variant_of, variants_of, votes_of
from litkg.stores.preparing import PreparedDocument
from litkg.stores.rows import CONCEPT_NAMES, concept_row, ids_of
from litkg.stores.writing import Writer

ConceptVotes = dict[str, Counter[str | None]]
"""By concept, how many documents give each variant of its record (None: the record itself)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Concept:
    """A concept as a load finds or leaves it."""

    record: ConceptRecord
    n_documents: int
    variants: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenConcepts:
    """What a load needs to know of the concepts that it wrote: the variants of those records that differ from the merged ones, how many documents name each
    concept, and the ids of those that none names any more, to be deleted once no assertion leads to them."""

    variants: dict[tuple[str, ConceptRecord], str]
    n_documents: dict[str, int]
    gone: tuple[str, ...]


def put_concepts(writer: Writer, batch: Sequence[PreparedDocument], withdrawn: ConceptVotes) -> WrittenConcepts:
    """Write the concepts of `batch`, less what documents that are gone said of them."""
    given: dict[str, Counter[ConceptRecord]] = defaultdict(Counter)
    for document in batch:
        for concept_id, (record, _) in document.concepts.items():
            given[concept_id][record] += 1
    before = _stored(writer, given.keys() | withdrawn.keys())
    after: dict[str, _Concept] = {}
    variants: dict[tuple[str, ConceptRecord], str] = {}
    for concept_id in sorted(given.keys() | withdrawn.keys()):
        concept = _voted(before.get(concept_id), given.get(concept_id), withdrawn.get(concept_id))
        if concept is None:
            continue
        after[concept_id] = concept
        for record in given.get(concept_id, ()):
            variant = variant_of(record, concept.record)
            if variant is not None:
                variants[concept_id, record] = variant
    _write(writer, before, after)
    return WrittenConcepts(
        variants=variants,
        n_documents={concept_id: concept.n_documents for concept_id, concept in after.items()},
        gone=tuple(sorted(before.keys() - after.keys())),
    )


def _voted(before: _Concept | None, given: Counter[ConceptRecord] | None, withdrawn: Counter[str | None] | None) -> _Concept | None:
    """Return the concept after documents came and went, None where none is left."""
    if before is not None and before.variants is None and not withdrawn and given is not None and given.keys() == {before.record}:
        return _Concept(record=before.record, n_documents=before.n_documents + given[before.record], variants=None)
    votes = votes_of(before.record, before.n_documents, before.variants) if before is not None else Counter()
    if withdrawn and before is not None:
        for variant, documents in withdrawn.items():
            votes[apply_variant(before.record, variant)] -= documents
    votes = votes + (given or Counter())  # drops the records that nobody gives any more
    if not votes:
        return None
    merged = merge(votes)
    return _Concept(record=merged, n_documents=votes.total(), variants=variants_of(votes, merged))


def _stored(writer: Writer, concept_ids: Collection[str]) -> dict[str, _Concept]:
    rows = writer.run(statements.CONCEPT_RECORDS, {"ids": sorted(concept_ids)}) if concept_ids else []
    return {
        str(row["id"]): _Concept(record=stored_record(row), n_documents=cast(int, row["n_documents"]), variants=cast("str | None", row["variants"]))
        for row in rows
    }


def _write(writer: Writer, before: Mapping[str, _Concept], after: Mapping[str, _Concept]) -> None:
    """Make new concepts, count the documents of known ones, and rewrite those whose record changed."""
    new: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for concept_id in after.keys() - before.keys():
        new[tuple(sorted(after[concept_id].record.categories))].append(concept_id)
    for labels in sorted(new):
        rows = [concept_row(item, after[item].record, after[item].n_documents, after[item].variants) for item in sorted(new[labels])]
        writer.create("Concept", CONCEPT_NAMES, rows, labels=labels)
    known = sorted(after.keys() & before.keys())
    changed = [item for item in known if after[item].record != before[item].record]
    counted = [item for item in known if after[item].record == before[item].record and after[item] != before[item]]
    varied = [item for item in counted if after[item].variants != before[item].variants]
    writer.update("Concept", ("id", "n_documents", "variants"), [(item, after[item].n_documents, after[item].variants) for item in varied])
    writer.update("Concept", ("id", "n_documents"), [(item, after[item].n_documents) for item in sorted(set(counted) - set(varied))])
    rows = [concept_row(item, after[item].record, after[item].n_documents, after[item].variants) for item in changed]
    writer.update("Concept", CONCEPT_NAMES, rows)
    _rewrite_variants(writer, before, after, changed)
    _relabel(writer, before, after, changed)
    _put_families(writer, before, after)


def _rewrite_variants(writer: Writer, before: Mapping[str, _Concept], after: Mapping[str, _Concept], changed: Sequence[str]) -> None:
    if not changed:
        return
    rows = []
    for row in writer.run(statements.MENTIONS_OF_CONCEPTS, {"ids": changed}):
        concept_id = str(row["concept"])
        record = apply_variant(before[concept_id].record, cast("str | None", row["variant"]))
        variant = variant_of(record, after[concept_id].record)
        if variant != row["variant"]:
            rows.append({"concept": concept_id, "document": row["document"], "variant": variant})
    if rows:
        writer.run(statements.SET_VARIANTS, {"rows": rows})


def _relabel(writer: Writer, before: Mapping[str, _Concept], after: Mapping[str, _Concept], changed: Sequence[str]) -> None:
    added: dict[str, list[str]] = defaultdict(list)
    dropped: dict[str, list[str]] = defaultdict(list)
    for concept_id in changed:
        now, was = set(after[concept_id].record.categories), set(before[concept_id].record.categories)
        for label in now - was:
            added[label].append(concept_id)
        for label in was - now:
            dropped[label].append(concept_id)
    for label in sorted(added):
        writer.run(statements.add_label(label), {"ids": added[label]})
    for label in sorted(dropped):
        writer.run(statements.drop_label(label), {"ids": dropped[label]})


def _put_families(writer: Writer, before: Mapping[str, _Concept], after: Mapping[str, _Concept]) -> None:
    """Link the concepts whose families changed to these, and drop the families that lost their last member."""
    moved = sorted(item for item, concept in after.items() if concept.record.families != (before[item].record.families if item in before else ()))
    if not moved:
        return
    known = [item for item in moved if item in before]
    left = _unlink_families(writer, known)
    rows = [(concept_id, family) for concept_id in moved for family in after[concept_id].record.families]
    joined = sorted({family for _, family in rows})
    there = ids_of(writer.run(statements.FAMILIES_THERE, {"ids": joined}))
    writer.create("Family", ("id",), [(family,) for family in joined if family not in there])
    writer.connect("IN_FAMILY", ("concept", "family"), rows)
    _drop_empty_families(writer, left - set(joined))


def _unlink_families(writer: Writer, concept_ids: Sequence[str]) -> set[str]:
    if not concept_ids:
        return set()
    left = ids_of(writer.run(statements.FAMILIES_OF_CONCEPTS, {"ids": concept_ids}))
    if left:
        writer.run(statements.UNLINK_FAMILIES, {"ids": concept_ids})
    return left


def delete_concepts(writer: Writer, concept_ids: Sequence[str]) -> None:
    """Delete concepts, and the families that lost their last member with them."""
    if concept_ids:
        left = _unlink_families(writer, concept_ids)
        writer.run(statements.DELETE_CONCEPTS, {"ids": concept_ids})
        _drop_empty_families(writer, left)


def _drop_empty_families(writer: Writer, families: Collection[str]) -> None:
    if families:
        filled = ids_of(writer.run(statements.FAMILIES_WITH_MEMBERS, {"ids": sorted(families)}))
        writer.run(statements.DELETE_FAMILIES, {"ids": sorted(set(families) - filled)})
