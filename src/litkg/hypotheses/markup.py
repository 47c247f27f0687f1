"""Builds web pages out of elements, so that no text of papers can become markup.

Owns how text gets into elements and how a page is written out, with a policy that lets the page load nothing and run no script but its own; refuses to know
what a page is about.
"""

from __future__ import annotations

import base64
import hashlib
import re
from xml.etree.ElementTree import Element, SubElement, tostring

_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What no page may hold, and marks that would turn the direction of all that follows."""

_BLOCKS = frozenset(
    {"article", "div", "dl", "dd", "figure", "footer", "h1", "h2", "h3", "h4", "head", "header", "li", "main", "meta", "nav", "ol", "p", "section", "style"}
    | {"script", "svg", "table", "tbody", "thead", "title", "tr", "ul", "blockquote", "body"}
)
"""After these a line ends, where it changes nothing that is seen."""


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """Return a new last child of `parent` with this text. Of names of attributes a last `_` is left out, and others are hyphens."""
    child = SubElement(parent, tag, {name.removesuffix("_").replace("_", "-"): clean(value) for name, value in attributes.items()})
    child.text = clean(text)
    if tag in _BLOCKS:
        child.tail = "\n"
    return child


def say(parent: Element, text: str) -> None:
    """Put text behind all that an element has."""
    children = list(parent)
    if children:
        children[-1].tail = (children[-1].tail or "") + clean(text)
    else:
        parent.text = (parent.text or "") + clean(text)


def clean(text: str) -> str:
    """Return a text with a replacement character for each that no page may hold.

    >>> clean("a" + chr(0) + "b") == "a" + chr(0xFFFD) + "b"
    True
    """
    return _NO_TEXT.sub("\ufffd", text)


def new_page(title: str, *, style: str, script: str) -> tuple[Element, Element]:
    """Return a page and its body; the style and the script, litkg's own, are the only ones that a browser takes."""
    page = Element("html", {"lang": "en"})
    page.text = "\n"
    head = add(page, "head")
    add(head, "meta", charset="utf-8")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    add(head, "meta", http_equiv="Content-Security-Policy", content=policy)
    add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    add(head, "meta", name="referrer", content="no-referrer")
    add(head, "title", title)
    add(head, "style", style)
    body = add(page, "body")
    add(body, "script", script)
    return page, body


def write(page: Element) -> str:
    """Return the text of a page."""
    return f"<!DOCTYPE html>\n{tostring(page, encoding='unicode', method='html')}\n"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
