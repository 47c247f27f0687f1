"""Unicode: one spelling for characters that look alike. Greek letters stay; line ends become "\\n"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from litkg.nlp.cleaning.rope import Edit, Rope, edit

SOFT_HYPHEN = "\u00ad"

_REPLACED = {  # the private-use letters are those of the Symbol font, as PDF files give them
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u02bc": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"',
    "\u00b5": "\u03bc", "\u2126": "\u03a9",
    "\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n",
    "\t": " ",
    "\uf061": "\u03b1", "\uf062": "\u03b2", "\uf067": "\u03b3", "\uf064": "\u03b4", "\uf065": "\u03b5", "\uf06b": "\u03ba", "\uf06c": "\u03bb",
    "\uf06d": "\u03bc", "\uf077": "\u03c9",
}  # fmt: skip
_UNSEEN = re.compile(
    "[\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u00ad\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf060\uf063\uf066\uf068-\uf06a\uf06e-\uf076\uf078-\uf8ff\ud800-\udfff]+"
)
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CHANGED = re.compile(
    "|".join(
        [
            r"(?P<soft>\u00ad+(?=[^\S\n\r]*[\n\r]))",
            r"(?P<unseen>" + _UNSEEN.pattern + ")",
            r"(?P<space>" + _SPACE.pattern + ")",
            r"(?P<beta>(?<=[\w-])(?<![a-z\u00df-\u00f6\u00f8-\u00ff])\u00df(?![a-z\u00df-\u00f6\u00f8-\u00ff]))",
            r"(?P<other>\r\n|[" + "".join(re.escape(key) for key in _REPLACED if len(key) == 1) + "])",
        ]
    )
)
_DASHES = re.compile("[\u2010-\u2013\u2015\u2212\ufe58\ufe63\uff0d]")
_BEYOND_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


def normalise_characters(source: Rope) -> Rope:
    """Return the rope with ligatures taken apart, unseen characters gone, and one space, quote, mu and line end each, in NFC.

    A soft hyphen at a line end stays (joining lines needs it), and so do dashes (see `normalise_dashes`).
    """
    changed = edit(source, _changed_characters(source.text))
    if unicodedata.is_normalized("NFC", changed.text):
        return changed
    return edit(changed, _composed(changed.text))


def normalise_dashes(source: Rope) -> Rope:
    """Return the rope with every hyphen, en dash, minus sign and horizontal bar as "-"; an em dash stays.

    Comes after lines are joined: an en dash at a line end belongs to the word, a hyphen need not.
    """
    return edit(source, ((match.start(), match.end(), "-") for match in _DASHES.finditer(source.text)))


def _changed_characters(text: str) -> Iterator[Edit]:
    for match in _CHANGED.finditer(text):
        if match.lastgroup == "other":
            yield match.start(), match.end(), _REPLACED[match.group()]
        elif match.lastgroup == "unseen":
            yield match.start(), match.end(), ""
        elif match.lastgroup == "space":
            yield match.start(), match.end(), " "
        elif match.lastgroup == "beta":
            yield match.start(), match.end(), "\u03b2"


def _composed(text: str) -> Iterator[Edit]:
    for match in _BEYOND_ASCII.finditer(text):
        run = match.group()
        if unicodedata.is_normalized("NFC", run):
            continue
        clusters = _clusters(run)
        if "".join(unicodedata.normalize("NFC", cluster) for cluster in clusters) != unicodedata.normalize("NFC", run):
            clusters = [run]
        start = match.start()
        for cluster in clusters:
            composed = unicodedata.normalize("NFC", cluster)
            if composed != cluster:
                yield start, start + len(cluster), composed
            start += len(cluster)


def _clusters(run: str) -> list[str]:
    clusters: list[list[str]] = []
    for character in run:
        if clusters and unicodedata.combining(character):
            clusters[-1].append(character)
        else:
            clusters.append([character])
    return ["".join(cluster) for cluster in clusters]
