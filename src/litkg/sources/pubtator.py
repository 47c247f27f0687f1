"""Reads PubTator files: `id|t|title`, `id|a|abstract`, annotations by tab.

Offsets follow the format's own convention: they count in the title, one character, then the abstract. That one character is a line feed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from litkg.errors import InputError
from litkg.model import RawBlock, RawDocument, SectionKind
from litkg.sources.archive_ids import document_id
from litkg.sources.content import Notify, content_document_id, hash_of
from litkg.sources.encoding import decode_bytes
from litkg.sources.gold import Gold, GoldMention, GoldRelation, split_identifiers

_PASSAGE = re.compile(r"([^|\t]+)\|([a-z])\|(.*)", re.DOTALL)
_OFFSET = re.compile(r"[0-9]{1,9}")
_KINDS = {"t": SectionKind.TITLE, "a": SectionKind.ABSTRACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    key: str
    line: int
    passages: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, str], ...]
    raw: str


def parse_pubtator(data: bytes, *, source: str, notify: Notify) -> Iterator[RawDocument]:
    """Yield the documents in file order.

    Raises: InputError for a line that is neither passage nor annotation, with its number.
    """
    decoded = decode_bytes(data, source=source)
    if decoded.warning:
        notify(decoded.warning)
    for record in _records(decoded.text, source):
        if any(passage.strip() for _, passage in record.passages):
            yield _document(record, source)
        else:
            notify(f"line {record.line}: document {record.key} has neither title nor abstract: passed over")


def read_annotations(data: bytes, *, source: str) -> Gold:
    """Return the mentions and relations of a PubTator file; document ids are those of `parse_pubtator`.

    Raises: InputError for a row that is neither.
    """
    mentions: list[GoldMention] = []
    relations: list[GoldRelation] = []
    for record in _records(decode_bytes(data, source=source).text, source):
        identifier = _document_id(record)
        for number, row in record.rows:
            cells = row.split("\t")
            if len(cells) >= 4 and _OFFSET.fullmatch(cells[1]) and _OFFSET.fullmatch(cells[2]):
                mentions.append(_mention(identifier, cells))
            elif len(cells) >= 4:
                note = cells[4] if len(cells) > 4 else ""
                relations.append(GoldRelation(document_id=identifier, type=cells[1], subject=cells[2], object=cells[3], note=note))
            else:
                raise InputError(f"{source}:{number}: neither a mention nor a relation: {row[:60]!r}")
    return Gold(mentions=tuple(mentions), relations=tuple(relations))


def _document_id(record: _Record) -> str:
    return document_id(record.key) or content_document_id(hash_of(record.raw.encode()))


def _mention(identifier: str, cells: list[str]) -> GoldMention:
    return GoldMention(
        document_id=identifier,
        start=int(cells[1]),
        end=int(cells[2]),
        text=cells[3],
        type=cells[4] if len(cells) > 4 else "",
        identifiers=split_identifiers(cells[5]) if len(cells) > 5 else (),
    )


def _records(text: str, source: str) -> Iterator[_Record]:
    passages: list[tuple[str, str]] = []
    rows: list[tuple[int, str]] = []
    raw: list[str] = []
    key, first = "", 0
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        passage = _PASSAGE.fullmatch(line)
        starts_new = passage is not None and (passage[1].strip() != key or (passage[2] == "t" and bool(passages)))
        if (starts_new or not line.strip()) and passages:
            yield _Record(key=key, line=first, passages=tuple(passages), rows=tuple(rows), raw="\n".join(raw))
            passages, rows, raw, key = [], [], [], ""
        if not line.strip():
            continue
        raw.append(line)
        if passage is not None:
            if not passages:
                key, first = passage[1].strip(), number
            passages.append((passage[2], passage[3]))
        elif "\t" in line and key:
            rows.append((number, line))
        else:
            raise InputError(f"{source}:{number}: not a PubTator line (id|t|title, id|a|abstract or tab-separated): {line[:60]!r}")
    if passages:
        yield _Record(key=key, line=first, passages=tuple(passages), rows=tuple(rows), raw="\n".join(raw))


def _document(record: _Record, source: str) -> RawDocument:
    text = "\n".join(passage for _, passage in record.passages)
    blocks, start = [], 0
    for letter, passage in record.passages:
        if passage.strip():
            blocks.append(RawBlock(start=start, end=start + len(passage), kind=_KINDS.get(letter)))
        start += len(passage) + 1
    return RawDocument(
        id=_document_id(record),
        title=next((passage.strip() for letter, passage in record.passages if letter == "t"), ""),
        text=text,
        format="pubtator",
        blocks=tuple(blocks),
        source=source,
        sha256=hash_of(record.raw.encode()),
    )
