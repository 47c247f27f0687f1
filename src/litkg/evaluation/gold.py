"""Gold claims and traps, read from JSON lines in the extract format.

A gold file has `document`, `assertion` and `evidence` lines as `litkg extract` prints them, of which fewer fields are needed: offsets,
confidence and extractor may be missing, `document_id` may be a file name, `xrefs` list the ids that are as good as `id`, and an
evidence line may carry `"optional": true`. Each document named is taken to be annotated in full. Refuses to score.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from litkg.errors import InputError
from litkg.jsonfields import Fields
from litkg.model import Certainty
from litkg.predicates import SUBJECT_ASPECT_SIGN, load_predicates, make_assertion

_NOT_SCORED = frozenset({"mention", "case_report", "trap"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldConcept:
    """A concept as gold names it; `ids` are all ids that count as right, the preferred one first."""

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvidence:
    """A sentence and how sure it is; `optional` where readers may differ on whether it makes the claim at all."""

    text: str
    certainty: Certainty
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClaim:
    """What one document says or denies, with every sentence that does so."""

    document_id: str
    subject: GoldConcept
    predicate: str
    object: GoldConcept
    aspect: str | None
    subject_aspect: str | None
    sign: int
    negated: bool
    evidence: tuple[GoldEvidence, ...]

    @property
    def optional(self) -> bool:
        """Tell whether no sentence makes the claim beyond doubt: finding it is no error, missing it neither."""
        return all(item.optional for item in self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """All documents that are annotated, in order, their claims, and the files that hold them where the gold says so, each once."""

    documents: tuple[str, ...]
    claims: tuple[GoldClaim, ...]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """Something that must not be found in a document.

    `scope` "claim": no supported claim with these ends, predicate and sign, where None stands for any. `scope` "text": no claim at all out of `text`.
    """

    document_id: str
    subject: GoldConcept | None
    predicate: str | None
    object: GoldConcept | None
    sign: int | None
    scope: str
    text: str
    why: str


def parse_gold(lines: Iterable[str]) -> Gold:
    """Return the gold that `lines` hold; claims in the order in which they come. Mentions, case reports and traps are passed over.

    Raises: InputError, with the line's number, for a line that is no JSON object, lacks a field, names an unknown predicate or
    aspect, has an id or sign that its parts do not give, or has evidence for no assertion above it.
    """
    documents: dict[str, None] = {}
    files: dict[str, None] = {}
    assertions: dict[str, Fields] = {}
    claims: dict[tuple[str, str, bool], list[GoldEvidence]] = {}
    for fields in _objects(lines):
        kind = fields.text("type")
        if kind == "document":
            documents.setdefault(fields.text("id"))
            if fields.has("file"):
                files.setdefault(fields.text("file"))
        elif kind == "assertion":
            _check_assertion(fields)
            assertions[fields.text("id")] = fields
        elif kind == "evidence":
            assertion_id = fields.text("assertion_id")
            if assertion_id not in assertions:
                raise fields.error(f"evidence of {assertion_id}, which no assertion line above has: put the assertion first")
            documents.setdefault(fields.text("document_id"))
            claims.setdefault((fields.text("document_id"), assertion_id, fields.flag("negated")), []).append(_evidence(fields))
        elif kind not in _NOT_SCORED:
            raise fields.error(f"unknown type {kind!r}: one of document, assertion, evidence, {', '.join(sorted(_NOT_SCORED))}")
    return Gold(
        documents=tuple(documents),
        claims=tuple(_claim(document, assertions[key], negated, evidence) for (document, key, negated), evidence in claims.items()),
        files=tuple(files),
    )


def parse_traps(lines: Iterable[str]) -> tuple[Trap, ...]:
    """Return the traps that `lines` hold; lines of other types are passed over.

    Raises: InputError, with the line's number, for a line that is no JSON object, lacks a field, or names an unknown predicate or scope.
    """
    traps = []
    for fields in _objects(lines):
        if fields.text("type") != "trap":
            continue
        predicate, scope = fields.optional_text("predicate"), fields.text("scope")
        if predicate is not None and predicate not in load_predicates():
            raise fields.error(f"unknown predicate {predicate!r}: one of {', '.join(load_predicates())}")
        if scope not in ("claim", "text"):
            raise fields.error(f"unknown scope {scope!r}: claim or text")
        traps.append(
            Trap(
                document_id=fields.text("document_id"),
                subject=_optional_concept(fields, "subject"),
                predicate=predicate,
                object=_optional_concept(fields, "object"),
                sign=fields.optional_integer("sign"),
                scope=scope,
                text=fields.text("text"),
                why=fields.text("why"),
            )
        )
    return tuple(traps)


def _objects(lines: Iterable[str]) -> Iterator[Fields]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            shape = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"line {number}: no JSON ({error}): {line[:60]!r}") from error
        if not isinstance(shape, dict):
            raise InputError(f"line {number}: a JSON object is needed, not {line[:60]!r}")
        yield Fields(shape, f"line {number}")


def _check_assertion(fields: Fields) -> None:
    predicate, subject_aspect = fields.text("predicate"), fields.optional_text("subject_aspect")
    if predicate not in load_predicates():
        raise fields.error(f"unknown predicate {predicate!r}: one of {', '.join(load_predicates())}")
    if subject_aspect not in SUBJECT_ASPECT_SIGN:
        raise fields.error(f"unknown subject_aspect {subject_aspect!r}: one of {', '.join(sorted(filter(None, SUBJECT_ASPECT_SIGN)))}")
    try:
        wanted = make_assertion(
            fields.record("subject").text("id"),
            predicate,
            fields.record("object").text("id"),
            aspect=fields.optional_text("aspect"),
            subject_aspect=subject_aspect,
        )
    except ValueError as error:
        raise fields.error(str(error)) from error
    if (fields.text("id"), fields.integer("sign")) != (wanted.id, wanted.sign):
        raise fields.error(f"id {fields.text('id')} and sign {fields.integer('sign')} are not those of its parts: write {wanted.id} and {wanted.sign}")


def _claim(document_id: str, fields: Fields, negated: bool, evidence: list[GoldEvidence]) -> GoldClaim:
    return GoldClaim(
        document_id=document_id,
        subject=_concept(fields.record("subject")),
        predicate=fields.text("predicate"),
        object=_concept(fields.record("object")),
        aspect=fields.optional_text("aspect"),
        subject_aspect=fields.optional_text("subject_aspect"),
        sign=fields.integer("sign"),
        negated=negated,
        evidence=tuple(evidence),
    )


def _evidence(fields: Fields) -> GoldEvidence:
    return GoldEvidence(
        text=fields.text("text"),
        certainty=fields.member("certainty", Certainty),
        optional=fields.flag("optional") if fields.has("optional") else False,
    )


def _concept(fields: Fields) -> GoldConcept:
    return GoldConcept(name=fields.text("name"), ids=(fields.text("id"), *fields.texts("xrefs")))


def _optional_concept(fields: Fields, name: str) -> GoldConcept | None:
    concept = fields.optional_record(name)
    return None if concept is None else _concept(concept)
