"""Reads genes (HGNC) and protein families (FamPlex)."""

from __future__ import annotations

from collections.abc import Iterator

from litkg.lexicon.readers.tables import read_plain_rows, read_rows, split_cell
from litkg.lexicon.records import NameKind, RawConcept
from litkg.model import Category

_SKIPPED_LOCI = ("pseudogene", "unknown", "region", "fragile site", "endogenous retrovirus", "RNA, cluster")


def read_hgnc(data: bytes) -> Iterator[RawConcept]:
    """Yield the approved genes; pseudogenes and withdrawn symbols are left out."""
    for row in read_rows(data):
        locus = row["Locus type"]
        if row["Status"] != "Approved" or any(word in locus for word in _SKIPPED_LOCI):
            continue
        names = [(row["Approved name"], NameKind.PREFERRED)]
        names += [(symbol, NameKind.EXACT) for symbol in split_cell(row["Previous symbols"], ",")]
        names += [(symbol, NameKind.ABBREVIATION) for symbol in split_cell(row["Alias symbols"], ",")]
        xrefs = [f"UniProt:{item}" for item in split_cell(row["UniProt ID(supplied by UniProt)"], ",")]
        xrefs += [f"NCBIGene:{item}" for item in split_cell(row["NCBI Gene ID(supplied by NCBI)"], ",")]
        yield RawConcept(
            id=row["HGNC ID"], name=row["Approved symbol"], categories=(Category.GENE,), source="hgnc", names=tuple(names), xrefs=tuple(sorted(xrefs))
        )


def read_gene_names(data: bytes) -> Iterator[tuple[str, str, NameKind]]:
    """Yield (HGNC id, name, kind) of litkg's table of further names, which NCBI Gene has and HGNC has not."""
    for row in read_rows(data):
        for text in split_cell(row["symbols"], "|"):
            yield row["id"], text, NameKind.ABBREVIATION
        for text in split_cell(row["names"], "|"):
            yield row["id"], text, NameKind.EXACT if " " in text or "-" in text else NameKind.ABBREVIATION


def read_members(relations: bytes, symbols: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the families and complexes that FamPlex puts each gene or family in, sorted, by id; `symbols` lead to HGNC ids."""
    found: dict[str, set[str]] = {}
    for row in read_plain_rows(relations, delimiter=","):
        member = symbols.get(row[1]) if row[0] == "HGNC" else f"FPLX:{row[1]}" if row[0] == "FPLX" else None
        if member and row[3] == "FPLX":
            found.setdefault(member, set()).add(f"FPLX:{row[4]}")
    return {member: tuple(sorted(families)) for member, families in found.items()}


def read_famplex(entities: bytes, grounding_map: bytes) -> Iterator[RawConcept]:
    """Yield the families and complexes with their names."""
    names: dict[str, list[str]] = {}
    for text, space, local in _groundings(grounding_map):
        if space == "FPLX":
            names.setdefault(local, []).append(text)
    for row in read_plain_rows(entities, delimiter=","):
        if not row:
            continue
        local = row[0]
        yield RawConcept(
            id=f"FPLX:{local}",
            name=local.replace("_", " "),
            categories=(Category.GENE,),
            source="famplex",
            names=tuple((text, NameKind.EXACT) for text in sorted(set(names.get(local, ())))),
        )


def read_famplex_genes(grounding_map: bytes, symbols: dict[str, str], proteins: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (HGNC id, name) for the names that FamPlex gives to single genes; the maps lead from symbol and from UniProt id to HGNC id."""
    for text, space, local in _groundings(grounding_map):
        found = symbols.get(local) if space == "HGNC" else proteins.get(local) if space == "UP" else None
        if found:
            yield found, text


def _groundings(data: bytes) -> Iterator[tuple[str, str, str]]:
    for row in read_plain_rows(data, delimiter=","):
        cells = [cell for cell in row[1:] if cell]
        for space, local in zip(cells[::2], cells[1::2], strict=False):
            if len(cells) == 2:
                yield row[0], space, local
