"""The folder of a ranking that is not finished: the blocks that are, so that a run that was stopped goes on where it was.

Owns the files, and whose they are: a folder is of one ranking, told by a key over all that its result hangs on, and one process works in it at a time. A block
is there whole or not at all. Refuses to know what is ranked.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from litkg.errors import QueryError
from litkg.hypotheses.pairs import RANKED, Ranked

_KEY, _LOCK = "ranking.key", "lock"


class Unfinished:
    """The finished blocks of a ranking, by number from 0."""

    def __init__(self, folder: Path, n_blocks: int) -> None:
        """Look at `folder`, which `open_unfinished` has made."""
        self.folder = folder
        self._n_blocks = n_blocks

    def missing(self) -> list[int]:
        """Return the numbers of the blocks that are to be done."""
        return [number for number in range(self._n_blocks) if self.read(number) is None]

    def read(self, number: int) -> Ranked | None:
        """Return a finished block, None where it is not there or not whole."""
        try:
            block = np.load(self._file(number))
        except (OSError, ValueError, EOFError):
            return None
        return block if block.dtype == RANKED and block.ndim == 1 else None

    def write(self, number: int, block: Ranked) -> None:
        """Put a finished block there. Raises: OSError where that cannot be done."""
        file = self._file(number)
        beside = file.with_suffix(".part")
        with beside.open("wb") as handle:
            np.save(handle, block)
            handle.flush()
            os.fsync(handle.fileno())
        beside.replace(file)

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:05}.npy"


@contextlib.contextmanager
def open_unfinished(folder: Path, key: str, n_blocks: int) -> Iterator[tuple[Unfinished, bool]]:
    """Give the blocks of the ranking that `key` tells, and whether another ranking's had to go for it. Where all ends well the folder goes, else it stays.

    Raises: QueryError where another process works on it, or the folder holds something else; OSError where it cannot be made.
    """
    _refuse_others(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        there = folder / _KEY
        before = there.read_text(encoding="utf-8") if there.exists() else None
        if before != key:
            for item in folder.iterdir():
                if item.name != _LOCK:
                    shutil.rmtree(item) if item.is_dir() else item.unlink()
            there.write_text(key, encoding="utf-8")
        yield Unfinished(folder, n_blocks), before not in (None, key)
        shutil.rmtree(folder)


def _refuse_others(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / _LOCK).exists())):
        raise QueryError(f"{folder} is in the way: an unfinished ranking is kept under this name; move it, or name another --output")


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; where the system has no such locks, hope."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (folder / _LOCK).open("a+b") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise QueryError(f"another process is ranking into {folder}; wait until it is done, or name another --output") from error
        yield
