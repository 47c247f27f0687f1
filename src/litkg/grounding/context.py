"""Reads what the text around a mention says for what it may stand for, and no more of it than can change which of these is first.

Owns what to look for in the text; what stands there is `surroundings`'. Refuses to score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from litkg.grounding.features import (
    AROUND,
    ELSEWHERE,
    NAMED,
    SAME_NAME,
    UNKNOWN_KIND,
    WAYS,
    Feature,
    Option,
    label_fits,
    name_words,
    text_features,
    way_of,
)
from litkg.grounding.score import ScoredCandidate, Weights
from litkg.grounding.surroundings import Surroundings, is_labelled
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.storage import FAMILY_PREFIXES
from litkg.model import GROUPS, Category, Mention

_KEPT = 50_000
_ROUNDED = 1e-4
"""By how much the log odds of two candidates, as they are kept, may have come nearer to each other."""


class Sought(NamedTuple):
    """What to look for in a text for an option: the words of its concept's names besides the one that led to it, and the way that led to it if another name
    in the document may speak for it."""

    words: frozenset[str]
    way: str | None


class Context:
    """What texts may say for options. Holds a lexicon and weights, and nothing of any document."""

    def __init__(self, lexicon: Lexicon, weights: Weights) -> None:
        self._lexicon = lexicon
        self._pulls: Mapping[str | None, float] = {None: 0.0} | {way: weights[ELSEWHERE + way] for way in WAYS}
        self._words = {labelled: _reach_of_words(weights, labelled=labelled) for labelled in (True, False)}
        self._meaning = lru_cache(maxsize=_KEPT)(self._read_meaning)
        self._is_family = lru_cache(maxsize=_KEPT)(self._read_is_family)
        self._own_words = lru_cache(maxsize=_KEPT)(self._read_own_words)

    def features(self, mention: Mention, option: Option, surroundings: Surroundings) -> tuple[Feature, ...]:
        """Return what the text around a mention says for an option."""
        return self.found(mention, option, self.sought(option, mention.text, mention.label if is_labelled(mention) else None), surroundings)

    def sought(self, option: Option, name: str, label: Category | None) -> Sought:
        """Return what to look for around a mention for an option. A family's name is not drawn to a member that is named beside it."""
        is_gene = label is not None and GROUPS[label] == "gene" and not self._is_family(name)
        words = self._own_words(option.candidate.concept)
        return Sought(words - name_words((option.candidate.matched,)) if words else words, way_of(option) if is_gene else None)

    def found(self, mention: Mention, option: Option, sought: Sought, surroundings: Surroundings) -> tuple[Feature, ...]:
        """Return what of that the text says."""
        words, way = sought
        around, named = (surroundings.around(mention, words), surroundings.named(mention, words)) if words else (words, words)
        elsewhere = way if way is not None and surroundings.means(mention, option.candidate.concept, self._meaning) else None
        if not (around or named or elsewhere):
            return ()
        return tuple(text_features(around, named, labelled=is_labelled(mention), elsewhere=elsewhere))

    def contested(self, name: str, label: Category | None, options: Sequence[Option], scored: Sequence[ScoredCandidate]) -> tuple[Sought | None, ...]:
        """Return what to look for in the text for each option: None for one that no text brings to the front; nothing at all where none can be."""
        if len(scored) < 2:
            return ()
        all_sought = [self.sought(option, name, label) for option in options]
        least, most = ({item.candidate.concept: 0.0 for item in scored} for _ in range(2))
        for option, (words, way) in zip(options, all_sought, strict=True):
            concept, pull = option.candidate.concept, self._pulls[way]
            low, high = self._words[label is not None] if words else (0.0, 0.0)
            least[concept], most[concept] = min(least[concept], low + min(0.0, pull)), max(most[concept], high + max(0.0, pull))
        first = scored[0].candidate.concept
        bar = scored[0].log_odds + least[first] - _ROUNDED
        rivals = {concept for item in scored[1:] if item.log_odds + most[concept := item.candidate.concept] >= bar}
        if not rivals:
            return ()
        rivals.add(first)
        return tuple([sought if option.candidate.concept in rivals else None for option, sought in zip(options, all_sought, strict=True)])

    def _read_meaning(self, name: str) -> str | None:
        """Return the one gene that a name means; None where it may mean several or none."""
        found = {item.concept for item in self._lexicon.lookup(name) if label_fits(Category.GENE, item.categories) and item.exactness >= SAME_NAME}
        return found.pop() if len(found) == 1 else None

    def _read_is_family(self, name: str) -> bool:
        return any(item.concept.startswith(FAMILY_PREFIXES) and item.exactness >= SAME_NAME for item in self._lexicon.lookup(name))

    def _read_own_words(self, curie: str) -> frozenset[str]:
        concept = self._lexicon.concept(curie)
        return name_words((concept.name, *concept.synonyms)) if concept else frozenset()


def _reach_of_words(weights: Weights, *, labelled: bool) -> tuple[float, float]:
    """Return the least and the most that words may add; the value of a feature is in [0, 1]."""
    adds = [weights[name if labelled else name + UNKNOWN_KIND] for name in (AROUND, NAMED)]
    return sum(min(0.0, add) for add in adds), sum(max(0.0, add) for add in adds)
