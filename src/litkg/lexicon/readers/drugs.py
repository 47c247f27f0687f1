"""Reads the FDA's list of substance names (UNII): drugs with their brand names and code names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.lexicon.readers.tables import read_rows
from litkg.lexicon.records import NameKind, RawConcept
from litkg.model import Category

_TAG = re.compile(r"\s*\[([^\]]+)\]$")
_DRUG_TAGS = ("INN", "USAN", "JAN", "BAN", "USP", "ORANGE BOOK", "PURPLE BOOK", "EMA EPAR", "VANDF")
_MAX_LENGTH = 60
_KINDS = {"of": NameKind.EXACT, "cn": NameKind.EXACT, "bn": NameKind.BRAND, "cd": NameKind.ABBREVIATION}


def read_unii(data: bytes, *, common_words: frozenset[str]) -> Iterator[RawConcept]:
    """Yield the substances that a drug list names or that have a brand name. Brands and codes that are common words are left out.

    Names are all capitals in the source: words are turned to lower case, brands are capitalised, codes stay as they are.
    """
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for row in read_rows(data):
        if row["TYPE"] in _KINDS:
            rows.setdefault(row["UNII"], []).append((row["Name"], row["TYPE"], row["Display Name"]))
    for unii, entries in sorted(rows.items()):
        tags = [match.group(1) for name, _, _ in entries if (match := _TAG.search(name))]
        if not any(tag.startswith(_DRUG_TAGS) for tag in tags) and not any(kind == "bn" for _, kind, _ in entries):
            continue
        preferred = _spelling(_TAG.sub("", entries[0][2]), "of")
        names: dict[str, NameKind] = {}
        for name, kind, _ in entries:
            bare = _TAG.sub("", name)
            if not 3 <= len(bare) <= _MAX_LENGTH or (kind in ("bn", "cd") and bare.lower() in common_words):
                continue
            if kind == "cd" and not (any(char.isdigit() for char in bare) and len(bare) >= 5):
                continue
            text = _spelling(bare, kind)
            names[text] = min(names.get(text, NameKind.VARIANT), _KINDS[kind])
        yield RawConcept(id=f"UNII:{unii}", name=preferred, categories=(Category.DRUG,), source="unii", names=tuple(sorted(names.items())))


def _spelling(name: str, kind: str) -> str:
    if kind == "cd" or (any(char.isdigit() for char in name) and " " not in name and "-" in name):
        return name
    return name.title() if kind == "bn" else name.lower()
