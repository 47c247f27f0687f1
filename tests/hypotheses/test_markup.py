"""Pages out of elements: no text becomes markup, and a browser takes litkg's own script only."""

from __future__ import annotations

import base64
import hashlib
from xml.etree.ElementTree import Element, tostring

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from litkg.hypotheses.markup import add, clean, new_page, say, write

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "</title><script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "' onmouseover='alert(1)",
            "<!--",
            "]]>",
            "&lt;b&gt; &amp; &#60;",
            "</style><style>",
            "\x00\x1b[2J",
            "\u202egnp.exe",
            "\ud800",
        ]
    ),
)


@given(HOSTILE, HOSTILE)
def test_text_comes_back_as_it_was(text: str, value: str) -> None:
    page, body = new_page(text, style="p { color: red }", script='"use strict";')
    add(body, "p", text, title=value)
    read = html.document_fromstring(write(page))
    (paragraph,) = read.iterfind(".//p")
    assert _lines("".join(map(str, paragraph.itertext()))) == _lines(clean(text))
    assert _lines(paragraph.get("title")) == _lines(clean(value))
    assert [item.tag for item in read.iter()] == ["html", "head", "meta", "meta", "meta", "meta", "title", "style", "body", "script", "p"]


def test_text_behind_elements_stays_behind_them() -> None:
    line = Element("p")
    say(line, "a ")
    add(line, "b", "c")
    say(line, " d")
    say(line, " e")
    assert tostring(line, encoding="unicode") == "<p>a <b>c</b> d e</p>"


def test_the_policy_lets_in_what_the_page_brings_and_nothing_else() -> None:
    page, _ = new_page("x", style="p {}", script="1;")
    policy = str(page.findall("head/meta")[1].get("content"))
    assert policy.startswith("default-src 'none'; ")
    for kind, text in (("style-src", "p {}"), ("script-src", "1;")):
        assert f"{kind} 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy


def _lines(text: str | None) -> str:
    """Return a text as parsers of pages read its ends of lines."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")
