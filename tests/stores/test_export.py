"""Exports say the same as the graph, and the same graph gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest

from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.export import graphml, write_assertions_csv, write_concepts_csv, write_graphml, write_jsonl
from tests.graphs import ASSERTIONS, extractions

WRITERS = [write_graphml, write_jsonl, write_concepts_csv, write_assertions_csv]


@pytest.fixture
def loaded(embedded_store: GraphStore) -> GraphStore:
    embedded_store.upsert(extractions())
    return embedded_store


def test_graphml_is_read_back_with_its_signs(loaded: GraphStore) -> None:
    graph = nx.parse_graphml(graphml(loaded.to_networkx()), force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (10, 13)
    assertion = ASSERTIONS["ido_lowers_serotonin"]
    assert graph.edges[assertion.subject, assertion.object, assertion.id]["sign"] == -1
    assert graph.nodes["HGNC:6000"]["categories"] == "Gene|Cytokine"


def test_jsonl_holds_every_node_and_relationship(loaded: GraphStore) -> None:
    text = io.StringIO()
    write_jsonl(loaded, text)
    kinds = [json.loads(line)["type"] for line in text.getvalue().splitlines()]
    assert kinds.count("node") == len(list(loaded.nodes()))
    assert kinds.count("relationship") == len(list(loaded.relationships()))


def test_csv_holds_concepts_and_assertions(loaded: GraphStore) -> None:
    concepts, assertions = io.StringIO(), io.StringIO()
    write_concepts_csv(loaded, concepts)
    write_assertions_csv(loaded, assertions)
    assert len(list(csv.DictReader(io.StringIO(concepts.getvalue())))) == 10
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(assertions.getvalue()))}
    assert rows[ASSERTIONS["methotrexate_adverse_depression"].id]["negated"] == "True"


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: str(write.__name__))
def test_the_same_graph_gives_the_same_bytes(loaded: GraphStore, tmp_path: Path, write: object) -> None:
    texts = []
    with open_store(tmp_path / "other") as other:
        for extraction in reversed(extractions()):
            other.upsert([extraction])
        for store in (loaded, other):
            text = io.StringIO()
            write(store, text)  # type: ignore[operator]
            texts.append(text.getvalue())
    assert texts[0] == texts[1]
