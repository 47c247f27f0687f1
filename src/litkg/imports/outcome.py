"""What an import has read and passed over so far, and the files it reads from.

Owns the tally, and opening files, packed or not; refuses to know formats.
"""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from litkg.errors import InputError


@dataclass(slots=True, kw_only=True)
class Outcome:
    """Counts by what was read, and by reason what was skipped or read only in part; `sources` are the names of resources that were read whole."""

    read: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    sources: dict[str, set[str]] = field(default_factory=dict)


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, unpacked where it is gzip, without line ends. Raises: InputError for a file that is no UTF-8 text or is cut short."""
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") if packed else path.open(encoding="utf-8", newline="\n") as handle:
            for line in handle:
                yield line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: no UTF-8 text: {error.reason} at byte {error.start}; write the file as UTF-8") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{path}: broken gzip file: {error}; fetch it again") from error
