"""What the vocabularies file concepts under, near and far.

Owns the climbing; refuses to know where the hierarchy comes from (a function gives the direct parents of a concept), and what follows of it (`hierarchy`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from litkg.lexicon.hierarchy import all_above

Parents = Callable[[str], Iterable[str]]
"""Returns the ids that a concept is filed under directly."""

_STEPS = 20
"""How far up is looked: no vocabulary is deeper, and one that goes in a circle ends here."""


class Relatives:
    """The hierarchy above the concepts of a graph, climbed once for each."""

    def __init__(self, parents: Parents) -> None:
        """Climb by `parents`."""
        self._parents = parents
        self._above: dict[str, frozenset[str]] = {}
        self._direct: dict[str, frozenset[str]] = {}

    def direct(self, concept: str) -> frozenset[str]:
        """Return what a concept is filed under directly."""
        if concept not in self._direct:
            self._direct[concept] = frozenset(self._parents(concept)) - {concept}
        return self._direct[concept]

    def above(self, concept: str) -> frozenset[str]:
        """Return all that a concept is filed under, near and far."""
        if concept not in self._above:
            self._above[concept] = all_above(concept, self.direct, steps=_STEPS)
        return self._above[concept]
