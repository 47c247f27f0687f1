"""Exports say the same as the graph, each is read back by the tool it is for, and the same graph gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.model import Extraction
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.exports import paging
from litkg.stores.exports.cytoscape import write_cytoscape
from litkg.stores.exports.graphml import write_graphml
from litkg.stores.exports.jsonl import records, write_jsonl
from litkg.stores.exports.kgx import write_edges_jsonl, write_edges_tsv, write_nodes_jsonl, write_nodes_tsv
from litkg.stores.exports.tables import write_assertions_csv, write_concepts_csv
from tests.graphs import ASSERTIONS, extractions
from tests.stores.generated import collections

WRITERS = [
    *(write_graphml, write_jsonl, write_concepts_csv, write_assertions_csv, write_cytoscape),
    *(write_nodes_jsonl, write_edges_jsonl, write_nodes_tsv, write_edges_tsv),
]
ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "build" / "tools"
KGX_PYTHON = TOOLS / "kgx" / "bin" / "python"
CYTOSCAPE = TOOLS / "cytoscape" / "node_modules" / "cytoscape"


def awkward_extractions() -> tuple[Extraction, ...]:
    """Return the little graph with texts that formats trip over: quotes, commas, bars, tabs, line breaks, angle brackets, an empty title."""
    first, second, *rest = extractions()
    text = 'It said: "a|b",\tthen <c>\r\n& no more; \\ \u00e9\U0001f9ec.'
    evidence = tuple(replace(item, text=text) for item in first.evidence)
    return (
        replace(first, document=replace(first.document, title="", journal=None, year=None), evidence=evidence),
        replace(second, document=replace(second.document, title='A "quoted", <angled> & barred | title')),
        *rest,
    )


@pytest.fixture
def loaded(embedded_store: GraphStore) -> GraphStore:
    embedded_store.upsert(awkward_extractions())
    return embedded_store


def written(store: GraphStore, write: object) -> str:
    text = io.StringIO()
    write(store, text)  # type: ignore[operator]
    return text.getvalue()


def test_graphml_is_read_back_with_its_signs(loaded: GraphStore, tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    path.write_text(written(loaded, write_graphml), encoding="utf-8")
    graph = nx.read_graphml(path, force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (10, 13)
    assertion = ASSERTIONS["ido_lowers_serotonin"]
    assert graph.edges[assertion.subject, assertion.object, assertion.id]["sign"] == -1
    assert graph.nodes["HGNC:6000"]["categories"] == "Gene|Cytokine"
    ours = loaded.to_networkx()
    assert {key: data["belief"] for *_, key, data in graph.edges(keys=True, data=True)} == {
        key: data["belief"] for *_, key, data in ours.edges(keys=True, data=True)
    }


def test_graphml_is_read_by_igraph(loaded: GraphStore, tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    path.write_text(written(loaded, write_graphml), encoding="utf-8")
    code = "import igraph, sys; g = igraph.Graph.Read_GraphML(sys.argv[1]); print(g.vcount(), g.ecount(), sorted(g.es['sign']).count(-1))"
    answer = subprocess.run([tool(KGX_PYTHON), "-c", code, path], capture_output=True, text=True, check=True).stdout.split()
    assert answer == ["10", "13", str(sum(item.sign == -1 for item in ASSERTIONS.values()))]


def test_jsonl_holds_every_node_and_relationship(loaded: GraphStore) -> None:
    lines = [json.loads(line) for line in written(loaded, write_jsonl).splitlines()]
    assert lines[0] == {"type": "graph", "format_version": 1}
    assert Counter((line["kind"], line["id"]) for line in lines if line["type"] == "node") == Counter((node.kind, node.id) for node in loaded.nodes())
    found = Counter((line["relationship"], *line["start"], *line["end"]) for line in lines if line["type"] == "relationship")
    assert found == Counter((item.type, *item.start, *item.end) for item in loaded.relationships())


@pytest.mark.parametrize("page", [1, 3, 5000])
def test_pages_of_any_size_give_the_whole_graph(store: GraphStore, page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "_SPAN", max(page, 7))
    for pages in (paging.id_pages, paging.document_pages):
        monkeypatch.setattr(pages, "__kwdefaults__", {"size": page})
    store.upsert(awkward_extractions())
    ours = sorted(map(repr, records(store)))
    assert ours == sorted([*map(repr, store.nodes()), *map(repr, store.relationships())])


@settings(max_examples=int(os.environ.get("LITKG_EXPORT_ROUNDS", "10")), deadline=None)
@given(papers=collections, page=st.sampled_from([1, 2, 5000]))
def test_any_graph_is_dumped_whole(papers: tuple[Extraction, ...], page: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_store(tmp_path_factory.mktemp("any") / "graph") as store, pytest.MonkeyPatch.context() as patch:
        for pages in (paging.id_pages, paging.document_pages):
            patch.setattr(pages, "__kwdefaults__", {"size": page})
        store.upsert(papers)
        assert sorted(map(repr, records(store))) == sorted([*map(repr, store.nodes()), *map(repr, store.relationships())])


def test_csv_holds_concepts_and_assertions(loaded: GraphStore) -> None:
    assert len(list(csv.DictReader(io.StringIO(written(loaded, write_concepts_csv), newline="")))) == 10
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(written(loaded, write_assertions_csv), newline=""))}
    assert len(rows) == 13
    assert rows[ASSERTIONS["methotrexate_adverse_depression"].id]["negated"] == "True"


def test_cytoscape_json_is_read_by_cytoscape_js(loaded: GraphStore, tmp_path: Path) -> None:
    path = tmp_path / "graph.cyjs"
    path.write_text(written(loaded, write_cytoscape), encoding="utf-8")
    code = (
        "const cytoscape = require(process.argv[1]); const shape = JSON.parse(require('fs').readFileSync(process.argv[2]));"
        "const cy = cytoscape({headless: true, elements: shape.elements});"
        "console.log(cy.nodes().length, cy.edges().length, cy.edges('[sign = -1]').length, cy.getElementById('HGNC:6000').outdegree(false));"
    )
    node = shutil.which("node")
    if node is None:
        missing("Node.js is not installed: sudo apt-get install nodejs npm")
    answer = subprocess.run([str(node), "-e", code, tool(CYTOSCAPE), path], capture_output=True, text=True, check=True).stdout.split()
    negative = sum(item.sign == -1 for item in ASSERTIONS.values())
    assert answer == ["10", "13", str(negative), str(sum(item.subject == "HGNC:6000" for item in ASSERTIONS.values()))]


def test_cytoscape_json_of_an_empty_graph_is_json(embedded_store: GraphStore) -> None:
    assert json.loads(written(embedded_store, write_cytoscape))["elements"] == {"nodes": [], "edges": []}


def test_kgx_finds_nothing_wrong_and_reads_all(loaded: GraphStore, tmp_path: Path) -> None:
    words: list[object] = []
    for kind, *writers in (("jsonl", write_nodes_jsonl, write_edges_jsonl), ("tsv", write_nodes_tsv, write_edges_tsv)):
        paths = [tmp_path / f"{name}.{kind}" for name in ("nodes", "edges")]
        for path, write in zip(paths, writers, strict=True):
            path.write_text(written(loaded, write), encoding="utf-8")
        words += [kind, *paths]
    done = subprocess.run([tool(KGX_PYTHON), ROOT / "tools/kgx/offline.py", *map(str, words)], capture_output=True, text=True, check=True)
    answers = json.loads(done.stdout.splitlines()[-1])
    assert len(answers) == 2
    for found in answers:
        messages = [message for kinds in found["errors"].values() for messages in kinds.values() for message in messages]
        # A name that was not grounded has an id of litkg's own, and no resource stands behind it.
        assert [message for message in messages if "litkg.text" not in message] == []
        assert (found["nodes"], found["edges"], found["negated"]) == (14, 13, 1)
        assert found["publications"] == ["PMID:101", "PMID:102", "PMID:103", "PMID:104"]
        assert found["predicates"] == [*("biolink:affects", "biolink:associated_with", "biolink:has_adverse_event", "biolink:related_to", "biolink:treats")]


def tool(path: Path) -> str:
    """Return the path of a tool that `make tools` installs, as text; skip where it is not there, fail where CI is set."""
    if not path.exists():
        missing(f"{path.relative_to(ROOT)} is not there: make tools")
    return str(path)


def missing(reason: str) -> None:
    """Skip the test, or fail it where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: str(write.__name__))
def test_the_same_graph_gives_the_same_bytes(loaded: GraphStore, tmp_path: Path, write: object) -> None:
    with open_store(tmp_path / "other") as other:
        for extraction in reversed(awkward_extractions()):
            other.upsert([extraction])
        assert written(loaded, write) == written(other, write)
