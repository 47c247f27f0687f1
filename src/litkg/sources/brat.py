"""Reads brat stand-off: a `.txt` file and beside it the annotations, `.ann`, or `.a1` as the BioNLP shared tasks name them.

Text-bound annotations (`T` lines) become mentions, references to a database (`N` lines) their identifiers; other lines (relations, events, attributes,
notes) are passed over. A mention of several fragments gets the span from its first to its last character, as in BioC: litkg finds spans without gaps,
and a name that goes over a line's end is written in fragments too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from litkg.errors import InputError
from litkg.model import RawDocument
from litkg.sources.content import Limits, Notify, open_content, read_whole
from litkg.sources.encoding import decode_bytes
from litkg.sources.gold import GoldMention
from litkg.sources.pubtator import document_id
from litkg.sources.text import parse_text

SUFFIXES = (".ann", ".a1")
"""How the names of annotation files end."""
_BOUND = re.compile(r"(T[^\t]*)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?")
_REFERENCE = re.compile(r"N[^\t]*\tReference (\S+) (\S+)(?:\t.*)?")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class BratPair:
    """A text and its annotations."""

    document: RawDocument
    mentions: tuple[GoldMention, ...]


def annotation_files(path: Path) -> list[Path]:
    """Return the annotation files in a folder in sorted order, or the one that `path` is; the first suffix of `SUFFIXES` that occurs is the one that counts."""
    if not path.is_dir():
        return [path] if path.suffix in SUFFIXES else []
    return next((files for suffix in SUFFIXES if (files := sorted(path.rglob(f"*{suffix}")))), [])


def read_pair(path: Path, *, key: str, notify: Notify, limits: Limits) -> BratPair:
    """Return the document beside the annotation file `path`, with an id made of `key`, and its mentions in file order.

    Raises: InputError for a missing text, a line that cannot be read, and a mention that does not cover what it says, with file and line.
    """
    text_path = path.with_suffix(".txt")
    if not text_path.is_file():
        raise InputError(f"{path}: no {text_path.name} beside it: put the text there that was annotated")
    identifier = document_id(key)
    document = replace(parse_text(_read(text_path, limits), source=str(text_path), notify=notify, limits=limits), id=identifier)
    rows = decode_bytes(_read(path, limits), source=str(path)).text.splitlines()
    references: dict[str, list[str]] = {}
    for row in rows:
        if reference := _REFERENCE.fullmatch(row):
            references.setdefault(reference[1], []).append(reference[2])
    found = []
    for number, row in enumerate(rows, start=1):
        if row.startswith("T"):
            name, mention = _mention(row, f"{path}:{number}", document)
            found.append(replace(mention, identifiers=tuple(references.get(name, ()))))
    return BratPair(document=document, mentions=tuple(found))


def _mention(row: str, where: str, document: RawDocument) -> tuple[str, GoldMention]:
    match = _BOUND.fullmatch(row)
    if match is None:
        raise InputError(f"{where}: not a text-bound annotation (T1, tab, type start end, tab, text): {row[:60]!r}")
    name, kind, places, cover = match.groups()
    fragments = [(int(start), int(end)) for start, _, end in (place.partition(" ") for place in places.split(";"))]
    start, end = min(start for start, _ in fragments), max(end for _, end in fragments)
    covered = " ".join(document.text[low:high] for low, high in fragments)
    if end > len(document.text) or any(low >= high for low, high in fragments):
        raise InputError(f"{where}: {places} is no span of a text of {len(document.text)} characters: {document.source} is not the text that was annotated")
    if cover is not None and _SPACE.sub("", cover) != _SPACE.sub("", covered):
        what = f"the text has {covered[:60]!r} at {places}, not {cover[:60]!r}"
        raise InputError(f"{where}: {what}: {document.source} is not the text that was annotated, or its line ends were changed")
    return name, GoldMention(document_id=document.id, start=start, end=end, text=document.text[start:end], type=kind)


def _read(path: Path, limits: Limits) -> bytes:
    with open_content(path) as stream:
        return read_whole(stream, source=str(path), limit=limits.unpacked)
