"""When a claim meets a relation of the gold, and at which level it is right of it.

Owns the comparison of one claim with one relation; `relating` counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from litkg.evaluation.relation_claims import FoundClaim
from litkg.evaluation.relation_gold import GoldPair, says
from litkg.nlp.pairs.meanings import Meaning

Ends = tuple[str, tuple[str, str] | frozenset[str]]
"""A document, and two ends in order or in none."""
Index = Mapping[tuple[str, frozenset[str]], Sequence[GoldPair]]
"""Relations by document and the names of both ends."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim with the relations of the gold that are between its ends."""

    claim: FoundClaim
    pairs: tuple[GoldPair, ...]


def indexed(pairs: Iterable[GoldPair]) -> Index:
    """Return the relations for `met`."""
    index: dict[tuple[str, frozenset[str]], list[GoldPair]] = defaultdict(list)
    for pair in pairs:
        for names in product(pair.subject.names, pair.object.names):
            index[pair.document_id, frozenset(names)].append(pair)
    return dict(index)


def met(index: Index, claim: FoundClaim) -> tuple[GoldPair, ...]:
    """Return the relations between the ends of a claim, in any order, once each."""
    found = (
        pair for names in product(sorted(claim.subject.names), sorted(claim.object.names)) for pair in index.get((claim.document_id, frozenset(names)), ())
    )
    return tuple({id(pair): pair for pair in found}.values())


def unordered(pair: GoldPair) -> Ends:
    """Return the ends of a relation as a pair."""
    return pair.document_id, frozenset((pair.subject.key, pair.object.key))


def ends_of(pair: GoldPair) -> Ends:
    """Return the ends of a relation, in order where it has a direction."""
    return (pair.document_id, (pair.subject.key, pair.object.key)) if pair.directed else unordered(pair)


def typed_ends(pair: GoldPair, meaning: Meaning) -> tuple[Ends, str]:
    """Return the ends of a relation and what it says."""
    return ends_of(pair), meaning.predicate


def is_directed_right(claim: FoundClaim, pair: GoldPair) -> bool:
    """Tell whether a claim that meets a relation has its direction; one without any has that of a label that it could say."""
    if not pair.directed:
        return True
    if claim.symmetric:
        return pair.meaning is not None and claims_as(claim, pair.meaning)
    return not (claim.subject.names.isdisjoint(pair.subject.names) or claim.object.names.isdisjoint(pair.object.names))


def is_right(claim: FoundClaim, pair: GoldPair) -> bool:
    """Tell whether a claim that meets a relation says what its label says, in its direction."""
    return pair.meaning is not None and is_directed_right(claim, pair) and claims_as(claim, pair.meaning)


def claims_as(claim: FoundClaim, meaning: Meaning) -> bool:
    """Tell whether a claim says what a label says, whatever its ends."""
    return says(meaning, claim.predicate, sign=claim.sign, stated=claim.stated)
