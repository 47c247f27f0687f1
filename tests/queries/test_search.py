"""Search by words: the same rows on both stores, whatever stands between the letters."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from litkg.model import Extraction
from litkg.queries import bind, get_query, run_query
from litkg.search_words import search_parameter
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from tests.graphs import extractions
from tests.neo4j_server import BOTH_STORES, neo4j_server, neo4j_store, open_empty_store
from tests.queries.claims import Bare, claims_extraction

__all__ = ["neo4j_server", "neo4j_store"]

PIECES = ("il", "IL", "6", "60", "1β", "β", "5", "2", "m²", "tnf", "Größe", "e", "g", "x_y", "the", "a")
JOINTS = (" ", " ", " ", "-", ".", ",", ":", ";", "'", "’", "_", "/", " (", ") ", ". ", "..", "·", "", "\n", '"', "\\", "*")


@pytest.fixture(params=BOTH_STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    """Yield an empty store, of each kind in turn."""
    with open_empty_store(request, tmp_path) as found:
        yield found


def saying(texts: Sequence[str]) -> Extraction:
    """Return a document with one evidence for each text."""
    bare = claims_extraction(Bare("A", "increases", "B") for _ in texts)
    return replace(bare, evidence=tuple(replace(item, text=text) for item, text in zip(bare.evidence, texts, strict=True)))


def found(store: GraphStore, words: str, limit: int = 1000) -> list[str]:
    query = get_query("search-text")
    return [str(row["text"]) for row in run_query(store, query, bind(query, {"words": words, "limit": str(limit)}))]


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [
        ("IL-6 rose.", "il-6", True),
        ("IL 6 rose.", "il-6", True),
        ("rose: (IL-6)", "IL-6", True),
        ("IL-60 rose.", "IL-6", False),
        ("IL-6 rose.", "IL-60", False),
        ("milk-6 rose.", "IL-6", False),
        ("6 mice and IL", "IL-6", False),
        ("6 mice and IL", "IL 6", True),
        ("GRÖSSE in mm", "größe", False),
        ("Größe in mm", "größe", True),
        ("The mood was low.", "low mood", True),
        ("The mood was low.", '"low mood"', False),
        ("The low mood.", '"low mood"', True),
        ("2,3-dioxygenase", "dioxygenase", True),
        ("2,3-dioxygenase", "3", False),
        ("given e.g. twice", "e.g.", True),
        ("line\nbreak", "line break", True),
        ("Wait...here", "here", True),
        ("of the", "of the", True),
    ],
)
def test_words_are_whole_and_in_any_case(tmp_path: Path, text: str, words: str, there: bool) -> None:
    with open_store(tmp_path / "graph") as store:
        store.upsert([saying([text, "Something else."])])
        assert found(store, words) == ([text] if there else [])


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_both_stores_find_the_same_texts(tmp_path: Path, neo4j_store: GraphStore) -> None:
    draw = random.Random(7)
    texts = ["".join(draw.choice(PIECES) + draw.choice(JOINTS) for _ in range(draw.randint(1, 9))) for _ in range(400)]
    searches = [text[cut : cut + draw.randint(1, 8)] for text in texts for cut in (draw.randint(0, 9),)][:150]
    with open_store(tmp_path / "graph") as embedded:
        for store in (embedded, neo4j_store):
            store.upsert([saying(texts)])
        answers = {words: (found(embedded, words), found(neo4j_store, words)) for words in sorted(set(searches)) if search_parameter(words)}
    assert {words: pair for words, pair in answers.items() if pair[0] != pair[1]} == {}
    assert sum(bool(pair[0]) for pair in answers.values()) > len(answers) / 3


def test_a_search_finds_what_was_loaded_since_and_not_what_has_gone(store: GraphStore) -> None:
    first, second, third, _ = extractions()
    store.upsert([second])
    assert len(found(store, "release")) == 1
    store.upsert([third])
    assert len(found(store, "release")) == 2
    store.remove(second.document.id)
    assert found(store, "release") == ["In these cells IL-1β did not release any IL-6."]
    store.upsert([first])
    assert len(found(store, "anakinra")) == 2


def test_a_graph_without_papers_has_nothing_to_find(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        assert found(store, "anything") == []


def test_a_reader_finds_what_a_writer_saved_last(tmp_path: Path) -> None:
    first, second, *_ = extractions()
    with open_store(tmp_path / "graph") as writer, open_store(tmp_path / "graph") as reader:
        writer.upsert([first])
        assert len(found(reader, "release")) == 0
        writer.upsert([second])
        assert len(found(reader, "release")) == 1


def test_a_concept_is_found_by_any_of_its_names(store: GraphStore) -> None:
    store.upsert(extractions())
    query = get_query("search-concepts")
    rows = list(run_query(store, query, bind(query, {"words": "receptor antagonist"})))
    assert [(row["name"], row["matched"], row["claims"], row["documents"]) for row in rows] == [
        ("IL1RN", "IL-1 receptor antagonist", 5, 3),
        ("deficiency of IL-1 receptor antagonist", "deficiency of IL-1 receptor antagonist", 2, 2),
    ]
