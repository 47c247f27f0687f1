"""`litkg import` and `remove` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

from litkg.jsonl import dump_extraction
from litkg.stores import open_store
from tests.cli.conftest import Run
from tests.graphs import extractions


def little_graph(folder: Path) -> Path:
    with open_store(folder / "little") as store:
        store.upsert(extractions())
    return folder / "little"


def checksum(path: Path) -> str:
    with open_store(path) as store:
        return store.checksum()


def test_a_dump_makes_the_same_graph_and_loading_it_again_nothing(run: Run, tmp_path: Path) -> None:
    graph = little_graph(tmp_path)
    run("export", "--store", graph, "--format", "jsonl", "-o", "dump.jsonl")
    first = json.loads(run("import", "dump.jsonl", "--store", "copy", "--json").stdout)
    assert (first["loaded"]["documents"], first["already_there"], first["skipped"]) == (4, 0, {})
    assert checksum(tmp_path / "copy") == checksum(graph)
    again = run("import", "dump.jsonl", "--store", "copy")
    assert again.exit_code == 0
    assert "4 already there" in again.stdout
    assert checksum(tmp_path / "copy") == checksum(graph)


def test_the_extract_format_makes_the_same_graph(run: Run, tmp_path: Path) -> None:
    graph = little_graph(tmp_path)
    lines = [line for extraction in extractions() for line in dump_extraction(extraction)]
    (tmp_path / "found.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("import", "found.jsonl", "--store", "copy").exit_code == 0
    assert checksum(tmp_path / "copy") == checksum(graph)


def test_a_resource_is_replaced_whole_and_removed_by_its_name(run: Run, tmp_path: Path) -> None:
    graph = little_graph(tmp_path)
    before = checksum(graph)
    nodes = "".join(json.dumps({"id": f"NCBIGene:{number}", "category": ["biolink:Gene"], "name": str(number)}) + "\n" for number in range(30))
    (tmp_path / "nodes.jsonl").write_text(nodes, encoding="utf-8")

    def load(count: int) -> dict[str, object]:
        edges = [{"subject": f"NCBIGene:{number}", "predicate": "biolink:affects", "object": "NCBIGene:29"} for number in range(count)]
        (tmp_path / "edges.jsonl").write_text("".join(json.dumps(item) + "\n" for item in edges), encoding="utf-8")
        found: dict[str, object] = json.loads(run("import", "nodes.jsonl", "edges.jsonl", "--source", "some net", "--store", graph, "--json").stdout)
        return found

    assert load(20)["sources"] == ["some-net"]
    assert load(3)["removed_before"] != 0
    rows = json.loads(run("cypher", "MATCH (e:Evidence) WHERE e.extractor STARTS WITH 'kgx/some-net/' RETURN count(e) AS n", "--store", graph, "--json").stdout)
    assert rows == [{"n": 3}]
    assert run("remove", "litkg.source:some-net", "--store", graph).exit_code == 0
    assert checksum(graph) == before
    assert run("remove", "litkg.source:some-net", "PMID:101", "--store", graph).exit_code == 1
    assert checksum(graph) != before


def test_a_file_of_another_kind_is_one_line_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Some paper\n", encoding="utf-8")
    result = run("import", "x.txt", "--store", "copy")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "no graph that litkg reads" in result.stderr
    assert run("import", "missing", "--store", "copy").exit_code == 2


def test_nothing_to_load_ends_with_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "n.jsonl").write_text('{"id":"UBERON:1","category":["biolink:AnatomicalEntity"],"name":"x"}\n', encoding="utf-8")
    result = run("import", "n.jsonl", "--store", "copy")
    assert result.exit_code == 1
    assert "skipped 1 times: node of biolink:AnatomicalEntity" in result.stderr
