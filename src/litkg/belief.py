"""How far to believe an assertion, given all the evidence for and against it.

Owns the arithmetic from evidence to belief and counts; refuses to know where the evidence is kept.

The model is a noisy-or over documents. Sentences of one document are not independent, so a document counts once for and once against, with
its strongest sentence on each side: strength = weight of its certainty x confidence of its extractor. Then

    for     = 1 - product over documents of (1 - strongest support)
    against = 1 - product over documents of (1 - strongest refutation)
    belief  = for x (1 - against)

so belief lies in [0, 1), grows with every support, falls with every refutation, and does not depend on order.

Source: noisy-or, Pearl 1988, Probabilistic Reasoning in Intelligent Systems, section 4.3.2. That the
refuting side inhibits as an independent cause is our choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from litkg.model import Certainty

CERTAINTY_WEIGHT = {
    Certainty.ASSERTED: 0.85,
    Certainty.PROBABLE: 0.65,
    Certainty.POSSIBLE: 0.35,
    Certainty.HYPOTHESISED: 0.15,
}
"""The chance that what one document says with this certainty holds, if its extractor is right.

These are priors set by hand, not measured: only their order is well founded. Calibrate them on gold evidence before reading belief as a probability."""

BELIEF_DIGITS = 6
"""Belief is rounded to this many decimal places, so that it is the same to the last digit on every machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What belief needs to know of one piece of evidence; `year` is that of its document, None where unknown."""

    document_id: str
    year: int | None
    negated: bool
    certainty: Certainty
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionSummary:
    """What all evidence of an assertion amounts to.

    `n_support` and `n_refute` count evidence, `n_hedged` those of both whose certainty is below asserted. `negated` is true where all
    evidence refutes. `certainty` is the surest of the supporting evidence, of the refuting where none supports.
    """

    belief: float
    n_support: int
    n_refute: int
    n_hedged: int
    first_year: int | None
    last_year: int | None
    negated: bool
    certainty: Certainty


def summarise(evidence: Iterable[Observation]) -> AssertionSummary:
    """Return what the evidence of one assertion amounts to, whatever its order.

    Raises: ValueError where there is no evidence, or a confidence lies outside [0, 1].

    >>> one = Observation(document_id="PMID:1", year=2006, negated=False, certainty=Certainty.ASSERTED, confidence=1.0)
    >>> summarise([one, one]).belief
    0.85
    """
    observations = tuple(evidence)
    if not observations:
        raise ValueError("no evidence to summarise: an assertion without evidence is removed, not summarised")
    support = tuple(item for item in observations if not item.negated)
    refute = tuple(item for item in observations if item.negated)
    years = sorted(item.year for item in observations if item.year is not None)
    return AssertionSummary(
        belief=round(_noisy_or(support) * (1.0 - _noisy_or(refute)), BELIEF_DIGITS),
        n_support=len(support),
        n_refute=len(refute),
        n_hedged=sum(item.certainty is not Certainty.ASSERTED for item in observations),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        negated=not support,
        certainty=max((item.certainty for item in support or refute), key=CERTAINTY_WEIGHT.__getitem__),
    )


def _noisy_or(side: tuple[Observation, ...]) -> float:
    strongest: dict[str, float] = {}
    for item in side:
        if not 0.0 <= item.confidence <= 1.0:
            raise ValueError(f"confidence {item.confidence!r} of evidence from {item.document_id} lies outside [0, 1]")
        strength = CERTAINTY_WEIGHT[item.certainty] * item.confidence
        strongest[item.document_id] = max(strength, strongest.get(item.document_id, 0.0))
    # Exactly rounded sum of logarithms: unlike a running product it neither depends on order nor wobbles against monotony.
    return abs(math.expm1(math.fsum(math.log1p(-strength) for strength in strongest.values())))
