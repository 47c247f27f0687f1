"""A dump that is read back makes the same graph."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.errors import InputError
from litkg.imports.dump import read_dump
from litkg.imports.outcome import Outcome
from litkg.model import Extraction
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.exports import paging
from litkg.stores.exports.jsonl import write_jsonl
from tests.graphs import extractions
from tests.stores.generated import collections


def dump(store: GraphStore) -> list[str]:
    text = io.StringIO(newline="")
    write_jsonl(store, text)
    return text.getvalue().split("\n")


@settings(max_examples=int(os.environ.get("LITKG_EXPORT_ROUNDS", "10")), deadline=None)
@given(papers=collections, page=st.sampled_from([1, 5000]))
def test_any_graph_comes_back_the_same(papers: tuple[Extraction, ...], page: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("back")
    with open_store(folder / "one") as store, open_store(folder / "two") as other, pytest.MonkeyPatch.context() as patch:
        for pages in (paging.id_pages, paging.document_pages):
            patch.setattr(pages, "__kwdefaults__", {"size": page})
        store.upsert(papers)
        other.upsert(read_dump(dump(store), Outcome(), name="dump"))
        assert sorted(map(repr, other.nodes())) == sorted(map(repr, store.nodes()))
        assert other.checksum() == store.checksum()


def test_what_is_loaded_over_another_graph_is_the_union(tmp_path: Path) -> None:
    papers = extractions()
    with open_store(tmp_path / "all") as whole, open_store(tmp_path / "part") as part, open_store(tmp_path / "rest") as rest:
        whole.upsert(papers)
        part.upsert(papers[:2])
        rest.upsert(papers[2:])
        part.upsert(read_dump(dump(rest), Outcome(), name="rest"))
        assert part.checksum() == whole.checksum()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: [*lines[:-3], "{"], "line 154: broken or truncated JSON"),
        (lambda lines: [line for line in lines if '"relationship":"SUPPORTS"' not in line], "supports or refutes nothing"),
        (lambda lines: [line for line in lines if '"relationship":"SUBJECT"' not in line], "one of its ends is not there"),
        (lambda lines: [line for line in lines if '"kind":"Concept"' not in line], "mentioned and not there"),
        (lambda lines: [line.replace('"predicate":"treats"', '"predicate":"prevents"') for line in lines], "changed by hand"),
        (lambda lines: [line for line in lines if '"kind":"Document"' not in line], "stands before any document"),
        (lambda lines: ['{"type":"graph","format_version":99}'], "format_version 99"),
    ],
    ids=["cut", "evidence", "ends", "concepts", "predicate", "documents", "version"],
)
def test_a_damaged_dump_is_refused(embedded: GraphStore, change: object, message: str) -> None:
    embedded.upsert(extractions())
    with pytest.raises(InputError, match=message):
        list(read_dump(change(dump(embedded)), Outcome(), name="dump"))  # type: ignore[operator]


@pytest.fixture
def embedded(tmp_path: Path) -> GraphStore:
    return open_store(tmp_path / "graph")
