"""What the tests of readers share: a way to read bytes as a file, and the blocks of a document as pairs."""

from __future__ import annotations

from pathlib import Path

from litkg.model import RawDocument
from litkg.sources.registry import Skip, read_path


def read_bytes(folder: Path, data: bytes, *, warnings: list[str] | None = None) -> list[RawDocument]:
    """Return the documents that a file with these bytes holds."""
    path = folder / "input.bin"
    path.write_bytes(data)

    def note(skip: Skip) -> None:
        if warnings is not None:
            warnings.append(skip.reason)

    return list(read_path(path, on_warning=note))


def blocks_of(document: RawDocument) -> list[tuple[str, str]]:
    """Return (kind, text) of each block."""
    return [(str(block.kind), document.text[block.start : block.end]) for block in document.blocks]
