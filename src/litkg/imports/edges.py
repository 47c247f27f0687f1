"""What one edge of KGX is in litkg: the assertion that it makes, and its evidence.

Owns the ids of resources and of their evidence, and how sure an edge is taken to be; `litkg.biolink` owns predicates and qualifiers.
"""

from __future__ import annotations

import hashlib
import re
from typing import cast

from litkg.biolink import Reading
from litkg.errors import InputError
from litkg.imports.kgx_files import Record
from litkg.jsontext import parse_json
from litkg.model import Assertion, Certainty, Knowledge, SectionKind, content_id
from litkg.predicates import ASPECTS, SUBJECT_ASPECT_SIGN, make_assertion

SOURCE_PREFIX = "litkg.source:"
EXTRACTOR_PREFIX = "kgx/"
"""The extractor of an imported evidence is kgx/<source>/<agent type>/<knowledge level>."""

CONFIDENCE = {
    "manual_agent": 0.95,
    "manual_validation_of_automated_agent": 0.95,
    "data_analysis_pipeline": 0.8,
    "automated_agent": 0.8,
    "computational_model": 0.6,
    "text_mining_agent": 0.7,
}
"""How sure an edge is taken to be by who made it, where it has no `has_confidence_score` in [0, 1]. Conventions, not measured: no corpus tells."""
UNKNOWN_AGENT = 0.7

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_SPANS = ("start", "end", "subject_start", "subject_end", "object_start", "object_end")


def source_name(text: str) -> str:
    """Return the name of a resource as it stands in ids: without `infores:`, and without characters that an id cannot hold.

    >>> source_name("infores:hetionet"), source_name("my graph (2)")
    ('hetionet', 'my-graph-2')
    """
    return "-".join(_NAME.findall(text.removeprefix("infores:"))) or "unnamed"


def source_document_id(name: str, assertion: Assertion) -> str:
    """Return the id of the document that holds what a resource says of the assertion's subject."""
    return f"{SOURCE_PREFIX}{name}/{hashlib.sha256(assertion.subject.encode()).hexdigest()[:2]}"


def assertion_of(reading: Reading, record: Record, subject: str, object_: str, where: str) -> Assertion:
    """Return what an edge claims; one that litkg wrote says its aspects in litkg's own words. Raises: InputError for words that are not litkg's."""
    aspect, state = reading.aspect, reading.subject_aspect
    if "litkg_sign" in record:
        aspect, state = (cast("str | None", record.get(name)) for name in ("litkg_aspect", "litkg_subject_aspect"))
        if aspect not in (None, *ASPECTS) or state not in tuple(SUBJECT_ASPECT_SIGN):
            raise InputError(f"{where}: litkg_aspect {aspect!r} with litkg_subject_aspect {state!r} is nothing that litkg says")
    return make_assertion(subject, reading.predicate, object_, aspect=aspect, subject_aspect=state)


def evidence_texts(record: Record, where: str) -> list[tuple[str, str]]:
    """Return the evidence that litkg wrote on an edge, as JSON with the id of its document; none for the edge of another resource.

    Raises: InputError for what litkg did not write.
    """
    found = []
    for text in cast("list[str]", record.get("litkg_evidence") or []):
        item = parse_json(text, where=f"{where}: litkg_evidence")
        document = item.get("document") if isinstance(item, dict) else None
        if not isinstance(document, str):
            raise InputError(f"{where}: litkg_evidence names no document: {text[:60]!r}")
        found.append((document, text))
    return found


def edge_properties(record: Record, assertion: Assertion, document_id: str, source: str) -> Record:
    """Return the properties of the evidence of another resource's edge: its text where it has one, no place in a paper, and the papers that it names."""
    agent, level = (source_name(str(record.get(name) or "not_provided")) for name in ("agent_type", "knowledge_level"))
    extractor = f"{EXTRACTOR_PREFIX}{source}/{agent}/{level}"
    text = "\n".join(cast("list[str]", record.get("supporting_text") or []))
    publications = sorted(set(cast("list[str]", record.get("publications") or [])))
    negated = record.get("negated") is True
    certainty, knowledge = (Certainty.POSSIBLE, Knowledge.HYPOTHESIS) if level == "prediction" else (Certainty.ASSERTED, Knowledge.BACKGROUND)
    return {
        "id": content_id("ev", assertion.id, document_id, text, publications, negated, certainty.value, extractor),
        "section": SectionKind.BODY.value,
        **dict.fromkeys(_SPANS, 0),
        "text": text,
        "negated": negated,
        "certainty": certainty.value,
        "confidence": _confidence(record.get("has_confidence_score"), agent),
        "extractor": extractor,
        "knowledge": knowledge.value,
        **({"publications": publications} if publications else {}),
    }


def _confidence(score: object, agent: str) -> float:
    if isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1:
        return float(score)
    return CONFIDENCE.get(agent, UNKNOWN_AGENT)
