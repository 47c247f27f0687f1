"""How well the claims that were found agree with gold claims, at three levels, and which traps they fall into.

A claim counts once a document, however many sentences make it. The levels, from hard to easy:

- strict: both ends in their roles, predicate, state of the subject, negated or not. The state "increased" counts as none: more of
  a thing is what an assertion speaks of anyway;
- relaxed: both ends in their roles, sign, negated or not;
- pair: both ends, in any order.

Ends agree where one of the gold's ids is the found concept's id or among its xrefs; the ends of a symmetric predicate agree either way
round. An optional gold claim counts for nothing, found or missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar, TypeVar

from litkg.evaluation.gold import Gold, GoldClaim, GoldConcept, Trap
from litkg.evaluation.scores import SCORE_COLUMNS, Score, texts_meet
from litkg.model import Certainty, Concept, Evidence, Extraction
from litkg.predicates import load_predicates

Claim = TypeVar("Claim", GoldClaim, "FoundClaim")

LEVELS = ("strict", "relaxed", "pair")
"""The levels of agreement, hardest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """A claim of an extraction, under the id by which the gold knows the document."""

    document_id: str
    subject: Concept
    predicate: str
    object: Concept
    subject_aspect: str | None
    sign: int
    negated: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimError:
    """One thing to look at. `kind` is missed, spurious, certainty or trap; `note` says what would have been right, or why it is a trap."""

    kind: str
    document_id: str
    claim: str
    text: str
    note: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return {"kind": self.kind, "document_id": self.document_id, "claim": self.claim, "text": self.text, "note": self.note}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReport:
    """Scores by level and by predicate (strict), certainty of the sentences that were found, traps, and the errors, in document order."""

    levels: tuple[tuple[str, Score], ...]
    predicates: tuple[tuple[str, Score], ...]
    certainty_right: int
    certainty_total: int
    traps_hit: int
    traps: int
    documents: int
    missing_documents: tuple[str, ...]
    errors: tuple[ClaimError, ...]

    columns: ClassVar[tuple[str, ...]] = ("", *SCORE_COLUMNS)

    def to_json(self) -> dict[str, object]:
        """Return all of it as plain values."""
        return {
            "task": "relation",
            "documents": self.documents,
            "missing_documents": list(self.missing_documents),
            "levels": {name: score.to_json() for name, score in self.levels},
            "predicates": {name: score.to_json() for name, score in self.predicates},
            "certainty": {"right": self.certainty_right, "total": self.certainty_total},
            "traps": {"hit": self.traps_hit, "total": self.traps},
            "errors": [error.to_json() for error in self.errors],
        }

    def rows(self) -> list[tuple[str, ...]]:
        """Return the rows of the score table, under `columns`: levels, then predicates by name."""
        return [(name, *score.cells()) for name, score in (*self.levels, *self.predicates)]

    def summary(self) -> str:
        """Return what the table does not say, in one line."""
        certainty = f"{self.certainty_right} of {self.certainty_total} certainties right"
        return f"{self.documents} documents, {certainty}, {self.traps_hit} of {self.traps} traps hit"


def evaluate_claims(gold: Gold, extractions: Iterable[Extraction], *, traps: Sequence[Trap] = ()) -> ClaimReport:
    """Return how well `extractions` agree with `gold`; documents that the gold does not know are left out, missing ones count as empty."""
    found: list[FoundClaim] = []
    seen = set()
    for extraction in extractions:
        document_id = gold_document_id(extraction, gold.documents)
        if document_id is not None:
            seen.add(document_id)
            found.extend(claims_of(extraction, document_id))
    per_level = {level: _match(gold.claims, found, level) for level in LEVELS}
    strict = per_level["strict"]
    certainty = _compare_certainty(strict)
    hits = [(trap, claim) for trap in traps for claim in found if trap_is_hit(trap, claim)]
    return ClaimReport(
        levels=tuple((level, _score(matching)) for level, matching in per_level.items()),
        predicates=tuple((name, score) for name in load_predicates() if (score := _score(strict, predicate=name)) != Score()),
        certainty_right=sum(right for right, _ in certainty),
        certainty_total=len(certainty),
        traps_hit=len({trap for trap, _ in hits}),
        traps=len(traps),
        documents=len(seen),
        missing_documents=tuple(name for name in gold.documents if name not in seen),
        errors=(*_disagreements(gold.claims, strict), *(error for right, error in certainty if not right), *_trap_errors(hits)),
    )


