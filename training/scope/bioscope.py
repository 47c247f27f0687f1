"""Reads BioScope's abstracts: sentences with the cues of negation and speculation and the scope of each.

Owns the corpus's XML (Vincze et al. 2008, BMC Bioinformatics 9 S11:S9) and the folds; what is learned from it is decided elsewhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

FOLDS = 10


@dataclass(frozen=True, slots=True)
class GoldScope:
    """A cue with its scope, in characters of the document's text. `cues` are its parts in order ("neither", "nor"); `kind` is negation or speculation."""

    kind: str
    cues: tuple[tuple[int, int], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Abstract:
    """A title with its abstract: sentences joined by line breaks, and the scopes in text order."""

    id: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    scopes: tuple[GoldScope, ...]

    @property
    def fold(self) -> int:
        """The document's fold, by the SHA-256 of its id."""
        return int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % FOLDS


def read_bioscope(folder: Path) -> list[Abstract]:
    """Return the abstracts in file order."""
    return [_abstract(document) for document in etree.parse(folder / "abstracts.xml", etree.XMLParser(resolve_entities=False, load_dtd=False)).iter("Document")]


def _abstract(document: etree._Element) -> Abstract:
    parts: list[str] = []
    sentences: list[tuple[int, int]] = []
    scopes: list[GoldScope] = []
    position = 0
    for sentence in document.iter("sentence"):
        text = "".join(str(piece) for piece in sentence.itertext())
        if not text.strip():
            continue
        cues: dict[str, list[tuple[str, int, int]]] = {}
        spans: dict[str, tuple[int, int]] = {}
        _walk(sentence, position, cues, spans)
        lead = len(text) - len(text.lstrip())
        sentences.append((position + lead, position + len(text.rstrip())))
        scopes += [GoldScope(parts_of[0][0], tuple((a, b) for _, a, b in parts_of), *spans[key]) for key, parts_of in cues.items() if key in spans]
        parts.append(text + "\n")
        position += len(text) + 1
    identifier = document.findtext("DocID") or ""
    return Abstract(identifier.strip(), "".join(parts), tuple(sentences), tuple(sorted(scopes, key=lambda s: (s.cues, s.start))))


def _walk(element: etree._Element, position: int, cues: dict[str, list[tuple[str, int, int]]], spans: dict[str, tuple[int, int]]) -> int:
    """Note the cues and scopes inside an element that starts at `position`; return where it ends."""
    start = position
    position += len(element.text or "")
    for child in element:
        position = _walk(child, position, cues, spans) + len(child.tail or "")
    if element.tag == "cue":
        cues.setdefault(element.get("ref", ""), []).append((element.get("type", ""), start, position))
    elif element.tag == "xcope":
        spans[element.get("id", "")] = (start, position)
    return position
