"""The claims that the grammar finds, before they are given a predicate, and how an adjective before "effect" turns it."""

from __future__ import annotations

from dataclasses import dataclass

from litkg.nlp.grammar.nodes import Phrase

KIND_OF_CHANGE = {1: "INC", -1: "DEC", 0: "AFF"}
"""The trigger class that says the same as a change named by a noun ("inhibition of X")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A claim between two phrases. `kind` is a trigger class; `cue` is the range of nodes that states it; `rule` names
    how it was found, `lemma` the trigger."""

    subject: Phrase
    kind: str
    object: Phrase
    cue: tuple[int, int]
    rule: str
    aspect: str | None = None
    lemma: str = ""
    sign: int | None = None
    negated: bool = False


def effect_kind(words: str, target: str) -> str:
    """Return the trigger class of an effect described by `words` on a target of this kind ("inhibitory", "protective")."""
    if any(word in words for word in ("negative", "inhibit", "suppressi", "antagonis", "blocking")):
        return "DEC"
    if any(word in words for word in ("positive", "stimulat", "enhanc", "activating")):
        return "INC"
    if target == "disease" and any(word in words for word in ("benefi", "therap", "antidepress", "anti-", "favourable", "favorable", "curative")):
        return "TREAT"
    if target == "disease" and "protect" in words:
        return "PREVENT"
    return "AFF"
