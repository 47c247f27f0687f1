"""Scores candidates: a log-linear model over named features, whose answers are probabilities; the features are kept, and say how each came about.

Owns the sum and the softmax. The weights are learned (`training/grounding`); what is not learned stands in `_BY_HAND`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from litkg.grounding.features import Feature
from litkg.lexicon.records import Candidate

OTHER_WAYS = "other ways that lead to it"
"""What the ways to a concept besides the best add to its log odds, so that the probabilities of all add up."""
_WORTH_SAYING = 0.1
_BY_HAND: Mapping[str, float] = {
    "name chosen by hand": 10.0,
    "name of litkg's own list": 1.0,
    "misspelling": -1.0,
    "words of its names around it, kind unknown": 2.5,
    OTHER_WAYS: 1.0,
}
"""Weights that corpora cannot teach: names that litkg chose for a reason go first; a mention that is another's misspelling is found by rule; and names of two
kinds are rarer in corpora, whose annotators looked for few kinds, than in papers."""


class Part(NamedTuple):
    """A part of a score: what the feature adds to the logarithm of the odds, and what it says to a reader, empty where nothing."""

    feature: str
    value: float
    adds: float
    reason: str = ""


class Weights:
    """The weight of each feature; 0 for one that was not seen in learning."""

    def __init__(self, learned: Mapping[str, float]) -> None:
        self._weights = {**learned, **_BY_HAND}

    def __getitem__(self, feature: str) -> float:
        return self._weights.get(feature, 0.0)

    def total(self, features: Iterable[Feature], before: float = 0.0) -> float:
        """Return what features add up to, after `before`."""
        weight_of = self._weights.get
        for name, value, _ in features:
            before += weight_of(name, 0.0) * value
        return before

    def parts(self, features: Iterable[Feature]) -> tuple[Part, ...]:
        """Return what each feature adds."""
        return tuple([Part(name, value, self[name] * value, reason) for name, value, reason in features])


_NO_WEIGHTS = Weights({})


@dataclass(frozen=True, kw_only=True)
class ScoredCandidate:
    """A candidate with its score: the probability in [0, 1] that it is meant, before other names of the document have their say. Of scispaCy's linker the
    score is a similarity, without log odds. What explains it is worked out when it is asked for: most candidates are never looked at again."""

    candidate: Candidate
    score: float
    log_odds: float = 0.0
    features: tuple[Feature, ...] = ()
    weights: Weights = field(default=_NO_WEIGHTS, repr=False)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What adds up to the log odds against the answer that no candidate is right."""
        return self.weights.parts(self.features)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """What the features say to a reader."""
        return tuple([reason for _, _, reason in self.features if reason])


class Weighed(NamedTuple):
    """A candidate with its features and what they add up to."""

    candidate: Candidate
    features: tuple[Feature, ...]
    total: float


def score_options(options: Iterable[Weighed], weights: Weights) -> tuple[ScoredCandidate, ...]:
    """Return the candidates with their scores, best first, each concept once: by its best way, and the probabilities of the others added. The answer that none
    of them is right has the log odds 0."""
    ways: dict[str, list[Weighed]] = {}
    for option in options:
        ways.setdefault(option.candidate.concept, []).append(option)
    ordered = [found[0] if len(found) == 1 else _together(found) for found in ways.values()]
    if len(ordered) > 1:
        ordered.sort(key=lambda option: (-round(option.total, 9), option.candidate.rank, option.candidate.concept))
    if not ordered:
        return ()
    top = max(ordered[0].total, 0.0)
    powers = [math.exp(option.total - top) for option in ordered]
    whole = math.exp(-top) + sum(powers)
    return tuple(
        [
            ScoredCandidate(candidate=candidate, score=round(power / whole, 4), log_odds=round(total, 4), features=features, weights=weights)
            for (candidate, features, total), power in zip(ordered, powers, strict=True)
        ]
    )


def _together(ways: Sequence[Weighed]) -> Weighed:
    """Return the best of several ways to a concept, the first of equals, with what the others add."""
    best = max(ways, key=lambda way: way.total)
    more = math.log(math.fsum([math.exp(way.total - best.total) for way in ways]))
    reason = f"{len(ways)} ways lead to it" if more >= _WORTH_SAYING else ""
    return Weighed(best.candidate, (*best.features, (OTHER_WAYS, more, reason)), best.total + more)


@cache
def load_weights() -> Weights:
    """Return the weights that litkg ships."""
    data = tomllib.loads(files("litkg.grounding").joinpath("weights.toml").read_text(encoding="utf-8"))
    return Weights({name: float(value) for name, value in data["weights"].items()})
