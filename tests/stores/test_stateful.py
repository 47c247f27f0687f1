"""Whatever is done to a graph, in whatever order, it is the graph of a fresh load of the documents that are left in it, and keeps its marks.

A rule-based state machine loads, reads again, takes out, marks, stops in the middle, opens anew and rereads, and after each step compares the store with a
model: the extractions and marks that should be in it. `LITKG_PROPERTY_EXAMPLES` runs (default 12, a quarter of them on Neo4j) of up to
`LITKG_PROPERTY_STEPS` steps (default 8).
Kills of the process in the middle of a step are tried in tests/faults, on the same model.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from litkg.errors import StoreError
from litkg.hypotheses.choices import VERDICTS
from litkg.hypotheses.marks import Mark, read_marks, remove_mark, write_mark
from litkg.model import Extraction
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.server import Server
from tests.neo4j_server import clear
from tests.stores import generated
from tests.stores.test_contract import assert_summaries_hold

EXAMPLES = int(os.environ.get("LITKG_PROPERTY_EXAMPLES", "12"))
STEPS = int(os.environ.get("LITKG_PROPERTY_STEPS", "8"))

IDS = [f"PMID:{number}" for number in range(1, 6)]
READINGS = st.sampled_from(IDS).flatmap(generated.extractions)
PAIRS = st.lists(st.sampled_from(["litkg.text:a", "litkg.text:b", "HGNC:6000"]), min_size=2, max_size=2, unique=True)

COUNTS = "MATCH (n) UNWIND labels(n) AS label WITH label WHERE label IN $labels RETURN label, count(*) AS n"
LABELS = ("Document", "Concept", "Assertion", "Evidence", "CaseReport", "Family")


class GraphMachine(RuleBasedStateMachine):
    """A store, and what should be in it."""

    def __init__(self, open_: Callable[[], GraphStore], empty: Callable[[], None]) -> None:
        super().__init__()
        empty()
        self._open = open_
        self._store = open_()
        self._model: dict[str, Extraction] = {}
        self._marks: dict[tuple[str, str], Mark] = {}
        self._folder = Path(tempfile.mkdtemp())
        self._fresh = 0

    def teardown(self) -> None:
        self._store.close()
        shutil.rmtree(self._folder)

    @rule(batch=st.lists(READINGS, min_size=1, max_size=4))
    def load(self, batch: list[Extraction]) -> None:
        saved: list[str] = []
        self._store.upsert(batch, on_saved=saved.extend)
        assert saved == [extraction.document.id for extraction in batch]
        self._note(batch)

    @rule()
    def load_all_again(self) -> None:
        self._store.upsert(self._model[key] for key in sorted(self._model, reverse=True))

    @rule(document_id=st.sampled_from([*IDS, "PMID:999"]))
    def remove(self, document_id: str) -> None:
        assert self._store.remove(document_id) is (document_id in self._model)
        self._model.pop(document_id, None)

    @rule(batch=st.lists(READINGS, min_size=1, max_size=3))
    def load_until_stopped(self, batch: list[Extraction]) -> None:
        with pytest.raises(KeyboardInterrupt):
            self._store.upsert(_then_raise(batch, KeyboardInterrupt()))
        self._note(batch)

    @rule(batch=st.lists(READINGS, max_size=2), document_id=st.sampled_from(IDS))
    def load_until_one_is_refused(self, batch: list[Extraction], document_id: str) -> None:
        unsound = _unsound(document_id)
        with pytest.raises(StoreError, match="listed twice"):
            self._store.upsert([*batch, unsound])
        self._note(batch)

    @rule(pair=PAIRS, verdict=st.sampled_from(VERDICTS), note=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    def mark(self, pair: list[str], verdict: str, note: str) -> None:
        made = Mark(subject=pair[0], object=pair[1], verdict=verdict, note=note)
        write_mark(self._store, made)
        self._marks[made.pair] = made

    @rule(pair=PAIRS)
    def remove_mark(self, pair: list[str]) -> None:
        key = min(pair), max(pair)
        assert remove_mark(self._store, *pair) is (key in self._marks)
        self._marks.pop(key, None)

    @rule()
    def open_anew(self) -> None:
        self._store.close()
        self._store = self._open()

    @rule()
    def remove_all(self) -> None:
        for document_id in sorted(self._model):
            assert self._store.remove(document_id)
        self._model.clear()
        assert list(self._store.nodes()) == []
        assert list(self._store.relationships()) == []

    @invariant()
    def is_a_fresh_load_of_what_is_left(self) -> None:
        self._fresh += 1
        with open_store(self._folder / str(self._fresh)) as fresh:
            fresh.upsert(self._model.values())
            assert self._store.checksum() == fresh.checksum()

    @invariant()
    def has_the_marks_that_were_made(self) -> None:
        assert read_marks(self._store) == tuple(self._marks[pair] for pair in sorted(self._marks))

    @invariant()
    def holds_each_thing_once(self) -> None:
        """Counted from the extractions alone: two papers that say the same are two evidences of one assertion."""
        documents = self._model.values()
        there = {str(row["label"]): row["n"] for row in self._store.run(COUNTS, {"labels": list(LABELS)})}
        expected = {
            "Document": len(documents),
            "Concept": len({concept.id for document in documents for concept in document.concepts}),
            "Assertion": len({assertion.id for document in documents for assertion in document.assertions}),
            "Evidence": len({evidence.id for document in documents for evidence in document.evidence}),
            "CaseReport": len({report.id for document in documents for report in document.case_reports}),
        }
        assert {label: there.get(label, 0) for label in expected} == expected
        assert_summaries_hold(self._store, list(documents))

    def _note(self, batch: Sequence[Extraction]) -> None:
        self._model |= {extraction.document.id: extraction for extraction in batch}


def run_machine(open_: Callable[[], GraphStore], empty: Callable[[], None], examples: int) -> None:
    class Machine(GraphMachine):
        def __init__(self) -> None:
            super().__init__(open_, empty)

    run_state_machine_as_test(
        Machine,
        settings=settings(max_examples=examples, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)),
    )


def test_the_embedded_store_keeps_to_the_model(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    run_machine(lambda: open_store(graph), lambda: shutil.rmtree(graph, ignore_errors=True), EXAMPLES)


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_neo4j_keeps_to_the_model(neo4j_server: Server) -> None:
    account = partial(open_store, neo4j_server.url, username=neo4j_server.username, password=neo4j_server.password)
    run_machine(account, lambda: clear(neo4j_server), max(1, EXAMPLES // 4))


def _then_raise(batch: Sequence[Extraction], error: BaseException) -> Iterator[Extraction]:
    yield from batch
    raise error


def _unsound(document_id: str) -> Extraction:
    """Return an extraction that contradicts itself: a concept is listed twice."""
    drawn = generated.little(document_id)
    return Extraction(document=drawn.document, concepts=drawn.concepts * 2, groundings=(), assertions=(), evidence=(), case_reports=())
