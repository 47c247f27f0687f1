"""Case reports on short vignettes of our own: each criterion yes, no and unknown, and the readings that must not be taken."""

from __future__ import annotations

import re

from litkg.model import CaseReport, Category, Concept, Criterion, Document, Grounding, Mention, SectionKind, SourceMap
from litkg.nlp.case_reports import find_case_reports

_MARK = re.compile(r"\{(drug|bio|chem|event):([^}|]+)(?:\|([^}]+))?\}")
_CATEGORY = {"drug": Category.DRUG, "bio": Category.CYTOKINE, "chem": Category.CHEMICAL, "event": Category.DISEASE}
_END = re.compile(r"(?<=[.?!]) +(?=[A-Z{])")


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


def the_case(marked: str) -> CaseReport:
    """Return the only case report of a marked text."""
    (report,) = find_case_reports(*read(marked))
    return report


def criterion(report: CaseReport, name: str) -> Criterion:
    """Return one criterion of a report by its name."""
    found: Criterion = getattr(report, name)
    return found


INTRO = "A 50-year-old woman was seen with {event:tremor} caused by {drug:zorvatin}."


def test_a_drug_and_event_of_a_patient_make_a_case() -> None:
    assert list(cases(INTRO)) == [("zorvatin", "tremor")]
