"""The relations of a corpus as pairs that can be scored: what their ends are, what their labels say, and which must be left out.

Owns the reading of labels by the one mapping table (`litkg.nlp.pairs.meanings`). A label that is one of litkg's predicates means itself. Where a corpus relates
mentions, its pairs are of mentions, and of the things that these name in a document as well; where it relates things, of things alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from litkg.evaluation.documents import local_id
from litkg.evaluation.identifiers import parse_identifier
from litkg.evaluation.types import GOLD_TYPES
from litkg.nlp.pairs.conventions import HEADS, NONE, UNDIRECTED
from litkg.nlp.pairs.meanings import Meaning, load_meanings
from litkg.predicates import load_predicates
from litkg.sources.gold import Gold, GoldMention, GoldRelation, split_identifiers

_KINDS: Mapping[str, str] = {"CellType": "Cell", "CellLine": "Cell", "BiologicalProcess": "Process"}
"""What the mapping table calls the types that it names otherwise."""


class Unit(StrEnum):
    """What a pair is a pair of: names at their places, or the things that are named in a document."""

    MENTIONS = "mentions"
    DOCUMENT = "document"


class LeftOut(StrEnum):
    """Why a relation of the gold is not scored."""

    TYPES = "between types that are not scored"
    ITSELF = "of a thing with itself"
    UNKNOWN_END = "of an id that no mention has"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEnd:
    """One end of a relation. `names` are the keys or ids by which something found is this end, `key` the one by which the gold counts it."""

    key: str
    names: frozenset[str]
    type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPair:
    """A relation. `meaning` is None where the mapping table lacks the label for such ends; `directed` tells whether the order of the ends counts."""

    document_id: str
    subject: GoldEnd
    object: GoldEnd
    label: str
    meaning: Meaning | None
    directed: bool
    negated: bool

    @property
    def types(self) -> frozenset[str]:
        """Return the types of both ends."""
        return frozenset((self.subject.type, self.object.type))


class RelationGold:
    """The relations of one gold, by unit, and how its mentions are known: `names` and `types` tell what a mention is called and scored as."""

    def __init__(self, gold: Gold, *, types: Mapping[str, str] = GOLD_TYPES) -> None:
        self._types = types
        self.mentions: dict[str, list[GoldMention]] = defaultdict(list)
        for mention in gold.mentions:
            if self.type_of(mention):
                self.mentions[local_id(mention.document_id)].append(mention)
        self.relates_mentions = any(relation.between_mentions for relation in gold.relations)
        self.left_out: Counter[LeftOut] = Counter()
        self.prefixes: dict[str, set[str]] = defaultdict(set)
        """The vocabularies of each type whose mentions have ids."""
        for mentions in self.mentions.values():
            for mention in mentions:
                self.prefixes[self.type_of(mention) or ""].update(prefix_of(curie) for curie in self._curies(mention))
        self._things = {document: self._by_identifier(mentions) for document, mentions in self.mentions.items()}
        self._anywhere = self._by_identifier(mention for mentions in self.mentions.values() for mention in mentions)
        by_key = {(local_id(mention.document_id), mention.key): mention for mention in gold.mentions}
        pairs: dict[Unit, list[GoldPair]] = {unit: [] for unit in Unit}
        for relation in gold.relations:
            ends = [by_key[local_id(relation.document_id), key] for key in (relation.subject_key, relation.object_key)] if relation.between_mentions else []
            if ends:
                self._add(pairs[Unit.MENTIONS], relation, [self._mention_end(mention) for mention in ends])
                self._add(pairs[Unit.DOCUMENT], relation, [self._thing_end(mention) for mention in ends], count=False)
            else:
                self._add(pairs[Unit.DOCUMENT], relation, [self._named_end(relation, name) for name in (relation.subject, relation.object)])
        self.pairs: Mapping[Unit, tuple[GoldPair, ...]] = {unit: tuple(some) for unit, some in pairs.items() if some or unit is Unit.DOCUMENT}

    def type_of(self, mention: GoldMention) -> str | None:
        """Return the type that a mention is scored as; None where it is left out."""
        return self._types.get(mention.type.casefold())

    def names(self, mention: GoldMention) -> frozenset[str]:
        """Return the names of the thing that a mention names: its ids, each and all together; its words where the gold relates mentions and gives it no id."""
        curies = self._curies(mention)
        if curies:
            return frozenset((*curies, "|".join(curies)))
        return frozenset((name_of_text(mention.text),)) if self.relates_mentions else frozenset()

    def _curies(self, mention: GoldMention) -> tuple[str, ...]:
        kind = self.type_of(mention) or ""
        return tuple(dict.fromkeys(parse_identifier(kind, text).curie for text in mention.identifiers))

    def _by_identifier(self, mentions: Iterable[GoldMention]) -> dict[str, GoldMention]:
        found: dict[str, GoldMention] = {}
        for mention in mentions:
            for name in (*mention.identifiers, "|".join(mention.identifiers)):
                found.setdefault(name, mention)
        return found

    def _mention_end(self, mention: GoldMention) -> GoldEnd | None:
        kind = self.type_of(mention)
        return GoldEnd(key=mention.key, names=frozenset((mention.key,)), type=kind, text=mention.text) if kind else None

    def _thing_end(self, mention: GoldMention) -> GoldEnd | None:
        kind, names = self.type_of(mention), self.names(mention)
        return GoldEnd(key=max(names, key=lambda name: (len(name), name)), names=names, type=kind, text=mention.text) if kind else None

    def _named_end(self, relation: GoldRelation, name: str) -> GoldEnd | LeftOut:
        pieces = split_identifiers(name)
        key = "|".join(pieces)
        mention = self._things.get(local_id(relation.document_id), {}).get(key) or self._anywhere.get(key)
        if mention is None or not pieces:
            return LeftOut.UNKNOWN_END
        kind = self.type_of(mention) or ""
        curie = "|".join(parse_identifier(kind, piece).curie for piece in pieces)
        return GoldEnd(key=curie, names=frozenset((curie,)), type=kind, text=mention.text)

    def _add(self, pairs: list[GoldPair], relation: GoldRelation, ends: Iterable[GoldEnd | LeftOut | None], *, count: bool = True) -> None:
        subject, object_ = ends
        reason = next((end for end in (subject, object_) if isinstance(end, LeftOut)), None)
        if isinstance(subject, GoldEnd) and isinstance(object_, GoldEnd):
            if subject.names.isdisjoint(object_.names):
                pairs.append(_pair(relation, subject, object_))
                return
            reason = LeftOut.ITSELF
        if count:
            self.left_out[reason or LeftOut.TYPES] += 1


def name_of_text(text: str) -> str:
    """Return the name of a thing that the gold gives no id: its words, whatever their case.

    >>> name_of_text("Tumour\\n Necrosis")
    'name:tumour necrosis'
    """
    return f"name:{' '.join(text.casefold().split())}"


def kind_of(type_: str) -> str:
    """Return what the mapping table calls a type."""
    return _KINDS.get(type_, type_)


def scored_types(pairs: Iterable[GoldPair]) -> frozenset[frozenset[str]]:
    """Return the types between which the gold annotates relations, in any order: only between these can something found be wrong."""
    return frozenset(pair.types for pair in pairs)


def says(meaning: Meaning, predicate: str, *, sign: int, stated: bool) -> bool:
    """Tell whether a claim says what a label says: one of its predicates; or, where the claim is of a state of its subject that turns the sign or takes it away
    (not `stated` as the predicate has it), the label's sign."""
    if stated:
        return predicate == meaning.predicate or predicate in meaning.also
    return sign == load_predicates()[meaning.predicate].sign


