"""The models that ship with litkg: which files each is, and what they should hash to.

Owns the list of learned files and their SHA-256 (`shipped.tsv` beside this module; `python -m litkg.shipped` renews it after training). Refuses to load any
model: it only reads bytes.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
LIST = PACKAGE / "shipped.tsv"
RENEW_COMMAND = "python -m litkg.shipped"

MODELS: dict[str, tuple[str, ...]] = {
    "entities": ("nlp/entities/weights",),
    "vectors": ("nlp/encoder/weights",),
    "syntax": ("nlp/syntax/weights",),
    "cues": ("nlp/cues/weights", "nlp/cues/ladder.tsv"),
    "pairs": ("nlp/pairs/weights", "nlp/pairs/labels.tsv"),
    "grounding": ("grounding/prior.tsv", "grounding/synonymy.tsv", "grounding/weights.toml", "nlp/species.toml"),
    "calibration": ("calibration.toml",),
}
"""The files and folders of each model, below the package."""


def model_files(name: str) -> tuple[Path, ...]:
    """Return the files of a model that are there, sorted by their paths."""
    found: list[Path] = []
    for place in MODELS[name]:
        path = PACKAGE / place
        found += [item for item in path.iterdir() if item.is_file()] if path.is_dir() else [path] if path.is_file() else []
    return tuple(sorted(found))


@cache
def model_hash(name: str) -> str:
    """Return the SHA-256 over the names and bytes of a model's files, read once a process.

    >>> len(model_hash("calibration"))
    64
    """
    digest = hashlib.sha256()
    for path in model_files(name):
        digest.update(f"{_relative(path)} {_hash(path)}\n".encode())
    return digest.hexdigest()


def shipped_hashes() -> dict[str, str]:
    """Return the SHA-256 that each file had when it was shipped, by its path below the package."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, path in (line.split("\t") for line in lines if line)}


def faults() -> tuple[str, ...]:
    """Return what is wrong with the files of the models, one line each; nothing where all are there as shipped."""
    there = {_relative(path): path for name in MODELS for path in model_files(name)}
    shipped = shipped_hashes()
    missing = [f"{path} is missing" for path in sorted(shipped.keys() - there.keys())]
    changed = [f"{path} is not as shipped" for path in sorted(shipped.keys() & there.keys()) if _hash(there[path]) != shipped[path]]
    return (*missing, *changed, *(f"{path} is not known" for path in sorted(there.keys() - shipped.keys())))


def render() -> str:
    """Return the text of `shipped.tsv` for the files as they are."""
    paths = sorted(path for name in MODELS for path in model_files(name))
    return "".join(f"{_hash(path)}\t{_relative(path)}\n" for path in paths)


def _hash(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


if __name__ == "__main__":
    LIST.write_text(render(), encoding="utf-8")
