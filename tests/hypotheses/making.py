"""Hypotheses made by hand, for tests of what is said of them."""

from __future__ import annotations

from collections.abc import Sequence

from litkg.hypotheses.records import Hypothesis, LinkingTerm, NamedHop, NamedRoute


def hop(
    start: str,
    end: str,
    sign: int = 1,
    *,
    causal: bool = True,
    backward: bool = False,
    divided: bool = False,
    belief: float = 0.5,
    shared: int = 1,
) -> NamedHop:
    """Return a step between two concepts, whose ids are their names in brackets."""
    return NamedHop(
        start=f"[{start}]",
        start_name=start,
        end=f"[{end}]",
        end_name=end,
        sign=sign,
        causal=causal and not backward,
        backward=backward,
        divided=divided,
        belief=belief,
        shared_documents=shared,
    )


def route(*hops: NamedHop, score: float = 0.5) -> NamedRoute:
    """Return a path of these steps."""
    sign = 1
    for step in hops:
        sign *= step.sign
    direction = int(all(step.causal for step in hops)) - int(all(step.backward for step in hops))
    return NamedRoute(hops=hops, sign=sign, direction=direction, score=score)


def hypothesis(
    routes: Sequence[NamedRoute],
    *,
    mechanisms: Sequence[NamedRoute] = (),
    disagreeing: Sequence[NamedRoute] = (),
    category: str = "Gene",
    agreement: float | None = 1.0,
    reading: str | None = None,
) -> Hypothesis:
    """Return the hypothesis that these paths make, of which there is one at least; sign and direction are those of the best."""
    best = (*mechanisms, *routes)[0]
    first, last = best.hops[0], best.hops[-1]
    return Hypothesis(
        rank=1,
        subject=first.start,
        subject_name=first.start_name,
        object=last.end,
        object_name=last.end_name,
        category=category,
        score=0.5,
        parts=(("causal", 0.25), ("signed", 0.25)),
        n_paths=len(routes) + 1,
        sign=best.sign,
        agreement=agreement,
        direction=best.direction,
        reading=reading,
        shared_documents=0,
        known_relatives=("a wider one",),
        linking_terms=tuple(LinkingTerm(id=step.end, name=step.end_name, category="Gene", share=0.5) for step in best.hops[:-1]),
        routes=tuple(routes),
        mechanisms=tuple(mechanisms),
        disagreeing=tuple(disagreeing),
    )
