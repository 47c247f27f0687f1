"""Reads HGNC's gene groups (families, complexes, classes by function) from HGNC's complete set, and which of them FamPlex has too."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator

from litkg.errors import ResourceError
from litkg.lexicon.normalise import match_key
from litkg.lexicon.readers.tables import read_plain_rows, read_rows, split_cell
from litkg.lexicon.records import Crosswalk, NameKind, RawConcept
from litkg.model import Category

PREFIX = "HGNC.GROUP"
_MIN_GENES = 2
_NO_FAMILY = re.compile(r"^(?:Endogenous ligands|X-linked mental retardation|Deafness associated genes|Pseudoautosomal region)|RNAs?\b|\blocus at\b")
"""Lists that HGNC keeps beside its families: genes of a region, of an effect, of anything that binds a receptor, and transcripts."""


def read_groups(
    data: bytes, genes: Iterable[RawConcept], *, apart: frozenset[frozenset[str]] = frozenset()
) -> tuple[tuple[RawConcept, ...], dict[str, tuple[str, ...]]]:
    """Return the groups of two genes and more, sorted by id, and the groups that each of `genes` is in, sorted, by HGNC id; `apart`
    are pairs of which one is no member of the other.

    Raises: ResourceError where the table is not what it was.
    """
    kept = {gene.id for gene in genes}
    names: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    for row in _rows(data):
        ids, texts = split_cell(row["gene_family_id"], "|"), split_cell(row["gene_family"], "|")
        if row["hgnc_id"] not in kept or len(ids) != len(texts):
            continue
        for local, name in zip(ids, texts, strict=True):
            if not _NO_FAMILY.search(name) and frozenset({row["hgnc_id"], f"{PREFIX}:{local}"}) not in apart:
                names[local] = name
                members.setdefault(local, set()).add(row["hgnc_id"])
    found = {local: name for local, name in names.items() if len(members[local]) >= _MIN_GENES}
    if not found:
        raise ResourceError("HGNC's complete set is not what it was (no gene group found)")
    groups = tuple(RawConcept(id=f"{PREFIX}:{local}", name=found[local], categories=(Category.GENE,), source="hgnc_group") for local in sorted(found, key=int))
    by_gene: dict[str, set[str]] = {}
    for local in found:
        for gene in members[local]:
            by_gene.setdefault(gene, set()).add(f"{PREFIX}:{local}")
    return groups, {gene: tuple(sorted(ids)) for gene, ids in by_gene.items()}


def read_omim(data: bytes) -> dict[str, tuple[str, ...]]:
    """Return the OMIM entries of each gene, sorted, by HGNC id."""
    return {
        row["hgnc_id"]: tuple(sorted(f"OMIM:{local}" for local in split_cell(row["omim_id"], "|") if local.isdigit())) for row in _rows(data) if row["omim_id"]
    }


def group_crosswalks(equivalences: bytes, families: Iterable[RawConcept], groups: Iterable[RawConcept]) -> Iterator[Crosswalk]:
    """Yield joins of FamPlex's families with groups: FamPlex's own equivalences, then the one family that has a group's name among its names."""
    groups = tuple(groups)
    held = {group.id for group in groups}
    for row in read_plain_rows(equivalences, delimiter=","):
        if row[0] == "HGNC_GROUP" and f"{PREFIX}:{row[1]}" in held:
            yield Crosswalk(f"FPLX:{row[2]}", f"{PREFIX}:{row[1]}", "famplex")
    owners: dict[str, set[str]] = {}
    for family in families:
        for text in (family.name, *(text for text, kind in family.names if kind <= NameKind.EXACT)):
            owners.setdefault(match_key(text), set()).add(family.id)
    for group in groups:
        found = owners.get(match_key(group.name), set())
        if len(found) == 1:
            yield Crosswalk(next(iter(found)), group.id, "equal name")


def read_famplex_headings(equivalences: bytes) -> Iterator[Crosswalk]:
    """Yield FamPlex's equivalences between its families and MeSH headings."""
    for row in read_plain_rows(equivalences, delimiter=","):
        if row[0] == "MESH":
            yield Crosswalk(f"FPLX:{row[2]}", f"MESH:{row[1]}", "famplex")


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    try:
        yield from read_rows(gzip.decompress(data))
    except (OSError, EOFError, UnicodeDecodeError, KeyError) as error:
        raise ResourceError(f"HGNC's complete set is not what it was ({error!r})") from error
