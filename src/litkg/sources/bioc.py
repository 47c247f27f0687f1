"""Reads BioC, in XML and JSON: passages, and the annotations that come with them.

Passages are put where their offsets say, so that annotations keep theirs; where the offsets of a file cannot hold, passages follow each
other and the annotations are moved along.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from lxml import etree

from litkg.errors import InputError
from litkg.jsontext import parse_json
from litkg.model import RawBlock, RawDocument, SectionKind
from litkg.sources.archive_ids import document_id, pmc_curie
from litkg.sources.content import Notify, content_document_id, hash_of
from litkg.sources.encoding import decode_bytes
from litkg.sources.gold import Gold, GoldMention, GoldRelation, split_identifiers
from litkg.sources.headings import kind_of_heading
from litkg.sources.safexml import iterate_elements, text_of

_MAX_GAP = 1000
_ROLES = {"subject": -1, "object": 1}
_YES = frozenset({"true", "yes", "1"})
_IDENTIFIER_KEYS = ("identifier", "Identifier", "MESH", "NCBI Gene", "MEDIC", "id")
_TYPES = (
    (re.compile(r".*(?:fig|table)\w*[ _](?:title_)?caption|fig(?:ure)?|(?:fig|table)_title_caption"), SectionKind.CAPTION),
    (re.compile(r"table(?:[ _]foot\w*)?"), SectionKind.TABLE),
    (re.compile(r"ref(?:erence)?"), SectionKind.REFERENCES),
    (re.compile(r"footnote|front_note|formula|keyword|kwd"), SectionKind.FURNITURE),
    (re.compile(r"(?:\w+_)?title_\d+|title_caption"), SectionKind.HEADING),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Annotation:
    id: str
    type: str
    identifiers: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relation:
    type: str
    ends: tuple[str, str]
    note: str
    negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    offset: int
    text: str
    infons: Mapping[str, str]
    annotations: tuple[_Annotation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parsed:
    key: str
    infons: Mapping[str, str]
    passages: tuple[_Passage, ...]
    relations: tuple[_Relation, ...]
    raw: bytes


def parse_bioc_xml(stream: BinaryIO, *, source: str, notify: Notify) -> Iterator[RawDocument]:
    """Yield the documents of a BioC XML collection in file order, lazily.

    Raises: InputError for XML that is broken, truncated or unsafe, or offsets that are no numbers.
    """
    for parsed in _xml_documents(stream, source):
        yield from _told(parsed, source, notify)


def parse_bioc_json(data: bytes, *, source: str, notify: Notify) -> Iterator[RawDocument]:
    """Yield the documents of BioC JSON: a collection, a list of them, one document, or one of these a line.

    Raises: InputError for JSON that is broken or not shaped as BioC.
    """
    for parsed in _json_documents(data, source):
        yield from _told(parsed, source, notify)


def read_annotations(data: bytes, *, source: str) -> Gold:
    """Return the mentions and relations of a BioC file, XML or JSON; ids and offsets are those of the documents that the parsers yield.

    A mention of several parts gets the span from its first to its last character.
    """
    is_xml = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    mentions: list[GoldMention] = []
    relations: list[GoldRelation] = []
    for parsed in _xml_documents(BytesIO(data), source) if is_xml else _json_documents(data, source):
        identifier = _document_id(parsed)
        text, starts = _assemble(parsed.passages)
        by_id: dict[str, _Annotation] = {}
        for passage, new_start in zip(parsed.passages, starts, strict=True):
            for annotation in passage.annotations:
                by_id[annotation.id] = annotation
                start = min(place for place, _ in annotation.places) - passage.offset + new_start
                end = max(place + length for place, length in annotation.places) - passage.offset + new_start
                mentions.append(
                    GoldMention(
                        document_id=identifier,
                        start=start,
                        end=end,
                        text=text[start:end],
                        type=annotation.type,
                        identifiers=annotation.identifiers,
                        key=annotation.id,
                    )
                )
        for relation in parsed.relations:
            ends = [_end_of_relation(end, by_id) for end in relation.ends]
            keys = relation.ends if all(end in by_id for end in relation.ends) else ("", "")
            relations.append(
                GoldRelation(
                    document_id=identifier,
                    type=relation.type,
                    subject=ends[0],
                    object=ends[1],
                    note=relation.note,
                    subject_key=keys[0],
                    object_key=keys[1],
                    negated=relation.negated,
                )
            )
    return Gold(mentions=tuple(mentions), relations=tuple(relations))


def _end_of_relation(end: str, by_id: Mapping[str, _Annotation]) -> str:
    annotation = by_id.get(end)
    return annotation.identifiers[0] if annotation is not None and annotation.identifiers else end


def _told(parsed: _Parsed, source: str, notify: Notify) -> Iterator[RawDocument]:
    if any(passage.text.strip() for passage in parsed.passages):
        yield _document(parsed, source)
    else:
        notify(f"document {parsed.key} has no text: passed over")


def _document(parsed: _Parsed, source: str) -> RawDocument:
    text, starts = _assemble(parsed.passages)
    blocks, titles, body = [], [], SectionKind.BODY
    for passage, start in zip(parsed.passages, starts, strict=True):
        kind = _kind_of_passage(passage.infons)
        if kind is SectionKind.HEADING:
            body = kind_of_heading(passage.text) or body
        if kind is SectionKind.TITLE:
            titles.append(" ".join(passage.text.split()))
        if passage.text.strip():
            blocks.append(RawBlock(start=start, end=start + len(passage.text), kind=kind))
    infons = {**(parsed.passages[0].infons if parsed.passages else {}), **parsed.infons}
    if any("\x00" in value for value in (text, parsed.key, *infons.values())):
        raise InputError(f"{source}: document {parsed.key!r} has NUL characters: get the file again")
    year = re.search(r"\b(1[89]\d\d|20\d\d)\b", infons.get("year", "") or infons.get("date", ""))
    return RawDocument(
        id=_document_id(parsed),
        title=titles[0] if titles else "",
        text=text,
        format="bioc",
        blocks=tuple(blocks),
        year=int(year[1]) if year else None,
        journal=infons.get("journal-title") or infons.get("journal") or None,
        licence=infons.get("license") or None,
        source=source,
        sha256=hash_of(parsed.raw),
    )


def _document_id(parsed: _Parsed) -> str:
    """Return the id that the file gives the document, else its PMC number among the infons, else one made of its content."""
    infons = {**(parsed.passages[0].infons if parsed.passages else {}), **parsed.infons}
    number = pmc_curie(infons.get("article-id_pmc", ""))
    if number and not re.fullmatch(r"(?:PMC)?[0-9]+", parsed.key):
        return number
    return document_id(parsed.key) or content_document_id(hash_of(parsed.raw))


def _kind_of_passage(infons: Mapping[str, str]) -> SectionKind | None:
    """Return the kind that a passage's infons name: its type where that is telling, else its section."""
    section = (infons.get("section_type") or infons.get("section") or "").lower()
    type_ = (infons.get("type") or "").lower()
    for pattern, kind in _TYPES:
        if pattern.fullmatch(type_) and not (kind is SectionKind.HEADING and section in ("title", "")):
            return kind
    if type_ in ("front", "title") and section in ("", "title"):
        return SectionKind.TITLE
    return kind_of_heading(section) or kind_of_heading(type_)


