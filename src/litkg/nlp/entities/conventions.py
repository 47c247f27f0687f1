"""The conventions that the NER model has learned, one a corpus: which types each marks, and the tags that its head gives tokens.

Owns the layout of the network's output: heads side by side in the order of HEADS, tags in the order O, then B, I, E, S of each type.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HEADS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "bc5cdr": ("Chemical", "Disease"),
        "ncbi": ("Disease",),
        "jnlpba": ("Gene", "DNA", "RNA", "CellType", "CellLine"),
        "biored": ("Gene", "Disease", "Chemical", "Organism", "Variant", "CellLine"),
        "nlmgene": ("Gene", "GeneFamily", "Domain"),
        "gnormplus": ("Gene", "GeneFamily", "Domain"),
        "chemprot": ("Chemical", "Gene"),
    }
)
"""Types by convention."""

CONSENSUS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Chemical": ("bc5cdr", "biored", "chemprot"),
        "Gene": ("biored", "nlmgene", "gnormplus", "chemprot"),
        "Disease": ("bc5cdr", "ncbi", "biored"),
        "CellType": ("jnlpba",),
        "CellLine": ("jnlpba", "biored"),
        "Organism": ("biored",),
        "Variant": ("biored",),
    }
)
"""Conventions that have a say in each type where no convention is asked for. JNLPBA's genes are left out: it marks "cytokines" and "transcription factors"."""


def tag_count(head: str) -> int:
    """Return how many tags the head has."""
    return 1 + 4 * len(HEADS[head])


def head_slices() -> dict[str, slice]:
    """Return where each head's tags lie in the network's output."""
    slices = {}
    start = 0
    for head in HEADS:
        slices[head] = slice(start, start + tag_count(head))
        start += tag_count(head)
    return slices


TAGS = sum(tag_count(head) for head in HEADS)
"""Tags of all heads together: the width of the network's output."""
