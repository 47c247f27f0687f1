from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.errors import InputError
from litkg.sources.encoding import decode_bytes

WORDS = "IL-1β ändert den Spiegel – naïve café"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_reads_unicode_without_a_warning(encoding: str) -> None:
    decoded = decode_bytes(WORDS.encode(encoding), source="a.txt")
    assert decoded.text == WORDS
    assert decoded.warning is None


def test_reads_windows_text_and_says_so() -> None:
    decoded = decode_bytes("first line\ncafé – naïve".encode("cp1252"), source="a.txt")
    assert decoded.text == "first line\ncafé – naïve"
    assert decoded.warning is not None
    assert "line 2" in decoded.warning
    assert "Windows-1252" in decoded.warning


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("naïve café – β".encode() + b"\xe9 broken", "broken or mixed"),
        (b"caf\xe9 \x81 x", "neither UTF-8"),
        ("no mark".encode("utf-16-le"), "UTF-16 without"),
        ("café".encode("utf-16-le"), "UTF-16 without"),
        (b"\xff\xfeabc", "broken at byte"),
        (random.Random(1).randbytes(5000), "binary|neither"),
        (b"\x01\x02\x03 word " * 20, "binary content"),
    ],
)
def test_refuses_what_it_cannot_read_right(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        decode_bytes(data, source="odd.txt")
    assert str(caught.value).startswith("odd.txt: ")
    assert "\n" not in str(caught.value)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_text_survives_utf8(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode_bytes(text.encode(), source="t").text == text