def gold_document_id(extraction: Extraction, documents: Sequence[str]) -> str | None:
    """Return the id by which the gold knows a document: its own, or else the name of its file; None where it does not."""
    for name in (extraction.document.id, PurePosixPath(extraction.document.source.replace("\\", "/")).name):
        if name in documents:
            return name
    return None


def claims_of(extraction: Extraction, document_id: str) -> list[FoundClaim]:
    """Return the claims of an extraction, one for each assertion that is supported and one for each that is denied."""
    concepts = {concept.id: concept for concept in extraction.concepts}
    claims = []
    for assertion in extraction.assertions:
        for negated in (False, True):
            evidence = tuple(item for item in extraction.evidence if item.assertion_id == assertion.id and item.negated is negated)
            if evidence:
                claims.append(
                    FoundClaim(
                        document_id=document_id,
                        subject=concepts[assertion.subject],
                        predicate=assertion.predicate,
                        object=concepts[assertion.object],
                        subject_aspect=assertion.subject_aspect,
                        sign=assertion.sign,
                        negated=negated,
                        evidence=evidence,
                    )
                )
    return claims


def same_concept(gold: GoldConcept, concept: Concept) -> bool:
    """Tell whether one of the gold's ids is the concept's, whatever their case."""
    return not {key.casefold() for key in gold.ids}.isdisjoint(key.casefold() for key in (concept.id, *concept.xrefs))


def trap_is_hit(trap: Trap, claim: FoundClaim) -> bool:
    """Tell whether a claim falls into a trap. A denied claim never falls into one of scope "claim"."""
    if trap.document_id != claim.document_id:
        return False
    if trap.scope == "text":
        return any(texts_meet(trap.text, evidence.text) for evidence in claim.evidence)
    if claim.negated or trap.predicate not in (None, claim.predicate) or trap.sign not in (None, claim.sign):
        return False
    either_way = trap.predicate is None or load_predicates()[claim.predicate].symmetric
    return _trap_ends(trap, claim.subject, claim.object) or (either_way and _trap_ends(trap, claim.object, claim.subject))


