from __future__ import annotations

import json
from pathlib import Path

import pytest

from litkg.errors import InputError
from litkg.sources.bioc import read_annotations
from tests.sources.shared import blocks_of, read_bytes

TITLE, ABSTRACT = "Drugs and mood", "A drug lowered β-endorphin."


def document(*, abstract_offset: int = 15) -> dict[str, object]:
    place = abstract_offset + ABSTRACT.index("β-endorphin")
    return {
        "id": "55",
        "infons": {"year": "2011", "journal": "J Tales"},
        "passages": [
            {"offset": 0, "infons": {"type": "title"}, "text": TITLE},
            {
                "offset": abstract_offset,
                "infons": {"type": "abstract"},
                "text": ABSTRACT,
                "annotations": [
                    {"id": "T1", "infons": {"type": "Gene", "identifier": "5443"}, "text": "x", "locations": [{"offset": place, "length": 11}]},
                    {"id": "T2", "infons": {"type": "Chemical"}, "text": "drug", "locations": [{"offset": abstract_offset + 2, "length": 4}]},
                ],
            },
        ],
        "relations": [{"infons": {"type": "Negative"}, "nodes": [{"refid": "T2"}, {"refid": "T1"}]}],
    }


def as_xml(parts: dict[str, object]) -> bytes:
    """Return the same document as BioC XML."""

    def infons(node: dict) -> str:  # type: ignore[type-arg]
        return "".join(f'<infon key="{key}">{value}</infon>' for key, value in node.get("infons", {}).items())

    passages = ""
    for passage in parts["passages"]:  # type: ignore[attr-defined]
        marks = "".join(
            f'<annotation id="{mark["id"]}">{infons(mark)}<location offset="{place["offset"]}" length="{place["length"]}"/><text>x</text></annotation>'
            for mark in passage.get("annotations", [])
            for place in mark["locations"]
        )
        passages += f"<passage>{infons(passage)}<offset>{passage['offset']}</offset><text>{passage['text']}</text>{marks}</passage>"
    relation = '<relation id="R"><infon key="type">Negative</infon><node refid="T2" role=""/><node refid="T1" role=""/></relation>'
    inner = f"<document><id>55</id>{infons(parts)}{passages}{relation}</document>"
    return f"<?xml version='1.0'?><!DOCTYPE collection SYSTEM 'BioC.dtd'><collection><source>x</source>{inner}</collection>".encode()


def as_collection(parts: dict[str, object]) -> bytes:
    return json.dumps({"source": "x", "documents": [parts]}, ensure_ascii=False).encode()


WAYS = [as_collection, as_xml, lambda parts: json.dumps([{"PubTator3": [parts]}]).encode(), lambda parts: json.dumps(parts).encode() + b"\n"]


@pytest.mark.parametrize("way", WAYS)
def test_reads_the_same_document_in_every_dress(tmp_path: Path, way) -> None:  # type: ignore[no-untyped-def]
    (read,) = read_bytes(tmp_path, way(document()))
    assert (read.id, read.title, read.year, read.journal) == ("PMID:55", TITLE, 2011, "J Tales")
    assert blocks_of(read) == [("title", TITLE), ("abstract", ABSTRACT)]
    assert read.text == f"{TITLE}\n{ABSTRACT}"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("offset", [15, 14, 5, 40, 900_000])
def test_annotations_point_at_their_text_even_where_offsets_cannot_hold(tmp_path: Path, way, offset: int) -> None:  # type: ignore[no-untyped-def]
    data = way(document(abstract_offset=offset))
    (read,) = read_bytes(tmp_path, data)
    gold = read_annotations(data, source="f")
    assert [(mention.text, mention.type, mention.identifiers) for mention in gold.mentions] == [("β-endorphin", "Gene", ("5443",)), ("drug", "Chemical", ())]
    assert all(read.text[mention.start : mention.end] == mention.text for mention in gold.mentions)
    assert [(relation.type, relation.subject, relation.object) for relation in gold.relations] == [("Negative", "T2", "5443")]


def test_full_text_passages_have_their_kinds(tmp_path: Path) -> None:
    rows = [
        ("TITLE", "front", "A title"),
        ("ABSTRACT", "abstract", "An abstract."),
        ("INTRO", "title_1", "Introduction"),
        ("INTRO", "paragraph", "Opening."),
        ("RESULTS", "paragraph", "It rose."),
        ("FIG", "fig_caption", "Figure 1."),
        ("TABLE", "table", "a b"),
        ("REF", "ref", "Someone."),
        ("COMP_INT", "paragraph", "None."),
    ]
    passages, offset = [], 0
    for section, type_, text in rows:
        passages.append({"offset": offset, "infons": {"section_type": section, "type": type_, "article-id_pmc": "77"}, "text": text})
        offset += len(text) + 1
    (read,) = read_bytes(tmp_path, json.dumps({"documents": [{"id": "x", "passages": passages}]}).encode())
    assert read.id == "PMC:PMC77"
    assert [kind for kind, _ in blocks_of(read)] == ["title", "abstract", "heading", "introduction", "results", "caption", "table", "references", "furniture"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"documents": [{"passages": [', "broken or truncated JSON"),
        (b'{"documents": [5]}', "not shaped as BioC"),
        (b'{"documents": [{"id": "1", "passages": [{"offset": "x", "text": "t"}]}]}', "no number"),
        (b"<?xml version='1.0'?><collection><document><passage>", "truncated XML"),
        (b'{"documents": ' + b"[" * 100_000, "nested too deep|truncated"),
    ],
)
def test_says_what_is_wrong(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_bytes(tmp_path, data)


def test_an_empty_document_is_told(tmp_path: Path) -> None:
    warnings: list[str] = []
    assert read_bytes(tmp_path, b'{"documents": [{"id": "9", "passages": []}]}', warnings=warnings) == []
    assert warnings == ["document 9 has no text: passed over"]


@pytest.mark.parametrize("way", WAYS)
def test_relations_of_annotations_keep_their_keys(way) -> None:  # type: ignore[no-untyped-def]
    (relation,) = read_annotations(way(document()), source="f").relations
    assert (relation.subject_key, relation.object_key, relation.between_mentions, relation.negated) == ("T2", "T1", True, False)


@pytest.mark.parametrize(
    ("infons", "nodes", "ends", "between", "negated"),
    [
        ({"type": "CID", "entity1": "D1", "entity2": "D2"}, [], ("D1", "D2"), False, False),
        ({"relation": "CID", "Disease": "D2", "Chemical": "D1"}, [], ("D1", "D2"), False, False),
        ({"type": "X", "negated": True}, [("object", "T1"), ("subject", "T2")], ("T2", "5443"), True, True),
        ({"type": "X", "negated": False}, [("a", "T1"), ("b", "T2")], ("5443", "T2"), True, False),
    ],
    ids=["entities", "kinds", "roles", "order"],
)
@pytest.mark.parametrize("inside", [False, True], ids=["document", "passage"])
def test_relations_name_ends_in_several_ways(
    infons: dict[str, object], nodes: list[tuple[str, str]], ends: tuple[str, str], between: bool, negated: bool, inside: bool
) -> None:
    parts = document()
    relation = {"infons": infons, "nodes": [{"role": role, "refid": refid} for role, refid in nodes]}
    parts["relations"] = []
    (parts["passages"][1] if inside else parts)["relations"] = [relation]  # type: ignore[index]
    (found,) = read_annotations(as_collection(parts), source="f").relations
    assert ((found.subject, found.object), found.between_mentions, found.negated) == (ends, between, negated)
