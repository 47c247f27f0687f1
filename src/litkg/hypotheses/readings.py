"""What a signed hypothesis means for patients: that a drug may help, or that it may harm.

Owns which categories and signs say so; refuses to know paths.
"""

from __future__ import annotations

from collections.abc import Collection

REPURPOSING = "repurposing"
"""More of the one means less of the other: it lowers what the disease has raised, or raises what it has lowered."""

ADVERSE_EVENT = "adverse event"
"""More of the one means more of the other."""

READINGS = (REPURPOSING, ADVERSE_EVENT)

_GIVEN = frozenset({"Drug", "Chemical", "Cytokine", "Gene"})
"""What can be given, or made more of: domains of `treats` and `has_adverse_event` (graph/predicates.tsv)."""

_SUFFERED = frozenset({"Disease", "Phenotype", "AdverseEvent"})


def reading(subject: Collection[str], object_: Collection[str], sign: int) -> str | None:
    """Return the reading of a hypothesis whose ends have these categories; None without a sign, and where the two are not something given and a disease.

    >>> reading(["Drug"], ["Disease"], -1), reading(["Phenotype"], ["Chemical"], 1), reading(["Drug"], ["Gene"], 1)
    ('repurposing', 'adverse event', None)
    """
    ends = (set(subject), set(object_))
    if not sign or not any(one & _GIVEN and other & _SUFFERED and not one & _SUFFERED for one, other in (ends, ends[::-1])):
        return None
    return REPURPOSING if sign < 0 else ADVERSE_EVENT
