"""Joins the pieces that a reader finds into one text with blocks.

Owns the layout of assembled texts: blocks are parted by a blank line, so that no sentence runs over a border. Refuses to know any format.
"""

from __future__ import annotations

import re

from litkg.model import RawBlock, SectionKind

BLOCK_BREAK = "\n\n"
_SPACE = re.compile(r"\s+")


def flow(text: str) -> str:
    """Return `text` with each run of white space made one space, and none at its ends.

    >>> flow(" IL-6 and\\n   TNF ")
    'IL-6 and TNF'
    """
    return _SPACE.sub(" ", text).strip()


class BlockBuilder:
    """Collects pieces of text in reading order; `text` and `blocks` give what was collected so far."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[RawBlock] = []
        self._length = 0

    def add(self, text: str, kind: SectionKind | None) -> None:
        """Append a block; a piece without any text is passed over."""
        text = text.strip()
        if not text:
            return
        start = self._length + (len(BLOCK_BREAK) if self._parts else 0)
        self._parts.append(text)
        self._blocks.append(RawBlock(start=start, end=start + len(text), kind=kind))
        self._length = start + len(text)

    @property
    def text(self) -> str:
        """All pieces, parted by blank lines."""
        return BLOCK_BREAK.join(self._parts)

    @property
    def blocks(self) -> tuple[RawBlock, ...]:
        """The blocks of `text`, in order."""
        return tuple(self._blocks)
