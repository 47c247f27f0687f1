"""Reads plain text: its characters as they are, line ends and all, so that offsets are offsets into the input."""

from __future__ import annotations

import re

from litkg.errors import InputError
from litkg.model import RawDocument
from litkg.sources.content import Limits, Notify, content_document_id, format_size, hash_of
from litkg.sources.encoding import decode_bytes

MAX_TITLE = 300
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


def parse_text(data: bytes, *, source: str, notify: Notify, limits: Limits) -> RawDocument:
    """Return the document in `data`; its title is the first line that is not blank, where that is short enough to be one.

    Raises: InputError for no text, too much text, binary content or a broken encoding.
    """
    if len(data) > limits.text:
        size, most = format_size(len(data)), format_size(limits.text)
        raise InputError(f"{source}: {size} of plain text, more than {most} in one document: split it into one file a paper")
    decoded = decode_bytes(data, source=source)
    if not decoded.text.strip():
        raise InputError(f"{source}: empty, nothing to read")
    if decoded.warning:
        notify(decoded.warning)
    sha256 = hash_of(data)
    line = _LINE.search(decoded.text)
    title = line.group().strip() if line else ""
    return RawDocument(
        id=content_document_id(sha256),
        title=title if len(title) <= MAX_TITLE else "",
        text=decoded.text,
        format="text",
        source=source,
        sha256=sha256,
    )
