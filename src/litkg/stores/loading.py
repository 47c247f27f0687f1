"""Puts documents into a graph and takes them out, on any store that runs Cypher inside a transaction.

Owns the one algorithm by which the graph stays a function of the documents in it: take out what the documents said before, put in what they say
now, then work out again whatever other documents share with them. Refuses to open, commit or save anything: the store does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import cast

from litkg.belief import Observation, summarise
from litkg.model import Extraction
from litkg.predicates import load_predicates
from litkg.stores import statements
from litkg.stores.base import Counts, Execute, Row
from litkg.stores.concepts import ConceptRecord, apply_variant, merge, record_of, variant_of
from litkg.stores.rows import case_report_row, concept_row, counts, document_row, evidence_rows, mention_rows, observation, stored_record, summary_row
from litkg.stores.schema import relationship_type


def load_batch(execute: Execute, extractions: Sequence[Extraction]) -> Counts:
    """Replace the documents of `extractions` by what these say and return what was handed over; the last of several with one id holds."""
    execute = _skipping_empty(execute)
    latest = {extraction.document.id: extraction for extraction in extractions}
    batch = [latest[document_id] for document_id in sorted(latest)]
    execute(statements.PUT_DOCUMENTS, {"rows": [document_row(extraction) for extraction in batch]})
    touched_concepts, touched_assertions = _withdraw(execute, sorted(latest))
    touched_concepts |= {concept.id for extraction in batch for concept in extraction.concepts}
    touched_assertions |= {assertion.id for extraction in batch for assertion in extraction.assertions}
    _put_concepts(execute, batch, touched_concepts)
    _put_assertions(execute, batch)
    _put_evidence(execute, batch)
    _put_case_reports(execute, batch)
    _refresh_assertions(execute, touched_assertions)
    _drop_unmentioned(execute, touched_concepts)
    return sum((counts(extraction) for extraction in batch), Counts())


def remove_documents(execute: Execute, document_ids: Collection[str]) -> int:
    """Take documents out with all that only they supported; return how many were there."""
    execute = _skipping_empty(execute)
    ids = sorted(document_ids)
    there = _ids(execute(statements.DOCUMENTS_THERE, {"ids": ids}))
    execute(statements.LOCK_DOCUMENTS, {"ids": ids})
    touched_concepts, touched_assertions = _withdraw(execute, ids)
    execute(statements.DELETE_DOCUMENTS, {"ids": ids})
    _put_concepts(execute, (), touched_concepts)
    _refresh_assertions(execute, touched_assertions)
    _drop_unmentioned(execute, touched_concepts)
    return len(there)


def _skipping_empty(execute: Execute) -> Execute:
    """Return `execute` that saves the round trip of a statement over an empty list: UNWIND would do nothing and return nothing."""

    def run(statement: str, params: Mapping[str, object]) -> list[Row]:
        return execute(statement, params) if all(params.values()) else []

    return run


def _withdraw(execute: Execute, document_ids: Sequence[str]) -> tuple[set[str], set[str]]:
    """Delete all that documents say but the documents themselves; return the concepts and assertions that they spoke of."""
    concepts = _ids(execute(statements.CONCEPTS_OF_DOCUMENTS, {"ids": document_ids}))
    assertions = _ids(execute(statements.ASSERTIONS_OF_DOCUMENTS, {"ids": document_ids}))
    if concepts or assertions:
        for statement in (statements.DELETE_EVIDENCE, statements.DELETE_CASE_REPORTS, statements.DELETE_MENTIONS):
            execute(statement, {"ids": document_ids})
    return concepts, assertions


def _put_concepts(execute: Execute, batch: Sequence[Extraction], touched: Collection[str]) -> None:
    """Write the mentions of `batch` and work out the properties of all touched concepts again."""
    ids = sorted(touched)
    execute(statements.MERGE_CONCEPTS, {"ids": sorted({concept.id for extraction in batch for concept in extraction.concepts})})
    execute(statements.LOCK_CONCEPTS, {"ids": ids})
    before = {str(row["id"]): stored_record(row) for row in execute(statements.CONCEPT_RECORDS, {"ids": ids}) if row["categories"] is not None}
    votes: dict[str, Counter[ConceptRecord]] = defaultdict(Counter)
    for row in execute(statements.CONCEPT_VARIANTS, {"ids": ids}):
        record = apply_variant(before[str(row["id"])], cast("str | None", row["variant"]))
        votes[str(row["id"])][record] += cast(int, row["documents"])
    for extraction in batch:
        for concept in extraction.concepts:
            votes[concept.id][record_of(concept)] += 1
    after = {concept_id: merge(records) for concept_id, records in votes.items()}
    changed = {concept_id: record for concept_id, record in after.items() if before.get(concept_id) != record}
    _rewrite_variants(execute, before, changed)
    execute(statements.SET_CONCEPTS, {"rows": [concept_row(concept_id, changed[concept_id]) for concept_id in sorted(changed)]})
    _relabel(execute, before, changed)
    _put_families(execute, before, changed)
    execute(statements.CREATE_MENTIONS, {"rows": [row for extraction in batch for row in mention_rows(extraction, after)]})


def _rewrite_variants(execute: Execute, before: Mapping[str, ConceptRecord], changed: Mapping[str, ConceptRecord]) -> None:
    known = sorted(concept_id for concept_id in changed if concept_id in before)
    rows = []
    for row in execute(statements.MENTIONS_OF_CONCEPTS, {"ids": known}):
        concept_id = str(row["concept"])
        record = apply_variant(before[concept_id], cast("str | None", row["variant"]))
        variant = variant_of(record, changed[concept_id])
        if variant != row["variant"]:
            rows.append({"concept": concept_id, "document": row["document"], "variant": variant})
    execute(statements.SET_VARIANTS, {"rows": rows})


def _relabel(execute: Execute, before: Mapping[str, ConceptRecord], changed: Mapping[str, ConceptRecord]) -> None:
    added: dict[str, list[str]] = defaultdict(list)
    dropped: dict[str, list[str]] = defaultdict(list)
    for concept_id in sorted(changed):
        now = set(changed[concept_id].categories)
        was = set(before[concept_id].categories) if concept_id in before else set()
        for label in now - was:
            added[label].append(concept_id)
        for label in was - now:
            dropped[label].append(concept_id)
    for label in sorted(added):
        execute(statements.add_label(label), {"ids": added[label]})
    for label in sorted(dropped):
        execute(statements.drop_label(label), {"ids": dropped[label]})


def _put_families(execute: Execute, before: Mapping[str, ConceptRecord], changed: Mapping[str, ConceptRecord]) -> None:
    """Link the concepts whose families changed to these, and drop the families that lost their last member."""
    moved = sorted(concept_id for concept_id, record in changed.items() if record.families != (before[concept_id].families if concept_id in before else ()))
    left = _ids(execute(statements.FAMILIES_OF_CONCEPTS, {"ids": moved}))
    rows = [{"concept": concept_id, "family": family} for concept_id in moved for family in changed[concept_id].families]
    joined = {row["family"] for row in rows}
    execute(statements.MERGE_FAMILIES, {"ids": sorted(joined)})
    execute(statements.LOCK_FAMILIES, {"ids": sorted(joined | left)})
    execute(statements.UNLINK_FAMILIES, {"ids": moved})
    execute(statements.LINK_FAMILIES, {"rows": rows})
    _drop_empty_families(execute, left - joined)


def _drop_unmentioned(execute: Execute, touched: Collection[str]) -> None:
    mentioned = _ids(execute(statements.CONCEPT_VARIANTS, {"ids": sorted(touched)}))
    gone = sorted(set(touched) - mentioned)
    left = _ids(execute(statements.FAMILIES_OF_CONCEPTS, {"ids": gone}))
    execute(statements.LOCK_FAMILIES, {"ids": sorted(left)})
    execute(statements.DELETE_CONCEPTS, {"ids": gone})
    _drop_empty_families(execute, left)


def _drop_empty_families(execute: Execute, families: Collection[str]) -> None:
    filled = _ids(execute(statements.FAMILIES_WITH_MEMBERS, {"ids": sorted(families)}))
    execute(statements.DELETE_FAMILIES, {"ids": sorted(set(families) - filled)})


def _put_assertions(execute: Execute, batch: Sequence[Extraction]) -> None:
    assertions = {assertion.id: assertion for extraction in batch for assertion in extraction.assertions}
    ids = sorted(assertions)
    there = _ids(execute(statements.ASSERTIONS_THERE, {"ids": ids}))
    predicates = load_predicates()
    rows = [asdict(assertions[item]) | {"causal": predicates[assertions[item].predicate].causal} for item in ids]
    execute(statements.MERGE_ASSERTIONS, {"rows": rows})
    execute(statements.LINK_ASSERTIONS, {"rows": [row for row in rows if row["id"] not in there]})


def _put_evidence(execute: Execute, batch: Sequence[Extraction]) -> None:
    surest: dict[str, Row] = {}
    for row in (row for extraction in batch for row in evidence_rows(extraction)):
        known = surest.get(str(row["id"]))
        if known is None or cast(float, row["confidence"]) > cast(float, known["confidence"]):
            surest[str(row["id"])] = row
    rows = [surest[item] for item in sorted(surest)]
    execute(statements.CREATE_EVIDENCE, {"rows": rows})
    execute(statements.LINK_SUPPORTING, {"rows": [row for row in rows if not row["negated"]]})
    execute(statements.LINK_REFUTING, {"rows": [row for row in rows if row["negated"]]})


def _put_case_reports(execute: Execute, batch: Sequence[Extraction]) -> None:
    reports = {report.id: report for extraction in batch for report in extraction.case_reports}
    rows = [case_report_row(reports[item]) for item in sorted(reports)]
    execute(statements.put_case_reports(), {"rows": rows})
    execute(statements.LINK_CASE_REPORTS, {"rows": rows})


def _refresh_assertions(execute: Execute, touched: Collection[str]) -> None:
    """Work out belief, counts, years and the edge between the concepts again; delete assertions that nothing is left to support."""
    ids = sorted(touched)
    execute(statements.LOCK_ASSERTIONS, {"ids": ids})
    observations: dict[str, list[Observation]] = defaultdict(list)
    for row in execute(statements.EVIDENCE_OF_ASSERTIONS, {"ids": ids}):
        observations[str(row["id"])].append(observation(row))
    ends = {str(row["id"]): row for row in execute(statements.ENDS_OF_ASSERTIONS, {"ids": ids})}
    kept = [ends[item] | summary_row(summarise(observations[item])) for item in ids if item in observations]
    gone = [ends[item] for item in ids if item in ends and item not in observations]
    execute(statements.SET_SUMMARIES, {"rows": kept})
    for relationship, rows in _by_relationship(kept):
        execute(statements.put_edges(relationship), {"rows": rows})
    for relationship, rows in _by_relationship(gone):
        execute(statements.delete_edges(relationship), {"rows": rows})
    execute(statements.DELETE_ASSERTIONS, {"ids": [row["id"] for row in gone]})


def _by_relationship(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[relationship_type(str(row["predicate"]))].append(row)
    return sorted(grouped.items())


def _ids(rows: Iterable[Row]) -> set[str]:
    return {str(row["id"]) for row in rows}
