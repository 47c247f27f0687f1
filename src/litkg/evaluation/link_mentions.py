"""Task link given the gold's mentions: what each became in grounding, and why it is wrong where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from litkg.evaluation.documents import by_document, local_id
from litkg.evaluation.identifiers import GoldId, GoldIds
from litkg.evaluation.link_report import LinkError, LinkKind, MentionScore
from litkg.evaluation.types import CATEGORY_TYPES, GOLD_TYPES
from litkg.grounding.score import ScoredCandidate
from litkg.model import HUMAN_TAXON, Category, Concept, Grounding, Mention, RawDocument
from litkg.sources.gold import GoldMention

GIVEN_LABELS: Mapping[str, Category] = {
    "Chemical": Category.CHEMICAL,
    "Disease": Category.DISEASE,
    "Gene": Category.GENE,
    "Organism": Category.ORGANISM,
    "CellType": Category.CELL_TYPE,
    "CellLine": Category.CELL_LINE,
    "Variant": Category.VARIANT,
    "BiologicalProcess": Category.BIOLOGICAL_PROCESS,
}
"""The category with which a gold mention goes into grounding, by the type that it is scored as."""

LookUp = Callable[[str], Concept | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A gold mention after grounding: the concept, None where it is ungrounded, and the ids of all the concepts that could have been chosen."""

    mention: GoldMention
    concept: Concept | None
    candidates: tuple[str, ...]


Ground = Callable[[RawDocument, Sequence[Mention]], Iterable[tuple[Grounding, Sequence[ScoredCandidate]]]]


def ground_gold(
    documents: Iterable[RawDocument], gold: Iterable[GoldMention], ground: Ground, *, types: Mapping[str, str] = GOLD_TYPES, human_genes: bool = False
) -> Iterator[Given]:
    """Yield the gold's mentions of scored types with what `ground` makes of them, document by document: a document's mentions together, those without id too,
    and a span that the gold gives twice once for each time. With `human_genes` a gene that is marked as another species' is no answer."""
    by_name = by_document(gold, ())
    for raw in documents:
        mentions = [mention for mention in by_name.get(local_id(raw.id), []) if types.get(mention.type.casefold()) in GIVEN_LABELS]
        grounded = ground(raw, [_as_mention(mention, GIVEN_LABELS[types[mention.type.casefold()]]) for mention in mentions])
        for mention, (grounding, candidates) in zip(mentions, grounded, strict=True):
            concept = None if human_genes and is_foreign_gene(grounding) else grounding.concept
            yield Given(
                mention=mention,
                concept=concept if concept is not None and concept.grounded else None,
                candidates=tuple(item.candidate.concept for item in candidates),
            )


def is_foreign_gene(grounding: Grounding) -> bool:
    """Tell whether litkg marks a mention as a gene of another species than man."""
    return grounding.taxon is not None and grounding.taxon != HUMAN_TAXON


def _as_mention(mention: GoldMention, label: Category) -> Mention:
    return Mention(document_id=mention.document_id, start=mention.start, end=mention.end, text=mention.text, label=label, component="gold")


def score_given(
    given: Iterable[Given], ids: GoldIds, *, concept_of: LookUp, human_genes: bool = False
) -> tuple[tuple[tuple[str, MentionScore], ...], tuple[LinkError, ...]]:
    """Return the scores by type, sorted, and the errors in the order given. Mentions without id or type are left out; with `human_genes` also the ids that
    are genes of other species."""
    scores: dict[str, MentionScore] = {}
    errors = []
    for item in given:
        kind, wanted = ids.kind(item.mention), scored_ids(item.mention, ids, human_genes=human_genes)
        if kind is None or not wanted:
            continue
        outcome, reachable = _judge(item, kind, wanted, ids, concept_of)
        held = any(ids.holds(identifier.curie) for identifier in wanted)
        scores[kind] = scores.get(kind, MentionScore()) + MentionScore(kinds=Counter([outcome]), held=held, reachable=reachable)
        if outcome is not LinkKind.CORRECT:
            found = (item.concept.id, item.concept.name) if item.concept else None
            text, document_id = item.mention.text, item.mention.document_id
            gold = named(wanted, concept_of)
            errors.append(LinkError(level="mention", kind=outcome, document_id=document_id, type=kind, text=text, gold=gold, found=found))
    return tuple(sorted(scores.items())), tuple(errors)


def scored_ids(mention: GoldMention, ids: GoldIds, *, human_genes: bool) -> tuple[GoldId, ...]:
    """Return the ids by which a mention is scored."""
    kind = ids.kind(mention)
    return tuple(item for item in ids.of(mention) if not (human_genes and kind and ids.is_foreign(kind, item)))


def same_ids(concept: Concept) -> frozenset[str]:
    """Return all ids of a concept."""
    return frozenset((concept.id, *concept.xrefs))


def named(identifiers: Iterable[GoldId], concept_of: LookUp) -> tuple[tuple[str, str], ...]:
    """Return the ids with the lexicon's names for them, empty where it has none."""
    return tuple((item.curie, concept.name if (concept := concept_of(item.curie)) else "") for item in identifiers)


def _judge(item: Given, kind: str, wanted: tuple[GoldId, ...], ids: GoldIds, concept_of: LookUp) -> tuple[LinkKind, bool]:
    """Return what the mention is, and whether a right concept was among the candidates."""
    curies = {identifier.curie for identifier in wanted}
    reachable = any((concept := concept_of(name)) is not None and same_ids(concept) & curies for name in item.candidates)
    if item.concept is not None and same_ids(item.concept) & curies:
        return LinkKind.CORRECT, reachable
    if all(ids.is_foreign(kind, identifier) for identifier in wanted):
        return LinkKind.OTHER_SPECIES, reachable
    if not any(ids.holds(identifier.curie) for identifier in wanted):
        return LinkKind.NOT_IN_LEXICON, reachable
    if item.concept is None:
        return LinkKind.NO_CANDIDATE, reachable
    if reachable:
        return LinkKind.WRONG_RANK, reachable
    fits = any(CATEGORY_TYPES[category] == kind for category in item.concept.categories)
    return (LinkKind.WRONG_CONCEPT if fits else LinkKind.WRONG_TYPE), reachable
