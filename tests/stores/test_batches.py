"""Gathering documents into batches: what is loaded, saved and told of, in this thread or beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from litkg.errors import StoreError
from litkg.model import Extraction
from litkg.stores.base import Counts
from litkg.stores.batches import save_in_batches
from litkg.stores.preparing import PreparedDocument
from tests.graphs import extractions

IDS = ["PMID:101", "PMID:102", "PMID:103", "PMID:104"]
both_ways = pytest.mark.parametrize("beside", [False, True])


class Database:
    """Notes what it is handed; a save is due every `every` batches."""

    def __init__(self, *, every: int = 1, fails_at: str = "") -> None:
        self.loaded: list[str] = []
        self.saved: list[str] = []
        self.threads: set[int] = set()
        self._every = every
        self._fails_at = fails_at
        self._batches = 0

    def load(self, batch: list[PreparedDocument]) -> Counts:
        self.threads.add(threading.get_ident())
        if self._fails_at in [document.id for document in batch]:
            raise StoreError("no")
        self.loaded += [document.id for document in batch]
        self._batches += 1
        return Counts(documents=len(batch))

    def save(self, last: bool) -> bool:
        if not last and self._batches % self._every:
            return False
        self.saved = list(self.loaded)
        return True


@both_ways
@pytest.mark.parametrize("batch_evidence", [1, 10, 1000])
def test_all_documents_are_loaded_saved_and_told_of_in_order(batch_evidence: int, beside: bool) -> None:
    database, told = Database(), list[str]()
    counts = save_in_batches(extractions(), database.load, database.save, batch_evidence=batch_evidence, beside=beside, on_saved=told.extend)
    assert (database.saved, told, counts.documents) == (IDS, IDS, 4)


@both_ways
def test_documents_are_told_of_only_once_they_are_saved(beside: bool) -> None:
    database, told = Database(every=3), list[list[str]]()
    save_in_batches(extractions(), database.load, database.save, batch_evidence=1, beside=beside, on_saved=lambda ids: told.append(list(ids)))
    assert told == [IDS[:3], IDS[3:]]


@both_ways
def test_the_documents_before_an_interrupt_are_saved(beside: bool) -> None:
    def interrupted() -> Iterator[Extraction]:
        yield from extractions()[:2]
        raise KeyboardInterrupt

    database, told = Database(), list[str]()
    with pytest.raises(KeyboardInterrupt):
        save_in_batches(interrupted(), database.load, database.save, batch_evidence=1000, beside=beside, on_saved=told.extend)
    assert database.saved == told == IDS[:2]


@both_ways
def test_nothing_is_loaded_after_a_batch_that_failed(beside: bool) -> None:
    database, told = Database(fails_at="PMID:102"), list[str]()
    with pytest.raises(StoreError, match="no"):
        save_in_batches(extractions(), database.load, database.save, batch_evidence=1, beside=beside, on_saved=told.extend)
    assert database.loaded == told == IDS[:1]


def test_a_load_beside_is_in_another_thread() -> None:
    database = Database()
    save_in_batches(extractions(), database.load, database.save, batch_evidence=1, beside=True)
    assert database.threads and threading.get_ident() not in database.threads
