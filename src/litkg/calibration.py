"""How likely a piece of evidence was read right, given who read it, what it claims and how: the logistic regression of calibration.toml.

Owns the features, the file and the arithmetic. "Right" is what annotators of public corpora say: that the text states this claim, its ends, direction, sign
and denial. How sure the authors are, and whether they are right, is another matter (`belief.py`). Only litkg's own readers are measured; the confidence of
any other is taken as it is.

Source: training/belief, with the figures in training/README.md.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from litkg.model import GROUPS, Assertion, Category, Certainty, Evidence, Knowledge

HIGHEST = 0.99
"""No reading is taken for surer than this, and none for surer of being wrong than what is left."""
PROBABILITY_DIGITS = 4
_TOLD_APART = frozenset({"gene", "chemical", "disease", "process"})
"""Groups of which there is evidence enough."""
_READ_BY_RULES = frozenset({"litkg.patterns/1"})
"""Readers of which there is evidence enough to tell by what is claimed and how; of the others little more is known than how often they are right."""
_OWN_CONFIDENCE = frozenset({"litkg.pairs/1"})
"""Readers whose confidence is a trained model's."""


class Reading(NamedTuple):
    """What the probability of an evidence hangs on. `subject` and `object` are kinds as `kind_of` gives them; `gap` is the number of characters between the
    two mentions. The last two are measured, the others tell readings of one kind from those of another."""

    extractor: str
    predicate: str
    subject: str
    object: str
    subject_aspect: str | None
    negated: bool
    certainty: Certainty
    knowledge: Knowledge
    confidence: float
    gap: int


_TELLING = len(Reading._fields) - 2

_Kind = tuple[str | bool | float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Weights by the names of features, the readers that were measured, and the share of what a further sentence of a document adds (`belief.py`)."""

    weights: Mapping[str, float]
    measured: frozenset[str]
    further_share: float
    _kinds: dict[_Kind, tuple[float, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def probability(self, reading: Reading) -> float:
        """Return how likely the reading is right, at most HIGHEST; what is worked out here is rounded, so that it is the same on every machine."""
        if reading.extractor not in self.measured:
            return min(reading.confidence, HIGHEST)
        kind = reading[:_TELLING]
        known = self._kinds.get(kind)
        if known is None:
            known = self._kinds[kind] = tuple(self.weights.get(name, 0.0) * value for name, value in _kind_features(reading).items())
        score = math.fsum((*known, *[self.weights.get(name, 0.0) * value for name, value in _measured_features(reading)]))
        return round(min(max(1 / (1 + math.exp(-score)), 1 - HIGHEST), HIGHEST), PROBABILITY_DIGITS)


def features_of(reading: Reading) -> dict[str, float]:
    """Return the features of a reading with their values; one without a weight counts for nothing."""
    return _kind_features(reading) | dict(_measured_features(reading))


def _kind_features(reading: Reading) -> dict[str, float]:
    """Return the features that many readings share."""
    found = {"always": 1.0, f"extractor {reading.extractor}": 1.0}
    if reading.extractor not in _READ_BY_RULES:
        return found
    ends = f"{reading.subject} {reading.object}"
    names = (f"predicate {reading.predicate}", f"ends {ends}", f"claim {reading.predicate} {ends}", f"knowledge {reading.knowledge.value}")
    found |= dict.fromkeys(names, 1.0) | {f"certainty {reading.certainty.value}": 1.0}
    if reading.negated:
        found["negated"] = 1.0
    if reading.subject_aspect:
        found[f"subject {reading.subject_aspect}"] = 1.0
    return found


def _measured_features(reading: Reading) -> list[tuple[str, float]]:
    """Return the features whose values are measured on the reading itself."""
    found = []
    if reading.extractor in _OWN_CONFIDENCE:
        chance = min(max(reading.confidence, 1 - HIGHEST), HIGHEST)
        found.append((f"confidence {reading.extractor}", math.log(chance / (1 - chance)) - _USUAL_CONFIDENCE))
    if reading.extractor in _READ_BY_RULES:
        found.append(("distance", math.log1p(max(reading.gap, 0)) - _USUAL_DISTANCE))
    return found


_USUAL_DISTANCE = 3.0
"""Natural logarithm of about 20 characters: what most ends have between them."""
_USUAL_CONFIDENCE = 2.0
"""Log odds of .88, the usual confidence of the model of pairs."""


def kind_of(category: Category) -> str:
    """Return "gene", "chemical", "disease", "process" or "other"."""
    return group if (group := GROUPS.get(category)) in _TOLD_APART else "other"


def reading_of(evidence: Evidence, assertion: Assertion, subject: Category, object_: Category) -> Reading:
    """Return what the probability of an evidence hangs on; the categories are the main ones of the assertion's ends."""
    return Reading(
        extractor=evidence.extractor,
        predicate=assertion.predicate,
        subject=kind_of(subject),
        object=kind_of(object_),
        subject_aspect=assertion.subject_aspect,
        negated=evidence.negated,
        certainty=evidence.certainty,
        knowledge=evidence.knowledge,
        confidence=evidence.confidence,
        gap=gap_of(evidence),
    )


def gap_of(evidence: Evidence) -> int:
    """Return the number of characters between the two mentions, 0 where they touch or overlap."""
    first, second = sorted((evidence.subject_mention, evidence.object_mention))
    return max(second[0] - min(first[1], second[1]), 0)


@cache
def load_calibration() -> Calibration:
    """Return the calibration that litkg ships."""
    return parse_calibration(files("litkg").joinpath("calibration.toml").read_text(encoding="utf-8"))


def parse_calibration(text: str) -> Calibration:
    """Return the calibration of a file's text.

    Raises: ValueError for a file that lacks a part or has a share outside [0, 1].
    """
    data = tomllib.loads(text)
    missing = {"weights", "measured", "further_share"} - set(data)
    if missing:
        raise ValueError(f"calibration.toml lacks {', '.join(sorted(missing))}: make it with make -C training belief")
    share = float(data["further_share"])
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"calibration.toml: further_share {share!r} lies outside [0, 1]")
    return Calibration(weights={name: float(value) for name, value in data["weights"].items()}, measured=frozenset(data["measured"]), further_share=share)