def _pair(relation: GoldRelation, subject: GoldEnd, object_: GoldEnd) -> GoldPair:
    meaning, head = None, _head_of(relation.type)
    predicates = load_predicates()
    if relation.type in predicates:
        meaning = Meaning(relation.type, None, True)
    elif head is not None:
        table = load_meanings()
        kinds = kind_of(subject.type), kind_of(object_.type)
        meaning = table.get((head, *kinds), {}).get(relation.type)
        if meaning is None and head in UNDIRECTED:
            meaning = table.get((head, *kinds[::-1]), {}).get(relation.type)
    return GoldPair(
        document_id=local_id(relation.document_id),
        subject=subject,
        object=object_,
        label=relation.type,
        meaning=meaning,
        directed=meaning is not None and head not in UNDIRECTED and not predicates[meaning.predicate].symmetric,
        negated=relation.negated,
    )


@cache
def _heads() -> Mapping[str, str]:
    """Return the head of each label that one has."""
    found = {label: head for head, labels in HEADS.items() for label in labels if label not in (NONE, "other")}
    return found | {label: head for (head, _, _), meanings in load_meanings().items() for label in meanings}


def _head_of(label: str) -> str | None:
    return _heads().get(label)


def prefix_of(curie: str) -> str:
    """Return the vocabulary of an id, empty where it names none."""
    return curie.partition(":")[0] if ":" in curie else ""


def documents_of(gold: RelationGold, documents: Collection[str]) -> Iterator[str]:
    """Yield the local ids of the gold's documents, once each: those named, then others that have annotations."""
    yield from dict.fromkeys((*map(local_id, documents), *gold.mentions))
