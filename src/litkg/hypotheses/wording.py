"""How hypotheses and their steps are put in words, alike in every form of report.

Owns the phrases; refuses marks of any format: what comes out is plain text.
"""

from __future__ import annotations

from collections.abc import Mapping

from litkg.hypotheses.quoting import QuotedHop
from litkg.hypotheses.records import Hypothesis, NamedRoute
from litkg.hypotheses.years import Years

SIGNS: Mapping[int, str] = {1: "+", -1: "-", 0: "?"}
"""What more of the first concept should mean for the other: more, less, not told."""

WAYS: Mapping[int, str] = {1: "->", -1: "<-", 0: ""}
"""The way that chains of causal claims go: from the first to the other, or back."""

SHOWN_PART = 0.01
"""What adds less to a score is counted and not named."""

_ACTS = {1: "->", -1: "-|", 0: "-?"}
_ACTED_ON = {1: "<-", -1: "|-", 0: "?-"}
_LINKED = {1: "~+~", -1: "~-~", 0: "~~~"}


def route_text(route: NamedRoute) -> str:
    """Return a route on one line: `->` raises the next, `-|` lowers it, `-?` acts on it; `<-`, `|-` and `?-` the next does so with this; `~+~` goes with it,
    `~-~` goes against it, `~~~` is linked with it."""
    parts = [route.hops[0].start_name]
    for hop in route.hops:
        parts += [(_ACTS if hop.causal else _ACTED_ON if hop.backward else _LINKED)[hop.sign], hop.end_name]
    return " ".join(parts)


def meaning(item: Hypothesis) -> str:
    """Return what a hypothesis says of its two concepts, by name."""
    if not item.sign:
        return f"{item.subject_name} and {item.object_name} have to do with each other; no path tells in which direction"
    return f"more {item.subject_name} should mean {'more' if item.sign > 0 else 'less'} {item.object_name}"


def parts_text(item: Hypothesis) -> str:
    """Return what a score is made of, as far as two digits behind the point show it; "" where nothing is told."""
    told = [f"{name} {value:.2f}" for name, value in item.parts if abs(value) >= SHOWN_PART]
    small = len(item.parts) - len(told)
    return ", ".join([*told, *([f"{small} under 0.01"] if small and told else [])])


def agreement_text(item: Hypothesis) -> str | None:
    """Return how far the paths agree on the sign, None where none has one."""
    return None if item.agreement is None else f"{item.agreement:.0%} of what tells a sign"


def cause_text(item: Hypothesis) -> str:
    """Return which way chains of causal claims carry a hypothesis, if any do."""
    if not item.direction:
        return "no chain of causal claims: a correlation at most"
    first, last = (item.subject_name, item.object_name)[:: item.direction]
    return f"chains of causal claims from {first} to {last}"


def claim_text(step: QuotedHop) -> tuple[str, str, str]:
    """Return subject, predicate and object of a step's claim, with the state that the subject is in and what of the object changes."""
    state = f" ({step.subject_aspect.replace('_', ' ')})" if step.subject_aspect else ""
    changed = f", {step.aspect.replace('_', ' ')}" if step.aspect else ""
    return f"{step.subject}{state}", step.predicate or "", f"{step.object}{changed}"


def belief_text(belief: float) -> str:
    """Return a belief with two digits; nothing is believed for certain.

    >>> belief_text(0.314), belief_text(0.9999)
    ('0.31', 'over 0.99')
    """
    return f"{belief:.2g}" if belief <= 0.99 else "over 0.99"


def years_text(years: Years | None) -> str:
    """Return the years of a step's evidence in words.

    >>> years_text((1999, 2004)), years_text((2004, 2004)), years_text(None)
    ('1999 to 2004', '2004', 'year not known')
    """
    if years is None:
        return "year not known"
    first, last = years
    return str(first) if first == last else f"{first} to {last}"