def _assemble(passages: tuple[_Passage, ...]) -> tuple[str, list[int]]:
    """Return the text and where each passage starts in it."""
    parts: list[str] = []
    starts: list[int] = []
    length, shift = 0, 0
    for passage in passages:
        gap = passage.offset + shift - length
        if not 0 <= gap <= _MAX_GAP or (gap == 0 and length and passage.text):
            shift = length + 2 - passage.offset if length else -passage.offset
            gap = 2 if length else 0
        parts += ["\n" * gap, passage.text]
        starts.append(length + gap)
        length += gap + len(passage.text)
    return "".join(parts), starts


def _xml_documents(stream: BinaryIO, source: str) -> Iterator[_Parsed]:
    for element in iterate_elements(stream, frozenset({"document"}), source=source):
        passages = tuple(_xml_passage(node, source) for node in element.iterfind("passage"))
        yield _Parsed(
            key=(element.findtext("id") or "").strip(),
            infons=_xml_infons(element),
            passages=passages,
            relations=tuple(_xml_relation(node) for node in element.iter("relation")),
            raw=etree.tostring(element, encoding="utf-8", with_tail=False),
        )


def _xml_passage(element: etree._Element, source: str) -> _Passage:
    text = text_of(element.find("text"))
    offset = _number(element.findtext("offset"), source)
    if not text:
        sentences = [(_number(node.findtext("offset"), source), text_of(node.find("text"))) for node in element.iterfind("sentence")]
        for start, sentence in sentences:
            text = text.ljust(min(start - offset, len(text) + _MAX_GAP)) + sentence
    annotations = []
    for node in element.iter("annotation"):
        infons = _xml_infons(node)
        places = tuple((_number(place.get("offset"), source), _number(place.get("length"), source)) for place in node.iterfind("location"))
        if places:
            annotations.append(_Annotation(id=node.get("id") or "", type=infons.get("type", ""), identifiers=_identifiers(infons), places=places))
    return _Passage(offset=offset, text=text, infons=_xml_infons(element), annotations=tuple(annotations))


