"""A text in the making that remembers where each character came from.

Owns the map while cleaning edits; refuses to know why a text is edited. A rope is never changed: `edit`, `cut` and `join` give new ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Piece = tuple[int, int, int, int]
"""`(start, raw_start, length, raw_length)`: `length` characters from `start` on came from `raw_length` raw characters from `raw_start` on."""

Edit = tuple[int, int, str]
"""`(start, end, replacement)`: the characters `[start, end)` become `replacement`."""


@dataclass(frozen=True, slots=True)
class Rope:
    """A text and the pieces that lead from it to the raw text; pieces are sorted, not empty, and cover the text."""

    text: str
    pieces: tuple[Piece, ...]

    def __len__(self) -> int:
        return len(self.text)


def rope(text: str) -> Rope:
    """Return `text` as a rope that maps to itself."""
    return Rope(text, ((0, 0, len(text), len(text)),) if text else ())


def cut(source: Rope, start: int, end: int) -> Rope:
    """Return the part `[start, end)` of a rope."""
    if start >= end:
        return Rope("", ())
    return Rope(source.text[start:end], tuple(_parts(source, start, end, shift=-start)))


def join(ropes: Sequence[Rope], separator: str = "") -> Rope:
    """Return the ropes one after another, in the order given, with `separator` between those that are not empty.

    A separator maps to the empty raw span that follows what is before it.
    """
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for part in ropes:
        if not part.text:
            continue
        if length and separator:
            pieces.append((length, pieces[-1][1] + pieces[-1][3], len(separator), 0))
            texts.append(separator)
            length += len(separator)
        for start, raw_start, size, raw_size in part.pieces:
            _append(pieces, (length + start, raw_start, size, raw_size))
        texts.append(part.text)
        length += len(part.text)
    return Rope("".join(texts), tuple(pieces))


def edit(source: Rope, edits: Iterable[Edit]) -> Rope:
    """Return the rope with all `edits` made at once; they are sorted, do not overlap and count in the text as it was.

    A replacement as long as what it replaces maps character by character, another maps as a whole. Raises: ValueError where edits overlap.
    """
    text = source.text
    texts: list[str] = []
    pieces: list[Piece] = []
    length = position = 0
    for start, end, replacement in edits:
        if start < position or end < start or end > len(text):
            raise ValueError(f"edit [{start}, {end}) overlaps one that ends at {position} or lies outside a text of {len(text)} characters")
        for piece in _parts(source, position, start, shift=length - position):
            _append(pieces, piece)
        texts.append(text[position:start])
        length += start - position
        if replacement:
            if len(replacement) == end - start:
                for piece in _parts(source, start, end, shift=length - start):
                    _append(pieces, piece)
            else:
                raw_start, raw_end = raw_span(source, start, end)
                _append(pieces, (length, raw_start, len(replacement), raw_end - raw_start))
            texts.append(replacement)
            length += len(replacement)
        position = end
    if position == 0 and not texts:
        return source
    for piece in _parts(source, position, len(text), shift=length - position):
        _append(pieces, piece)
    texts.append(text[position:])
    return Rope("".join(texts), tuple(pieces))


def raw_span(source: Rope, start: int, end: int) -> tuple[int, int]:
    """Return the smallest raw span that holds the characters `[start, end)`; an empty one where the span is empty."""
    if start >= end:
        if not source.pieces:
            return 0, 0
        _, raw_start, _length, raw_length = source.pieces[-1]
        if start >= len(source.text):
            return raw_start + raw_length, raw_start + raw_length
        first = next(_parts(source, start, start + 1))
        return first[1], first[1]
    spans = [(raw_start, raw_start + raw_length) for _, raw_start, _, raw_length in _parts(source, start, end)]
    return min(first for first, _ in spans), max(last for _, last in spans)


def _parts(source: Rope, start: int, end: int, shift: int = 0) -> Iterator[Piece]:
    if start >= end:
        return iter(())
    return _walk(source.pieces, start, end, shift)


def _walk(pieces: tuple[Piece, ...], start: int, end: int, shift: int) -> Iterator[Piece]:
    index = bisect_right(pieces, start, key=lambda piece: piece[0]) - 1
    while index < len(pieces) and pieces[index][0] < end:
        piece_start, raw_start, length, raw_length = pieces[index]
        low, high = max(start, piece_start), min(end, piece_start + length)
        if length == raw_length:
            yield low + shift, raw_start + low - piece_start, high - low, high - low
        else:
            yield low + shift, raw_start, high - low, raw_length
        index += 1


def _append(pieces: list[Piece], piece: Piece) -> None:
    if pieces:
        start, raw_start, length, raw_length = pieces[-1]
        if length == raw_length and piece[2] == piece[3] and raw_start + raw_length == piece[1]:
            pieces[-1] = (start, raw_start, length + piece[2], raw_length + piece[3])
            return
    pieces.append(piece)


def position_of(source: Rope, raw_offset: int) -> int:
    """Return the first position of a rope in raw order whose character came from `raw_offset` or later; its length where none did."""
    index = bisect_right(source.pieces, raw_offset, key=lambda piece: piece[1]) - 1
    if index < 0:
        return 0
    start, raw_start, length, raw_length = source.pieces[index]
    if raw_offset >= raw_start + raw_length:
        return start + length
    return start + (raw_offset - raw_start if length == raw_length else 0)
