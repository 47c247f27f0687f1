"""Grounds mentions: chooses one concept each, for the document as a whole.

One name means one concept in one document; an abbreviation that the document defines means its long form everywhere in it. What the lexicon
does not know becomes a concept of its own, marked ungrounded. Refuses to find mentions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from litkg.grounding.score import ScoredCandidate, name_words, score_candidate
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.normalise import fold, match_key
from litkg.lexicon.records import Candidate
from litkg.model import Category, Concept, Grounding, Mention

_CONTEXT_CHARS = 300
_MIN_SHARED = 0.6
"""Share of a long form's words that a candidate's name must have for the long form to speak for it."""
_WORD = re.compile(r"[^\W_]{4,}")
_MISSPELLING_PENALTY = 0.15
_ELLIPTICAL = "litkg_ellipsis"
"""Component of mentions whose text is but a piece of their name ("1β" for IL-1β): no misspelling of it, and no short form."""


class Grounder:
    """Grounds the mentions of one document at a time. Holds a lexicon and nothing of any document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def ground(self, mentions: Sequence[tuple[Mention, tuple[Candidate, ...]]], *, abbreviations: Mapping[str, str], text: str) -> tuple[Grounding, ...]:
        """Return one grounding a mention, in the order given. `abbreviations` leads from short to long forms that the document defines.

        A mention whose component has no "lexicon" in its name comes from another model: its label restricts, and without candidates its text
        is looked up. A mention without a letter or digit has no concept.
        """
        scored = [self.rank(mention, candidates, abbreviations=abbreviations, text=text) for mention, candidates in mentions]
        chosen = self._one_concept_a_name([mention for mention, _ in mentions], scored)
        return tuple(
            self._grounding(mention, options, chosen.get(_name_key(mention)), abbreviations) for (mention, _), options in zip(mentions, scored, strict=True)
        )

    def rank(self, mention: Mention, candidates: tuple[Candidate, ...], *, abbreviations: Mapping[str, str], text: str) -> tuple[ScoredCandidate, ...]:
        """Return all that a mention may stand for by itself, best first, before the document's other mentions have their say. Arguments as in `ground`."""
        foreign = "lexicon" not in mention.component
        if foreign and not candidates:
            candidates = self._lexicon.lookup(mention.text)
        label = mention.label if foreign else None
        elliptical = mention.component == _ELLIPTICAL
        if not elliptical and (long_form := _long_form(mention.text, abbreviations)):
            return self._by_long_form(mention, candidates, long_form, label)
        context: frozenset[str] = frozenset()
        if len(candidates) > 1:
            around = text[max(0, mention.start - _CONTEXT_CHARS) : mention.start] + " " + text[mention.end : mention.end + _CONTEXT_CHARS]
            context = frozenset(fold(word) for word in _WORD.findall(around))
        options = []
        for candidate in candidates:
            concept = self._lexicon.concept(candidate.concept) if context else None
            option = score_candidate(candidate, label=label, context=context, concept=concept)
            options.append(option if elliptical else _marked_if_misspelt(mention.text, option))
        return _sorted(options)

    def _by_long_form(self, mention: Mention, candidates: tuple[Candidate, ...], long_form: str, label: Category | None) -> tuple[ScoredCandidate, ...]:
        """Return what the long form stands for; else those of the short form's candidates whose names are near it; else nothing."""
        reason = f"short for {long_form!r} in this document"
        found = self._lexicon.lookup(long_form)
        if found:
            options = [score_candidate(candidate, label=label) for candidate in found]
            return _sorted([ScoredCandidate(candidate=o.candidate, score=o.score, reasons=(reason, *o.reasons)) for o in options])
        words = name_words((long_form,))
        near = []
        for candidate in (*candidates, *self._lexicon.lookup(mention.text)):
            concept = self._lexicon.concept(candidate.concept)
            names = (concept.name, *concept.synonyms) if concept else ()
            if words and any(_shared(words, name_words((name,))) >= _MIN_SHARED for name in names):
                option = score_candidate(candidate, label=label)
                near.append(ScoredCandidate(candidate=candidate, score=option.score, reasons=(reason, "its names are near that", *option.reasons)))
        return _sorted(near)

    def _one_concept_a_name(self, mentions: Sequence[Mention], scored: Sequence[tuple[ScoredCandidate, ...]]) -> dict[tuple[str, str], str]:
        """Return the concept with the highest sum of scores for each name of the document."""
        sums: dict[tuple[str, str], dict[str, float]] = {}
        for mention, options in zip(mentions, scored, strict=True):
            totals = sums.setdefault(_name_key(mention), {})
            for option in options:
                totals[option.candidate.concept] = totals.get(option.candidate.concept, 0.0) + option.score
        return {name: min(totals, key=lambda concept: (-totals[concept], concept)) for name, totals in sums.items() if totals}

    def _grounding(self, mention: Mention, options: tuple[ScoredCandidate, ...], concept_id: str | None, abbreviations: Mapping[str, str]) -> Grounding:
        own = next((option for option in options if option.candidate.concept == concept_id), None)
        if own is None and options:
            own = options[0]
        if own is not None:
            concept = self._lexicon.concept(own.candidate.concept)
            reasons = own.reasons
            if own is not options[0]:
                reasons = (*reasons, "as elsewhere in this document")
            return Grounding(mention=mention, concept=concept, score=own.score, reasons=reasons)
        long_form = _long_form(mention.text, abbreviations)
        concept = ungrounded_concept(long_form or mention.text, mention.label)
        if concept is None:
            return Grounding(mention=mention, concept=None, score=0.0, reasons=("no letter or digit in the mention",))
        reason = f"the lexicon does not know {long_form or mention.text!r}"
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


def _name_key(mention: Mention) -> tuple[str, str]:
    """Return what makes two mentions the same name: the key, and whether it is written in capitals (WAS and was differ)."""
    return match_key(mention.text), "upper" if mention.text.isupper() else ""


def _long_form(text: str, abbreviations: Mapping[str, str]) -> str | None:
    if text in abbreviations:
        return abbreviations[text]
    return abbreviations.get(text[:-1]) if text.endswith("s") else None


def _marked_if_misspelt(text: str, option: ScoredCandidate) -> ScoredCandidate:
    key, known = match_key(text), match_key(option.candidate.matched)
    if key == known or OSA.distance(key, known, score_cutoff=2) > 2:
        return option
    score = round(max(0.0, option.score - _MISSPELLING_PENALTY), 4)
    return ScoredCandidate(candidate=option.candidate, score=score, reasons=(f"misspelling of {option.candidate.matched!r}", *option.reasons))


def _shared(words: frozenset[str], others: frozenset[str]) -> float:
    return len(words & others) / max(len(words), len(others), 1)


def _sorted(options: Sequence[ScoredCandidate]) -> tuple[ScoredCandidate, ...]:
    best: dict[str, ScoredCandidate] = {}
    for option in options:
        at = best.get(option.candidate.concept)
        if at is None or at.score < option.score:
            best[option.candidate.concept] = option
    return tuple(sorted(best.values(), key=lambda option: (-option.score, option.candidate.rank, option.candidate.concept)))
