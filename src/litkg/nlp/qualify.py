"""What the parse adds to the relations of a sentence: who denies them, who doubts them, with cue and scope, and what the sentence brings.

Owns how the models of cues (`cues`) and the grammar's own reading (`scope`) are put together. Where the grammar denies, it is nearly always right, and
stands. The model denies what the grammar did not see where it is sure, and doubts what stands in the scope of a cue of doubt. A relation without a
trigger, taken for granted in a name or read from a case, is left as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from spacy.language import Language

from litkg.model import Certainty, Cue, Relation, SectionKind
from litkg.nlp.cues.governing import LEAST, Denials
from litkg.nlp.cues.model import NEGATION, SPECULATION, CueModel, CueScope
from litkg.nlp.cues.parsed import ParsedSentence
from litkg.nlp.knowledge import knowledge_of
from litkg.nlp.parsing import Parses, parse_sentences
from litkg.nlp.scope import weaker

_LIKELY_CUE = 0.2
"""Probability from which a cue that the model finds is shown as the one behind a denial that the grammar read without words."""
_EVENTS = frozenset({"failure", "loss"})
"""Cues that name events of their own where nothing follows that fails or is lost."""
_LIMITS = frozenset(
    {"only", "sole", "solely", "merely", "just", "simply", "exclusively", "always", "all", "every", "entirely", "fully", "completely", "totally", "wholly"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceCues:
    """A parsed sentence of a text with its cues. `spans` of the sentence count in the text."""

    text: str
    sentence: ParsedSentence
    scopes: Sequence[CueScope]

    def cue(self, scope: CueScope) -> Cue:
        """Return a cue and its scope in characters; of a cue of several parts the first."""
        spans = self.sentence.spans
        start, end = spans[scope.parts[0][0]][0], spans[scope.parts[0][1]][1]
        return Cue(text=self.text[start:end], start=start, end=end, scope=(spans[scope.first][0], spans[scope.last][1]))


def qualify_relations(
    text: str,
    sentences: Sequence[tuple[int, int, SectionKind]],
    relations: Sequence[Relation],
    *,
    syntax: Language,
    cues: CueModel,
    denials: Denials,
    parses: Parses | None = None,
) -> tuple[Relation, ...]:
    """Return the relations, in the order given, with what their sentences' cues and words say of them. `sentences` are in text order; `parses` are those that
    were parsed before."""
    starts = [start for start, _, _ in sentences]
    owners = [bisect_right(starts, relation.object.mention.start if relation.trigger is None else relation.trigger[0]) - 1 for relation in relations]
    wanted = sorted({at for at, relation in zip(owners, relations, strict=True) if relation.trigger and cues.may_hold_cue(text, *sentences[at][:2])})
    parsed = parse_sentences(text, [sentences[at][:2] for at in wanted], syntax, known=parses)
    found = {at: SentenceCues(text=text, sentence=sentence, scopes=find_cues(sentence, cues)) for at, sentence in zip(wanted, parsed, strict=True)}
    places = _places(sentences)
    qualified = []
    for at, relation in zip(owners, relations, strict=True):
        relation = qualify(relation, found[at], denials) if at in found else relation
        start, end, section = sentences[at]
        knowledge = knowledge_of(text[start:end], section, places[at], certainty=relation.certainty)
        qualified.append(replace(relation, knowledge=knowledge))
    return tuple(qualified)


def _places(sentences: Sequence[tuple[int, int, SectionKind]]) -> list[int]:
    """Return each sentence's number in its section, from 0."""
    places: list[int] = []
    for at, (_, _, section) in enumerate(sentences):
        places.append(places[-1] + 1 if at and sentences[at - 1][2] is section else 0)
    return places


def find_cues(sentence: ParsedSentence, cues: CueModel) -> list[CueScope]:
    """Return the cues of the sentence, in text order, without those that are parts of names."""
    return [scope for scope in cues.find(sentence) if not _is_named(sentence, scope)]


def denying_cue(sentence: ParsedSentence, scopes: Sequence[CueScope], denials: Denials, place: int) -> CueScope | None:
    """Return the cue that denies what the word at `place` states, where the model is sure of it, or None."""
    denial = denials.find(sentence, scopes, place)
    return None if denial is None or denial[1] < LEAST or _is_partial(sentence, denial[0], place) else denial[0]


