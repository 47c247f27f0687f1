"""Decodes bytes to text, and never guesses in silence.

Owns the order of tries (byte order mark, UTF-8, Windows-1252) and the test for binary content; refuses to repair text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from litkg.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
MAX_CONTROL_SHARE = 0.005
"""Share of control characters over which a file is not text; random bytes have 0.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text, the encoding it came in, and a line for the user where the encoding had to be guessed."""

    text: str
    encoding: str
    warning: str | None = None


def decode_bytes(data: bytes, *, source: str) -> Decoded:
    """Return the text of `data`: by its byte order mark, else as UTF-8, else as Windows-1252 with a warning. A byte order mark is no part of the text.

    Raises: InputError for binary content, a broken encoding, or a mixture of two.
    """
    decoded = _decode(data, source)
    _refuse_binary(decoded.text, data, source)
    return decoded


def _decode(data: bytes, source: str) -> Decoded:
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(text=data.decode(name), encoding=name)
            except UnicodeDecodeError as error:
                raise InputError(f"{source}: starts with a mark of {name} but is broken at byte {error.start}: save it again as UTF-8") from error
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError as error:
        return _decode_windows(data, source, error)


def _decode_windows(data: bytes, source: str, failure: UnicodeDecodeError) -> Decoded:
    where = _where(data, failure.start)
    multibyte = _MULTIBYTE.findall(data)
    lone = len(_HIGH.findall(data)) - sum(map(len, multibyte))
    if b"\x00" in data:
        raise InputError(f"{source}: binary content, or UTF-16 without a byte order mark: save it as UTF-8 text or PDF")
    if len(multibyte) > lone:
        raise InputError(f"{source}: UTF-8 but for {where}, value 0x{data[failure.start]:02x}: broken or mixed encoding; convert it to UTF-8")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: neither UTF-8 ({where}) nor Windows-1252 ({_where(data, error.start)}): convert it to UTF-8") from error
    return Decoded(text=text, encoding="cp1252", warning=f"not UTF-8 at {where}: read as Windows-1252; convert it to UTF-8 if letters look wrong")


def _where(data: bytes, position: int) -> str:
    line = data.count(b"\n", 0, position) + 1
    return f"byte {position}, line {line}"


def _refuse_binary(text: str, data: bytes, source: str) -> None:
    if not text:
        return
    if "\x00" in text:
        raise InputError(f"{source}: binary content, or UTF-16 without a byte order mark (starts with {data[:8].hex(' ')}): save it as UTF-8 text or PDF")
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise InputError(f"{source}: binary content, no text (starts with {data[:8].hex(' ')}): litkg reads text, PDF, XML, HTML, BioC and PubTator")
