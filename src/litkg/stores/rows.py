"""Turns records into the rows that statements take, and the rows that they return into records.

Owns which property holds which field; refuses to run anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import cast

from litkg.belief import AssertionSummary, Observation
from litkg.calibration import load_calibration, reading_of
from litkg.model import CRITERIA, NARANJO_ITEMS, CaseReport, Certainty, Criterion, Cue, Evidence, Extraction, NaranjoItem
from litkg.naranjo import item_points, total_range
from litkg.stores.base import Counts, Row
from litkg.stores.concepts import ConceptRecord, record_of, variant_of


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


def document_row(extraction: Extraction) -> Row:
    """Return the properties of a document."""
    document = extraction.document
    return {
        "id": document.id,
        "title": document.title,
        "year": document.year,
        "journal": document.journal,
        "licence": document.licence,
        "sha256": document.sha256,
        "retracted": document.retracted,
    }


def concept_row(concept_id: str, record: ConceptRecord) -> Row:
    """Return the properties of a concept."""
    return {
        "id": concept_id,
        "name": record.name,
        "category": record.categories[0],
        "categories": list(record.categories),
        "synonyms": list(record.synonyms),
        "xrefs": list(record.xrefs),
        "grounded": record.grounded,
        "families": list(record.families) or None,
    }


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


def mention_rows(extraction: Extraction, merged: Mapping[str, ConceptRecord]) -> list[Row]:
    """Return one row for each concept of an extraction, with the difference to the merged record."""
    mentions = Counter(grounding.concept.id for grounding in extraction.groundings if grounding.concept is not None)
    return [
        {
            "document": extraction.document.id,
            "concept": concept.id,
            "count": mentions[concept.id],
            "variant": variant_of(record_of(concept), merged[concept.id]),
        }
        for concept in extraction.concepts
    ]


def evidence_rows(extraction: Extraction) -> list[Row]:
    """Return the properties of each piece of evidence, and what it belongs to; its probability of having been read right is worked out here."""
    calibration = load_calibration()
    assertions = {assertion.id: assertion for assertion in extraction.assertions}
    categories = {concept.id: concept.categories[0] for concept in extraction.concepts}
    rows = []
    for item in extraction.evidence:
        assertion = assertions[item.assertion_id]
        reading = reading_of(item, assertion, categories[assertion.subject], categories[assertion.object])
        rows.append(_evidence_row(item, calibration.probability(reading)))
    return rows


def _evidence_row(item: Evidence, probability: float) -> Row:
    return {
        "id": item.id,
        "document": item.document_id,
        "assertion": item.assertion_id,
        "text": item.text,
        "section": item.section.value,
        "start": item.start,
        "end": item.end,
        "subject_start": item.subject_mention[0],
        "subject_end": item.subject_mention[1],
        "object_start": item.object_mention[0],
        "object_end": item.object_mention[1],
        "negated": item.negated,
        "certainty": item.certainty.value,
        "confidence": float(item.confidence),
        "probability": probability,
        "extractor": item.extractor,
        "knowledge": item.knowledge.value,
        **_cue_row("negation", item.negation),
        **_cue_row("doubt", item.doubt),
        "comparator_start": item.comparator[0] if item.comparator else None,
        "comparator_end": item.comparator[1] if item.comparator else None,
    }


def _cue_row(name: str, cue: Cue | None) -> Row:
    """Return a cue's properties, all null where there is none."""
    return {
        f"{name}_text": cue.text if cue else None,
        f"{name}_start": cue.start if cue else None,
        f"{name}_end": cue.end if cue else None,
        f"{name}_scope_start": cue.scope[0] if cue else None,
        f"{name}_scope_end": cue.scope[1] if cue else None,
    }


def case_report_row(report: CaseReport) -> Row:
    """Return the properties of a case report, and what it is about."""
    row: Row = {"id": report.id, "document_id": report.document_id, "drug": report.drug, "event": report.event}
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


def summary_row(summary: AssertionSummary) -> Row:
    """Return the properties that an assertion has from all its evidence."""
    return asdict(summary) | {"certainty": summary.certainty.value}
