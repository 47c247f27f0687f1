"""Puts documents into a graph and takes them out, on any store that writes tables of nodes and relationships inside a transaction.

Owns the one algorithm by which the graph stays a function of the documents in it: take out what the documents said before, put in what they say
now, and work out again what other documents share with them. What a shared node needs to know of all its documents it carries itself, as counts and sums
that a document is added to without a look at the others; only where a document goes is the evidence of its claims read again. Refuses to open, commit or
save anything: the store does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from litkg.belief import AssertionSummary, Observation, add_summaries, summarise
from litkg.model import Assertion
from litkg.stores import statements
from litkg.stores.base import Counts, Row
from litkg.stores.concept_loading import ConceptVotes, delete_concepts, put_concepts
from litkg.stores.preparing import PreparedDocument, PreparedEvidence
from litkg.stores.rows import (
    ASSERTION_NAMES,
    COUNT_NAMES,
    DOCUMENT_NAMES,
    EDGE_NAMES,
    EVIDENCE_NAMES,
    MENTION_NAMES,
    SUMMARY_NAMES,
    assertion_row,
    case_report_names,
    count_values,
    edge_row,
    ids_of,
    observation,
    stored_summary,
    summary_values,
)
from litkg.stores.run_loading import put_runs, runs_of_documents
from litkg.stores.schema import relationship_type
from litkg.stores.writing import Link, Values, Writer


def load_batch(writer: Writer, documents: Sequence[PreparedDocument]) -> Counts:
    """Replace documents by what is now said of them and return what was handed over; the last of several with one id holds."""
    latest = {document.id: document for document in documents}
    batch = [latest[document_id] for document_id in sorted(latest)]
    withdrawn_runs = runs_of_documents(writer, sorted(latest))
    withdrawn_concepts, withdrawn_assertions = _withdraw(writer, sorted(latest))
    writer.create("Document", DOCUMENT_NAMES, [document.row for document in batch])
    put_runs(writer, batch, withdrawn_runs)
    concepts = put_concepts(writer, batch, withdrawn_concepts)
    rows = [
        (item.id, concept_id, count, concepts.variants.get((concept_id, record))) for item in batch for concept_id, (record, count) in item.concepts.items()
    ]
    writer.connect("MENTIONS", MENTION_NAMES, rows)
    _put_assertions(writer, batch, withdrawn_assertions, concepts.n_documents)
    for relationship, negated in (("SUPPORTS", False), ("REFUTES", True)):
        _put_evidence(writer, relationship, [(document.id, item) for document in batch for item in document.evidence if item.negated is negated])
    _put_case_reports(writer, batch)
    delete_concepts(writer, concepts.gone)
    return sum((document.counts for document in batch), Counts())


def remove_documents(writer: Writer, document_ids: Collection[str]) -> int:
    """Take documents out with all that only they supported; return how many were there."""
    ids = sorted(document_ids)
    there = ids_of(writer.run(statements.DOCUMENTS_THERE, {"ids": ids}))
    withdrawn_runs = runs_of_documents(writer, ids)
    withdrawn_concepts, withdrawn_assertions = _withdraw(writer, ids)
    put_runs(writer, (), withdrawn_runs)
    concepts = put_concepts(writer, (), withdrawn_concepts)
    _put_assertions(writer, (), withdrawn_assertions, concepts.n_documents)
    delete_concepts(writer, concepts.gone)
    return len(there)


def _withdraw(writer: Writer, document_ids: Sequence[str]) -> tuple[ConceptVotes, set[str]]:
    """Delete documents and all that they say; return how they named concepts, and the assertions that they spoke of."""
    there = sorted(ids_of(writer.run(statements.DOCUMENTS_THERE, {"ids": document_ids})))
    if not there:
        return {}, set()
    votes: ConceptVotes = defaultdict(Counter)
    for row in writer.run(statements.MENTIONS_OF_DOCUMENTS, {"ids": there}):
        votes[str(row["id"])][cast("str | None", row["variant"])] += cast(int, row["documents"])
    assertions = ids_of(writer.run(statements.ASSERTIONS_OF_DOCUMENTS, {"ids": there}))
    for statement in (statements.DELETE_EVIDENCE, statements.DELETE_CASE_REPORTS, statements.DELETE_DOCUMENTS):
        writer.run(statement, {"ids": there})
    return votes, assertions


def _put_assertions(writer: Writer, batch: Sequence[PreparedDocument], withdrawn: Collection[str], n_documents: Mapping[str, int]) -> None:
    """Write what the batch's evidence adds to assertions, those that lost evidence worked out again, and delete those that have none left.

    `n_documents` tells hubs from other concepts.
    """
    added: dict[str, AssertionSummary] = {}
    assertions: dict[str, Assertion] = {}
    for document in batch:
        for assertion, summary in document.assertions:
            known = added.get(assertion.id)
            added[assertion.id] = summary if known is None else add_summaries(known, summary)
            assertions[assertion.id] = assertion
    left, ends = _evidence_left(writer, withdrawn)
    stored = {str(row["id"]): stored_summary(row) for row in _read(writer, statements.ASSERTION_SUMMARIES, sorted(added.keys() - ends.keys()))}
    before = stored | left
    after = {assertion_id: add_summaries(before[assertion_id], summary) if assertion_id in before else summary for assertion_id, summary in added.items()} | {
        assertion_id: summary for assertion_id, summary in left.items() if assertion_id not in added
    }
    there = stored.keys() | ends.keys()
    _create_assertions(writer, [(assertions[item], after[item]) for item in sorted(after.keys() - there)])
    changed = sorted(after.keys() & there)
    _update_summaries(writer, stored, after, changed)
    spoken = {item: assertions[item] if item in assertions else _stored_assertion(ends[item]) for item in changed}
    for relationship, rows in _edges((spoken[item], after[item]) for item in changed):
        writer.update_edges(relationship, EDGE_NAMES, rows, n_documents)
    _delete_assertions(writer, [ends[item] for item in sorted(ends.keys() - after.keys())])


def _evidence_left(writer: Writer, withdrawn: Collection[str]) -> tuple[dict[str, AssertionSummary], dict[str, Row]]:
    """Return what is left of the assertions that lost evidence, and the predicate, sign and ends of them all."""
    ids = sorted(withdrawn)
    observations: dict[str, list[Observation]] = defaultdict(list)
    for row in _read(writer, statements.EVIDENCE_OF_ASSERTIONS, ids):
        observations[str(row["id"])].append(observation(row))
    ends = {str(row["id"]): row for row in _read(writer, statements.ENDS_OF_ASSERTIONS, ids)}
    return {assertion_id: summarise(found) for assertion_id, found in observations.items()}, ends


def _create_assertions(writer: Writer, made: Sequence[tuple[Assertion, AssertionSummary]]) -> None:
    links = (
        Link(type="SUBJECT", label="Concept", ends=[assertion.subject for assertion, _ in made]),
        Link(type="OBJECT", label="Concept", ends=[assertion.object for assertion, _ in made]),
    )
    writer.create("Assertion", ASSERTION_NAMES, [assertion_row(assertion, summary) for assertion, summary in made], links=links)
    for relationship, rows in _edges(made):
        writer.connect(relationship, EDGE_NAMES, rows)


def _update_summaries(writer: Writer, stored: Mapping[str, AssertionSummary], after: Mapping[str, AssertionSummary], changed: Sequence[str]) -> None:
    """Write what has become of assertions, their years only where they are others: one is indexed, and an index takes longer to change than a node."""
    dated = [item for item in changed if item not in stored or _years(stored[item]) != _years(after[item])]
    writer.update("Assertion", ("id", *SUMMARY_NAMES), [(item, *summary_values(after[item])) for item in dated])
    counted = sorted(set(changed) - set(dated))
    writer.update("Assertion", ("id", *COUNT_NAMES), [(item, *count_values(after[item])) for item in counted])


def _years(summary: AssertionSummary) -> tuple[int | None, int | None]:
    return summary.first_year, summary.last_year


def _delete_assertions(writer: Writer, gone: Sequence[Row]) -> None:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in gone:
        grouped[relationship_type(str(row["predicate"]))].append(row)
    for relationship in sorted(grouped):
        writer.run(statements.delete_edges(relationship), {"rows": grouped[relationship]})
    if gone:
        writer.run(statements.DELETE_ASSERTIONS, {"ids": [row["id"] for row in gone]})


def _put_evidence(writer: Writer, relationship: str, evidence: Sequence[tuple[str, PreparedEvidence]]) -> None:
    links = (
        Link(type="FROM", label="Document", ends=[document_id for document_id, _ in evidence]),
        Link(type=relationship, label="Assertion", ends=[item.assertion_id for _, item in evidence]),
    )
    writer.create("Evidence", EVIDENCE_NAMES, [item.row for _, item in evidence], links=links)


def _put_case_reports(writer: Writer, batch: Sequence[PreparedDocument]) -> None:
    reports = [(document.id, report) for document in batch for report in document.case_reports]
    links = (
        Link(type="FROM", label="Document", ends=[document_id for document_id, _ in reports]),
        Link(type="REPORTS_DRUG", label="Concept", ends=[report.drug for _, report in reports]),
        Link(type="REPORTS_EVENT", label="Concept", ends=[report.event for _, report in reports]),
    )
    writer.create("CaseReport", case_report_names(), [report.row for _, report in reports], links=links)


def _edges(summaries: Iterable[tuple[Assertion, AssertionSummary]]) -> list[tuple[str, list[Values]]]:
    grouped: dict[str, list[Values]] = defaultdict(list)
    for assertion, summary in summaries:
        grouped[relationship_type(assertion.predicate)].append(edge_row(assertion, summary))
    return sorted(grouped.items())


def _stored_assertion(row: Mapping[str, object]) -> Assertion:
    return Assertion(
        id=str(row["id"]),
        subject=str(row["subject"]),
        predicate=str(row["predicate"]),
        object=str(row["object"]),
        aspect=cast("str | None", row["aspect"]),
        subject_aspect=cast("str | None", row["subject_aspect"]),
        sign=cast(int, row["sign"]),
    )


def _read(writer: Writer, statement: str, ids: Sequence[str]) -> list[Row]:
    return writer.run(statement, {"ids": ids}) if ids else []
