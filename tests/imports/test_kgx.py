"""Graphs of other resources join as sources of their own, and what litkg wrote comes back as it was."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.biolink import biolink_statement, read_statement
from litkg.errors import InputError
from litkg.imports.kgx import Unknown, read_kgx
from litkg.imports.outcome import Outcome
from litkg.model import Extraction
from litkg.predicates import ASPECTS, SUBJECT_ASPECT_SIGN, load_predicates
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.exports.kgx import write_edges_jsonl, write_edges_tsv, write_nodes_jsonl, write_nodes_tsv
from tests.graphs import extractions
from tests.stores.generated import collections

NODES = (
    {"id": "NCBIGene:1", "category": ["biolink:Gene"], "name": "one"},
    {"id": "MONDO:2", "category": ["biolink:Disease"], "name": "two", "xref": ["MESH:D2"]},
    {"id": "CHEBI:3", "category": ["biolink:SmallMolecule", "biolink:ChemicalEntity"], "name": "three"},
    {"id": "UBERON:4", "category": ["biolink:GrossAnatomicalStructure"], "name": "four"},
)


def edge(subject: str, predicate: str, object_: str, **further: object) -> dict[str, object]:
    return {"id": "e", "subject": subject, "predicate": f"biolink:{predicate}", "object": object_, "primary_knowledge_source": "infores:somenet", **further}


def read(folder: Path, edges: list[dict[str, object]], **options: object) -> tuple[list[Extraction], Outcome]:
    (folder / "nodes.jsonl").write_text("".join(json.dumps(node) + "\n" for node in NODES), encoding="utf-8")
    (folder / "edges.jsonl").write_text("".join(json.dumps(item) + "\n" for item in edges), encoding="utf-8")
    outcome = Outcome()
    return list(read_kgx([folder / "edges.jsonl", folder / "nodes.jsonl"], outcome, **options)), outcome  # type: ignore[arg-type]


def claims(store: GraphStore) -> Counter[tuple[object, ...]]:
    rows = store.run(
        "MATCH (s:Concept)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(o:Concept) RETURN a.id AS id, s.id AS s, o.id AS o, a.predicate AS p, a.aspect AS x, "
        "a.subject_aspect AS y, a.sign AS sign, a.negated AS n, a.belief AS b, a.n_support AS ns, a.n_refute AS nr, a.first_year AS year"
    )
    return Counter(tuple(row.values()) for row in rows)


@settings(max_examples=int(os.environ.get("LITKG_EXPORT_ROUNDS", "8")), deadline=None)
@given(papers=collections, table=st.booleans())
def test_what_litkg_wrote_comes_back_with_signs_aspects_and_negation(
    papers: tuple[Extraction, ...], table: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kgx")
    writers = ((write_nodes_tsv, "n"), (write_edges_tsv, "e")) if table else ((write_nodes_jsonl, "n"), (write_edges_jsonl, "e"))
    with open_store(folder / "one") as store, open_store(folder / "two") as other:
        store.upsert(papers)
        for write, name in writers:
            text = io.StringIO(newline="")
            write(store, text)
            (folder / name).write_bytes(text.getvalue().encode())
        other.upsert(read_kgx([folder / "n", folder / "e"], Outcome()))
        assert claims(other) == claims(store)
        evidence = "MATCH (e:Evidence)-[:FROM]->(d:Document) RETURN d.id AS document, e ORDER BY d.id, e.id"
        assert list(other.run(evidence)) == list(store.run(evidence))


@pytest.mark.parametrize("predicate", sorted(load_predicates()))
@pytest.mark.parametrize("state", sorted(SUBJECT_ASPECT_SIGN, key=str))
def test_biolink_alone_says_what_litkg_says(predicate: str, state: str | None) -> None:
    """Without litkg's own words, but for what Biolink cannot tell apart: aspects of severity, forms and comparisons, and weaker words for a state's effect."""
    for aspect in sorted(ASPECTS - {"severity"}) + [None]:  # noqa: RUF005
        fields = biolink_statement(predicate, aspect, state)
        del fields["original_predicate"]
        reading = read_statement(fields)
        if predicate in ("form_of", "compared_with"):
            assert reading is None
        else:
            assert reading is not None
            assert (reading.predicate, reading.aspect, reading.subject_aspect, reading.notes) == (predicate, aspect, state, ())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"predicate": "biolink:treated_by"}, ("treats", None, None, True)),
        ({"predicate": "biolink:increases_expression_of"}, ("increases", "expression", None, False)),
        ({"predicate": "biolink:has_side_effect"}, ("has_adverse_event", None, None, False)),
        (
            {"predicate": "biolink:affected_by", "qualified_predicate": "biolink:caused_by", "subject_direction_qualifier": "downregulated"},
            ("decreases", None, None, True),
        ),
        (
            {"predicate": "biolink:affects", "qualified_predicate": "biolink:causes", "object_direction_qualifier": "increased"}
            | {"object_aspect_qualifier": "phosphorylation"},
            ("affects", None, None, False),
        ),
        ({"predicate": "biolink:located_in"}, None),
    ],
    ids=["inverse", "old", "synonym", "inverse-qualified", "unknown-aspect", "unknown"],
)
def test_words_of_other_resources_are_read(fields: dict[str, object], expected: tuple[object, ...] | None) -> None:
    reading = read_statement(fields)
    assert (reading and (reading.predicate, reading.aspect, reading.subject_aspect, reading.swapped)) == expected


def test_an_edge_becomes_evidence_of_its_resource(tmp_path: Path) -> None:
    given_edge = edge("CHEBI:3", "treats", "MONDO:2", publications=["PMID:9", "PMID:8"], agent_type="manual_agent", knowledge_level="knowledge_assertion")
    (found,), outcome = read(tmp_path, [given_edge])
    (evidence,) = found.evidence
    assert found.document.id.startswith("litkg.source:somenet/")
    assert (evidence.text, evidence.publications, evidence.confidence, evidence.negated) == ("", ("PMID:8", "PMID:9"), 0.95, False)
    assert evidence.extractor == "kgx/somenet/manual_agent/knowledge_assertion"
    assert outcome.sources == {"somenet": {found.document.id}}


def test_a_negated_edge_refutes_and_a_prediction_is_hedged(tmp_path: Path) -> None:
    edges = [
        edge("CHEBI:3", "treats", "MONDO:2", negated=True),
        edge("NCBIGene:1", "causes", "MONDO:2", knowledge_level="prediction", has_confidence_score=0.4),
    ]
    found, _ = read(tmp_path, edges)
    by_predicate = {extraction.assertions[0].predicate: extraction.evidence[0] for extraction in found}
    assert by_predicate["treats"].negated
    assert (by_predicate["causes"].certainty, by_predicate["causes"].confidence) == ("possible", 0.4)


def test_what_cannot_be_said_is_counted_by_reason(tmp_path: Path) -> None:
    edges = [
        *(edge("NCBIGene:1", "located_in", "MONDO:2"), edge("NCBIGene:1", "affects", "UBERON:4"), edge("NCBIGene:1", "affects", "MONDO:99")),
        *(edge("MONDO:2", "treats", "MONDO:2"), edge("NCBIGene:1", "affects", "MONDO:2", anatomical_context_qualifier="UBERON:4")),
    ]
    found, outcome = read(tmp_path, edges)
    assert outcome.skipped == {
        "node of biolink:GrossAnatomicalStructure, for which litkg has no category": 1,
        "edge whose predicate biolink:located_in has no counterpart": 1,
        "edge with an end of biolink:GrossAnatomicalStructure": 1,
        "edge with an end that is not among the nodes": 1,
        "edge from a node to itself": 1,
    }
    assert outcome.notes == {"edge read without its anatomical_context_qualifier UBERON:4": 1}
    assert sum(len(extraction.evidence) for extraction in found) == 1


def test_an_unknown_predicate_is_an_association_where_asked_for(tmp_path: Path) -> None:
    (found,), outcome = read(tmp_path, [edge("NCBIGene:1", "located_in", "MONDO:2")], unknown=Unknown.ASSOCIATE)
    assert found.assertions[0].predicate == "associated_with"
    assert outcome.notes.total() == 1


def test_a_packed_table_says_the_same_as_lines_of_json(tmp_path: Path) -> None:
    edges = [edge("CHEBI:3", "treats", "MONDO:2", publications=["PMID:8", "PMID:9"])]
    lines, _ = read(tmp_path, edges)
    table = "id\tcategory\tname\txref\n" + "".join(f"{n['id']}\t{'|'.join(n['category'])}\t{n['name']}\t{'|'.join(n.get('xref', []))}\n" for n in NODES)
    with gzip.open(tmp_path / "n.tsv.gz", "wt", encoding="utf-8") as handle:
        handle.write(table)
    names = list(edges[0])
    row = "\t".join("|".join(value) if isinstance(value, list) else str(value) for value in edges[0].values())
    (tmp_path / "e.tsv").write_text("\t".join(names) + "\n" + row + "\n", encoding="utf-8")
    assert list(read_kgx([tmp_path / "n.tsv.gz", tmp_path / "e.tsv"], Outcome())) == lines


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "line 1: broken or truncated JSON"),
        ('{"id": "a:\\ud800", "category": ["biolink:Gene"]}', "half a character"),
        ('{"id": 3}', "id must be a string"),
        ('{"name": "x"}', "neither a node"),
        ('{"id": "a:1", "category": ["biolink:Gene"], "name": 7}', "name must be a string"),
        ('{"id": "a:1", "category": [1]}', "category must be a list of strings"),
        ("id\tcategory\na\tb\tc", "3 cells under 2 names"),
        ('{"id": "e", "subject": "a:1", "predicate": "biolink:treats", "object": "b:2", "litkg_evidence": ["x"]}', "litkg_evidence: broken or truncated JSON"),
    ],
    ids=["json", "surrogate", "id", "neither", "name", "category", "cells", "evidence"],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "f").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        list(read_kgx([tmp_path / "f"], Outcome()))


def test_a_resource_beside_papers_can_be_told_apart_and_removed(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        store.upsert(extractions())
        before = store.checksum()
        found, _ = read(tmp_path, [edge("CHEBI:3", "treats", "MONDO:2"), edge("NCBIGene:1", "causes", "MONDO:2")])
        store.upsert(found)
        with_source = store.checksum()
        rows = store.run("MATCH (e:Evidence)-[:FROM]->(d:Document) WHERE d.id STARTS WITH 'litkg.source:somenet/' RETURN count(e) AS count")
        assert next(rows)["count"] == 2
        store.upsert(read(tmp_path, [edge("NCBIGene:1", "causes", "MONDO:2"), edge("CHEBI:3", "treats", "MONDO:2")])[0])
        assert store.checksum() == with_source
        for extraction in found:
            assert store.remove(extraction.document.id)
        assert store.checksum() == before


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"id\tcategory\nMONDO:2\tbiolink:Disease\n" * 50))
    packed[10] = 0x07  # a block of a type that deflate has not
    path = tmp_path / "nodes.tsv.gz"
    path.write_bytes(packed)
    with pytest.raises(InputError, match="broken gzip file"):
        list(read_kgx([path], Outcome()))
