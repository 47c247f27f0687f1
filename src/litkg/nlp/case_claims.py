"""What case reports suspect and exclude, as relations beside those that were read sentence by sentence.

Owns how both are put together: a claim that stands in a sentence already is not made again, and the model of pairs, which does not tell how sure authors are,
is held to their rating.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from litkg.model import Certainty, Document, Grounding, Relation, SectionKind
from litkg.nlp.case_reports import Exclusion, Suspicion, find_exclusions, find_suspicions
from litkg.nlp.pairs.reading import EXTRACTOR as PAIR_EXTRACTOR
from litkg.nlp.scope import surer, weaker

CASE_EXTRACTOR = "litkg.cases/1"


def with_case_claims(
    document: Document, sentences: Sequence[tuple[int, int, SectionKind]], groundings: Sequence[Grounding], relations: Sequence[Relation]
) -> tuple[Relation, ...]:
    """Return the relations of a document that reports cases, in text order, with what its authors suspect and exclude."""
    findings: list[tuple[Suspicion | Exclusion, bool, Certainty]] = [
        (item, item.negated, item.certainty) for item in find_suspicions(document, sentences, groundings) if item.causal and not item.worsened
    ]
    findings += [(item, True, Certainty.ASSERTED) for item in find_exclusions(document, sentences, groundings)]
    stated = {_claim(relation) for relation in relations}
    rated: dict[tuple[object, ...], Certainty] = {}
    added = []
    for item, negated, certainty in findings:
        claim = (_id_of(item.drug), _id_of(item.event), negated, item.start)
        for part in (claim, claim[:-1]):  # in this sentence, and anywhere: there the surest word counts
            rated[part] = surer(rated.get(part, certainty), certainty)
        if claim in stated:
            continue
        stated.add(claim)
        added.append(
            Relation(
                subject=item.drug,
                predicate="has_adverse_event",
                object=item.event,
                aspect=None,
                subject_aspect=None,
                negated=negated,
                certainty=certainty,
                section=item.section,
                start=min(item.start, item.drug.mention.start, item.event.mention.start),
                end=max(item.end, item.drug.mention.end, item.event.mention.end),
                confidence=0.7,
                extractor=CASE_EXTRACTOR,
            )
        )
    kept = [replace(relation, certainty=_as_rated(relation, rated)) if relation.extractor == PAIR_EXTRACTOR else relation for relation in relations]
    return tuple(sorted([*kept, *added], key=lambda relation: (relation.start, relation.end)))


def _as_rated(relation: Relation, rated: Mapping[tuple[object, ...], Certainty]) -> Certainty:
    """Return how sure a claim of the model of pairs is, which does not tell how sure the authors are: as they rate it there, or no surer than anywhere."""
    claim = _claim(relation)
    if relation.predicate != "has_adverse_event":
        return relation.certainty
    return rated[claim] if claim in rated else weaker(relation.certainty, rated.get(claim[:-1], relation.certainty))


def _claim(relation: Relation) -> tuple[object, ...]:
    return _id_of(relation.subject), _id_of(relation.object), relation.negated, relation.start


def _id_of(item: Grounding) -> str | None:
    return item.concept.id if item.concept else None
