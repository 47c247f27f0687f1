"""Makes broken inputs of whole ones: the same input for the same number, on every machine.

Owns the mutations, blind ones on bytes and informed ones on the trees of XML and JSON; refuses to know what a reader does with the result.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from tests.fuzz.seeds import SEEDS, TOKENS

MAX_BYTES = 1 << 16
_NASTY = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\x1b[2J\x1b]0;x\x07", b"\r",
    b"\x0b", b"\x0c", b"\x85",
    "\u2028\u202e\u2066\u200b\ufeff\u00ad".encode(), "\ue000\ue001\ue002".encode(), "\u00b2\u0661\u2460\u0130\ufb03".encode(), b"\x1f\x8b\x08",
    b"%PDF-1.4\n", b"\n\n\n", b" ", b"\t",
)  # fmt: skip
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"18446744073709551616", b"1e400", b"NaN", b"999999999")
_NUMBER = re.compile(rb"\d+")
_VALUES: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\ud800",
    "\x00",
    "\u202e",
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    [{}],
)


def input_number(reader: str, number: int) -> bytes:
    """Return input `number` of a reader, at most `MAX_BYTES` long."""
    rng = random.Random(f"{reader}:{number}")
    data = rng.choice(SEEDS[reader])
    grow = _INFORMED.get(reader)
    if grow is not None and rng.random() < 0.5:
        with contextlib.suppress(RecursionError):  # what was nested too often to be copied stays as it was
            data = grow(data, rng)
        if rng.random() < 0.5:
            return data[:MAX_BYTES]
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        data = rng.choice(_BLIND)(data, rng, reader)[:MAX_BYTES]
    return data


def _place(data: bytes, rng: random.Random) -> int:
    return rng.randint(0, len(data))


def _stretch(data: bytes, rng: random.Random) -> tuple[int, int]:
    start = _place(data, rng)
    return start, min(len(data), start + rng.choice((1, 2, 4, 8, 16, 64, 256, 1024)))


def _flip(data: bytes, rng: random.Random, reader: str) -> bytes:
    found = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4)) if found else 0):
        found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
    return bytes(found)


def _set_byte(data: bytes, rng: random.Random, reader: str) -> bytes:
    at = _place(data, rng)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def _truncate(data: bytes, rng: random.Random, reader: str) -> bytes:
    at = _place(data, rng)
    return data[:at] if rng.random() < 0.8 else data[at:]


def _delete(data: bytes, rng: random.Random, reader: str) -> bytes:
    start, end = _stretch(data, rng)
    return data[:start] + data[end:]


def _repeat(data: bytes, rng: random.Random, reader: str) -> bytes:
    start, end = _stretch(data, rng)
    return data[:start] + data[start:end] * rng.choice((2, 2, 3, 10, 100, 1000)) + data[end:]


def _move(data: bytes, rng: random.Random, reader: str) -> bytes:
    start, end = _stretch(data, rng)
    rest = data[:start] + data[end:]
    at = _place(rest, rng)
    return rest[:at] + data[start:end] + rest[at:]


def _splice(data: bytes, rng: random.Random, reader: str) -> bytes:
    other = rng.choice(SEEDS[reader] if rng.random() < 0.7 else SEEDS["any"])
    return data[: _place(data, rng)] + other[_place(other, rng) :]


def _insert_token(data: bytes, rng: random.Random, reader: str) -> bytes:
    at = _place(data, rng)
    return data[:at] + rng.choice(TOKENS[reader]).encode("utf-8", "surrogatepass") * rng.choice((1, 1, 1, 2, 50)) + data[at:]


def _insert_nasty(data: bytes, rng: random.Random, reader: str) -> bytes:
    at = _place(data, rng)
    return data[:at] + rng.choice(_NASTY) * rng.choice((1, 1, 1, 3, 1000)) + data[at:]


def _change_number(data: bytes, rng: random.Random, reader: str) -> bytes:
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return data
    found = rng.choice(numbers)
    return data[: found.start()] + rng.choice(_NUMBERS) + data[found.end() :]


def _swap_lines(data: bytes, rng: random.Random, reader: str) -> bytes:
    lines = data.split(b"\n")
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


_BLIND: tuple[Callable[[bytes, random.Random, str], bytes], ...] = (
    _flip, _set_byte, _truncate, _delete, _repeat, _move, _splice, _insert_token, _insert_nasty, _change_number, _swap_lines,
)  # fmt: skip


def _grow_xml(data: bytes, rng: random.Random) -> bytes:
    """Return an XML or HTML document with its elements moved, doubled, renamed, nested, emptied, or filled with something else."""
    try:
        root = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False, recover=True))
    except etree.XMLSyntaxError:
        return data
    if root is None:
        return data
    for _ in range(rng.choice((1, 2, 4, 8))):
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        node, other = rng.choice(nodes), rng.choice(nodes)
        parent = node.getparent()
        match rng.randrange(8):
            case 0 if parent is not None:
                parent.remove(node)
            case 1 if parent is not None:
                parent.extend(deepcopy(node) for _ in range(rng.choice((1, 2, 20))))
            case 2 if len(nodes) < 500:
                other.insert(rng.randint(0, len(other)), deepcopy(node))
            case 3:
                node.tag = other.tag
            case 4 if parent is not None:
                holder = deepcopy(node)
                for _ in range(rng.choice((1, 5, 50, 300))):
                    outer = etree.Element(node.tag)
                    outer.append(holder)
                    holder = outer
                parent.replace(node, holder)
            case 5:
                node.text, node.tail = other.tail, other.text
            case 6 if node.attrib:
                node.set(rng.choice(list(node.attrib)), rng.choice(("", "x", "-1", "1 2", "\u00b2", "title", "bibr", "9" * 30)))
            case _:
                node.text = rng.choice(
                    ("", " ", "\u202e", "\u2028", "-1", "\u0662", "10", "x" * 5000, "word " * 500, "1e9", "\ue000\ue001\ue002", "[1]", "PMC1")
                )
    return etree.tostring(root, encoding="utf-8")


def _grow_json(data: bytes, rng: random.Random) -> bytes:
    """Return JSON, whole or a line each, with values changed, moved, doubled, taken out or nested."""
    lines = data.decode().splitlines()
    at = rng.randrange(len(lines))
    try:
        root: list[object] = [json.loads(lines[at])]
    except ValueError:
        return data
    for _ in range(rng.choice((1, 1, 2, 4))):
        places = _places(root)
        place = rng.choice(places)
        match rng.randrange(5):
            case 0:
                _put(place, deepcopy(rng.choice(_VALUES)))
            case 1 if isinstance(place[0], dict):
                place[0].pop(str(place[1]))
            case 2 if isinstance(place[0], list):
                value = _get(place)
                place[0].extend(deepcopy(value) for _ in range(rng.choice((1, 3))))
            case 3:
                _put(place, deepcopy(_get(rng.choice(places))))
            case _:
                for _ in range(rng.choice((1, 10, 200))):
                    _put(place, [_get(place)])
    lines[at] = json.dumps(root[0])
    if len(lines) > 1 and rng.random() < 0.2:
        lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return "\n".join(lines).encode()


Place = tuple[dict[str, object] | list[object], str | int]
"""A list or object of JSON, and an index or key of it."""


def _places(root: list[object]) -> list[Place]:
    found: list[Place] = []
    waiting: list[object] = [root]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict):
            found += [(holder, key) for key in holder]
            waiting += holder.values()
        elif isinstance(holder, list):
            found += [(holder, index) for index in range(len(holder))]
            waiting += holder
    return found


def _get(place: Place) -> object:
    match place:
        case (dict() as holder, str(key)):
            return holder.get(key)
        case (list() as items, int(index)):
            return items[index]
    return None


def _put(place: Place, value: object) -> None:
    match place:
        case (dict() as holder, str(key)):
            holder[key] = value
        case (list() as items, int(index)):
            items[index] = value


_INFORMED: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "pubmed": _grow_xml,
    "jats": _grow_xml,
    "bioc-xml": _grow_xml,
    "webpage": _grow_xml,
    "bioc-json": _grow_json,
    "extract": _grow_json,
    "kgx": _grow_json,
    "dump": _grow_json,
}
