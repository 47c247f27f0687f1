"""Parses JSON from strangers: whatever is no plain, finite, encodable JSON is an InputError and nothing else.

Owns what JSON may not hold here: numbers that are none (NaN, Infinity) or of thousands of digits, halves of surrogate pairs, which no file and no
database can keep, and nesting that no parser survives. Refuses to know a format.
"""

from __future__ import annotations

import json
import re

from litkg.errors import InputError

MAX_DEPTH = 100
"""How deep lists and objects may be nested; BioC and the extract format need eight."""

_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(text: str, *, where: str) -> object:
    """Return the value of `text`. `where` opens the error, such as `papers/x.json` or `line 3`.

    Raises: InputError for what is no JSON, or JSON with numbers that are none, halves of characters, or nested deeper than `MAX_DEPTH`.

    >>> parse_json('{"a": NaN}', where="line 3")
    Traceback (most recent call last):
    litkg.errors.InputError: line 3: NaN is no number in JSON: write null
    """

    def refuse(name: str) -> object:
        raise InputError(f"{where}: {name} is no number in JSON: write null")

    try:
        value = json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: broken or truncated JSON (line {error.lineno}: {error.msg}): {text[:60]!r}; get the file again") from error
    except RecursionError as error:
        raise InputError(f"{where}: JSON nested too deep: refused") from error
    except InputError:
        raise
    except ValueError as error:  # an integer of more digits than Python turns into a number
        raise InputError(f"{where}: JSON with a number that cannot be one: {' '.join(str(error).split())}") from error
    if not _is_shallow(value):
        raise InputError(f"{where}: JSON nested too deep: refused")
    if _HALF.search(text):
        _refuse_halves(value, where)
    return value


def _is_shallow(value: object) -> bool:
    layer = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        layer = [part for item in layer for part in (item.values() if isinstance(item, dict) else item) if isinstance(part, dict | list)]
        if not layer:
            return True
    return False


def _refuse_halves(value: object, where: str) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{where}: JSON with half a character (a lone surrogate, \\u{ord(error.object[error.start]):04x}): write the whole one") from error
