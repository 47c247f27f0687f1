"""Why a relation of a gold was not found: its ends were not, they never stand in one sentence, or the sentence was not read so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from functools import cache

from litkg.evaluation.documents import local_id
from litkg.evaluation.relation_gold import GoldEnd, GoldPair, RelationGold, Unit
from litkg.model import RawDocument
from litkg.nlp.sentences import split_text


class Why(StrEnum):
    """The first that holds, in this order."""

    NO_MENTION = "no mention"
    NO_SENTENCE = "no sentence"
    NOT_READ = "not read"


class Misses:
    """Tells reasons. `named` holds, by document, the names of the gold's ends that have a mention among what was found."""

    def __init__(self, gold: RelationGold, unit: Unit, documents: Iterable[RawDocument], named: Mapping[str, Collection[str]]) -> None:
        self._gold, self._unit, self._named = gold, unit, named
        self._texts = {local_id(document.id): document.text for document in documents}
        self._starts = cache(self._sentence_starts)

    def why(self, pair: GoldPair) -> Why:
        """Return why a pair was missed."""
        found = self._named.get(pair.document_id, ())
        if any(end.names.isdisjoint(found) for end in (pair.subject, pair.object)):
            return Why.NO_MENTION
        starts = self._starts(pair.document_id)
        first, second = ({bisect_right(starts, place) for place in self._places(pair.document_id, end)} for end in (pair.subject, pair.object))
        return Why.NO_SENTENCE if first.isdisjoint(second) else Why.NOT_READ

    def _places(self, document_id: str, end: GoldEnd) -> list[int]:
        mentions = self._gold.mentions.get(document_id, ())
        if self._unit is Unit.MENTIONS:
            return [mention.start for mention in mentions if mention.key in end.names]
        return [mention.start for mention in mentions if not end.names.isdisjoint(self._gold.names(mention))]

    def _sentence_starts(self, document_id: str) -> list[int]:
        return [start for start, _ in split_text(self._texts.get(document_id, ""))]
