"""Turns records into the rows that are written, and the rows that are read into records.

Owns which property holds which field; refuses to run anything. A row to write is a tuple in the order of the names that stand beside its function.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import cast

from litkg.belief import AssertionSummary, Observation
from litkg.model import CRITERIA, NARANJO_ITEMS, Assertion, CaseReport, Certainty, Criterion, Document, Evidence, Extraction, NaranjoItem, Run
from litkg.naranjo import item_points, total_range
from litkg.predicates import load_predicates
from litkg.stores.base import Counts, Row
from litkg.stores.concepts import ConceptRecord
from litkg.stores.schema import load_schema
from litkg.stores.writing import Values


def counts(extraction: Extraction) -> Counts:
    """Return how much an extraction hands over."""
    return Counts(
        documents=1,
        concepts=len(extraction.concepts),
        mentions=len(extraction.groundings),
        assertions=len(extraction.assertions),
        evidence=len(extraction.evidence),
        case_reports=len(extraction.case_reports),
    )


DOCUMENT_NAMES = ("id", "title", "year", "journal", "licence", "sha256", "retracted")


def document_row(document: Document) -> Values:
    """Return the properties of a document."""
    return (document.id, document.title, document.year, document.journal, document.licence, document.sha256, document.retracted)


RUN_NAMES = ("id", "litkg", "code", "lexicon", "extractors", "models", "packages", "settings", "n_documents", "n_evidence")


def run_row(run: Run, n_documents: int, n_evidence: int) -> Values:
    """Return the properties of a run; a pair is one string of name and value, and what there is none of is absent."""
    tables = ([f"{name} {value}" for name, value in table] or None for table in (run.models, run.packages, run.settings))
    return (run.id, run.litkg, run.code, run.lexicon, list(run.extractors) or None, *tables, n_documents, n_evidence)


CONCEPT_NAMES = ("id", "name", "category", "categories", "synonyms", "xrefs", "grounded", "families", "n_documents", "variants")


def concept_row(concept_id: str, record: ConceptRecord, n_documents: int, variants: str | None) -> Values:
    """Return the properties of a concept."""
    return (
        concept_id,
        record.name,
        record.categories[0],
        list(record.categories),
        list(record.synonyms),
        list(record.xrefs),
        record.grounded,
        list(record.families) or None,
        n_documents,
        variants,
    )


MENTION_NAMES = ("document", "concept", "count", "variant")
EVIDENCE_NAMES = (
    *("id", "text", "section", "start", "end", "subject_start", "subject_end", "object_start", "object_end", "negated"),
    *("certainty", "confidence", "probability", "extractor", "knowledge"),
    *("negation_text", "negation_start", "negation_end", "negation_scope_start", "negation_scope_end"),
    *("doubt_text", "doubt_start", "doubt_end", "doubt_scope_start", "doubt_scope_end", "comparator_start", "comparator_end"),
    "publications",
)
_NO_CUE = (None,) * 5


def evidence_row(item: Evidence, probability: float) -> Values:
    """Return the properties of a piece of evidence; `probability` is that of its having been read right."""
    negation, doubt = item.negation, item.doubt
    return (
        *(item.id, item.text, item.section.value, item.start, item.end),
        *item.subject_mention,
        *item.object_mention,
        *(item.negated, item.certainty.value, float(item.confidence), probability, item.extractor, item.knowledge.value),
        *((negation.text, negation.start, negation.end, *negation.scope) if negation else _NO_CUE),
        *((doubt.text, doubt.start, doubt.end, *doubt.scope) if doubt else _NO_CUE),
        *(item.comparator or (None, None)),
        list(item.publications) or None,
    )


SUMMARY_NAMES = tuple(item.name for item in fields(AssertionSummary))
COUNT_NAMES = tuple(name for name in SUMMARY_NAMES if name not in {"first_year", "last_year"})
ASSERTION_NAMES = ("id", "predicate", "aspect", "subject_aspect", "sign", "causal", *SUMMARY_NAMES)


def assertion_row(assertion: Assertion, summary: AssertionSummary) -> Values:
    """Return the properties of an assertion."""
    causal = load_predicates()[assertion.predicate].causal
    return (assertion.id, assertion.predicate, assertion.aspect, assertion.subject_aspect, assertion.sign, causal, *summary_values(summary))


def summary_values(summary: AssertionSummary) -> Values:
    """Return the properties that an assertion has from all its evidence, in the order of `SUMMARY_NAMES`."""
    return (
        *(summary.belief, summary.n_support, summary.n_refute, summary.n_hedged, summary.first_year, summary.last_year, summary.negated),
        *(summary.certainty.value, summary.support_doubt, summary.refute_doubt),
    )


def count_values(summary: AssertionSummary) -> Values:
    """Return the same without the years, in the order of `COUNT_NAMES`."""
    return (
        *(summary.belief, summary.n_support, summary.n_refute, summary.n_hedged, summary.negated),
        *(summary.certainty.value, summary.support_doubt, summary.refute_doubt),
    )


def stored_summary(row: Row) -> AssertionSummary:
    """Return the summary of a row of `statements.ASSERTION_SUMMARIES`."""
    return AssertionSummary(
        belief=cast(float, row["belief"]),
        n_support=cast(int, row["n_support"]),
        n_refute=cast(int, row["n_refute"]),
        n_hedged=cast(int, row["n_hedged"]),
        first_year=cast("int | None", row["first_year"]),
        last_year=cast("int | None", row["last_year"]),
        negated=bool(row["negated"]),
        certainty=Certainty(str(row["certainty"])),
        support_doubt=cast(int, row["support_doubt"]),
        refute_doubt=cast(int, row["refute_doubt"]),
    )


EDGE_NAMES = ("subject", "object", "assertion_id", "sign", "belief", "negated", "certainty")


def edge_row(assertion: Assertion, summary: AssertionSummary) -> Values:
    """Return the ends and properties of the edge between two concepts that stands for an assertion."""
    return (assertion.subject, assertion.object, assertion.id, assertion.sign, summary.belief, summary.negated, summary.certainty.value)


def case_report_names() -> tuple[str, ...]:
    """Return the names of a case report's properties: more than stand in any one place."""
    return load_schema().nodes["CaseReport"].properties


