"""The search for mechanism paths: chains of claims between two concepts, within a bound that a hub's degree does not move.

Owns which steps are followed, how they are joined to chains, and their order; it runs alike on every store. Refuses to know any store, and sentences.

From the start the `breadth` best steps are followed, and from each concept so reached again; into the end and into each concept so reached likewise. A chain
is found where its first steps, two at most, are among those out of the start, and the others, two at most, among those into the end. The direct claims
between the two are always found. Of 2 (breadth + breadth^2) steps at most all chains are looked at, so that what is returned is exactly the best of them.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import cast

from litkg.best_first import SURE

Row = dict[str, object]

Ask = Callable[[str, Mapping[str, object]], Iterable[Row]]
"""Returns the rows of a canned query by its name."""

HALF = 2
"""Most steps from each end: four in a chain."""

LIKELY = 0.9
"""The same for the many concepts of the second step, of which few have `breadth` sure steps."""

_IDENTITY = frozenset({"FORM_OF", "MEMBER_OF"})
_BOTH_WAYS = frozenset({"FORM_OF", "INTERACTS_WITH", "ASSOCIATED_WITH", "POSITIVELY_CORRELATED_WITH", "NEGATIVELY_CORRELATED_WITH"})
_NOT_CAUSAL = _BOTH_WAYS - _IDENTITY | {"BIOMARKER_OF"}


@dataclass(frozen=True, slots=True)
class Step:
    """A claim as walked: from `start` to `end`, backward where that is from its object to its subject; `sign` counts form_of as 1."""

    start: str
    end: str
    assertion_id: str
    sign: int
    belief: float
    backward: bool


Chain = tuple[Step, ...]


def search_paths(ask: Ask, given: Mapping[str, object]) -> list[Row]:
    """Return the rows of mechanism-paths for its parameters: chains by the belief of the weakest step, then by fewer steps, then by the ids of their claims.

    `cut` says that some concept had more steps than `breadth`, so that there may be other chains.
    """
    start, end = str(given["start"]), str(given["end"])
    if start == end:
        return []
    from_start, into_end = _Tree("steps-from", start, end), _Tree("steps-to", end, start)
    max_hops = cast(int, given["max_hops"])
    if max_hops > 1:
        for tree in (from_start, into_end):
            tree.grow(ask, given)
    direct = [] if max_hops > 1 and not (from_start.root_cut and into_end.root_cut) else _direct(ask, given)
    chains = join_chains([*from_start.chains(), *((step,) for step in direct)], into_end.chains(), start=start, end=end, max_hops=max_hops)
    best = heapq.nsmallest(cast(int, given["limit"]), chains, key=_place)
    return _rows(ask, best, cut=from_start.cut or into_end.cut)


def join_chains(prefixes: Iterable[Chain], suffixes: Iterable[Chain], *, start: str, end: str, max_hops: int) -> set[Chain]:
    """Return the chains from `start` to `end` in which no concept comes twice: a prefix, a suffix, or one of each that meet."""
    by_meeting: dict[str, list[Chain]] = defaultdict(list)
    for suffix in suffixes:
        by_meeting[suffix[0].start].append(suffix)
    found = {chain for chain in by_meeting[start] if len(chain) <= max_hops and _visits_once(chain)}
    for prefix in prefixes:
        if prefix[-1].end == end and len(prefix) <= max_hops and _visits_once(prefix):
            found.add(prefix)
        for suffix in by_meeting.get(prefix[-1].end, ()):
            if len(prefix) + len(suffix) <= max_hops and _visits_once(prefix + suffix):
                found.add(prefix + suffix)
    return found


class _Tree:
    """The steps that are followed from one end; `query` gives those of one level."""

    def __init__(self, query: str, root: str, other: str) -> None:
        self._query, self._root, self._other = query, root, other
        self._forward = query == "steps-from"
        self._steps: dict[str, list[Step]] = {}
        self.cut = self.root_cut = False

    def grow(self, ask: Ask, given: Mapping[str, object]) -> None:
        level = [self._root]
        for _ in range(HALF):
            found = self._best(ask, level, given)
            self._steps |= found
            self.root_cut = self.root_cut or self.cut
            level = sorted({self._far(step) for steps in found.values() for step in steps} - {self._root, self._other} - self._steps.keys())

    def chains(self) -> Iterator[Chain]:
        """Yield the chains of one or two steps that touch this end."""
        for first in self._steps.get(self._root, ()):
            yield (first,)
            for second in self._steps.get(self._far(first), ()) if self._far(first) != self._other else ():
                yield (first, second) if self._forward else (second, first)

    def _best(self, ask: Ask, concepts: Sequence[str], given: Mapping[str, object]) -> dict[str, list[Step]]:
        breadth, least = cast(int, given["breadth"]), cast(float, given["min_belief"])
        found: dict[str, list[Step]] = {}
        for belief in (SURE, *((LIKELY,) if len(concepts) > 1 else ()), 0.0):
            short = [concept for concept in concepts if len(found.get(concept, ())) <= breadth]
            found |= self._at_least(ask, short, given, max(belief, least))
            if belief <= least:
                break
        self.cut = self.cut or any(len(steps) > breadth for steps in found.values())
        return {concept: steps[:breadth] for concept, steps in found.items()}

    def _at_least(self, ask: Ask, concepts: Sequence[str], given: Mapping[str, object], belief: float) -> dict[str, list[Step]]:
        """Return the steps of each concept, best first; one more than the breadth where there are more."""
        found: dict[str, list[Step]] = defaultdict(list)
        if concepts:
            most = cast(int, given["breadth"]) + 1
            values = {"concepts": concepts, "min_belief": belief, "breadth": most, "limit": 5 * most * len(concepts)}
            for row in ask(self._query, values | {key: given[key] for key in ("causal_only", "with_refuted")}):
                near, far = str(row["concept_id"]), str(row["other_id"])
                ends = (near, far) if self._forward else (far, near)
                if len(found[near]) < most:
                    found[near].append(Step(*ends, str(row["assertion_id"]), cast(int, row["sign"]), cast(float, row["belief"]), bool(row["backward"])))
        return found

    def _far(self, step: Step) -> str:
        return step.end if self._forward else step.start


def _direct(ask: Ask, given: Mapping[str, object]) -> Iterator[Step]:
    start, end = str(given["start"]), str(given["end"])
    for backward, subject, object_ in ((False, start, end), (True, end, start)):
        for row in ask("claims-between", {"subject": subject, "object": object_}):
            predicate, belief = str(row["predicate"]), cast(float, row["belief"])
            walked = predicate != "COMPARED_WITH" and (not backward or predicate in _BOTH_WAYS) and not (given["causal_only"] and predicate in _NOT_CAUSAL)
            if walked and belief >= cast(float, given["min_belief"]) and (given["with_refuted"] or not row["negated"]):
                yield Step(start, end, str(row["assertion_id"]), 1 if predicate == "FORM_OF" else cast(int, row["sign"]), belief, backward)


def _visits_once(chain: Chain) -> bool:
    return len({chain[0].start, *(step.end for step in chain)}) == len(chain) + 1


def _place(chain: Chain) -> tuple[float, int, tuple[str, ...]]:
    return -min(step.belief for step in chain), len(chain), tuple(step.assertion_id for step in chain)


def _rows(ask: Ask, chains: Sequence[Chain], *, cut: bool) -> list[Row]:
    ids = sorted({step.assertion_id for chain in chains for step in chain})
    claims = {str(row["assertion_id"]): row for row in ask("claims", {"assertions": ids, "limit": len(ids)})} if ids else {}
    return [_row(chain, claims, cut=cut) for chain in chains]


def _row(chain: Chain, claims: Mapping[str, Row], *, cut: bool) -> Row:
    shown = ("assertion_id", "predicate", "aspect", "subject_aspect", "sign", "belief", "certainty", "negated")
    steps: list[Row] = [{key: claims[step.assertion_id][key] for key in shown} | {"backward": step.backward} for step in chain]
    first = claims[chain[0].assertion_id]
    names = [str(first["object" if chain[0].backward else "subject"])]
    names += [str(claims[step.assertion_id]["subject" if step.backward else "object"]) for step in chain]
    arrows = []
    for step, name in zip(steps, names[1:], strict=True):
        label = str(step["predicate"]) + (f" {step['aspect']}" if step["aspect"] else "") + (f" ({step['subject_aspect']})" if step["subject_aspect"] else "")
        arrows.append(f" <-{label}- {name}" if step["backward"] else f" -{label}-> {name}")
    return {
        "path": names[0] + "".join(arrows),
        "net_sign": prod(step.sign for step in chain),
        "weakest_belief": min(step.belief for step in chain),
        "hops": len(chain),
        "names": names,
        "ids": [chain[0].start, *(step.end for step in chain)],
        "steps": steps,
        "cut": cut,
    }
