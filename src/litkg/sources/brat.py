"""Reads brat stand-off: a `.txt` file and beside it the annotations, `.ann`, or `.a1` and `.a2` as the BioNLP shared tasks name them.

Text-bound annotations (`T` lines) become mentions, references to a database (`N` lines) their identifiers. Relations are those of `R` lines, and what events
state of two mentions (`litkg.sources.events`); words that name an event are no mentions. Attributes say which are negated; notes are passed over. A mention
of several fragments gets the span from its first to its last character, as in BioC: litkg finds spans without gaps, and a name that goes over a line's end is
written in fragments too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from litkg.errors import InputError
from litkg.model import RawDocument
from litkg.sources.archive_ids import document_id
from litkg.sources.content import Limits, Notify, open_content, read_whole
from litkg.sources.encoding import decode_bytes
from litkg.sources.events import Events, pairs_of, parse_events, things_of
from litkg.sources.gold import GoldMention, GoldRelation
from litkg.sources.text import parse_text

SUFFIXES = (".ann", ".a1")
"""How the names of annotation files end."""
_BOUND = re.compile(r"(T[^\t]*)\t(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)(?:\t(.*))?")
_REFERENCE = re.compile(r"N[^\t]*\tReference (\S+) (\S+)(?:\t.*)?")
_RELATION = re.compile(r"(R[^\t]*)\t(\S+) [^\s:]+:(\S+) [^\s:]+:(\S+)\s*")
_SPACE = re.compile(r"\s+")
_EVENTS_SUFFIX = ".a2"
"""How the name of the file ends that holds the events of an `.a1` file, and the words that name them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BratPair:
    """A text and its annotations."""

    document: RawDocument
    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...] = ()


def annotation_files(path: Path) -> list[Path]:
    """Return the annotation files in a folder in sorted order, or the one that `path` is; the first suffix of `SUFFIXES` that occurs is the one that counts."""
    if not path.is_dir():
        return [path] if path.suffix in SUFFIXES else []
    return next((files for suffix in SUFFIXES if (files := sorted(path.rglob(f"*{suffix}")))), [])


def read_pair(path: Path, *, key: str, notify: Notify, limits: Limits) -> BratPair:
    """Return the document beside the annotation file `path`, with an id made of `key`, its mentions in file order, and its relations: `R` lines first.

    Raises: InputError for a missing text, a line that cannot be read, a mention that does not cover what it says, and a relation between unknown things, with
    file and line.
    """
    text_path = path.with_suffix(".txt")
    if not text_path.is_file():
        raise InputError(f"{path}: no {text_path.name} beside it: put the text there that was annotated")
    document = parse_text(_read(text_path, limits), source=str(text_path), notify=notify, limits=limits)
    document = replace(document, id=document_id(key) or document.id)
    rows = [(row, f"{path}:{number}") for number, row in enumerate(_rows(path, limits), start=1)]
    beside = path.with_suffix(_EVENTS_SUFFIX)
    if path.suffix == SUFFIXES[1] and beside.is_file():
        rows += [(row, f"{beside}:{number}") for number, row in enumerate(_rows(beside, limits), start=1)]
    references: dict[str, list[str]] = {}
    for row, _ in rows:
        if reference := _REFERENCE.fullmatch(row):
            references.setdefault(reference[1], []).append(reference[2])
    events = parse_events(row for row, _ in rows)
    triggers = {event.trigger for event in events.events.values()}
    bound = [_mention(row, where, document) for row, where in rows if row.startswith("T")]
    mentions = {name: replace(mention, identifiers=tuple(references.get(name, ())), key=name) for name, mention in bound if name not in triggers}
    return BratPair(document=document, mentions=tuple(mentions.values()), relations=tuple(_relations(rows, events, mentions)))


def _rows(path: Path, limits: Limits) -> list[str]:
    return decode_bytes(_read(path, limits), source=str(path)).text.splitlines()


def _relations(rows: Iterable[tuple[str, str]], events: Events, mentions: Mapping[str, GoldMention]) -> Iterator[GoldRelation]:
    for row, where in rows:
        if not row.startswith("R"):
            continue
        match = _RELATION.fullmatch(row)
        if match is None:
            raise InputError(f"{where}: not a relation (R1, tab, type Arg1:T1 Arg2:T2): {row[:60]!r}")
        name, kind, *ends = match.groups()
        unknown = next((end for end in ends if end not in mentions and end not in events.events), None)
        if unknown is not None:
            raise InputError(f"{where}: a relation of {unknown}, which is no mention or event of this file")
        for subject, object_ in product(*(things_of(events, mentions, end) for end in ends)):
            yield _relation(kind, mentions[subject], mentions[object_], negated=name in events.negated)
    for (subject, object_), stated in pairs_of(events, mentions).items():
        yield _relation(stated.label, mentions[subject], mentions[object_], negated=stated.negated)


def _relation(kind: str, subject: GoldMention, object_: GoldMention, *, negated: bool) -> GoldRelation:
    return GoldRelation(
        document_id=subject.document_id,
        type=kind,
        subject=next(iter(subject.identifiers), subject.key),
        object=next(iter(object_.identifiers), object_.key),
        subject_key=subject.key,
        object_key=object_.key,
        negated=negated,
    )


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
