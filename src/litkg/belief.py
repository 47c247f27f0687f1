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
from functools import lru_cache, reduce

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
    evidence refutes. `certainty` is the surest of the supporting evidence, of the refuting where none supports. `support_doubt` and `refute_doubt` are the
    sums over documents that belief is worked out of: the natural logarithm of the doubt that is left, in units of `DOUBT_UNIT`, whole numbers at most 0.
    """

    belief: float
    n_support: int
    n_refute: int
    n_hedged: int
    first_year: int | None
    last_year: int | None
    negated: bool
    certainty: Certainty
    support_doubt: int
    refute_doubt: int


DOUBT_UNIT = 2.0**-40
"""Sums of logarithms are kept as whole numbers of this: adding them in any order, a paper at a time or all at once, gives the same to the last bit."""


def summarise(evidence: Iterable[Observation]) -> AssertionSummary:
    """Return what the evidence of one assertion amounts to, whatever its order; evidence given twice counts once.

    Raises: ValueError where there is no evidence, or a probability lies outside [0, 1].

    >>> one = Observation(evidence_id="ev:1", document_id="PMID:1", year=2006, negated=False, certainty=Certainty.PROBABLE, probability=0.8)
    >>> summarise([one, one]).belief
    0.6
    """
    observations = tuple(dict.fromkeys(evidence))
    documents: dict[str, list[Observation]] = defaultdict(list)
    for item in observations:
        documents[item.document_id].append(item)
    if not documents:
        raise ValueError("no evidence to summarise: an assertion without evidence is removed, not summarised")
    return reduce(add_summaries, (_of_document(items) for items in documents.values()))


@lru_cache(maxsize=65536)
def summarise_one(year: int | None, negated: bool, certainty: Certainty, probability: float) -> AssertionSummary:
    """Return what a single piece of evidence amounts to; kept, since most documents say a thing once, and few years and probabilities are not met again.

    Raises: ValueError where the probability lies outside [0, 1].
    """
    return _of_document([Observation(evidence_id="", document_id="", year=year, negated=negated, certainty=certainty, probability=probability)])


def add_summaries(first: AssertionSummary, second: AssertionSummary) -> AssertionSummary:
    """Return what the evidence of two sets of documents amounts to together; no document may be in both.

    >>> one = Observation(evidence_id="ev:1", document_id="PMID:1", year=2006, negated=False, certainty=Certainty.PROBABLE, probability=0.8)
    >>> two = Observation(evidence_id="ev:2", document_id="PMID:2", year=2007, negated=True, certainty=Certainty.ASSERTED, probability=0.5)
    >>> add_summaries(summarise([one]), summarise([two])) == summarise([one, two])
    True
    """
    years = [year for year in (first.first_year, first.last_year, second.first_year, second.last_year) if year is not None]
    if first.negated == second.negated:
        certainty = max(first.certainty, second.certainty, key=CERTAINTY_WEIGHT.__getitem__)
    else:
        certainty = second.certainty if first.negated else first.certainty
    support_doubt, refute_doubt = first.support_doubt + second.support_doubt, first.refute_doubt + second.refute_doubt
    return AssertionSummary(
        belief=_belief(support_doubt, refute_doubt),
        n_support=first.n_support + second.n_support,
        n_refute=first.n_refute + second.n_refute,
        n_hedged=first.n_hedged + second.n_hedged,
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        negated=first.negated and second.negated,
        certainty=certainty,
        support_doubt=support_doubt,
        refute_doubt=refute_doubt,
    )


def _of_document(evidence: list[Observation]) -> AssertionSummary:
    support = [item for item in evidence if not item.negated]
    refute = [item for item in evidence if item.negated]
    years = [item.year for item in evidence if item.year is not None]
    support_doubt, refute_doubt = _doubt(support), _doubt(refute)
    return AssertionSummary(
        belief=_belief(support_doubt, refute_doubt),
        n_support=len(support),
        n_refute=len(refute),
        n_hedged=sum(item.certainty is not Certainty.ASSERTED for item in evidence),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        negated=not support,
        certainty=max((item.certainty for item in support or refute), key=CERTAINTY_WEIGHT.__getitem__),
        support_doubt=support_doubt,
        refute_doubt=refute_doubt,
    )


def _doubt(side: list[Observation]) -> int:
    """Return the logarithm of the doubt that the evidence of one document leaves on one side, in units of `DOUBT_UNIT`; 0 where there is none."""
    for item in side:
        if not 0.0 <= item.probability <= 1.0:
            raise ValueError(f"probability {item.probability!r} of evidence {item.evidence_id} lies outside [0, 1]")
    strengths = [strength_of(item.certainty, item.probability) for item in side]
    return round(doubt_left(strengths, load_calibration().further_share) / DOUBT_UNIT) if strengths else 0


def strength_of(certainty: Certainty, probability: float) -> float:
    """Return the strength of a piece of evidence, in [0, 1): `probability` is that of its having been read right."""
    return CERTAINTY_WEIGHT[certainty] * min(probability, HIGHEST)


def _belief(support_doubt: int, refute_doubt: int) -> float:
    return round(abs(math.expm1(support_doubt * DOUBT_UNIT)) * math.exp(refute_doubt * DOUBT_UNIT), BELIEF_DIGITS)


def doubt_left(strengths: Iterable[float], further_share: float) -> float:
    """Return the natural logarithm of the doubt that evidence of one document leaves, in any order: the strongest counts in full, of the others a share.

    Raises: ValueError where there is none.
    """
    strongest, *further = sorted(strengths, reverse=True)
    # Exactly rounded sum of logarithms: unlike a running product it neither depends on order nor wobbles against monotony.
    return math.fsum([math.log1p(-strongest), *(math.log1p(-further_share * strength) for strength in further)])
