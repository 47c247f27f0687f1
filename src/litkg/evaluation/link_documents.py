"""Task link end to end: the concepts that litkg finds in a document against the ids that the gold gives it, wherever they stand.

A concept counts once a document, under the type that its mention is labelled with, and only if one of its ids is of a vocabulary in which the gold gives ids of
that type: it could not be an answer otherwise. Where human genes alone count, a gene that litkg marks as another species' is no answer. A concept with
several ids is right if one of them is the gold's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from litkg.evaluation.identifiers import GoldIds
from litkg.evaluation.link_mentions import LookUp, is_foreign_gene, named, same_ids, scored_ids
from litkg.evaluation.link_report import DocumentScore, LinkError, LinkKind
from litkg.evaluation.rolling import Broader, rolled_up
from litkg.evaluation.scores import Score
from litkg.evaluation.types import CATEGORY_TYPES
from litkg.model import Concept, Extraction
from litkg.sources.gold import GoldMention


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A mention that litkg found, in offsets of the input. `concept` is None where it is ungrounded or has no id of the gold's vocabularies."""

    start: int
    end: int
    text: str
    type: str
    concept: Concept | None


def score_document(
    document_id: str,
    gold: Sequence[GoldMention],
    extraction: Extraction | None,
    ids: GoldIds,
    *,
    concept_of: LookUp,
    human_genes: bool = False,
    broader: Broader | None = None,
) -> tuple[dict[str, DocumentScore], list[LinkError]]:
    """Return the scores of one document by type, for each type of which the gold has ids, and its errors; no extraction counts as an empty one."""
    found = _found(extraction, ids, human_genes=human_genes, broader=broader) if extraction else []
    scores, errors = {}, []
    for kind in ids.prefixes:
        wanted: dict[str, list[GoldMention]] = {}
        for mention in gold:
            if ids.kind(mention) == kind:
                for identifier in scored_ids(mention, ids, human_genes=human_genes):
                    wanted.setdefault(identifier.curie, []).append(mention)
        concepts: dict[str, list[_Found]] = {}
        for item in found:
            if item.type == kind and item.concept is not None:
                concepts.setdefault(item.concept.id, []).append(item)
        gold_kinds: Counter[LinkKind] = Counter()
        found_kinds: Counter[LinkKind] = Counter()
        answers = [same_ids(items[0].concept) for items in concepts.values() if items[0].concept]
        for curie, mentions in wanted.items():
            outcome, partner = _gold_kind(curie, kind, mentions, answers, found, ids)
            gold_kinds[outcome] += 1
            if outcome is not LinkKind.CORRECT:
                errors.append(_error("gold", outcome, document_id, mentions[0].text, kind, ((curie, _name(curie, concept_of)),), partner))
        for items in concepts.values():
            outcome, neighbour = _found_kind(items, kind, wanted, gold, ids)
            found_kinds[outcome] += 1
            if outcome is not LinkKind.CORRECT:
                near = named(ids.of(neighbour), concept_of) if neighbour else ()
                errors.append(_error("found", outcome, document_id, items[0].text, kind, near, items[0].concept))
        scores[kind] = DocumentScore(
            score=Score(
                found=len(concepts),
                found_right=found_kinds[LinkKind.CORRECT],
                gold=len(wanted),
                gold_found=gold_kinds[LinkKind.CORRECT],
            ),
            held=sum(map(ids.holds, wanted)),
            gold=gold_kinds,
            found=found_kinds,
        )
    return scores, errors


def _found(extraction: Extraction, ids: GoldIds, *, human_genes: bool, broader: Broader | None) -> list[_Found]:
    items = []
    for grounding in extraction.groundings:
        mention = grounding.mention
        kind = CATEGORY_TYPES[mention.label]
        concept = rolled_up(grounding.concept, ids.prefixes.get(kind, frozenset()), broader) if grounding.concept else None
        start, end = extraction.document.source_map.to_raw(mention.start, mention.end)
        known = concept is not None and concept.grounded and any(name.partition(":")[0] in ids.prefixes.get(kind, ()) for name in same_ids(concept))
        known = known and not (human_genes and is_foreign_gene(grounding))
        items.append(_Found(start=start, end=end, text=mention.text, type=kind, concept=concept if known else None))
    return items


def _gold_kind(
    curie: str, kind: str, mentions: Sequence[GoldMention], answers: Iterable[frozenset[str]], found: Sequence[_Found], ids: GoldIds
) -> tuple[LinkKind, Concept | None]:
    """Return what one of the gold's ids is, and the concept that was found in its place."""
    if any(curie in answer for answer in answers):
        return LinkKind.CORRECT, None
    if all(ids.is_foreign(kind, item) for mention in mentions for item in ids.of(mention) if item.curie == curie):
        return LinkKind.OTHER_SPECIES, None
    if not ids.holds(curie):
        return LinkKind.NOT_IN_LEXICON, None
    near = [item for item in found if any(_overlap(item, mention) for mention in mentions)]
    if not near:
        return LinkKind.NO_MENTION, None
    same = [item for item in near if item.type == kind]
    if not same:
        return LinkKind.WRONG_TYPE, next((item.concept for item in near if item.concept), None)
    partner = next((item.concept for item in same if item.concept), None)
    return (LinkKind.WRONG_CONCEPT if partner else LinkKind.NO_CANDIDATE), partner


def _found_kind(items: Sequence[_Found], kind: str, wanted: Iterable[str], gold: Sequence[GoldMention], ids: GoldIds) -> tuple[LinkKind, GoldMention | None]:
    """Return what a concept that was found is, and the gold mention that stands where it was found."""
    concept = items[0].concept
    if concept is not None and not same_ids(concept).isdisjoint(wanted):
        return LinkKind.CORRECT, None
    near = [mention for mention in gold if any(_overlap(item, mention) for item in items)]
    if not near:
        return LinkKind.SPURIOUS, None
    same = [mention for mention in near if ids.kind(mention) == kind]
    if not same:
        return LinkKind.WRONG_TYPE, near[0]
    with_id = [mention for mention in same if ids.of(mention)]
    if not with_id:
        return LinkKind.NO_ID, same[0]
    foreign = all(ids.is_foreign(kind, item) for mention in with_id for item in ids.of(mention))
    return (LinkKind.OTHER_SPECIES if foreign else LinkKind.WRONG_CONCEPT), with_id[0]


def _overlap(item: _Found, mention: GoldMention) -> bool:
    return item.start < mention.end and mention.start < item.end


def _name(curie: str, concept_of: LookUp) -> str:
    concept = concept_of(curie)
    return concept.name if concept else ""


def _error(level: str, outcome: LinkKind, document_id: str, text: str, kind: str, gold: tuple[tuple[str, str], ...], concept: Concept | None) -> LinkError:
    found = (concept.id, concept.name) if concept else None
    return LinkError(level=level, kind=outcome, document_id=document_id, type=kind, text=text, gold=gold, found=found)
