"""Relations that the model of pairs reads in a document, beside those of the grammar.

Owns candidates and the bars; `meanings` says how labels become predicates. That a drug brings about a disease is said where a sentence says so and the document
as a whole bears it out (`documents`); all else by its sentence alone. A pair that the grammar has read is left to it; an end whose state flips the sign ("loss
of X", "anti-X") is the grammar's to read, so that here a subject must stand for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations
from typing import Protocol

import numpy as np

from litkg.lexicon.hierarchy import all_above
from litkg.model import Certainty, Grounding, Relation, SectionKind
from litkg.nlp.cues.parsed import ParsedSentence
from litkg.nlp.entities.model import Marker
from litkg.nlp.grammar.lexis import BLOCKERS, INTERVENTIONS, LEVEL_ASPECTS, LOSSES, word_set
from litkg.nlp.pairs.arguments import Argument, Path, path_between
from litkg.nlp.pairs.classes import Classes, Vocabulary
from litkg.nlp.pairs.conventions import HEADS, kind_of
from litkg.nlp.pairs.documents import MOST_SENTENCES, DocumentModel, load_documents
from litkg.nlp.pairs.meanings import Meaning, load_meanings
from litkg.nlp.pairs.model import PairModel, Reading, load_pairs
from litkg.nlp.pairs.pages import Named, Page, PairKey, Told

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
_DRUG_AND_DISEASE = ("Chemical", "Disease")
_CID = "CID"
_DOCUMENTS = "bc5cdr"
"""The head whose word is weighed by the document."""
NEVER = 2.0
"""A least probability that no reading has: the network is not asked."""
_CARRIERS = frozenset({*INTERVENTIONS, *LEVEL_ASPECTS, "effect", "effects", "agent", "agents", "drug", "drugs", "mg", "concentration", "protein", "gene"})
"""Nouns through which a subject acts as itself: "treatment with X", "the effect of X"."""
_REVERSERS = (
    LOSSES
    | BLOCKERS
    | word_set(
        "stopping stopped discontinued withdrawn discontinuing withdrawing interruption omission tapering tapered resistance tolerance abstinence "
        "resolved resolves resolve resolution recovered recovery improved improvement disappeared disappearance regressed regression subsided "
        "reversed reversal prevented prevents prevent prevention protected protects protect reduced reduces reduce reduction decreased decreases decrease "
        "attenuated attenuates ameliorated ameliorates alleviated alleviates abolished abolishes relieved relieves correlated correlates correlate correlation"
    )
)
"""Words by which a drug acts by not being there, a disease ends, or both but go together: "withdrawal of X", "Y resolved", "correlated with the dose of X"."""
_DENIERS = word_set("unrelated none neither nor despite although though unlikely exclude excluded excluding ruled without")
"""Words of sentences that take back what stands beside them; what in it they take back is the grammar's to read."""
_STUDIES = word_set(
    "study investigate investigation evaluate evaluation examine assess assessment compare test trial explore aim randomize randomise enrol enroll conduct "
    "perform determine review analyze analyse analysis measure undertake"
)
"""Lemmas of what is asked and not found: "we studied X in patients with Y"."""
_COMPARERS = word_set("placebo controls than versus vs vs. compared comparison")
"""Words of sentences that compare groups: that a disease was seen with a drug says there nothing of what brought it about."""


@cache
def heads_for(subject: str, object_: str) -> tuple[str, ...]:
    """Return the heads that may say something of ends of these kinds: those with a label that has a meaning for them and a bar."""
    bars = load_pairs().bars
    meanings = load_meanings()
    return tuple(head for head in bars if any(meaning.said and label in bars[head] for label, meaning in meanings.get((head, subject, object_), {}).items()))


def may_have_pairs(text: str, groundings: Sequence[Grounding]) -> bool:
    """Return whether a sentence with these mentions is worth a parse: two concepts that some head relates, in a sentence that tells and does not ask."""
    kinds = {item.concept.id: kind_of(item.concept.categories[0]) for item in groundings if item.concept is not None and item.concept.grounded}
    if text.rstrip().endswith("?") or len(groundings) > MOST_ARGUMENTS:
        return False
    return any(heads_for(first, second) for first, second in permutations(kinds.values(), 2))


class Terms(Vocabulary, Marker, Protocol):
    """What the reader needs of the lexicon."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, from `start` to `end`; `groundings` are the mentions in it, and `parsed` its syntax where it may have pairs. `known` are pairs
    of concepts that are related in it already."""

    start: int
    end: int
    section: SectionKind
    groundings: Sequence[Grounding]
    parsed: ParsedSentence | None = None
    known: Collection[frozenset[str]] = ()


