"""Scores candidates: a log-linear model over named features, whose answers are probabilities; every part is kept.

Owns the sum and the softmax. The weights are learned (`training/grounding`); what is not learned stands in `_BY_HAND`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from litkg.grounding.features import Feature
from litkg.lexicon.records import Candidate

_BY_HAND: Mapping[str, float] = {
    "name chosen by hand": 10.0,
    "name of litkg's own list": 1.0,
    "misspelling": -1.0,
    "words of its names around it, kind unknown": 2.5,
}
"""Weights that corpora cannot teach: names that litkg chose for a reason go first; a mention that is another's misspelling is found by rule; and names of two
kinds are rarer in corpora, whose annotators looked for few kinds, than in papers."""


class Part(NamedTuple):
    """A part of a score: what the feature adds to the logarithm of the odds, and what it says to a reader, empty where nothing."""

    feature: str
    value: float
    adds: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCandidate:
    """A candidate with its score: the probability in [0, 1] that it is meant, before other names of the document have their say; `parts` add up to its
    `log_odds` against the answer that no candidate is right; `reasons` are theirs. Of scispaCy's linker the score is a similarity, without log odds."""

    candidate: Candidate
    score: float
    reasons: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    log_odds: float = 0.0


class Weights:
    """The weight of each feature; 0 for one that was not seen in learning."""

    def __init__(self, learned: Mapping[str, float]) -> None:
        self._weights = {**learned, **_BY_HAND}

    def __getitem__(self, feature: str) -> float:
        return self._weights.get(feature, 0.0)

    def parts(self, features: Iterable[Feature]) -> tuple[Part, ...]:
        """Return what each feature adds."""
        weights = self._weights
        return tuple([Part(name, value, weights.get(name, 0.0) * value, reason) for name, value, reason in features])


def score_parts(options: Sequence[tuple[Candidate, tuple[Part, ...]]]) -> tuple[ScoredCandidate, ...]:
    """Return the candidates with their scores, best first, each concept once, by its best way. The answer that none of them is right has the log odds 0."""
    best: dict[str, tuple[float, Candidate, tuple[Part, ...]]] = {}
    for candidate, parts in options:
        total = sum([part.adds for part in parts])
        at = best.get(candidate.concept)
        if at is None or at[0] < total:
            best[candidate.concept] = (total, candidate, parts)
    ordered = [*best.values()]
    if len(ordered) > 1:
        ordered.sort(key=lambda item: (-round(item[0], 9), item[1].rank, item[1].concept))
    if not ordered:
        return ()
    top = max(ordered[0][0], 0.0)
    whole = math.exp(-top) + sum([math.exp(total - top) for total, *_ in ordered])
    return tuple(
        [
            ScoredCandidate(
                candidate=candidate,
                score=round(math.exp(total - top) / whole, 4),
                reasons=tuple([part.reason for part in parts if part.reason]),
                parts=parts,
                log_odds=round(total, 4),
            )
            for total, candidate, parts in ordered
        ]
    )


@cache
def load_weights() -> Weights:
    """Return the weights that litkg ships."""
    data = tomllib.loads(files("litkg.grounding").joinpath("weights.toml").read_text(encoding="utf-8"))
    return Weights({name: float(value) for name, value in data["weights"].items()})
