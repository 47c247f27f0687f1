"""Which event concepts of one document speak of the same event.

Two concepts are one event where their names, or the words by which this document mentions them, share the stems that are left
once general words (disorder, symptoms, acute, severe ...) are taken away, or where the stems of the shorter name end the longer one
("myopathy", "inflammatory myopathy"): in one paper the shorter form takes up the longer one. So "depression", "depressive symptoms"
and "major depressive disorder" are one event. The concept that stands for the event is the one that the sentences of suspicion name
most often (a tie goes to the first). Refuses to use an ontology: the lexicon is not at hand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from litkg.model import Concept, Grounding

_GENERAL = frozenset(
    [
        "disorder",
        "disorders",
        "disease",
        "diseases",
        "symptom",
        "symptoms",
        "syndrome",
        "syndromes",
        "sign",
        "signs",
        "episode",
        "episodes",
        "event",
        "events",
        "reaction",
        "reactions",
        "acute",
        "subacute",
        "chronic",
        "severe",
        "mild",
        "moderate",
        "major",
        "minor",
        "transient",
        "persistent",
        "recurrent",
        "new",
        "onset",
        "the",
        "a",
        "an",
        "of",
        "and",
        "in",
        "with",
        "unspecified",
        "nos",
        "finding",
        "findings",
        "problem",
        "illness",
        "state",
        "condition",
        "conditions",
        "clinical",
        "attack",
        "attacks",
        "feature",
        "features",
        "human",
        "susceptibility",
        "drug-induced",
        "induced",
        "toxic",
        "secondary",
        "abnormal",
        "injury",
        "lesion",
        "lesions",
    ]
)
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
_SUFFIX = re.compile(r"(?:ations?|itions?|ions?|ives?|ically|ical|ics?|ities|ity|ous|ally|al|ed|ing|ies|es|s|y|e)$")


def _stems(name: str) -> tuple[str, ...]:
    words = [word for word in _WORD.findall(name.lower()) if word not in _GENERAL]
    stems = []
    for word in words:
        short = _SUFFIX.sub("", word)
        stems.append(short if len(short) >= 4 else word)
    return tuple(stems)


def _alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if not left or not right:
        return False
    if set(left) == set(right):
        return True
    short, long = sorted((left, right), key=len)
    return len(short) < len(long) and long[-len(short) :] == short


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """The event that each event concept of a document belongs to: concept id to the id of the first concept of its event."""

    leader: dict[str, str]

    def of(self, grounding: Grounding) -> str:
        """Return the event of a mention; the empty string where it has no concept."""
        return self.leader.get(grounding.concept.id, grounding.concept.id) if grounding.concept else ""

    def same(self, left: Grounding, right: Grounding) -> bool:
        """Say whether two mentions speak of one event."""
        return self.of(left) == self.of(right)


def cluster_events(groundings: Iterable[Grounding]) -> Clusters:
    """Return the events that the given event mentions speak of; the first-named concept of each leads."""
    names: dict[str, set[tuple[str, ...]]] = {}
    for grounding in groundings:
        if grounding.concept is not None:
            forms = names.setdefault(grounding.concept.id, {_stems(grounding.concept.name)})
            forms.add(_stems(grounding.mention.text))
    leader: dict[str, str] = {}
    for concept_id, forms in names.items():
        same = (other for other in leader if leader[other] == other and any(_alike(a, b) for a in forms for b in names[other]))
        leader[concept_id] = next(same, concept_id)
    return Clusters(leader=leader)


def most_named(concepts: Sequence[Concept]) -> Concept:
    """Return the concept that comes most often; a tie goes to the first."""
    counts: dict[str, int] = {}
    for concept in concepts:
        counts[concept.id] = counts.get(concept.id, 0) + 1
    best = max(counts.values())
    return next(concept for concept in concepts if counts[concept.id] == best)