def case_report_row(report: CaseReport) -> Values:
    """Return the properties of a case report."""
    row = _case_report_properties(report)
    return tuple(row[name] for name in case_report_names())


def _case_report_properties(report: CaseReport) -> Row:
    row: Row = {"id": report.id, "document_id": report.document_id}
    for name in CRITERIA:
        criterion: Criterion = getattr(report, name)
        row |= {
            name: criterion.answer.value,
            f"{name}_text": criterion.text,
            f"{name}_start": criterion.start,
            f"{name}_end": criterion.end,
            f"{name}_value": criterion.value,
        }
    return row | _cause_properties(report) | _naranjo_properties(report)


def _cause_properties(report: CaseReport) -> Row:
    causes = report.alternative_causes
    return {
        "alternative_causes": [cause.name for cause in causes] or None,
        "alternative_causes_ruled_out": [cause.ruled_out.value for cause in causes] or None,
        "alternative_causes_text": [cause.text for cause in causes] or None,
        "alternative_causes_start": [cause.start for cause in causes] or None,
        "alternative_causes_end": [cause.end for cause in causes] or None,
        "alternative_causes_concept": [cause.concept or "" for cause in causes] or None,
    }


def _naranjo_properties(report: CaseReport) -> Row:
    lowest, highest = total_range(report.naranjo)
    row: Row = {"naranjo_lowest": lowest, "naranjo_highest": highest}
    items = {number: NaranjoItem(number=number) for number in NARANJO_ITEMS} | {item.number: item for item in report.naranjo}
    for number, item in items.items():
        row |= {
            f"naranjo_{number}": item.answer.value,
            f"naranjo_{number}_points": item_points(item),
            f"naranjo_{number}_text": item.text,
            f"naranjo_{number}_start": item.start,
            f"naranjo_{number}_end": item.end,
        }
    return row


def ids_of(rows: Iterable[Row]) -> set[str]:
    """Return the column `id` of rows."""
    return {str(row["id"]) for row in rows}


def observation(row: Row) -> Observation:
    """Return what a row of `statements.EVIDENCE_OF_ASSERTIONS` tells belief."""
    return Observation(
        evidence_id=str(row["evidence"]),
        document_id=str(row["document"]),
        year=cast("int | None", row["year"]),
        negated=bool(row["negated"]),
        certainty=Certainty(str(row["certainty"])),
        probability=cast(float, row["probability"]),
    )