def doubting_cue(sentence: ParsedSentence, scopes: Sequence[CueScope], place: int) -> tuple[Certainty, CueScope | None]:
    """Return what the cues whose scope holds the word at `place` leave of what it states, and the first cue that leaves no more."""
    level, cue = Certainty.ASSERTED, None
    for scope in scopes:
        if scope.kind == SPECULATION and scope.first <= place <= scope.last and not _parted(sentence, scope, place):
            its = certainty_of_cue(scope.phrase)
            if weaker(its, level) is not level:
                level, cue = its, scope
    return level, cue


def _is_named(sentence: ParsedSentence, scope: CueScope) -> bool:
    """Return whether the cue is part of a name: a failure or loss that is one of nothing ("renal failure", "weight loss")."""
    first, last = scope.parts[0]
    return first == last and sentence.lemmas[first] in _EVENTS and "".join(sentence.lower[last + 1 : last + 2]) not in {"to", "of"}


def qualify(relation: Relation, found: SentenceCues, denials: Denials) -> Relation:
    """Return the relation with what the sentence's cues say of it."""
    if relation.trigger is None:
        return relation
    places = found.sentence.places(*relation.trigger)
    if places is None:
        return relation
    place = found.sentence.head_of(*places)
    return _doubted(_denied(relation, found, denials, place), found, place)


def _denied(relation: Relation, found: SentenceCues, denials: Denials, place: int) -> Relation:
    if not relation.negated:
        cue = denying_cue(found.sentence, found.scopes, denials, place)
        return relation if cue is None else replace(relation, negated=True, negation=found.cue(cue))
    shown = _same_words(relation.negation, found, NEGATION)
    if shown is None and relation.negation is None:
        denial = denials.find(found.sentence, found.scopes, place)
        shown = denial[0] if denial is not None and denial[1] >= _LIKELY_CUE else _around_an_end(relation, found)
    return relation if shown is None else replace(relation, negation=found.cue(shown))


def _around_an_end(relation: Relation, found: SentenceCues) -> CueScope | None:
    """Return the cue of negation whose scope holds one end of the relation and not the other ("X but not Y lowers Z")."""
    places = [found.sentence.places(end.mention.start, end.mention.end) for end in (relation.subject, relation.object)]
    for scope in found.scopes:
        if scope.kind == NEGATION and sum(place is not None and scope.first <= place[0] <= scope.last for place in places) == 1:
            return scope
    return None


def _doubted(relation: Relation, found: SentenceCues, place: int) -> Relation:
    level, cue = doubting_cue(found.sentence, found.scopes, place)
    if cue is None or weaker(level, relation.certainty) is relation.certainty:
        cue = _same_words(relation.doubt, found, SPECULATION)
        return relation if cue is None else replace(relation, doubt=found.cue(cue))
    return replace(relation, certainty=level, doubt=found.cue(cue))


def _between(sentence: ParsedSentence, scope: CueScope, place: int) -> Sequence[str]:
    return sentence.lower[scope.parts[0][1] + 1 : place] or sentence.lower[place + 1 : scope.parts[0][0]]


def _is_partial(sentence: ParsedSentence, scope: CueScope, place: int) -> bool:
    """Return whether only the claim's reach is denied ("not the only cause", "did not fully block"), or the claim stands outside the cue's scope."""
    return not scope.first <= place <= scope.last or _parted(sentence, scope, place) or not _LIMITS.isdisjoint(_between(sentence, scope, place))


def _parted(sentence: ParsedSentence, scope: CueScope, place: int) -> bool:
    """Return whether a semicolon, which no claim crosses, stands between a cue and a word."""
    return ";" in _between(sentence, scope, place)


def _same_words(cue: Cue | None, found: SentenceCues, kind: str) -> CueScope | None:
    """Return the model's cue of a kind that shares words with the grammar's, so that its scope is shown."""
    if cue is None:
        return None
    spans = found.sentence.spans
    return next(
        (
            scope
            for scope in found.scopes
            if scope.kind == kind and any(spans[first][0] < cue.end and spans[last][1] > cue.start for first, last in scope.parts)
        ),
        None,
    )


def certainty_of_cue(phrase: str) -> Certainty:
    """Return what a cue of doubt, by its lemmas, leaves of a claim; "possible" for one that the ladder does not have."""
    return load_ladder().get(phrase, Certainty.POSSIBLE)


@cache
def load_ladder() -> Mapping[str, Certainty]:
    """Return the certainty that each cue of doubt leaves, from ladder.tsv."""
    lines = files("litkg.nlp.cues").joinpath("ladder.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {cue: Certainty(certainty) for cue, certainty, _ in rows}
