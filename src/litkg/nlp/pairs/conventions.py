"""What the model of pairs predicts: one head a corpus convention.

Owns heads, labels and their order, which are part of the weights. A pair is ordered: subject, then object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from litkg.model import GROUPS, Category

NONE = "none"
"""No relation, in every head the first label."""

HEADS: Mapping[str, tuple[str, ...]] = {
    "semrep": (
        NONE, "ADMINISTERED_TO", "AFFECTS", "ASSOCIATED_WITH", "AUGMENTS", "CAUSES", "COEXISTS_WITH", "COMPARED_WITH", "DIAGNOSES", "DISRUPTS", "INHIBITS",
        "INTERACTS_WITH", "ISA", "LOCATION_OF", "PART_OF", "PRECEDES", "PREDISPOSES", "PREVENTS", "PROCESS_OF", "PRODUCES", "STIMULATES", "TREATS", "USES",
    ),
    "chemprot": (NONE, "CPR:3", "CPR:4", "CPR:5", "CPR:6", "CPR:9", "CPR:10", "other"),
    "biored": (
        NONE, "Association", "Bind", "Comparison", "Conversion", "Cotreatment", "Drug_Interaction", "Negative_Correlation", "Positive_Correlation",
    ),
    "bc5cdr": (NONE, "CID"),
    "phee": (NONE, "Adverse_event", "Potential_therapeutic_event"),
    "events": (NONE, "Positive_regulation", "Negative_regulation", "Regulation", "Binding"),
}  # fmt: skip
UNDIRECTED = frozenset({"biored"})
"""Heads whose corpus gives its relations no direction: both orders of a pair have its label."""
FLAGS = ("negated", "speculated")
"""What else is said of a pair that is related: two heads of their own, of "no" and "yes"."""

KINDS = ("unknown", "Gene", "Chemical", "Disease", "Variant", "Organism", "Cell", "Process")
"""What an argument is, as far as the model is told."""


@dataclass(frozen=True, slots=True)
class Slices:
    """The columns of each head in the scores."""

    heads: Mapping[str, slice]
    flags: Mapping[str, int]
    columns: int


def slices() -> Slices:
    """Return where each head's labels are among the scores: heads in order, then one column a flag."""
    heads, at = {}, 0
    for head, labels in HEADS.items():
        heads[head] = slice(at, at + len(labels))
        at += len(labels)
    return Slices(heads, {flag: at + index for index, flag in enumerate(FLAGS)}, at + len(FLAGS))


def kind_of(category: Category) -> str:
    """Return the kind of an argument of a category, one of KINDS."""
    return GROUPS[category].capitalize()


def number_of(kind: str) -> int:
    """Return the number of a kind among KINDS, that of "unknown" for any other name."""
    return KINDS.index(kind) if kind in KINDS else 0
