"""Indexes that stand in folders beside a lexicon, each of one very lexicon.

Owns where such a folder is and the stamp in it, written last, by which a half-written index or that of another lexicon is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from litkg.lexicon.storage import LexiconInfo

_STAMP = "lexicon.sha256"


def index_beside(lexicon: Path, kind: str) -> Path:
    """Return the folder of the index of a kind of the lexicon in the folder `lexicon`."""
    return lexicon.with_name(f"{lexicon.name}.{kind}")


def is_stamped(folder: Path) -> bool:
    """Tell whether a whole index is in the folder, of whatever lexicon."""
    return (folder / _STAMP).exists()


def is_index_of(folder: Path, info: LexiconInfo) -> bool:
    """Tell whether the index in a folder is there, whole and of this very lexicon."""
    try:
        return (folder / _STAMP).read_text(encoding="utf-8") == info.content_sha256
    except (OSError, ValueError):
        return False


@contextmanager
def writing_index(folder: Path, info: LexiconInfo) -> Iterator[None]:
    """Make the folder and take its stamp away; stamp it as this lexicon's at the end, unless something is raised."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _STAMP).unlink(missing_ok=True)
    yield
    (folder / _STAMP).write_text(info.content_sha256, encoding="utf-8")
