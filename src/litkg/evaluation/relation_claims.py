"""What litkg says of two things, as claims that can be held against a gold's relations; and the gold's mentions as litkg is given them.

Owns how a found end is known to a gold: at a mention's place by the marked names of its type that it overlaps, in a document by its concept's ids, or by its
words where the gold has no ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from litkg.evaluation.documents import local_id
from litkg.evaluation.link_mentions import GIVEN_LABELS
from litkg.evaluation.relation_gold import RelationGold, Unit, name_of_text, prefix_of
from litkg.evaluation.types import CATEGORY_TYPES
from litkg.lexicon.records import Candidate
from litkg.model import Concept, Extraction, Grounding, Mention
from litkg.predicates import SUBJECT_ASPECT_SIGN, load_predicates
from litkg.sources.gold import GoldMention

LookUp = Callable[[str], Iterable[Candidate]]
"""Returns what a name may stand for, the likeliest first."""
_GIVEN = "litkg.given:"
"""How the ids begin of concepts that a gold's mention is alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEnd:
    """One end of a claim at a unit: `key` is the one by which it is counted, `names` are those by which the gold may know it, none where it cannot."""

    key: str
    names: frozenset[str]
    type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """A claim that one piece of evidence makes. `stated` tells whether the predicate says all: no state of the subject turns its sign. `scorable` is False
    where an end has no id of the vocabularies in which the gold has its ids."""

    document_id: str
    subject: FoundEnd
    predicate: str
    object: FoundEnd
    sign: int
    stated: bool
    negated: bool
    scorable: bool
    extractor: str
    text: str

    @property
    def types(self) -> frozenset[str]:
        """Return the types of both ends."""
        return frozenset((self.subject.type, self.object.type))

    @property
    def symmetric(self) -> bool:
        """Tell whether the claim has no direction."""
        return load_predicates()[self.predicate].symmetric


def given_groundings(gold: RelationGold, document_id: str, *, look_up: LookUp) -> tuple[Grounding, ...]:
    """Return the mentions of a document with the concepts that its gold gives them, in raw offsets.

    Where the gold relates mentions, each is a concept of its own, so that what is said of two places is told apart; else its ids make it one. Its categories
    are those that the lexicon, asked by `look_up`, has for its name, where these are of the gold's type: a chemical may be a drug, a gene a cytokine.
    """
    mentions = gold.mentions.get(local_id(document_id), ())
    return tuple(_given(gold, mention, type_, look_up) for mention in mentions if (type_ := gold.type_of(mention)))


def named_in(extraction: Extraction, gold: RelationGold, unit: Unit) -> frozenset[str]:
    """Return the names by which the gold may know the mentions that have a concept."""
    make = _place_end if unit is Unit.MENTIONS else _thing_end
    found: set[str] = set()
    for item in extraction.groundings:
        if item.concept is not None:
            mention = item.mention
            found |= make(extraction, (mention.start, mention.end), CATEGORY_TYPES[mention.label], item.concept, gold).names
    return frozenset(found)


def claims_of(extraction: Extraction, gold: RelationGold, unit: Unit) -> Iterator[FoundClaim]:
    """Yield the claims of an extraction, one for each piece of evidence."""
    document_id = local_id(extraction.document.id)
    assertions = {assertion.id: assertion for assertion in extraction.assertions}
    concepts = {concept.id: concept for concept in extraction.concepts}
    labels = {(item.mention.start, item.mention.end): item.mention.label for item in extraction.groundings}
    ends: dict[tuple[tuple[int, int], str], FoundEnd] = {}

    def end_of(span: tuple[int, int], concept: Concept) -> FoundEnd:
        if (span, concept.id) not in ends:
            make = _place_end if unit is Unit.MENTIONS else _thing_end
            ends[span, concept.id] = make(extraction, span, CATEGORY_TYPES[labels.get(span, concept.categories[0])], concept, gold)
        return ends[span, concept.id]

    for item in extraction.evidence:
        assertion = assertions[item.assertion_id]
        subject = end_of(item.subject_mention, concepts[assertion.subject])
        object_ = end_of(item.object_mention, concepts[assertion.object])
        yield FoundClaim(
            document_id=document_id,
            subject=subject,
            predicate=assertion.predicate,
            object=object_,
            sign=assertion.sign,
            stated=SUBJECT_ASPECT_SIGN[assertion.subject_aspect] == 1,
            negated=item.negated,
            scorable=unit is Unit.MENTIONS or bool(subject.names and object_.names),
            extractor=item.extractor,
            text=item.text,
        )


def _place_end(extraction: Extraction, span: tuple[int, int], type_: str, concept: Concept, gold: RelationGold) -> FoundEnd:
    start, end = extraction.document.source_map.to_raw(*span)
    near = (other for other in gold.mentions.get(local_id(extraction.document.id), ()) if other.start < end and start < other.end)
    keys = frozenset(other.key for other in near if gold.type_of(other) == type_)
    return FoundEnd(key=f"{start}-{end}", names=keys, type=type_, text=extraction.document.text[slice(*span)])


def _thing_end(extraction: Extraction, span: tuple[int, int], type_: str, concept: Concept, gold: RelationGold) -> FoundEnd:
    text = extraction.document.text[slice(*span)]
    names = {name for name in (concept.id, *concept.xrefs) if prefix_of(name) in gold.prefixes.get(type_, ())}
    given = concept.id.startswith(_GIVEN)
    if gold.relates_mentions:
        names |= {name for name in concept.xrefs if given} or {name_of_text(text)}
    return FoundEnd(
        key=max(names, key=lambda name: (len(name), name), default=concept.id) if given else concept.id, names=frozenset(names), type=type_, text=text
    )


def _given(gold: RelationGold, mention: GoldMention, type_: str, look_up: LookUp) -> Grounding:
    names = gold.names(mention)
    known = (candidate.categories for candidate in look_up(mention.text))
    categories = next((found for found in known if found and CATEGORY_TYPES[found[0]] == type_), (GIVEN_LABELS[type_],))
    marked = Mention(document_id=mention.document_id, start=mention.start, end=mention.end, text=mention.text, label=categories[0], component="gold")
    own = f"{_GIVEN}{mention.key or mention.start}"
    key = own if gold.relates_mentions or not names else max(names, key=lambda name: (len(name), name))
    concept = Concept(id=key, name=mention.text, categories=categories, xrefs=tuple(sorted(names - {key})))
    return Grounding(mention=marked, concept=concept, score=1.0, reasons=())
