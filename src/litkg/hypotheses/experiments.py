"""What would test a hypothesis, in words: from its sign, from what kinds of things its concepts are, and from the weakest step of its best path.

Owns general advice that holds for any hypothesis of the same shape; refuses to know what any one drug, gene or disease is, and to promise that a test can
be done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from litkg.hypotheses.readings import ADVERSE_EVENT, REPURPOSING
from litkg.hypotheses.records import Hypothesis, NamedHop, NamedRoute
from litkg.hypotheses.wording import belief_text

_GIVEN = frozenset({"Drug", "Chemical"})
"""What can be given or left out."""

_MADE = frozenset({"Gene", "Cytokine"})
"""What a body makes, and what can be raised, blocked and measured."""

_HAD = frozenset({"Disease", "Phenotype", "AdverseEvent", "Variant"})
"""What somebody has or has not."""

SURE = 0.8
"""Share of what tells a sign below which paths are said to disagree."""


def what_would_test(item: Hypothesis, categories: Mapping[str, str]) -> tuple[str, ...]:
    """Return what to do or look for, a sentence or two each: the whole first, then its parts. `categories` are the main ones of concepts, by id.

    Where chains of causal claims lead from the object back to the subject, it is the object that is changed, and the subject that is looked at.
    """
    return tuple(_tests(item, categories))


def weakest_hop(route: NamedRoute) -> NamedHop:
    """Return the step of a path that is believed least; of equal ones that which is no claim of cause, then the first."""
    return min(route.hops, key=lambda hop: (hop.belief, hop.causal or hop.backward))


@dataclass(frozen=True, slots=True)
class _End:
    """A concept as a test speaks of it."""

    name: str
    kind: str


def _tests(item: Hypothesis, categories: Mapping[str, str]) -> Iterator[str]:
    ends = _End(item.subject_name, categories.get(item.subject, "")), _End(item.object_name, item.category)
    cause, effect = ends[::-1] if item.direction < 0 else ends
    yield f"{_change(cause)}: {_expected(cause, effect, item.sign)}"
    given, suffered = ends[::-1] if item.category in _GIVEN | _MADE else ends
    if item.reading == REPURPOSING:
        yield f"In records of care: is {suffered.name} rarer or milder among those with more {given.name}, or who take it for another reason, than in others?"
    elif item.reading == ADVERSE_EVENT:
        yield f"In reports of side effects: is {suffered.name} reported more often with {given.name}, or with what raises it, than with other drugs?"
    yield from _on_the_way(item.best, effect, categories, backward=item.direction < 0)
    yield _weakest(item.best)
    yield from _disagreement(item)


def _change(cause: _End) -> str:
    if cause.kind in _GIVEN:
        return f"Give {cause.name}, and leave it out for comparison"
    if cause.kind in _MADE:
        return f"Raise {cause.name}, and block it"
    if cause.kind in _HAD:
        return f"Compare those who have {cause.name} with those who do not"
    return f"Change {cause.name}, or compare where it differs"


def _expected(cause: _End, effect: _End, sign: int) -> str:
    if not sign:
        return f"see whether {effect.name} changes; no path tells in which direction."
    seen, measured = {1: ("more frequent or worse", "go up"), -1: ("less frequent or milder", "go down")}[sign]
    should = f"should be {seen}" if effect.kind in _HAD else f"should {measured}"
    return f"with {'' if cause.kind in _HAD else 'more '}{cause.name}, {effect.name} {should}."


def _on_the_way(route: NamedRoute, effect: _End, categories: Mapping[str, str], *, backward: bool) -> Iterator[str]:
    """Yield, for each concept between the two, what should be seen of it if the path over it is the reason."""
    steps = [(hop.sign, hop.start, hop.start_name) for hop in route.hops[:0:-1]] if backward else [(hop.sign, hop.end, hop.end_name) for hop in route.hops[:-1]]
    sign = 1
    for step_sign, concept, name in steps:
        sign *= step_sign
        should = {1: "should go up", -1: "should go down", 0: "should change"}[sign]
        if categories.get(concept, "") in _HAD:
            without = f"look at those without {name} apart"
        elif categories.get(concept, "") in _GIVEN | _MADE:
            without = f"do the same where {name} is blocked or missing"
        else:
            without = f"do the same where {name} is kept as it is"
        yield (
            f"{name} {should} first. To see whether it is the reason, {without}: "
            f"if {effect.name} changes as much as before, this path does not carry the effect."
        )


def _weakest(route: NamedRoute) -> str:
    hop = weakest_hop(route)
    first, second = (hop.end_name, hop.start_name) if hop.backward else (hop.start_name, hop.end_name)
    if hop.belief <= 0:
        return f"No paper claims anything of {first} and {second} yet; read those that mention both ({hop.shared_documents}), and settle this step first."
    told = f"The least certain step is between {first} and {second} (belief {belief_text(hop.belief)})"
    if hop.divided:
        return f"{told}, and papers disagree about its direction: settle that first."
    if not hop.causal and not hop.backward:
        return f"{told}, and no paper claims that one acts on the other: change {first} and see whether {second} follows."
    if not hop.sign:
        return f"{told}, and no paper says whether the first raises or lowers the second: measure which."
    return f"{told}: repeat it before the rest."


def _disagreement(item: Hypothesis) -> Iterator[str]:
    if not item.disagreeing or item.agreement is None or item.agreement >= SURE:
        return
    with_it, against = _via(item.best), _via(item.disagreeing[0])
    ways = ("go up", "go down")[:: item.sign or 1]
    yield (
        f"Paths disagree: through {with_it}, {item.object_name} should {ways[0]}; through {against}, it should {ways[1]}. "
        f"Measure {with_it} and {against} in one experiment, to see which of them answers more."
    )


def _via(route: NamedRoute) -> str:
    return " and ".join(hop.end_name for hop in route.hops[:-1])
