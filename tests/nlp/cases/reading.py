"""The vignettes and texts with marked mentions: `{drug:name}`, `{event:name|concept name}`, also `bio` and `chem`."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from litkg.model import CaseReport, Category, Concept, Document, Grounding, Mention, SectionKind, SourceMap
from litkg.nlp.case_reports import find_case_reports

PATH = Path(__file__).parent / "vignettes.jsonl"
_MARK = re.compile(r"\{(drug|bio|chem|event):([^}|]+)(?:\|([^}]+))?\}")
_CATEGORY = {"drug": Category.DRUG, "bio": Category.CYTOKINE, "chem": Category.CHEMICAL, "event": Category.DISEASE}
_END = re.compile(r"(?<=[.?!]) +(?=[A-Z{])")


class Expected(TypedDict):
    """What a careful reader says of one drug and event; what is left out is unknown."""

    drug: str
    event: str
    temporal_order: NotRequired[str]
    time_to_onset: NotRequired[str]
    dechallenge: NotRequired[str]
    rechallenge: NotRequired[str]
    ruled_out: NotRequired[list[str]]
    not_ruled_out: NotRequired[list[str]]
    dose: NotRequired[str]
    seriousness: NotRequired[list[str]]
    treatment: NotRequired[list[str]]
    outcome: NotRequired[str]
    naranjo: NotRequired[dict[str, str]]


class Vignette(TypedDict):
    """A marked text, the cases that it tells, and pairs of drug and event that it does not."""

    id: str
    domain: str
    text: str
    cases: list[Expected]
    absent: NotRequired[list[list[str]]]


@cache
def vignettes() -> tuple[Vignette, ...]:
    """Return all vignettes, in the order of the file."""
    return tuple(json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines())


def is_held_out(vignette: Vignette) -> bool:
    """Say whether the vignette is set aside: rules are mended on the others only."""
    return int(hashlib.sha256(f"case:{vignette['id']}".encode()).hexdigest(), 16) % 2 == 1


def read(marked: str, *, section: SectionKind = SectionKind.BODY) -> tuple[Document, tuple[tuple[int, int, SectionKind], ...], tuple[Grounding, ...]]:
    """Return a document, its sentences and its groundings from a text with `{drug:name}` or `{event:name|concept name}` marks."""
    text, groundings, sentences = "", [], []
    for sentence in _END.split(marked):
        start, position = len(text), 0
        for mark in _MARK.finditer(sentence):
            text += sentence[position : mark.start()]
            kind, name, concept = mark[1], mark[2], (mark[3] or mark[2]).lower()
            mention = Mention(document_id="PMID:1", start=len(text), end=len(text) + len(name), text=name, label=_CATEGORY[kind], component="test")
            thing = Concept(id=f"X:{concept.replace(' ', '_')}", name=concept, categories=(_CATEGORY[kind],))
            groundings.append(Grounding(mention=mention, concept=thing, score=1.0, reasons=()))
            text += name
            position = mark.end()
        text += sentence[position:]
        sentences.append((start, len(text), section))
        text += " "
    source_map = SourceMap(segments=((0, 0, len(text), len(text)),))
    return Document(id="PMID:1", title="", text=text, sections=(), source_map=source_map), tuple(sentences), tuple(groundings)


def cases(marked: str) -> dict[tuple[str, str], CaseReport]:
    """Return the case reports of a marked text by drug and event, `X:` left out."""
    return {(report.drug[2:], report.event[2:]): report for report in find_case_reports(*read(marked))}
