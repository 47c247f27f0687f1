"""Tells whether what was worked out earlier was worked out by the same code.

Owns the hash of litkg's own files; refuses to know what they do.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from litkg.datafiles import data_path


@cache
def code_hash(names: tuple[str, ...], data: tuple[str, ...] = ()) -> str:
    """Return the SHA-256 of files of the package, and of data that travels with it, each by its name from the package's or the checkout's folder."""
    digest = hashlib.sha256()
    for content in (*(files("litkg").joinpath(name).read_bytes() for name in names), *(data_path(name).read_bytes() for name in data)):
        digest.update(f"{len(content)} ".encode() + content)
    return digest.hexdigest()


@cache
def hypotheses_hash() -> str:
    """Return the SHA-256 of all code about hypotheses."""
    folder = files("litkg").joinpath("hypotheses")
    return code_hash(tuple(sorted(f"hypotheses/{file.name}" for file in folder.iterdir() if file.name.endswith(".py"))))
