"""What the encoder sees of a word alone: hashed forms of it. Its floret vector and its marks come beside these.

Owns the forms and their tables' sizes, which are part of the models: a change here means training them anew.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

TABLES: tuple[tuple[str, int, int], ...] = (
    ("norm", 16_384, 96),
    ("norm_again", 16_384, 96),
    ("prefix", 4_096, 32),
    ("suffix", 8_192, 48),
    ("shape", 2_048, 32),
)
"""Name, rows and columns of each table. A word has one row in each; the first two are added up, so that two words rarely share both rows."""

_ROWS = tuple(rows for _, rows, _ in TABLES)
_DIGITS = re.compile(r"\d")
_RUN = re.compile(r"(.)\1{3,}")


@lru_cache(maxsize=20_000)
def word_rows(word: str) -> tuple[int, ...]:
    """Return the row of `word` in each of TABLES."""
    norm = word.lower()
    whole = norm.encode()
    first, last, shape = (form.encode() for form in (_DIGITS.sub("0", norm[:4]), _DIGITS.sub("0", norm[-4:]), word_shape(word)))
    one, two, three, four, five = _ROWS
    return crc32(whole, 1) % one, crc32(whole, 2) % two, crc32(first, 3) % three, crc32(last, 4) % four, crc32(shape, 5) % five


def word_shape(word: str) -> str:
    """Return the kinds of the characters of `word`: X for a capital, x for a small letter, d for a digit, others as they are; runs of four at most.

    >>> word_shape("STAT3"), word_shape("TNFα"), word_shape("anakinra")
    ('XXXXd', 'XXXα', 'xxxx')
    """
    return _RUN.sub(lambda match: match.group(1) * 4, word[:40].translate(_KINDS))


class _Kinds(dict[int, str]):
    """What each character becomes in a shape, worked out once, as `str.translate` takes it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = "d" if char.isdigit() else ("X" if char.isupper() else "x") if char.isascii() and char.isalpha() else char
        return self[code]


_KINDS = _Kinds()
