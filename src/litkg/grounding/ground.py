"""Grounds mentions: chooses one concept each, for the document as a whole.

One name means one concept in one document; an abbreviation that the document defines means its long form everywhere in it. What the lexicon
does not know becomes a concept of its own, marked ungrounded. Refuses to find mentions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

from litkg.grounding.candidates import ANNOTATED_WORDS, SHARED_WORDS, Gatherer
from litkg.grounding.context import Context, Sought
from litkg.grounding.features import (
    PRIOR_SOURCE,
    Feature,
    Option,
    Standing,
    candidate_group,
    is_own_name,
    lasting_features,
    names_family,
)
from litkg.grounding.likeness import ASKED
from litkg.grounding.name_search import NameSearch
from litkg.grounding.prior import Counts, load_prior
from litkg.grounding.score import ScoredCandidate, Weighed, Weights, load_weights, score_options
from litkg.grounding.spelling import NearNames
from litkg.grounding.surroundings import Surroundings, is_labelled
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.normalise import match_key
from litkg.lexicon.records import Candidate
from litkg.model import GROUPS, Category, Concept, Grounding, Mention

_LEAST_NEAR = 0.2
"""Probability from which a concept is an answer whose name is the mention's but for a slip of the pen or some words: of those below it one in eight was right
on gold, and a graph is better off with a name of its own."""
_LEAST_SHARED = 0.35
"""The same where names share but words: what is less likely takes more from the precision of documents than it gives to their recall."""
ELLIPTICAL = "litkg_ellipsis"
"""Component of mentions whose text is but a piece of their name ("1β" for IL-1β): no misspelling of it, and no short form."""


_Key = tuple[str, str, str]
"""Match key of a name, whether it is written in capitals (WAS and was differ), and the group that a model says that it is of, empty where none does."""


class Entry(NamedTuple):
    """What a name may stand for wherever it stands: the options, what speaks for and against each, and the answer without any context."""

    options: tuple[Option, ...]
    weighed: tuple[Weighed, ...]
    """The candidate of each option with its features."""
    scored: tuple[ScoredCandidate, ...]
    sought: tuple[Sought | None, ...]
    """What to look for in the text for each option: None for one that no context brings to the front; empty where none can change which is first."""
    key: _Key
    """What is equal for all mentions that are the same name."""


class Grounder:
    """Grounds the mentions of one document at a time. Holds a lexicon, a prior and weights, by default those that litkg ships, and nothing of any document.
    Without `near` it looks for no misspellings but those of names in the document, without `search` for no names of shared words."""

    def __init__(
        self, lexicon: Lexicon, *, prior: Counts | None = None, weights: Weights | None = None, near: NearNames | None = None, search: NameSearch | None = None
    ) -> None:
        self._lexicon = lexicon
        self._gatherer = Gatherer(lexicon, prior if prior is not None else load_prior(), near, search)
        self.weights = weights or load_weights()
        self._context = Context(lexicon, self.weights)
        self._concept_of = lexicon.concept
        self._entry = lru_cache(maxsize=100_000)(self._make_entry)
        self._standing = lru_cache(maxsize=50_000)(self._read_standing)

    def ground(self, mentions: Sequence[tuple[Mention, tuple[Candidate, ...]]], *, abbreviations: Mapping[str, str], text: str) -> tuple[Grounding, ...]:
        """Return one grounding a mention, in the order given. `abbreviations` leads from short to long forms that the document defines.

        A mention whose component has no "lexicon" in its name comes from another model: its label restricts, and without candidates its text
        is looked up. A mention without a letter or digit has no concept.
        """
        surroundings = Surroundings(text, [mention for mention, _ in mentions], abbreviations)
        entries = [self.entry(mention, candidates, abbreviations, surroundings) for mention, candidates in mentions]
        scored = [self._ranked(mention, entry, surroundings) for (mention, _), entry in zip(mentions, entries, strict=True)]
        keys = [entry.key for entry in entries]
        chosen = _one_concept_a_name(keys, scored)
        return tuple(
            [self._grounding(mention, options, chosen.get(key), abbreviations) for (mention, _), options, key in zip(mentions, scored, keys, strict=True)]
        )

    def rank(
        self, mention: Mention, candidates: tuple[Candidate, ...], *, abbreviations: Mapping[str, str], text: str, others: Sequence[Mention] = ()
    ) -> tuple[ScoredCandidate, ...]:
        """Return all that a mention may stand for by itself, best first, before the document's other mentions have their say. Arguments as in `ground`;
        `others` are the mentions of the document by which short forms that it does not define are read."""
        surroundings = Surroundings(text, others, abbreviations)
        return self._ranked(mention, self.entry(mention, candidates, abbreviations, surroundings), surroundings)

    def rank_name(self, name: str) -> tuple[ScoredCandidate, ...]:
        """Return all that a name may stand for by itself, best first."""
        return self._entry(name, self._lexicon.lookup(name), None, None, False).scored

    def entry(self, mention: Mention, candidates: tuple[Candidate, ...], abbreviations: Mapping[str, str], surroundings: Surroundings | None = None) -> Entry:
        """Return what a mention may stand for, before the text around it is read; `surroundings` say what an undefined short form may be short for."""
        label = mention.label if is_labelled(mention) else None
        elliptical = mention.component == ELLIPTICAL
        long_form = None if elliptical else long_form_of(mention.text, abbreviations)
        implied = surroundings.implied(mention) if surroundings is not None and long_form is None and not elliptical else ()
        short_form = surroundings.short_form(mention.text) if surroundings is not None else None
        return self._entry(mention.text, candidates, long_form, label, elliptical, implied, short_form)

    def text_features(self, mention: Mention, option: Option, surroundings: Surroundings) -> tuple[Feature, ...]:
        """Return what the text around a mention says for an option."""
        return self._context.features(mention, option, surroundings)

    def _ranked(self, mention: Mention, entry: Entry, surroundings: Surroundings) -> tuple[ScoredCandidate, ...]:
        if not entry.sought:
            return entry.scored
        weighed = list(entry.weighed)
        said = False
        for at, sought in enumerate(entry.sought):
            if sought is not None and (here := self._context.found(mention, entry.options[at], sought, surroundings)):
                lasting = weighed[at]
                weighed[at] = Weighed(lasting.candidate, lasting.features + here, self.weights.total(here, lasting.total))
                said = True
        return score_options(weighed, self.weights) if said else entry.scored

    def _make_entry(
        self,
        text: str,
        candidates: tuple[Candidate, ...],
        long_form: str | None,
        label: Category | None,
        elliptical: bool,
        implied: tuple[str, ...] = (),
        short_form: str | None = None,
    ) -> Entry:
        if label is not None and not candidates:
            candidates = self._lexicon.lookup(text)
        if elliptical:
            options = tuple(Option(candidate, candidate.matched) for candidate in candidates)
        else:
            options = self._gatherer.gather(text, candidates, long_form=long_form, label=label, implied=implied, short_form=short_form)
        groups = [candidate_group(option.candidate, label) for option in options]
        standings = [self._standing(option.candidate.concept, group) for option, group in zip(options, groups, strict=True)]
        named = {group for option, group, standing in zip(options, groups, standings, strict=True) if standing.joining and is_own_name(option, label)}
        if names_family(options, label):
            # Annotators of genes alone file a family under some member (type I collagen under COL1A2): that is no word on the family's own name.
            named.add(GROUPS[Category.GENE])
        if named:
            # Annotators have habits (drug-induced liver injury for any hepatitis): they do not outweigh a vocabulary that has a heading of just this name.
            kept = [not (option.candidate.source == PRIOR_SOURCE and group in named) for option, group in zip(options, groups, strict=True)]
            options, groups, standings = tuple(compress(options, kept)), list(compress(groups, kept)), list(compress(standings, kept))
        joined = {group for group, standing in zip(groups, standings, strict=True) if standing.joining}
        weighed = []
        for option, group, standing in zip(options, groups, standings, strict=True):
            # Of longer names of genes that have a part of it, what annotators meant by a name says little.
            with_prior = group not in named and not (group == "gene" and option.likeness is not None)
            counts = self._gatherer.meanings(option.name, group) if with_prior else {}
            features = lasting_features(option, standing, label=label, counts=counts, with_prior=with_prior, joined_groups=joined)
            weighed.append(Weighed(option.candidate, features, self.weights.total(features)))
        scored = score_options(weighed, self.weights)
        sought = self._context.contested(text, label, options, scored)
        key = (match_key(text), "upper" if text.isupper() else "", GROUPS[label] if label is not None else "")
        return Entry(options, tuple(weighed), scored, sought, key)

    def _read_standing(self, curie: str, group: str) -> Standing:
        concept = self._concept_of(curie)
        if concept is None:
            raise LookupError(f"the lexicon lists {curie} as a candidate and has no such concept")
        return Standing.of(concept, group, self._gatherer.meant(group))

    def _grounding(self, mention: Mention, options: tuple[ScoredCandidate, ...], concept_id: str | None, abbreviations: Mapping[str, str]) -> Grounding:
        own = options[0] if options else None
        if own is not None and own.candidate.concept != concept_id:
            own = next((option for option in options if option.candidate.concept == concept_id), own)
        if own is not None and (own.score >= _LEAST_SHARED or own.score >= _least(own)):
            concept = self._concept_of(own.candidate.concept)
            reasons = own.reasons
            if own is not options[0]:
                reasons = (*reasons, "as elsewhere in this document")
            return Grounding(mention=mention, concept=concept, score=own.score, reasons=reasons)
        long_form = long_form_of(mention.text, abbreviations)
        concept = ungrounded_concept(long_form or mention.text, mention.label)
        if concept is None:
            return Grounding(mention=mention, concept=None, score=0.0, reasons=("no letter or digit in the mention",))
        reason = f"the lexicon does not know {long_form or mention.text!r}"
        if own is not None:
            reason += f", and it hardly is {own.candidate.concept_name!r} ({own.candidate.concept}), the nearest that it knows"
        return Grounding(mention=mention, concept=concept, score=0.0, reasons=(reason,))


def ungrounded_concept(name: str, category: Category) -> Concept | None:
    """Return the concept for a name that the lexicon does not know: one for all its spellings; None where it has no letter or digit.

    >>> ungrounded_concept("TNF receptors", Category.GENE).id
    'litkg.text:tnfreceptor'
    """
    key = match_key(name)
    if not key:
        return None
    return Concept(id=f"litkg.text:{key}", name=" ".join(name.split()), categories=(category,), grounded=False)


def _least(option: ScoredCandidate) -> float:
    """Return the probability from which a candidate is an answer: none for one by the mention's own name."""
    names = [name for name, _, _ in option.features]
    if not any(name.endswith(ASKED) for name in names):
        return 0.0
    # What rates near names of genes has learned, from names of families, which of them are no gene's: from .2 on six in ten are right, as rarely below.
    return _LEAST_SHARED if SHARED_WORDS in names or ANNOTATED_WORDS in names else _LEAST_NEAR


