"""How well concepts agree with annotated ids (task link): the gold's mentions after grounding, and end to end by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from litkg.evaluation.documents import by_document, known, local_id
from litkg.evaluation.identifiers import GoldIds
from litkg.evaluation.link_documents import score_document
from litkg.evaluation.link_mentions import Given, LookUp, score_given
from litkg.evaluation.link_report import DocumentScore, LinkError, LinkReport, MentionScore
from litkg.evaluation.rolling import Broader, rolled_up
from litkg.evaluation.types import GOLD_TYPES
from litkg.model import Concept, Extraction
from litkg.sources.gold import GoldMention


def evaluate_links(
    gold: Sequence[GoldMention],
    given: Iterable[Given],
    extractions: Iterable[Extraction] | None,
    *,
    concept_of: LookUp,
    documents: Collection[str] = (),
    types: Mapping[str, str] = GOLD_TYPES,
    human_genes: bool = False,
    broader: Broader | None = None,
) -> LinkReport:
    """Return both measures: `given` are the gold's mentions after grounding, `extractions` what litkg finds by itself, None to leave that measure out.

    `concept_of` returns the lexicon's concept with an id. With `human_genes` the ids of other species' genes count for nothing on the gold's side; what is
    found in their place is still wrong. With `broader` a concept without an id of the gold's vocabularies answers by those nearest above it. Documents that
    the gold does not know are left out, missing ones count as empty.
    """
    look_up = lru_cache(maxsize=None)(concept_of)
    ids = GoldIds(gold, types, holds=lambda curie: look_up(curie) is not None)
    given = (replace(item, concept=_rolled(item, ids, broader)) for item in given)
    mentions, errors = score_given(given, ids, concept_of=look_up, human_genes=human_genes)
    wanted = by_document(gold, documents)
    full_names = {local_id(name): name for name in (*documents, *(mention.document_id for mention in gold))}
    ends: dict[str, DocumentScore] = {}
    missing: list[str] = []
    end_errors: list[LinkError] = []
    if extractions is not None:
        found = dict(known(extractions, wanted))
        missing = [name for name in wanted if name not in found]
        for name, annotations in wanted.items():
            scores, mistakes = score_document(full_names[name], annotations, found.get(name), ids, concept_of=look_up, human_genes=human_genes, broader=broader)
            end_errors += mistakes
            ends = {kind: ends[kind] + score if kind in ends else score for kind, score in scores.items()}
    scored = [mention for mention in gold if ids.kind(mention)]
    return LinkReport(
        given=(("all", sum((score for _, score in mentions), MentionScore())), *mentions),
        ends=(("all", sum(ends.values(), DocumentScore())), *sorted(ends.items())) if extractions is not None else (),
        documents=len(wanted) - len(missing),
        missing_documents=tuple(missing),
        left_out=tuple(sorted(Counter(mention.type for mention in gold if not ids.kind(mention)).items())),
        without_id=sum(not ids.of(mention) for mention in scored),
        other_species=sum(ids.is_foreign(ids.kind(mention) or "", item) for mention in scored for item in ids.of(mention)),
        human_genes=human_genes,
        species_marked=ids.marks_species,
        errors=(*errors, *sorted(end_errors, key=lambda error: error.level == "found")),
    )


def _rolled(item: Given, ids: GoldIds, broader: Broader | None) -> Concept | None:
    return rolled_up(item.concept, ids.prefixes.get(ids.kind(item.mention) or "", frozenset()), broader) if item.concept else None
