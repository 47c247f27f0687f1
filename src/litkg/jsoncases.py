"""The `case_report` line of the extract format: what a document tells of one drug and event.

Owns the shape of criteria, alternative causes and Naranjo items in JSON, both ways. Refuses concepts: the caller hands in the drug's and event's.
"""

from __future__ import annotations

from litkg.jsonfields import Fields
from litkg.model import CRITERIA, AlternativeCause, Answer, CaseReport, Criterion, NaranjoItem
from litkg.naranjo import QUESTIONS, item_points, item_range, total_range


def case_report_json(report: CaseReport, *, drug: dict[str, object], event: dict[str, object]) -> dict[str, object]:
    """Return the line of a case report, its concepts as the caller prints them."""
    shape: dict[str, object] = {"type": "case_report", "id": report.id, "document_id": report.document_id, "drug": drug, "event": event}
    lowest, highest = total_range(report.naranjo)
    return (
        shape
        | {name: _criterion_json(getattr(report, name)) for name in CRITERIA}
        | {
            "alternative_causes": [_cause_json(cause) for cause in report.alternative_causes],
            "naranjo": {"lowest": lowest, "highest": highest, "items": [_item_json(item) for item in report.naranjo]},
        }
    )


def case_report_of(fields: Fields, *, drug: str, event: str) -> CaseReport:
    """Return the case report of a line, its concepts named by id. Raises: InputError."""
    return CaseReport(
        id=fields.text("id"),
        document_id=fields.text("document_id"),
        drug=drug,
        event=event,
        **{name: _criterion(fields.record(name)) for name in CRITERIA},
        alternative_causes=tuple(_cause(item) for item in fields.records("alternative_causes")),
        naranjo=tuple(_item(item) for item in fields.record("naranjo").records("items")),
    )


def _criterion_json(criterion: Criterion) -> dict[str, object]:
    return {"answer": criterion.answer, "start": criterion.start, "end": criterion.end, "text": criterion.text, "value": criterion.value}


def _criterion(fields: Fields) -> Criterion:
    return Criterion(
        answer=fields.member("answer", Answer),
        start=fields.optional_integer("start"),
        end=fields.optional_integer("end"),
        text=fields.text("text"),
        value=fields.optional_text("value"),
    )


def _cause_json(cause: AlternativeCause) -> dict[str, object]:
    return {
        "name": cause.name,
        "concept_id": cause.concept,
        "ruled_out": cause.ruled_out,
        "start": cause.start,
        "end": cause.end,
        "text": cause.text,
    }


def _cause(fields: Fields) -> AlternativeCause:
    return AlternativeCause(
        name=fields.text("name"),
        concept=fields.optional_text("concept_id"),
        ruled_out=fields.member("ruled_out", Answer),
        start=fields.integer("start"),
        end=fields.integer("end"),
        text=fields.text("text"),
    )


def _item_json(item: NaranjoItem) -> dict[str, object]:
    lowest, highest = item_range(item)
    return {
        "item": item.number,
        "question": QUESTIONS[item.number].text,
        "answer": item.answer,
        "points": item_points(item),
        "lowest": lowest,
        "highest": highest,
        "start": item.start,
        "end": item.end,
        "text": item.text,
    }


def _item(fields: Fields) -> NaranjoItem:
    number = fields.integer("item")
    if number not in QUESTIONS:
        raise fields.error(f"item {number} is none of Naranjo's ten")
    return NaranjoItem(
        number=number,
        answer=fields.member("answer", Answer),
        start=fields.optional_integer("start"),
        end=fields.optional_integer("end"),
        text=fields.text("text"),
    )