def _trap_ends(trap: Trap, subject: Concept, object_: Concept) -> bool:
    ends = ((trap.subject, subject), (trap.object, object_))
    return all(wanted is None or same_concept(wanted, concept) for wanted, concept in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matching:
    """Unique claims of both sides at one level, and which of them (by place) have partners."""

    gold: tuple[tuple[GoldClaim, ...], ...]
    found: tuple[tuple[FoundClaim, ...], ...]
    partners: tuple[tuple[int, ...], ...]
    """For each found group the places of the gold groups that it matches."""

    def required(self, place: int) -> bool:
        return not all(claim.optional for claim in self.gold[place])

    def counts(self, place: int) -> bool:
        """Tell whether a found group is scored: those that match optional gold alone are not."""
        partners = self.partners[place]
        return not partners or any(map(self.required, partners))


def _match(gold: Sequence[GoldClaim], found: Sequence[FoundClaim], level: str) -> _Matching:
    gold_groups = _grouped(gold, lambda claim: _gold_key(claim, level))
    found_groups = _grouped(found, lambda claim: _found_key(claim, level))
    return _Matching(
        gold=gold_groups,
        found=found_groups,
        partners=tuple(tuple(place for place, claims in enumerate(gold_groups) if _agree(claims[0], group[0], level)) for group in found_groups),
    )


def _grouped(claims: Iterable[Claim], key: Callable[[Claim], tuple[object, ...]]) -> tuple[tuple[Claim, ...], ...]:
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault(key(claim), []).append(claim)
    return tuple(tuple(group) for group in groups.values())


def _gold_key(claim: GoldClaim, level: str) -> tuple[object, ...]:
    return _key(claim.document_id, claim.subject.ids[0], claim.object.ids[0], claim.predicate, claim.subject_aspect, claim.sign, claim.negated, level)


def _found_key(claim: FoundClaim, level: str) -> tuple[object, ...]:
    return _key(claim.document_id, claim.subject.id, claim.object.id, claim.predicate, claim.subject_aspect, claim.sign, claim.negated, level)


def _key(document_id: str, subject: str, object_: str, predicate: str, subject_aspect: str | None, sign: int, negated: bool, level: str) -> tuple[object, ...]:
    either_way = level == "pair" or load_predicates()[predicate].symmetric
    ends = tuple(sorted((subject, object_))) if either_way else (subject, object_)
    if level == "strict":
        return (document_id, ends, predicate, _state(subject_aspect), negated)
    return (document_id, ends, sign, negated) if level == "relaxed" else (document_id, ends)


def _agree(gold: GoldClaim, found: FoundClaim, level: str) -> bool:
    if gold.document_id != found.document_id:
        return False
    if level == "strict" and (gold.predicate, _state(gold.subject_aspect)) != (found.predicate, _state(found.subject_aspect)):
        return False
    if level != "pair" and gold.negated != found.negated:
        return False
    if level == "relaxed" and gold.sign != found.sign:
        return False
    predicates = load_predicates()
    either_way = level == "pair" or (predicates[gold.predicate].symmetric and predicates[found.predicate].symmetric)
    straight = same_concept(gold.subject, found.subject) and same_concept(gold.object, found.object)
    return straight or (either_way and same_concept(gold.subject, found.object) and same_concept(gold.object, found.subject))


def _state(subject_aspect: str | None) -> str | None:
    return None if subject_aspect == "increased" else subject_aspect


def _score(matching: _Matching, *, predicate: str | None = None) -> Score:
    matched = {place for partners in matching.partners for place in partners}
    gold = [place for place, group in enumerate(matching.gold) if predicate in (None, group[0].predicate) and matching.required(place)]
    found = [place for place, group in enumerate(matching.found) if predicate in (None, group[0].predicate) and matching.counts(place)]
    return Score(
        found=len(found),
        found_right=sum(bool(matching.partners[place]) for place in found),
        gold=len(gold),
        gold_found=sum(place in matched for place in gold),
    )


def _compare_certainty(matching: _Matching) -> list[tuple[bool, ClaimError]]:
    """Return, for each gold sentence of a matched claim in which the claim was found, whether its certainty was, and the error to show if not."""
    results = []
    for group, partners in zip(matching.found, matching.partners, strict=True):
        for claim in (claim for place in partners for claim in matching.gold[place]):
            for sentence in (item for item in claim.evidence if not item.optional):
                certainties = {item.certainty for found in group for item in found.evidence if texts_meet(sentence.text, item.text)}
                if certainties:
                    results.append((sentence.certainty in certainties, _certainty_error(claim, sentence.text, sentence.certainty, certainties)))
    return results


def _certainty_error(claim: GoldClaim, text: str, wanted: Certainty, found: set[Certainty]) -> ClaimError:
    note = f"{wanted}, not {' or '.join(sorted(found))}"
    return ClaimError(kind="certainty", document_id=claim.document_id, claim=describe_gold(claim), text=text, note=note)


def _disagreements(gold: Sequence[GoldClaim], matching: _Matching) -> list[ClaimError]:
    matched = {place for partners in matching.partners for place in partners}
    missed = [
        ClaimError(kind="missed", document_id=group[0].document_id, claim=describe_gold(group[0]), text=_telling_text(group))
        for place, group in enumerate(matching.gold)
        if place not in matched and matching.required(place)
    ]
    spurious = [
        ClaimError(
            kind="spurious",
            document_id=group[0].document_id,
            claim=describe_found(group[0]),
            text=group[0].evidence[0].text,
            note="; ".join(describe_gold(claim) for claim in gold if _agree(claim, group[0], "pair")),
        )
        for place, group in enumerate(matching.found)
        if not matching.partners[place]
    ]
    return [*missed, *spurious]


def _telling_text(group: Sequence[GoldClaim]) -> str:
    """Return the first sentence that makes the claim beyond doubt."""
    return next(item.text for claim in group for item in claim.evidence if not item.optional)


def _trap_errors(hits: Iterable[tuple[Trap, FoundClaim]]) -> list[ClaimError]:
    return [
        ClaimError(kind="trap", document_id=trap.document_id, claim=describe_found(claim), text=claim.evidence[0].text, note=trap.why) for trap, claim in hits
    ]


def describe_gold(claim: GoldClaim) -> str:
    """Return a gold claim as one readable line."""
    return _describe(claim.subject.name, claim.subject_aspect, claim.predicate, claim.object.name, claim.negated)


def describe_found(claim: FoundClaim) -> str:
    """Return a found claim as one readable line."""
    return _describe(claim.subject.name, claim.subject_aspect, claim.predicate, claim.object.name, claim.negated)


def _describe(subject: str, subject_aspect: str | None, predicate: str, object_: str, negated: bool) -> str:
    state = f" ({subject_aspect})" if subject_aspect else ""
    return f"{'NOT ' if negated else ''}{subject}{state} {predicate} {object_}"
