"""Records out of the properties that a graph keeps of them: the way back from `litkg.stores.rows`.

Owns which property gives which field. What a graph does not keep, the text of papers and the places of mentions, stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from litkg.jsonfields import Fields
from litkg.model import (
    CRITERIA,
    NARANJO_ITEMS,
    AlternativeCause,
    Answer,
    CaseReport,
    Category,
    Certainty,
    Concept,
    Criterion,
    Cue,
    Document,
    Evidence,
    Grounding,
    Knowledge,
    Mention,
    NaranjoItem,
    Run,
    SectionKind,
    SourceMap,
    make_run,
)
from litkg.stores.concepts import ConceptRecord

COMPONENT = "litkg.import"
"""What found the mentions of an imported document."""


def run_of(fields: Fields) -> Run:
    """Return the record of what read a document. Raises: InputError where its content has another id."""
    tables = (dict(item.split(" ", 1) for item in _texts(fields, name) if " " in item) for name in ("models", "packages", "settings"))
    models, packages, settings = tables
    run = make_run(
        litkg=_text(fields, "litkg"),
        code=_text(fields, "code"),
        lexicon=_text(fields, "lexicon"),
        extractors=_texts(fields, "extractors"),
        models=models,
        packages=packages,
        settings=settings,
    )
    if run.id != fields.text("id"):
        raise fields.error(f"the run {fields.text('id')} has the content of {run.id}: the file was changed; export it again")
    return run


def document_of(fields: Fields, *, format_: str) -> Document:
    """Return a document of what a graph keeps of it."""
    return Document(
        id=fields.text("id"),
        title=_text(fields, "title"),
        text="",
        sections=(),
        source_map=SourceMap(segments=()),
        format=format_,
        year=_integer(fields, "year"),
        journal=_optional(fields, "journal"),
        licence=_optional(fields, "licence"),
        sha256=_text(fields, "sha256"),
        retracted=fields.flag("retracted") if fields.has("retracted") else False,
    )


def concept_record_of(fields: Fields) -> ConceptRecord:
    """Return what a graph keeps of a concept."""
    return ConceptRecord(
        name=fields.text("name"),
        categories=tuple(item.value for item in fields.members("categories", Category)),
        synonyms=_texts(fields, "synonyms"),
        xrefs=_texts(fields, "xrefs"),
        grounded=fields.flag("grounded") if fields.has("grounded") else True,
        families=_texts(fields, "families"),
    )


def concept_of(concept_id: str, record: ConceptRecord) -> Concept:
    """Return the concept of an id and what is kept of it."""
    return Concept(
        id=concept_id,
        name=record.name,
        categories=tuple(map(Category, record.categories)),
        synonyms=record.synonyms,
        xrefs=record.xrefs,
        grounded=record.grounded,
        families=record.families,
    )


def groundings_of(document_id: str, concept: Concept, count: int) -> Iterable[Grounding]:
    """Return as many mentions of a concept as were counted; where they stood is not known."""
    mention = Mention(document_id=document_id, start=0, end=0, text="", label=concept.categories[0], component=COMPONENT)
    return [Grounding(mention=mention, concept=concept, score=1.0, reasons=())] * count


def evidence_of(fields: Fields, *, assertion_id: str, document_id: str) -> Evidence:
    """Return an evidence of its properties. Raises: InputError for one that lacks a property or has a wrong one."""
    return Evidence(
        id=fields.text("id"),
        assertion_id=assertion_id,
        document_id=document_id,
        section=fields.member("section", SectionKind),
        start=fields.integer("start"),
        end=fields.integer("end"),
        text=fields.text("text"),
        subject_mention=(fields.integer("subject_start"), fields.integer("subject_end")),
        object_mention=(fields.integer("object_start"), fields.integer("object_end")),
        negated=fields.flag("negated"),
        certainty=fields.member("certainty", Certainty),
        confidence=fields.number("confidence"),
        extractor=fields.text("extractor"),
        knowledge=fields.member("knowledge", Knowledge) if fields.has("knowledge") else Knowledge.RESULT,
        negation=_cue(fields, "negation"),
        doubt=_cue(fields, "doubt"),
        comparator=(fields.integer("comparator_start"), fields.integer("comparator_end")) if fields.has("comparator_start") else None,
        publications=_texts(fields, "publications"),
    )


def case_report_of(fields: Fields, properties: Mapping[str, object], *, document_id: str, drug: str, event: str) -> CaseReport:
    """Return a case report of its properties."""
    return CaseReport(
        id=fields.text("id"),
        document_id=document_id,
        drug=drug,
        event=event,
        **{name: _criterion(fields, name) for name in CRITERIA},
        alternative_causes=_causes(fields, properties),
        naranjo=tuple(item for number in NARANJO_ITEMS if (item := _naranjo(fields, number)) != NaranjoItem(number=number)),
    )


def _criterion(fields: Fields, name: str) -> Criterion:
    return Criterion(
        answer=fields.member(name, Answer),
        start=_integer(fields, f"{name}_start"),
        end=_integer(fields, f"{name}_end"),
        text=_text(fields, f"{name}_text"),
        value=_optional(fields, f"{name}_value"),
    )


def _naranjo(fields: Fields, number: int) -> NaranjoItem:
    name = f"naranjo_{number}"
    return NaranjoItem(
        number=number,
        answer=fields.member(name, Answer),
        start=_integer(fields, f"{name}_start"),
        end=_integer(fields, f"{name}_end"),
        text=_text(fields, f"{name}_text"),
    )


def _causes(fields: Fields, properties: Mapping[str, object]) -> tuple[AlternativeCause, ...]:
    if not fields.has("alternative_causes"):
        return ()
    names = ("", "_ruled_out", "_text", "_start", "_end", "_concept")
    columns = [cast("list[object]", properties.get(f"alternative_causes{part}") or []) for part in names]
    if len({len(column) for column in columns}) != 1:
        raise fields.error("the lists of alternative_causes are of different lengths")
    unknown = [out for out in columns[1] if out not in list(Answer)]
    if unknown:
        raise fields.error(f"alternative_causes_ruled_out holds {unknown[0]!r}, not one of {', '.join(Answer)}")
    return tuple(
        AlternativeCause(name=str(name), ruled_out=Answer(str(out)), text=str(text), start=cast(int, start), end=cast(int, end), concept=str(concept) or None)
        for name, out, text, start, end, concept in zip(*columns, strict=True)
    )


def _cue(fields: Fields, name: str) -> Cue | None:
    if not fields.has(f"{name}_text"):
        return None
    scope = fields.integer(f"{name}_scope_start"), fields.integer(f"{name}_scope_end")
    return Cue(text=fields.text(f"{name}_text"), start=fields.integer(f"{name}_start"), end=fields.integer(f"{name}_end"), scope=scope)


def _text(fields: Fields, name: str) -> str:
    return fields.text(name) if fields.has(name) else ""


def _optional(fields: Fields, name: str) -> str | None:
    return fields.text(name) if fields.has(name) else None


def _integer(fields: Fields, name: str) -> int | None:
    return fields.integer(name) if fields.has(name) else None


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(fields.texts(name)) if fields.has(name) else ()
