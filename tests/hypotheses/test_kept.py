"""Kept tables: the same as read anew, for the state that they were read of, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings

from litkg.hypotheses import kept
from litkg.hypotheses.kept import MANIFEST, Table, keep, keep_marks, open_kept, read_table, table_key
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Literature
from litkg.hypotheses.marks import Mark, write_mark
from litkg.hypotheses.proposing import Discovery
from litkg.hypotheses.reading import read_literature
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.server import Server
from tests.graphs import extractions
from tests.hypotheses.literatures import literature, literatures
from tests.neo4j_server import BOTH_STORES, clear, neo4j_server

__all__ = ["neo4j_server"]

Open = Callable[[], GraphStore]
LITTLE = literature(3, [1980, None], [(0, 0), (0, 1), (1, 2)], [(0, 1, 1, True, False), (1, 2, -1, False, True)], [(0, 0, 0.5, 0.0), (1, 1, 0.4, 0.1)])
MADE = Table(literature=LITTLE, links=link(LITTLE), marks=(Mark(subject="c:000", object="c:002", verdict="known", note="β"),))


@pytest.fixture(params=BOTH_STORES)
def open_graph(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Yield what opens a graph of three papers, as another process would."""
    if request.param == "embedded":
        with open_store(tmp_path / "graph") as store:
            store.upsert(extractions()[:3])
        yield lambda: open_store(tmp_path / "graph")
        return
    server: Server = request.getfixturevalue("neo4j_server")
    clear(server)
    with open_store(server.url, username=server.username, password=server.password) as store:
        store.upsert(extractions()[:3])
    yield lambda: open_store(server.url, username=server.username, password=server.password)


def same_links(one: Links, other: Links) -> bool:
    return all(np.array_equal(getattr(one, item.name), getattr(other, item.name)) for item in fields(Links))


