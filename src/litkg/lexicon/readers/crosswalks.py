"""Reads curated crosswalks: which ids of two sources are one thing."""

from __future__ import annotations

from collections.abc import Iterator

from litkg.lexicon.readers.tables import read_plain_rows
from litkg.lexicon.records import Crosswalk

_PREFIXES = {"mesh": "MESH", "chebi": "CHEBI", "hgnc": "HGNC", "hp": "HP", "doid": "DOID", "mondo": "MONDO", "go": "GO", "cl": "CL", "fplx": "FPLX"}
_JOINED = frozenset({"MESH", "CHEBI", "HGNC", "HP", "DOID", "MONDO", "GO", "CL", "FPLX"})


def read_gilda(data: bytes) -> Iterator[Crosswalk]:
    """Yield Gilda's mappings from MeSH."""
    for row in read_plain_rows(data):
        if row[3] in _JOINED:
            local = row[4].removeprefix(f"{row[3]}:")
            yield Crosswalk(f"{row[0]}:{row[1]}", f"{row[3]}:{local}", "gilda")


def read_biomappings(data: bytes) -> Iterator[Crosswalk]:
    """Yield the curated exact matches of Biomappings between sources that litkg joins."""
    lines = [line for line in data.decode("utf-8").splitlines() if line and not line.startswith("#")]
    for line in lines[1:]:
        subject, _, predicate, object_ = line.split("\t")[:4]
        if predicate == "skos:exactMatch":
            left, right = _curie(subject), _curie(object_)
            if left and right:
                yield Crosswalk(left, right, "biomappings")


def read_registry_numbers(mesh_cas: bytes, cas_chebi: bytes) -> Iterator[Crosswalk]:
    """Yield MeSH and ChEBI ids that share a CAS registry number, where it leads to one id on each side."""
    chebi: dict[str, set[str]] = {}
    for row in read_plain_rows(cas_chebi):
        chebi.setdefault(row[0], set()).add(f"CHEBI:{row[1]}")
    for row in read_plain_rows(mesh_cas):
        found = chebi.get(row[1], set())
        if len(found) == 1:
            yield Crosswalk(f"MESH:{row[0]}", next(iter(found)), "cas")


def _curie(text: str) -> str | None:
    prefix, _, local = text.partition(":")
    name = _PREFIXES.get(prefix)
    return f"{name}:{local}" if name in _JOINED else None
