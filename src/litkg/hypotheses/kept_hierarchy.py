"""The hierarchy over the concepts of a kept table, kept in the table's folder: made once for each lexicon.

Owns these files; refuses to know a lexicon: it is told by a key.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import numpy as np

from litkg.hypotheses.code import code_hash
from litkg.hypotheses.hierarchy import Hierarchy, Rows, hierarchy_of
from litkg.hypotheses.kept import Table
from litkg.hypotheses.relatives import Parents

_MADE_BY = ("curie.py", "hypotheses/hierarchy.py", "hypotheses/kept_hierarchy.py", "hypotheses/relatives.py", "lexicon/lookup.py")
_PARTS = tuple(item.name for item in fields(Hierarchy))


def read_hierarchy(table: Table, parents: Parents, lexicon: str) -> Hierarchy:
    """Return what the concepts of a table are filed under: as kept for the lexicon that `lexicon` tells, else made, and kept where that can be done."""
    concepts = table.literature.concepts
    if table.folder is None:
        return hierarchy_of(concepts, parents)
    folder = table.folder / f"hierarchy-{hashlib.sha256(f'{lexicon} {code_hash(_MADE_BY)}'.encode()).hexdigest()}"
    kept = _open(folder, len(concepts))
    if kept is not None:
        return kept
    made = hierarchy_of(concepts, parents)
    with suppress(OSError):
        _keep(folder, made)
    return made


def _open(folder: Path, n: int) -> Hierarchy | None:
    try:
        rows = {
            part: Rows(start=np.load(folder / f"{part}.start.npy", mmap_mode="r"), other=np.load(folder / f"{part}.other.npy", mmap_mode="r"))
            for part in _PARTS
        }
    except (OSError, ValueError, EOFError):
        return None
    sound = all(part.start.shape == (n + 1,) and part.start[-1] == len(part.other) for part in rows.values())
    return Hierarchy(**rows) if sound else None


def _keep(folder: Path, hierarchy: Hierarchy) -> None:
    making = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        for part in _PARTS:
            for name in ("start", "other"):
                with (making / f"{part}.{name}.npy").open("wb") as handle:
                    np.save(handle, getattr(getattr(hierarchy, part), name))
                    handle.flush()
                    os.fsync(handle.fileno())
        shutil.rmtree(folder, ignore_errors=True)
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