def same_literature(one: Literature, other: Literature) -> bool:
    texts = [[list(read.concepts.ids), list(read.concepts.names), list(read.concepts.categories), list(read.claims.ids)] for read in (one, other)]
    arrays = ["years", "mentions.document", "mentions.concept", *(f"claims.{name}" for name in ("subject", "object", "sign", "causal", "symmetric", "same"))]
    arrays += [f"statements.{name}" for name in ("claim", "document", "support", "refute")]

    def array(read: object, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        for part in name.split("."):
            read = getattr(read, part)
        assert isinstance(read, np.ndarray)
        return read

    return texts[0] == texts[1] and all(np.array_equal(array(one, name), array(other, name)) for name in arrays)


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("read again")


@settings(deadline=None, max_examples=30)
@given(literatures())
def test_what_is_kept_comes_back(drawn: Literature) -> None:
    with TemporaryDirectory() as folder:
        links = link(drawn)
        table = keep(Path(folder), "a state", Table(literature=drawn, links=links))
        opened = open_kept(Path(folder), "a state")
        assert opened is not None
        for found in (table, opened):
            assert same_literature(found.literature, drawn)
            assert same_links(found.links, links)
        assert same_links(link(opened.literature.until(1982)), link(drawn.until(1982)))


def test_a_graph_is_read_once(open_graph: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_graph() as store:
        write_mark(store, MADE.marks[0])
    with open_graph() as store:
        first = read_table(store, tmp_path / "kept")
        assert same_literature(first.literature, read_literature(store))
        assert same_links(first.links, link(first.literature))
    monkeypatch.setattr(kept, "read_literature", refuse)
    with open_graph() as store:
        again = read_table(store, tmp_path / "kept")
    assert again.folder == first.folder is not None
    assert same_literature(again.literature, first.literature)
    assert again.marks == first.marks == MADE.marks


def test_a_changed_graph_is_read_anew(open_graph: Open, tmp_path: Path) -> None:
    with open_graph() as store:
        before = read_table(store, tmp_path / "kept")
    with open_graph() as store:
        store.upsert(extractions()[3:])
    with open_graph() as store:
        after = read_table(store, tmp_path / "kept")
    assert len(after.literature.years) == len(before.literature.years) + 1
    with open_graph() as store:
        store.remove(extractions()[3].document.id)
    with open_graph() as store:
        back = read_table(store, tmp_path / "kept")
    assert same_literature(back.literature, before.literature)
    assert [folder.name for folder in (tmp_path / "kept").iterdir()] == [back.folder.name if back.folder else None]


def test_a_graph_that_changes_while_it_is_read_is_not_kept(open_graph: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_and_change(store: GraphStore, *, on_stage: object) -> Literature:
        found = read_literature(store)
        with open_graph() as other:
            other.upsert(extractions()[3:])
        return found

    monkeypatch.setattr(kept, "read_literature", read_and_change)
    with open_graph() as store:
        assert read_table(store, tmp_path / "kept").folder is None
    assert not (tmp_path / "kept").exists()


def test_a_writer_keeps_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        store.upsert(extractions())
        assert store.fingerprint() is None
        assert read_table(store, tmp_path / "kept").folder is None


def _cut(folder: Path) -> None:
    path = folder / "links" / "told.npy"
    path.write_bytes(path.read_bytes()[:-4])


def _other_shape(folder: Path) -> None:
    np.save(folder / "years.npy", np.zeros(7, dtype=np.int32))


def _other_links(folder: Path) -> None:
    np.save(folder / "links" / "other.npy", np.zeros(1, dtype=np.int32))


def _fewer_rows(folder: Path) -> None:
    start = np.load(folder / "links" / "start.npy")
    np.save(folder / "links" / "start.npy", start - 1)


def _no_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def _manifest_of(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / MANIFEST).write_text(text, encoding="utf-8")

    return write


def _empty(folder: Path) -> None:
    for file in folder.rglob("*.npy"):
        file.write_bytes(b"")


def _no_mark(folder: Path) -> None:
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(text.replace("known", "liked"), encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [_cut, _other_shape, _other_links, _fewer_rows, _no_manifest, _manifest_of("{"), _manifest_of("[]"), _manifest_of('{"arrays": {}}'), _empty, _no_mark],
    ids=["cut", "other shape", "other links", "fewer rows", "no manifest", "half a manifest", "no object", "no arrays", "empty files", "no mark"],
)
def test_a_damaged_table_is_made_anew(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    folder = keep(tmp_path, "a state", MADE).folder
    assert folder is not None
    damage(folder)
    assert open_kept(tmp_path, "a state") is None
    assert same_links(keep(tmp_path, "a state", MADE).links, MADE.links)
    assert open_kept(tmp_path, "a state") is not None


def test_what_a_killed_process_left_goes(tmp_path: Path) -> None:
    (tmp_path / "making-999999999-x").mkdir()
    keep(tmp_path, "a state", MADE)
    assert [folder.name for folder in tmp_path.iterdir()] == [table_key("a state")]


def test_an_open_table_outlives_the_next(tmp_path: Path) -> None:
    first = keep(tmp_path, "a state", MADE)
    keep(tmp_path, "another state", MADE)
    assert open_kept(tmp_path, "a state") is None
    assert same_links(first.links, MADE.links)
    assert first.links.without([(0, 1)]).told.sum() < MADE.links.told.sum()


def test_two_at_once_both_have_the_table(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: keep(tmp_path, "a state", MADE), range(16)))
    assert all(same_links(table.links, MADE.links) for table in found)
    assert len(list(tmp_path.iterdir())) == 1


def test_where_nothing_can_be_kept_the_graph_is_read(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        store.upsert(extractions())
    (tmp_path / "kept").write_text("no folder", encoding="utf-8")
    told: list[OSError] = []
    with open_store(tmp_path / "graph") as store:
        table = read_table(store, tmp_path / "kept", on_unkept=told.append)
    assert table.folder is None
    assert len(told) == 1
    assert table.links.n_pairs > 0


def test_a_table_follows_marks_without_being_made_again(tmp_path: Path) -> None:
    made = keep(tmp_path, "before", MADE)
    marks = (Mark(subject="c:000", object="c:001", verdict="kept"), *MADE.marks)
    followed = keep_marks(tmp_path, "before", "after", marks)
    assert followed is not None
    assert followed.marks == marks
    assert same_literature(followed.literature, LITTLE)
    assert same_links(followed.links, MADE.links)
    assert made.folder is not None
    assert followed.folder is not None
    assert open_kept(tmp_path, "before") is None
    assert open_kept(tmp_path, "after") is not None
    assert keep_marks(tmp_path, "before", "later", ()) is None
    assert same_literature(made.literature, LITTLE)  # who has the former open goes on with it


def test_a_copy_of_a_graph_is_another_graph(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        store.upsert(extractions())
    shutil.copytree(tmp_path / "graph", tmp_path / "copy")
    with open_store(tmp_path / "graph") as store, open_store(tmp_path / "copy") as copy:
        assert store.fingerprint() != copy.fingerprint()


def test_other_code_makes_another_table(monkeypatch: pytest.MonkeyPatch) -> None:
    before = table_key("a state")
    monkeypatch.setattr(kept, "code_hash", lambda *_: "other")
    assert table_key("a state") != before


def test_discovery_takes_a_table_as_it_takes_a_literature(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        store.upsert(extractions())
    with open_store(tmp_path / "graph") as store:
        table, read = read_table(store, tmp_path / "kept"), read_literature(store)
    assert isinstance(table, Table)
    for year in (None, 2010):
        for concept in read.concepts.ids:
            assert Discovery(table, until_year=year).open_discovery(concept) == Discovery(read, until_year=year).open_discovery(concept)
