"""Parses XML from strangers: no entities of their own, no external files, no network.

Owns the parser settings and the errors; refuses to know any vocabulary. Entities that HTML names (`&alpha;`) are read as their character,
since journals use them with a DTD that is not loaded.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from lxml import etree

from litkg.errors import InputError

_DECLARATION = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_HEAD = 1 << 16
MAX_RECORD_BYTES = 128 << 20
"""Bytes of one record, and of what stands between two: memory holds one at a time, at several times that. The largest articles have some 10 MB."""
_REFUSED = "declares XML entities of its own (an entity bomb or an external file): refused; remove the <!ENTITY ...> lines"


class _Guard:
    """A stream that refuses entity declarations in the document type before the parser sees them, and broken reads as they come."""

    def __init__(self, stream: BinaryIO, source: str) -> None:
        self._stream = stream
        self._source = source
        self._seen = b""
        self._since_record = 0

    def next_record(self) -> None:
        """Begin to count anew: a record is complete, and forgotten."""
        self._since_record = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(_HEAD if size < 0 else size)
        self._since_record += len(data)
        if self._since_record > MAX_RECORD_BYTES:
            raise InputError(f"{self._source}: more than {MAX_RECORD_BYTES >> 20} MB of XML in one document: refused; split it")
        if len(self._seen) < _HEAD:
            self._seen += data.replace(b"\x00", b"")
            if _DOCTYPE.search(self._seen) and _DECLARATION.search(self._seen):
                raise InputError(f"{self._source}: {_REFUSED}")
        return data


def iterate_elements(stream: BinaryIO, tags: frozenset[str], *, source: str) -> Iterator[etree._Element]:
    """Yield each outermost element with one of the local names `tags` when it is complete; it is emptied after the next step.

    Memory holds one such element at a time. Raises: InputError for XML that is broken, truncated or declares entities.
    """
    depth = 0
    guard = _Guard(stream, source)
    events = etree.iterparse(
        guard,
        events=("start", "end"),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in events:
            if event == "start":
                depth += 1
                continue
            depth -= 1
            if depth == 0:
                _refuse_entities(element, source)
                yield element
                _forget(element)
                guard.next_record()
    except etree.XMLSyntaxError as error:
        raise InputError(f"{source}: broken or truncated XML: {_first_error(events, error)}: get the file again") from error


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for comments, entities and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def entity_text(element: etree._Element) -> str:
    """Return what an entity reference stands for, where HTML knows its name; else the reference as it is written."""
    name = (element.text or "").strip("&;")
    return html.entities.html5.get(f"{name};", f"&{name};")


def text_of(element: etree._Element | None, *, skip: Callable[[etree._Element], bool] = lambda _: False) -> str:
    """Return all text in `element`, entities read, elements that `skip` picks left out; empty for None."""
    if element is None:
        return ""
    parts = [element.text or ""] if isinstance(element.tag, str) else []
    for child in element:
        if child.tag is etree.Entity:
            parts.append(entity_text(child))
        elif isinstance(child.tag, str) and not skip(child):
            parts.append(text_of(child, skip=skip))
        parts.append(child.tail or "")
    return "".join(parts)


def _refuse_entities(element: etree._Element, source: str) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():  # type: ignore[attr-defined]  # the stubs lack it
        raise InputError(f"{source}: {_REFUSED}")


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _first_error(events: etree.iterparse, error: etree.XMLSyntaxError) -> str:
    """Return the first thing that the parser complained of, with its line; what it raises may be a consequence."""
    first = next(iter(events.error_log), None)
    return " ".join((f"line {first.line}: {first.message}" if first is not None else str(error.msg or error)).split())
