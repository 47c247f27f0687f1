"""Tells by its type names which corpus's convention a gold follows: corpora disagree on what a mention is, and where it ends."""

from __future__ import annotations

from collections.abc import Collection

_CONVENTIONS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    # Name, types of which one at least must be there, further types that may be.
    ("ncbi", frozenset({"specificdisease", "diseaseclass", "compositemention"}), frozenset({"modifier"})),
    ("jnlpba", frozenset({"prge", "cltp", "clln"}), frozenset({"dna", "rna"})),
    ("jnlpba", frozenset({"protein", "cell_type", "cell_line"}), frozenset({"dna", "rna"})),
    (
        "biored",
        frozenset({"geneorgeneproduct", "diseaseorphenotypicfeature", "chemicalentity"}),
        frozenset({"organismtaxon", "sequencevariant", "cellline"}),
    ),
    ("nlmgene", frozenset({"cell", "chromosomelocation"}), frozenset({"gene", "familyname", "domainmotif"})),
    ("gnormplus", frozenset({"familyname", "domainmotif"}), frozenset({"gene"})),
    ("nlmgene", frozenset({"gene"}), frozenset()),
    ("chemprot", frozenset({"gene-y", "gene-n"}), frozenset({"chemical"})),
)
_BC5CDR = frozenset({"chemical", "disease"})

CONVENTIONS = ("bc5cdr", *sorted({name for name, _, _ in _CONVENTIONS}))
"""The names that `convention_of` gives."""


def convention_of(type_names: Collection[str]) -> str | None:
    """Return the convention of a gold with these type names, whatever their case, or None where they fit none.

    A gold may lack types of its corpus, as a part of a corpus does, but has none beyond. Gene alone is NLM-Gene's, whose files name cells too.

    >>> convention_of({"Chemical", "Disease"}), convention_of({"PRGE", "DNA"}), convention_of({"Person"})
    ('bc5cdr', 'jnlpba', None)
    """
    names = frozenset(name.casefold() for name in type_names)
    if names == _BC5CDR:
        return "bc5cdr"
    return next((name for name, marks, others in _CONVENTIONS if names & marks and names <= marks | others), None)