@dataclass(frozen=True, slots=True)
class _Scene:
    """A parsed sentence with its mentions of concepts as arguments, in one order."""

    number: int
    sentence: Sentence
    parsed: ParsedSentence
    groundings: Sequence[Grounding]
    arguments: Sequence[Argument]

    def pair(self, subject: int, object_: int) -> PairKey:
        """Return the ids of two mentions' concepts."""
        first, second = (concept.id if (concept := self.groundings[at].concept) else "" for at in (subject, object_))
        return first, second


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What a head says of a pair in a sentence, by its likeliest label; `bar` is the least probability from which it is said."""

    scene: _Scene
    subject: int
    object: int
    label: str
    meaning: Meaning
    chance: float
    bar: float

    @property
    def pair(self) -> PairKey:
        """The concepts' ids."""
        return self.scene.pair(self.subject, self.object)


class PairReader:
    """Reads documents."""

    def __init__(self, model: PairModel, terms: Terms, documents: DocumentModel | None = None) -> None:
        self._model, self._terms, self._classes = model, terms, Classes(terms)
        self._documents = documents or load_documents()

    def find(self, text: str, sentences: Sequence[Sentence]) -> Iterator[Relation]:
        """Yield the relations of a document, whose sentences are given in their order: each pair of concepts once a sentence."""
        scenes = [scene for number, item in enumerate(sentences) if (scene := self._scene(number, item)) is not None]
        candidates = [candidate for scene in scenes for candidate in self._candidates(text, scene)]
        if len(sentences) <= MOST_SENTENCES and any(item.label == _CID for item in candidates):
            candidates = self._borne_out(text, sentences, scenes, candidates)
        best: dict[tuple[int, frozenset[str]], _Candidate] = {}
        for item in candidates:
            key = (item.scene.number, frozenset(item.pair))
            if item.chance >= item.bar and (key not in best or item.chance > best[key].chance):
                best[key] = item
        yield from map(_relation, best.values())

    def _scene(self, number: int, sentence: Sentence) -> _Scene | None:
        if sentence.parsed is None:
            return None
        ends = [
            (item, span)
            for item in sentence.groundings
            if item.concept is not None and item.concept.grounded and (span := sentence.parsed.places(item.mention.start, item.mention.end))
        ]
        if not 2 <= len(ends) <= MOST_ARGUMENTS:
            return None
        arguments = [
            Argument(first, last + 1, kind_of(item.concept.categories[0]), self._classes.of(item.mention.text)) for item, (first, last) in ends if item.concept
        ]
        return _Scene(number, sentence, sentence.parsed, [item for item, _ in ends], arguments)

    def _ask(self, text: str, scene: _Scene, asked: Sequence[tuple[int, int, str]], *, least: float) -> list[Reading]:
        return self._model.read(scene.parsed, lambda: self._terms.marks(text, scene.parsed.spans), scene.arguments, asked, least=least)

    def _candidates(self, text: str, scene: _Scene) -> Iterator[_Candidate]:
        """Yield what heads say of a sentence's pairs, sure or not."""
        asked = [
            (subject, object_, head)
            for subject, first in enumerate(scene.arguments)
            for object_, second in enumerate(scene.arguments)
            if 0 <= _between(first, second) <= FARTHEST and frozenset(scene.pair(subject, object_)) not in scene.sentence.known
            for head in _heads(scene.parsed, first, second)
        ]
        for (subject, object_, head), reading in zip(asked, self._ask(text, scene, asked, least=LEAST_LINEAR), strict=True):
            meanings = load_meanings()[head, scene.arguments[subject].kind, scene.arguments[object_].kind]
            label = HEADS[head][int(np.argmax(reading.chances))]
            if label in meanings and meanings[label].said and not _is_question(scene, subject, object_, meanings[label]):
                bar = max(self._model.bars[head].get(label, 1.0), LEAST)
                yield _Candidate(scene, subject, object_, label, meanings[label], float(reading.chances.max()), bar)

    def _told(self, text: str, scene: _Scene) -> Iterator[Told]:
        """Yield what a sentence tells of each drug and disease in it, by the linear half."""
        pairs = [
            (subject, object_)
            for subject, first in enumerate(scene.arguments)
            for object_, second in enumerate(scene.arguments)
            if (first.kind, second.kind) == _DRUG_AND_DISEASE and _between(first, second) >= 0
        ]
        readings = self._ask(text, scene, [(*pair, head) for pair in pairs for head in (_DOCUMENTS, "phee")], least=NEVER)
        for pair, cid, phee in zip(pairs, readings[::2], readings[1::2], strict=True):
            yield Told(scene.pair(*pair), scene.number, float(cid.chances[1]), float(phee.chances[1]), float(phee.chances[2]))

    def _borne_out(self, text: str, sentences: Sequence[Sentence], scenes: Sequence[_Scene], candidates: Sequence[_Candidate]) -> list[_Candidate]:
        """Return the candidates, with the document's probability and bar for those by which a drug brings about a disease."""
        named = [
            Named(item.concept.id, kind, number, item.mention.start - sentence.start, item.mention.end - sentence.start)
            for number, sentence in enumerate(sentences)
            for item in sentence.groundings
            if item.concept is not None and item.concept.grounded and (kind := kind_of(item.concept.categories[0])) in _DRUG_AND_DISEASE
        ]
        told = [item for scene in scenes for item in self._told(text, scene)]
        page = Page([text[item.start : item.end] for item in sentences], named, told, lambda key: all_above(key, self._terms.parents))
        chances = self._documents.chances(page, {item.pair for item in candidates if item.label == _CID})
        bar = max(self._documents.said, LEAST)
        return [replace(item, chance=chances[item.pair], bar=bar) if item.label == _CID else item for item in candidates]