def _xml_infons(element: etree._Element) -> dict[str, str]:
    return {node.get("key") or "": (node.text or "").strip() for node in element.iterfind("infon")}


def _xml_relation(element: etree._Element) -> _Relation:
    return _relation(_xml_infons(element), [(node.get("role") or "", node.get("refid") or "") for node in element.iterfind("node")])


def _relation(infons: Mapping[str, str], nodes_by_role: list[tuple[str, str]]) -> _Relation:
    """Return a relation from its subject to its object where roles tell them, else in the file's order."""
    nodes = [refid for _, refid in sorted(nodes_by_role, key=lambda node: _ROLES.get(node[0].lower(), 0))]
    named = [infons[key] for key in ("entity1", "entity2") if key in infons] or [infons[key] for key in ("Chemical", "Disease") if key in infons]
    ends = (nodes if len(nodes) > 1 else named) + ["", ""]
    return _Relation(
        type=infons.get("type") or infons.get("relation") or "",
        ends=(ends[0], ends[1]),
        note=infons.get("novel", ""),
        negated=infons.get("negated", "").lower() in _YES,
    )


def _identifiers(infons: Mapping[str, str]) -> tuple[str, ...]:
    return next((split_identifiers(infons[key]) for key in _IDENTIFIER_KEYS if infons.get(key)), ())


def _number(value: object, source: str) -> int:
    text = str(value if value is not None else 0)
    if not re.fullmatch(r"\s*[0-9]{1,9}\s*", text):
        raise InputError(f"{source}: BioC offset or length is no number: {text[:40]!r}")
    return int(text)


def _json_documents(data: bytes, source: str) -> Iterator[_Parsed]:
    text = decode_bytes(data, source=source).text
    try:
        roots = [parse_json(text, where=source)]
    except InputError:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or not _is_json(lines[0]):
            raise
        roots = [parse_json(line, where=f"{source}: document {number}") for number, line in enumerate(lines, start=1)]
    for root in roots:
        yield from _json_tree(root, source)


def _is_json(line: str) -> bool:
    try:
        parse_json(line, where="")
    except InputError:
        return False
    return True


def _json_tree(node: object, source: str) -> Iterator[_Parsed]:
    if isinstance(node, list):
        for item in node:
            yield from _json_tree(item, source)
        return
    if isinstance(node, dict):
        if isinstance(node.get("passages"), list):
            yield _json_document(node, source)
            return
        for key in ("documents", "PubTator3"):
            if isinstance(node.get(key), list):
                yield from _json_tree(node[key], source)
                return
    raise InputError(f"{source}: JSON that is not shaped as BioC: expected documents with passages, found {type(node).__name__}")


def _json_document(node: dict[str, object], source: str) -> _Parsed:
    passages = _objects(node.get("passages"))
    sentences = [sentence for passage in passages for sentence in _objects(passage.get("sentences"))]
    return _Parsed(
        key=str(node.get("id") or ""),
        infons=_json_infons(node),
        passages=tuple(_json_passage(item, source) for item in passages),
        relations=tuple(_json_relation(item) for part in (node, *passages, *sentences) for item in _objects(part.get("relations"))),
        raw=json.dumps(node, sort_keys=True, ensure_ascii=False).encode(),
    )


def _json_passage(node: dict[str, object], source: str) -> _Passage:
    text, offset = str(node.get("text") or ""), _number(node.get("offset"), source)
    sentences = _objects(node.get("sentences"))
    if not text:
        for sentence in sentences:
            start = _number(sentence.get("offset"), source)
            text = text.ljust(min(start - offset, len(text) + _MAX_GAP)) + str(sentence.get("text") or "")
    annotations = []
    for item in [*_objects(node.get("annotations")), *(item for sentence in sentences for item in _objects(sentence.get("annotations")))]:
        infons = _json_infons(item)
        places = tuple((_number(place.get("offset"), source), _number(place.get("length"), source)) for place in _objects(item.get("locations")))
        if places:
            annotations.append(_Annotation(id=str(item.get("id") or ""), type=infons.get("type", ""), identifiers=_identifiers(infons), places=places))
    return _Passage(offset=offset, text=text, infons=_json_infons(node), annotations=tuple(annotations))


def _json_relation(node: dict[str, object]) -> _Relation:
    return _relation(_json_infons(node), [(str(item.get("role") or ""), str(item.get("refid") or "")) for item in _objects(node.get("nodes"))])


def _json_infons(node: dict[str, object]) -> dict[str, str]:
    infons = node.get("infons")
    return {str(key): str(value) for key, value in infons.items() if isinstance(value, (str, int, float))} if isinstance(infons, dict) else {}


def _objects(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
