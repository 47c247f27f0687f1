"""How far to believe an assertion, given all the evidence for and against it.

Owns the arithmetic from evidence to belief and counts; refuses to know where the evidence is kept.

A piece of evidence has the strength

    strength = probability that it was read right (measured, `calibration.py`) x weight of its certainty (a convention)

Sentences of one document are not independent: its strongest one on each side counts in full, of any further one only the measured share s counts:

    document = 1 - (1 - strongest) x product over its further evidence of (1 - s x strength)
    for      = 1 - product over documents of (1 - document's support)
    against  = 1 - product over documents of (1 - document's refutation)
    belief   = for x (1 - against)

so belief lies in [0, 1), grows with every support, falls with every refutation, and does not depend on order; the same evidence given twice counts once.
Belief is how likely the literature read states the claim, hedged statements counting for less; it is not how likely the claim is true.

Source: noisy-or, Pearl 1988, Probabilistic Reasoning in Intelligent Systems, section 4.3.2. That the
refuting side inhibits as an independent cause is our choice.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from litkg.calibration import HIGHEST, load_calibration
from litkg.model import Certainty

CERTAINTY_WEIGHT = {
    Certainty.ASSERTED: 1.0,
    Certainty.PROBABLE: 0.75,
    Certainty.POSSIBLE: 0.4,
    Certainty.HYPOTHESISED: 0.2,
}
"""How much a statement counts that is made with this certainty, rightly read.

Conventions, not measured: corpora mark hedged claims as they mark others, so they cannot tell. Only the order is well founded; people agree on what most such
words mean, and least on "possible" (Mosteller and Youtz 1990, Statistical Science 5:2)."""

BELIEF_DIGITS = 6
"""Belief is rounded to this many decimal places, so that it is the same to the last digit on every machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What belief needs to know of one piece of evidence: its id, that of its document, whose `year` is None where unknown, and how it speaks. `probability` is
    that of its having been read right."""

    evidence_id: str
    document_id: str
    year: int | None
    negated: bool
    certainty: Certainty
    probability: float


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
    """Return what the evidence of one assertion amounts to, whatever its order; evidence given twice counts once.

    Raises: ValueError where there is no evidence, or a probability lies outside [0, 1].

    >>> one = Observation(evidence_id="ev:1", document_id="PMID:1", year=2006, negated=False, certainty=Certainty.PROBABLE, probability=0.8)
    >>> summarise([one, one]).belief
    0.6
    """
    observations = tuple(dict.fromkeys(evidence))
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


def doubt_left(strengths: Iterable[float], further_share: float) -> float:
    """Return the natural logarithm of the doubt that evidence of one document leaves, in any order: the strongest counts in full, of the others a share.

    Raises: ValueError where there is none.
    """
    strongest, *further = sorted(strengths, reverse=True)
    # Exactly rounded sum of logarithms: unlike a running product it neither depends on order nor wobbles against monotony.
    return math.fsum([math.log1p(-strongest), *(math.log1p(-further_share * strength) for strength in further)])


def _noisy_or(side: tuple[Observation, ...]) -> float:
    documents: dict[str, list[float]] = defaultdict(list)
    for item in side:
        if not 0.0 <= item.probability <= 1.0:
            raise ValueError(f"probability {item.probability!r} of evidence {item.evidence_id} lies outside [0, 1]")
        documents[item.document_id].append(CERTAINTY_WEIGHT[item.certainty] * min(item.probability, HIGHEST))
    share = load_calibration().further_share
    return abs(math.expm1(math.fsum(doubt_left(strengths, share) for strengths in documents.values())))
