"""Ids that a source has withdrawn, and the current ids in their place: tables and corpora keep the ids of their time.

Owns the table's form. The table is made by `training/grounding` from annotated abstracts, for MeSH's supplementary records that became headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files


def read_retired(lines: Iterable[str]) -> dict[str, str]:
    """Return current ids by withdrawn ones from lines of withdrawn id, current id and name, parted by tabs; lines that open with # are left out.

    >>> read_retired(["# withdrawn\\tcurrent\\tname", "MESH:C009250\\tMESH:D000077149\\tsevoflurane"])
    {'MESH:C009250': 'MESH:D000077149'}
    """
    rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
    return {old: current for old, current, _ in rows}


@cache
def load_retired() -> Mapping[str, str]:
    """Return the table that litkg ships."""
    with files("litkg.lexicon").joinpath("retired.tsv").open(encoding="utf-8") as handle:
        return read_retired(handle)
