"""What is exported for Neo4j's bulk importer is read by that importer, and is the same graph then."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.errors import StoreError
from litkg.model import Extraction
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.exports import neo4j_admin
from litkg.stores.exports.neo4j_admin import finish_statements, import_arguments, write_neo4j_admin
from litkg.stores.jars import NEO4J_VERSION, RELEASES, find_java
from litkg.stores.server import Server, start_server, stop_server
from tests.graphs import extractions
from tests.neo4j_server import JAVA_OPTIONS, NEO4J_MARKS
from tests.stores.generated import collections
from tests.stores.test_export import awkward_extractions

TEXTS = st.text(alphabet='a,"\n\r |\\;\x1f\u0085\u2028', max_size=6)
PASSWORD = "a password for tests only"


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in sorted(folder.iterdir())}


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_the_importer_makes_the_same_graph(embedded_store: GraphStore, neo4j_server: Server, tmp_path: Path) -> None:
    embedded_store.upsert(awkward_extractions())
    write_neo4j_admin(embedded_store, tmp_path / "files")
    jars = Path(neo4j_server.folder).parent / NEO4J_VERSION
    home = tmp_path / "home"
    server = home / f"server-{NEO4J_VERSION}"
    (server / "conf").mkdir(parents=True)
    (home / NEO4J_VERSION).symlink_to(jars.resolve(), target_is_directory=True)
    command = [str(find_java(RELEASES[NEO4J_VERSION])), "-Xmx512m", *JAVA_OPTIONS, "-cp", f"{jars}/lib/*", "org.neo4j.cli.AdminTool"]
    environment = os.environ | {"NEO4J_HOME": str(server), "NEO4J_CONF": str(server / "conf")}
    done = subprocess.run(
        [*command, *import_arguments(tmp_path / "files")], cwd=tmp_path / "files", env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    started = start_server(home, password=PASSWORD, java_options=JAVA_OPTIONS, usual_ports=False)
    try:
        with neo4j.GraphDatabase.driver(started.url, auth=(started.username, started.password)) as driver, driver.session() as session:
            for statement in finish_statements(tmp_path / "files"):
                session.run(statement).consume()
        with open_store(started.url, username=started.username, password=started.password) as imported:
            assert sorted(map(repr, imported.nodes())) == sorted(map(repr, embedded_store.nodes()))
            assert imported.checksum() == embedded_store.checksum()
    finally:
        stop_server(home)


@pytest.mark.parametrize("page", [1, 20_000])
def test_both_ways_of_writing_give_the_same_bytes(embedded_store: GraphStore, tmp_path: Path, page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_admin, "PAGE_ROWS", page)
    embedded_store.upsert(awkward_extractions())
    write_neo4j_admin(embedded_store, tmp_path / "fast")
    monkeypatch.setattr(neo4j_admin, "WritesCsv", type("Never", (), {}))
    write_neo4j_admin(embedded_store, tmp_path / "slow")
    assert contents(tmp_path / "fast") == contents(tmp_path / "slow")


@settings(max_examples=int(os.environ.get("LITKG_EXPORT_ROUNDS", "10")), deadline=None)
@given(
    papers=collections,
    texts=st.lists(st.text(alphabet='a,"\n\r |\\;\x1f\u0085\u2028', max_size=6), min_size=1, max_size=5),
    page=st.sampled_from([1, 3, 50_000]),
)
def test_both_ways_of_writing_any_text_give_the_same_bytes(
    papers: tuple[Extraction, ...], texts: list[str], page: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def reworded(paper: Extraction, number: int) -> Extraction:
        title = texts[number % len(texts)]
        evidence = tuple(replace(item, text=texts[(number + place) % len(texts)]) for place, item in enumerate(paper.evidence))
        return replace(paper, document=replace(paper.document, title=title), evidence=evidence)

    folder = tmp_path_factory.mktemp("any")
    with open_store(folder / "graph") as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(neo4j_admin, "PAGE_ROWS", page)
        store.upsert([reworded(paper, number) for number, paper in enumerate(papers)])
        fast = write_neo4j_admin(store, folder / "fast")
        patch.setattr(neo4j_admin, "WritesCsv", type("Never", (), {}))
        assert write_neo4j_admin(store, folder / "slow") == fast
        assert contents(folder / "fast") == contents(folder / "slow")
        assert fast["evidence"] + fast.get("evidence_with_lists", 0) == sum(node.kind == "Evidence" for node in store.nodes())


@pytest.mark.parametrize("store_url", [pytest.param("neo4j", marks=NEO4J_MARKS)])
def test_both_stores_give_the_same_bytes(embedded_store: GraphStore, store_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    other: GraphStore = request.getfixturevalue(f"{store_url}_store")
    for number, store in enumerate((embedded_store, other)):
        store.upsert(awkward_extractions())
        write_neo4j_admin(store, tmp_path / str(number))
    assert contents(tmp_path / "0") == contents(tmp_path / "1")


def test_the_order_of_loading_does_not_show(embedded_store: GraphStore, tmp_path: Path) -> None:
    embedded_store.upsert(extractions())
    write_neo4j_admin(embedded_store, tmp_path / "one")
    with open_store(tmp_path / "other") as other:
        for extraction in reversed(extractions()):
            other.upsert([extraction])
        write_neo4j_admin(other, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_an_empty_graph_has_no_files_to_import(embedded_store: GraphStore, tmp_path: Path) -> None:
    assert set(write_neo4j_admin(embedded_store, tmp_path / "files").values()) == {0}
    assert sorted(contents(tmp_path / "files")) == ["finish.cypher", "import.sh"]


@pytest.mark.parametrize("synonyms", [("",), ("a\x1fb",)], ids=["empty", "separator"])
def test_a_list_that_the_importer_cannot_read_is_refused(embedded_store: GraphStore, tmp_path: Path, synonyms: tuple[str, ...]) -> None:
    first, *rest = extractions()
    concepts = tuple(replace(concept, synonyms=synonyms) for concept in first.concepts)
    embedded_store.upsert([replace(first, concepts=concepts), *rest])
    with pytest.raises(StoreError, match="export with --format jsonl"):
        write_neo4j_admin(embedded_store, tmp_path / "files")
