"""Typed reading of the fields of one parsed JSON object; every refusal says where it is, the field and the value seen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from litkg.errors import InputError

Member = TypeVar("Member", bound=StrEnum)


class Fields:
    """The fields of one object. `where` opens each error, such as `line 3`; all methods raise InputError.

    >>> Fields({"year": 2021}, "line 3").text("year")
    Traceback (most recent call last):
    litkg.errors.InputError: line 3: year must be a string, not 2021
    """

    def __init__(self, shape: Mapping[str, object], where: str) -> None:
        self._shape = shape
        self._where = where

    def error(self, message: str) -> InputError:
        """Return the error that says `message` with its place."""
        return InputError(f"{self._where}: {message}")

    def has(self, name: str) -> bool:
        """Tell whether the field is there."""
        return name in self._shape

    def text(self, name: str) -> str:
        """Return a string."""
        value = self._value(name)
        if not isinstance(value, str):
            raise self._wrong(name, "a string", value)
        return value

    def optional_text(self, name: str) -> str | None:
        """Return a string, or None for null."""
        return None if self._value(name) is None else self.text(name)

    def integer(self, name: str) -> int:
        """Return an integer; a boolean is none."""
        return self._integer(name, self._value(name))

    def optional_integer(self, name: str) -> int | None:
        """Return an integer, or None for null."""
        return None if self._value(name) is None else self.integer(name)

    def number(self, name: str) -> float:
        """Return a finite number."""
        value = self._value(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self._wrong(name, "a number", value)
        return float(value)

    def flag(self, name: str) -> bool:
        """Return a boolean."""
        value = self._value(name)
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false", value)
        return value

    def texts(self, name: str) -> list[str]:
        """Return a list of strings."""
        values = self._list(name)
        if any(not isinstance(value, str) for value in values):
            raise self._wrong(name, "a list of strings", values)
        return [str(value) for value in values]

    def text_table(self, name: str) -> dict[str, str]:
        """Return an object whose values are strings."""
        value = self._value(name)
        if not isinstance(value, dict) or any(not isinstance(item, str) for item in value.values()):
            raise self._wrong(name, "an object of strings", value)
        return {str(key): str(item) for key, item in value.items()}

    def member(self, name: str, kind: type[Member]) -> Member:
        """Return a member of a closed set."""
        return self._member(name, kind, self.text(name))

    def members(self, name: str, kind: type[Member]) -> list[Member]:
        """Return a list of members of a closed set."""
        return [self._member(name, kind, value) for value in self.texts(name)]

    def record(self, name: str) -> Fields:
        """Return the fields of an inner object."""
        value = self._value(name)
        if not isinstance(value, dict):
            raise self._wrong(name, "an object", value)
        return Fields(value, f"{self._where}: {name}")

    def mapping(self, name: str) -> dict[str, object]:
        """Return an inner object as it is."""
        value = self._value(name)
        if not isinstance(value, dict):
            raise self._wrong(name, "an object", value)
        return dict(value)

    def optional_record(self, name: str) -> Fields | None:
        """Return the fields of an inner object, or None for null."""
        return None if self._value(name) is None else self.record(name)

    def records(self, name: str) -> list[Fields]:
        """Return the fields of each object of a list."""
        found = []
        for index, value in enumerate(self._list(name)):
            if not isinstance(value, dict):
                raise self._wrong(f"{name}[{index}]", "an object", value)
            found.append(Fields(value, f"{self._where}: {name}[{index}]"))
        return found

    def pair(self, name: str) -> tuple[int, int]:
        """Return a list of two integers as a tuple."""
        first, second = self._integers(name, self._value(name), 2)
        return first, second

    def quads(self, name: str) -> list[tuple[int, int, int, int]]:
        """Return a list of lists of four integers, as tuples."""
        found = []
        for index, value in enumerate(self._list(name)):
            first, second, third, fourth = self._integers(f"{name}[{index}]", value, 4)
            found.append((first, second, third, fourth))
        return found

    def _value(self, name: str) -> object:
        if name not in self._shape:
            raise self.error(f"the field {name} is missing")
        return self._shape[name]

    def _list(self, name: str) -> list[object]:
        value = self._value(name)
        if not isinstance(value, list):
            raise self._wrong(name, "a list", value)
        return value

    def _integer(self, name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(name, "an integer", value)
        return value

    def _integers(self, name: str, value: object, count: int) -> list[int]:
        if not isinstance(value, list) or len(value) != count:
            raise self._wrong(name, f"a list of {count} integers", value)
        return [self._integer(name, part) for part in value]

    def _member(self, name: str, kind: type[Member], value: str) -> Member:
        try:
            return kind(value)
        except ValueError as error:
            raise self._wrong(name, f"one of {', '.join(kind)}", value) from error

    def _wrong(self, name: str, wanted: str, value: object) -> InputError:
        return self.error(f"{name} must be {wanted}, not {str(repr(value))[:60]}")