def _relation(item: _Candidate) -> Relation:
    parsed, arguments = item.scene.parsed, item.scene.arguments
    return Relation(
        subject=item.scene.groundings[item.subject],
        predicate=item.meaning.predicate,
        object=item.scene.groundings[item.object],
        aspect=item.meaning.aspect,
        subject_aspect=None,
        negated=False,
        certainty=Certainty.ASSERTED,
        section=item.scene.sentence.section,
        start=parsed.spans[0][0],
        end=parsed.spans[-1][1],
        confidence=round(item.chance, 3),
        extractor=EXTRACTOR,
        trigger=parsed.spans[_trigger(parsed, arguments[item.subject], arguments[item.object])],
    )


def _between(first: Argument, second: Argument) -> int:
    """Return how many words stand between two ends; fewer than 0 where they share a word."""
    return max(first.first, second.first) - min(first.last, second.last)


def _is_question(scene: _Scene, subject: int, object_: int, meaning: Meaning) -> bool:
    """Return whether a sentence says that a treatment was studied, not that it is one."""
    if meaning.predicate not in {"treats", "prevents"}:
        return False
    return scene.parsed.lemmas[_trigger(scene.parsed, scene.arguments[subject], scene.arguments[object_])] in _STUDIES


def _heads(parsed: ParsedSentence, subject: Argument, object_: Argument) -> list[str]:
    """Return the heads that are asked of two ends."""
    heads = heads_for(subject.kind, object_.kind)
    path = _way(parsed, subject, object_) if heads else None
    if path is None:
        return []
    itself = _stands_for_itself(parsed, path, object_)
    return [head for head in heads if (_may_bring_about(parsed, path) if head == _DOCUMENTS else itself)]


def _way(parsed: ParsedSentence, subject: Argument, object_: Argument) -> Path | None:
    """Return the way between the heads of two ends, or None where the tree is broken between them."""
    return path_between(parsed, *(parsed.head_of(item.first, item.last - 1) for item in (subject, object_)))


def _may_bring_about(parsed: ParsedSentence, path: Path) -> bool:
    """Return whether no word on the way from a drug to a disease says that the one is lacking, stopped or blocked or that the other ends, and the sentence
    compares no groups and takes nothing back."""
    reversed_ = any(parsed.lower[place] in _REVERSERS for place in (*path.subject[1:], path.top))
    return not reversed_ and _COMPARERS.isdisjoint(parsed.lower) and _DENIERS.isdisjoint(parsed.lower)


def _stands_for_itself(parsed: ParsedSentence, path: Path, object_: Argument) -> bool:
    """Return whether the subject reaches the word that it shares with the object through verbs, prepositions, lists and carriers alone."""
    above = [*path.subject[1:], path.top] if path.subject else []
    nouns = [place for place in above if parsed.tags[place].startswith("NN") and not object_.first <= place < object_.last]
    return all(parsed.lower[place] in _CARRIERS or parsed.labels[path.subject[-1]] in {"appos"} for place in nouns)


def _trigger(parsed: ParsedSentence, subject: Argument, object_: Argument) -> int:
    """Return the word that states the relation, as far as the tree tells: where the ways from both ends meet, or the next word of the way outside them."""
    path = _way(parsed, subject, object_)
    if path is None:
        return parsed.head_of(object_.first, object_.last - 1)
    inside = {*range(subject.first, subject.last), *range(object_.first, object_.last)}
    return next((place for place in (path.top, *path.subject[::-1], *path.object[::-1]) if place not in inside), path.top)
