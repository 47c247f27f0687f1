"""Relations that the model of pairs reads in a sentence, beside those of the grammar.

Owns candidates and the bars; `meanings` says how labels become predicates. A pair that the grammar has read is left to it; an end whose state flips the sign
("loss of X", "anti-X") is the grammar's to read, so that here a subject must stand for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations
from typing import Protocol

import numpy as np

from litkg.model import Category, Certainty, Grounding, Relation, SectionKind
from litkg.nlp.cues.parsed import ParsedSentence
from litkg.nlp.entities.model import Marker
from litkg.nlp.grammar.lexis import INTERVENTIONS, LEVEL_ASPECTS
from litkg.nlp.pairs.arguments import Argument, path_between
from litkg.nlp.pairs.classes import Classes, Vocabulary
from litkg.nlp.pairs.conventions import HEADS
from litkg.nlp.pairs.meanings import Meaning, load_meanings
from litkg.nlp.pairs.model import PairModel, load_pairs

EXTRACTOR = "litkg.pairs/1"
LEAST = 0.8
"""No relation is said with a smaller probability, whatever its label's bar: bars are set on sentences that annotators chose, and these tell more than
others."""
LEAST_LINEAR = 0.2
"""Pairs to which the linear half gives all relations together less than this are not read by the network."""
FARTHEST = 30
"""Ends with more words between them are not read: of these hardly any is sure."""
MOST_ARGUMENTS = 24
"""Sentences with more are lists, in which nothing is read."""
_KINDS: Mapping[Category, str] = {
    Category.GENE: "Gene",
    Category.CYTOKINE: "Gene",
    Category.DRUG: "Chemical",
    Category.CHEMICAL: "Chemical",
    Category.DISEASE: "Disease",
    Category.PHENOTYPE: "Disease",
    Category.ADVERSE_EVENT: "Disease",
    Category.VARIANT: "Variant",
    Category.ORGANISM: "Organism",
    Category.CELL_TYPE: "Cell",
    Category.CELL_LINE: "Cell",
    Category.BIOLOGICAL_PROCESS: "Process",
}
_CARRIERS = frozenset({*INTERVENTIONS, *LEVEL_ASPECTS, "effect", "effects", "agent", "agents", "drug", "drugs", "mg", "concentration", "protein", "gene"})
"""Nouns through which a subject acts as itself: "treatment with X", "the effect of X"."""


@cache
def heads_for(subject: str, object_: str) -> tuple[str, ...]:
    """Return the heads that may say something of ends of these kinds: those with a label that has a meaning for them and a bar."""
    bars = load_pairs().bars
    meanings = load_meanings()
    return tuple(head for head in bars if any(meaning.said and label in bars[head] for label, meaning in meanings.get((head, subject, object_), {}).items()))


def may_have_pairs(text: str, groundings: Sequence[Grounding]) -> bool:
    """Return whether a sentence with these mentions is worth a parse: two concepts that some head relates, in a sentence that tells and does not ask."""
    kinds = {item.concept.id: _KINDS[item.concept.categories[0]] for item in groundings if item.concept is not None and item.concept.grounded}
    if text.rstrip().endswith("?") or len(groundings) > MOST_ARGUMENTS:
        return False
    return any(heads_for(first, second) for first, second in permutations(kinds.values(), 2))


class Terms(Vocabulary, Marker, Protocol):
    """What the reader needs of the lexicon."""


class PairReader:
    """Reads sentences."""

    def __init__(self, model: PairModel, terms: Terms) -> None:
        self._model, self._terms, self._classes = model, terms, Classes(terms)

    def find(
        self, text: str, parsed: ParsedSentence, groundings: Sequence[Grounding], section: SectionKind, *, known: Collection[frozenset[str]]
    ) -> Iterator[Relation]:
        """Yield the relations of a sentence of a text, whose spans count in it. `known` are pairs of concepts that are related already."""
        ends = [
            (item, span)
            for item in groundings
            if item.concept is not None and item.concept.grounded and (span := parsed.places(item.mention.start, item.mention.end))
        ]
        if not 2 <= len(ends) <= MOST_ARGUMENTS:
            return
        arguments = [
            Argument(first, last + 1, _KINDS[item.concept.categories[0]], self._classes.of(item.mention.text)) for item, (first, last) in ends if item.concept
        ]
        asked = [
            (subject, object_, head)
            for subject, first in enumerate(arguments)
            for object_, second in enumerate(arguments)
            if _apart(first, second) and _concepts(ends[subject][0], ends[object_][0]) not in known and _stands_for_itself(parsed, first, second)
            for head in heads_for(first.kind, second.kind)
        ]
        readings = self._model.read(parsed, lambda: self._terms.marks(text, parsed.spans), arguments, asked, least=LEAST_LINEAR)
        best: dict[frozenset[str], tuple[float, int, int, Meaning]] = {}
        for (subject, object_, head), reading in zip(asked, readings, strict=True):
            meanings = load_meanings()[head, arguments[subject].kind, arguments[object_].kind]
            label = HEADS[head][int(np.argmax(reading.chances))]
            chance = float(reading.chances.max())
            if label not in meanings or not meanings[label].said or chance < max(self._model.bars[head].get(label, 1.0), LEAST):
                continue
            key = _concepts(ends[subject][0], ends[object_][0])
            if key not in best or chance > best[key][0]:
                best[key] = (chance, subject, object_, meanings[label])
        for chance, subject, object_, meaning in best.values():
            yield self._relation(parsed, ends[subject][0], ends[object_][0], arguments[subject], arguments[object_], meaning, chance, section)

    def _relation(
        self,
        parsed: ParsedSentence,
        subject: Grounding,
        object_: Grounding,
        first: Argument,
        second: Argument,
        meaning: Meaning,
        chance: float,
        section: SectionKind,
    ) -> Relation:
        return Relation(
            subject=subject,
            predicate=meaning.predicate,
            object=object_,
            aspect=meaning.aspect,
            subject_aspect=None,
            negated=False,
            certainty=Certainty.ASSERTED,
            section=section,
            start=parsed.spans[0][0],
            end=parsed.spans[-1][1],
            confidence=round(chance, 3),
            extractor=EXTRACTOR,
            trigger=parsed.spans[_trigger(parsed, first, second)],
        )


def _apart(first: Argument, second: Argument) -> bool:
    """Return whether two ends stand side by side or apart, and not too far."""
    return 0 <= max(first.first, second.first) - min(first.last, second.last) <= FARTHEST


def _concepts(first: Grounding, second: Grounding) -> frozenset[str]:
    return frozenset(item.concept.id for item in (first, second) if item.concept)


def _stands_for_itself(parsed: ParsedSentence, subject: Argument, object_: Argument) -> bool:
    """Return whether the subject reaches the word that it shares with the object through verbs, prepositions, lists and carriers alone."""
    heads = [parsed.head_of(item.first, item.last - 1) for item in (subject, object_)]
    path = path_between(parsed, heads[0], heads[1])
    if path is None:
        return False
    above = [*path.subject[1:], path.top] if path.subject else []
    nouns = [place for place in above if parsed.tags[place].startswith("NN") and not object_.first <= place < object_.last]
    return all(parsed.lower[place] in _CARRIERS or parsed.labels[path.subject[-1]] in {"appos"} for place in nouns)


def _trigger(parsed: ParsedSentence, subject: Argument, object_: Argument) -> int:
    """Return the word that states the relation, as far as the tree tells: where the ways from both ends meet, or the next word of the way outside them."""
    heads = [parsed.head_of(item.first, item.last - 1) for item in (subject, object_)]
    path = path_between(parsed, heads[0], heads[1])
    if path is None:
        return heads[1]
    inside = {*range(subject.first, subject.last), *range(object_.first, object_.last)}
    return next((place for place in (path.top, *path.subject[::-1], *path.object[::-1]) if place not in inside), path.top)
