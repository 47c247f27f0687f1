"""Records of what read documents: counted as documents come and go, the same on both stores, and gone with the last document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from litkg.errors import StoreError
from litkg.model import Extraction, Run, make_run
from litkg.queries import bind, get_query, run_query
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from tests.graphs import extractions

FIRST = make_run(
    litkg="0.1.0", code="c1", lexicon="l1", extractors=("patterns/1",), models={"pairs": "m1"}, packages={"spacy": "3.8"}, settings={"linker": "litkg"}
)
SECOND = make_run(litkg="0.2.0", code="c2", lexicon="l1")


def read_by(run: Run | None, *numbers: int) -> list[Extraction]:
    return [replace(extractions()[number], run=run) for number in numbers]


def counts(store: GraphStore) -> dict[str, tuple[object, object]]:
    rows = store.run("MATCH (r:Run) RETURN r.id AS id, r.n_documents AS documents, r.n_evidence AS evidence")
    return {str(row["id"]): (row["documents"], row["evidence"]) for row in rows}


def evidence(*numbers: int) -> int:
    return sum(len(extractions()[number].evidence) for number in numbers)


def test_a_run_counts_what_it_read(store: GraphStore) -> None:
    store.upsert([*read_by(FIRST, 0, 1), *read_by(SECOND, 2), *read_by(None, 3)])
    assert counts(store) == {FIRST.id: (2, evidence(0, 1)), SECOND.id: (1, evidence(2))}
    rows = store.run("MATCH (d:Document)-[:READ_IN]->(r:Run) RETURN d.id AS document, r.id AS run ORDER BY document")
    assert [(row["document"], row["run"]) for row in rows] == [("PMID:101", FIRST.id), ("PMID:102", FIRST.id), ("PMID:103", SECOND.id)]


def test_a_document_that_is_read_again_changes_its_run(store: GraphStore) -> None:
    store.upsert(read_by(FIRST, 0, 1))
    store.upsert(read_by(SECOND, 1))
    assert counts(store) == {FIRST.id: (1, evidence(0)), SECOND.id: (1, evidence(1))}
    store.upsert(read_by(FIRST, 0))
    assert counts(store) == {FIRST.id: (1, evidence(0)), SECOND.id: (1, evidence(1))}
    store.upsert(read_by(SECOND, 0))
    assert counts(store) == {SECOND.id: (2, evidence(0, 1))}


def test_a_run_goes_with_its_last_document(store: GraphStore) -> None:
    store.upsert(read_by(FIRST, 0, 1))
    store.remove("PMID:101")
    assert counts(store) == {FIRST.id: (1, evidence(1))}
    store.remove("PMID:102")
    assert counts(store) == {}
    assert list(store.nodes()) == []


def test_runs_are_part_of_what_a_graph_is(store: GraphStore, tmp_path: Path) -> None:
    store.upsert(read_by(FIRST, 0, 1))
    store.upsert(read_by(SECOND, 1))
    with open_store(tmp_path / "other") as other:
        other.upsert([*read_by(SECOND, 1), *read_by(FIRST, 0)])
        assert other.checksum() == store.checksum()
        other.upsert(read_by(None, 1))
        assert other.checksum() != store.checksum()


def test_what_read_a_document_can_be_asked(store: GraphStore) -> None:
    store.upsert([*read_by(FIRST, 0, 1), *read_by(SECOND, 2), *read_by(None, 3)])
    query = get_query("runs")
    first, second = run_query(store, query, bind(query, {}))
    assert first == {
        "run_id": FIRST.id,
        "litkg": "0.1.0",
        "code": "c1",
        "lexicon": "l1",
        "extractors": ["patterns/1"],
        "models": ["pairs m1"],
        "packages": ["spacy 3.8"],
        "settings": ["linker litkg"],
        "documents": 2,
        "evidence": evidence(0, 1),
    }
    assert (second["run_id"], second["models"]) == (SECOND.id, None)
    assert [row["run_id"] for row in run_query(store, query, bind(query, {"document": "PMID:103"}))] == [SECOND.id]
    assert list(run_query(store, query, bind(query, {"document": "PMID:104"}))) == []


def test_evidence_leads_to_its_run(store: GraphStore) -> None:
    store.upsert([*read_by(FIRST, 1), *read_by(None, 2)])
    query = get_query("evidence")
    shared = extractions()[1].assertions[0].id
    rows = list(run_query(store, query, bind(query, {"assertion": shared})))
    assert {(row["document_id"], row["run_id"]) for row in rows} <= {("PMID:102", FIRST.id), ("PMID:103", None)}
    assert ("PMID:102", FIRST.id) in {(row["document_id"], row["run_id"]) for row in rows}


def test_a_run_whose_id_is_not_its_hash_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store, pytest.raises(StoreError, match="its run run:0 has the content of"):
        store.upsert(read_by(replace(FIRST, id="run:0"), 0))
