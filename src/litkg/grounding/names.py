"""Resolves names that a user types: a CURIE or any name leads to one concept, or to an error that lists what was near."""

from __future__ import annotations

from litkg.curie import is_curie, normalise_curie
from litkg.errors import NameLookupError
from litkg.grounding.ground import Grounder
from litkg.grounding.score import ScoredCandidate
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.normalise import match_key
from litkg.lexicon.records import NameKind
from litkg.model import Concept

_CLEAR_LEAD = 1.5
"""A name is ambiguous where the log odds of the second candidate are this near to those of the first."""
_LONGEST_AMBIGUOUS = 6
"""Longer names that two sources share mean one thing that they cut differently: the first is good enough."""
_SHOWN = 5


def resolve_name(lexicon: Lexicon, name: str) -> Concept:
    """Return the concept that `name` stands for: a CURIE of any source that the lexicon joins, or a name in any spelling.

    Raises: NameLookupError with `candidates`: the nearest names where it is unknown, the possible concepts where it is ambiguous.
    """
    if is_curie(name):
        concept = lexicon.concept(name)
        if concept is not None:
            return concept
        raise NameLookupError(f"the lexicon has no concept with the id {normalise_curie(name)}: check the id, or try a name")
    options = Grounder(lexicon).rank_name(name)
    if not options:
        raise _unknown(lexicon, name)
    if _ambiguous(options):
        candidates = tuple((option.candidate.concept, option.candidate.concept_name) for option in options[:_SHOWN])
        listed = "; ".join(f"{curie} ({label})" for curie, label in candidates)
        raise NameLookupError(f"{name!r} is ambiguous: give the id of one of {listed}", candidates=candidates)
    found = lexicon.concept(options[0].candidate.concept)
    if found is None:
        raise _unknown(lexicon, name)
    return found


def _ambiguous(options: tuple[ScoredCandidate, ...]) -> bool:
    if len(options) < 2:
        return False
    first, second = options[0], options[1]
    if first.candidate.kind in (NameKind.CURATED, NameKind.PREFERRED) or len(match_key(first.candidate.matched)) > _LONGEST_AMBIGUOUS:
        return False
    return first.log_odds - second.log_odds < _CLEAR_LEAD and first.candidate.kind == second.candidate.kind


def _unknown(lexicon: Lexicon, name: str) -> NameLookupError:
    near = tuple((curie, label) for curie, label, _ in lexicon.nearest(name, _SHOWN))
    if not near:
        return NameLookupError(f"the lexicon does not know {name!r}: try another name, or a CURIE such as HGNC:6000")
    listed = "; ".join(f"{label} ({curie})" for curie, label in near)
    return NameLookupError(f"the lexicon does not know {name!r}: the nearest names are {listed}", candidates=near)
