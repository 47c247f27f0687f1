"""Finds the files that travel with litkg (`graph/`, `queries/`, `corpus/`): in the wheel, or in the checkout of an editable install."""

from __future__ import annotations

from pathlib import Path


def data_path(name: str) -> Path:
    """Return the path of a file or folder such as `graph/predicates.tsv`.

    Raises: FileNotFoundError where neither the installed package nor the checkout has it.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "_data", package.parent.parent):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"litkg's own file {name} is missing: reinstall litkg")