def _one_concept_a_name(keys: Sequence[_Key], scored: Sequence[tuple[ScoredCandidate, ...]]) -> dict[_Key, str]:
    """Return the concept with the highest sum of scores for each name of the document."""
    first: dict[_Key, tuple[ScoredCandidate, ...]] = {}
    differing = {key for key, options in zip(keys, scored, strict=True) if first.setdefault(key, options) is not options}
    # Of equal sums the first: concepts come in the order of the first mention's ranking.
    chosen = {key: max(options, key=_score).candidate.concept for key, options in first.items() if options}
    sums: dict[_Key, dict[str, float]] = {key: {} for key in differing}
    for key, options in zip(keys, scored, strict=True) if differing else ():
        if key in differing:
            totals = sums[key]
            for option in options:
                totals[option.candidate.concept] = totals.get(option.candidate.concept, 0.0) + option.score
    chosen.update((key, max(totals, key=totals.__getitem__)) for key, totals in sums.items() if totals)
    return chosen


_score = attrgetter("score")


def long_form_of(text: str, abbreviations: Mapping[str, str]) -> str | None:
    """Return the long form that a document defines for a short form, in the plural too; None where it defines none."""
    if text in abbreviations:
        return abbreviations[text]
    return abbreviations.get(text[:-1]) if text.endswith("s") else None
