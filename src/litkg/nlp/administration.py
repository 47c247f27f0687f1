"""Which molecules of a document are given as drugs: interleukin-2 is a cytokine, "low-dose interleukin-2" a treatment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litkg.model import Category, Grounding

_BEFORE = re.compile(
    r"(?:\b(?:low|high|single|daily|weekly|intravenous|subcutaneous|recombinant)[- ]dose(?:s of)?|\bdoses? of|\brecombinant(?: human)?|\bpegylated"
    r"|\b(?:treated|treatment|therapy|injected|infused|immunotherapy) with"
    r"|\b(?:administration|injections?|infusions?) of|\b(?:received|receiving|given)(?: either)?)\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^[ -](?:therapy|treatment|treated|administration|injections?|infusions?|immunotherapy)\b", re.IGNORECASE)
_REACH = 40


def administered_concepts(text: str, groundings: Sequence[Grounding]) -> frozenset[str]:
    """Return the ids of the genes and proteins that the text says are given to patients or animals."""
    return frozenset(
        item.concept.id
        for item in groundings
        if item.concept
        and item.concept.categories[0] is Category.GENE
        and (_BEFORE.search(text[max(0, item.mention.start - _REACH) : item.mention.start]) or _AFTER.match(text[item.mention.end : item.mention.end + _REACH]))
    )
