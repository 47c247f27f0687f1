"""Opens files as streams of bytes: gzip unwrapped, size bounded.

Owns limits and the look at the first bytes; refuses to know what the bytes mean.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from litkg.errors import InputError

GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 20

Notify = Callable[[str], None]
"""Takes one line on something that a reader had to guess or leave out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes over which a document is refused, in bytes. `unpacked` bounds formats that are held in memory whole, `text` one plain text,
    `fetched` what is fetched from an address."""

    unpacked: int = 256 << 20
    text: int = 64 << 20
    fetched: int = 64 << 20


@contextmanager
def open_content(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, gzip unwrapped by its magic bytes however often it is wrapped (twice at most).

    Raises: InputError where the file cannot be opened, or its gzip data are broken while it is read.
    """
    try:
        with path.open("rb") as file, _unwrap(_seekable(file, str(path))) as stream:
            yield stream
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{path}: truncated or broken gzip data ({error}): get the file again") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _seekable(file: BinaryIO, source: str) -> BinaryIO:
    """Return `file`, or what comes out of a pipe held in memory, so that it can be looked at before it is read."""
    return file if file.seekable() else BytesIO(read_whole(file, source=source, limit=Limits().unpacked))


def _unwrap(stream: BinaryIO, depth: int = 0) -> BinaryIO:
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), 1 << 16) if not isinstance(stream, io.BufferedReader) else stream
    if depth < 2 and buffered.peek(2)[:2] == GZIP_MAGIC:
        return _unwrap(cast(BinaryIO, gzip.GzipFile(fileobj=buffered, mode="rb")), depth + 1)
    return cast(BinaryIO, buffered)


def unwrap_bytes(data: bytes, *, source: str, limits: Limits) -> bytes:
    """Return `data` with gzip unwrapped.

    Raises: InputError for broken gzip data, and for more than `limits.unpacked` bytes.
    """
    try:
        return read_whole(_unwrap(BytesIO(data)), source=source, limit=limits.unpacked)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{source}: truncated or broken gzip data ({error}): get it again") from error


def peek_head(stream: BinaryIO, size: int) -> bytes:
    """Return up to `size` first bytes of a stream from `open_content`, and leave it at its start."""
    head = stream.read(size)
    stream.seek(0)
    return head


def read_whole(stream: BinaryIO, *, source: str, limit: int) -> bytes:
    """Return all bytes of a stream.

    Raises: InputError as soon as they are more than `limit`.
    """
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_CHUNK):
        size += len(part)
        if size > limit:
            raise InputError(f"{source}: more than {format_size(limit)} in one document: split it into parts")
        parts.append(part)
    return b"".join(parts)


def format_size(size: int) -> str:
    """Return a size as a reader says it.

    >>> format_size(64 << 20)
    '64 MB'
    """
    return f"{size / (1 << 20):.3g} MB"


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def content_document_id(sha256: str) -> str:
    """Return the id of a document that has none of its own.

    >>> content_document_id("ab" * 32)
    'litkg.doc:abababababababababab'
    """
    return f"litkg.doc:{sha256[:20]}"
