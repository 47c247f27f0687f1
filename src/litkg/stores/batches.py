"""Gathers documents into batches that are loaded together, and sees to it that they are saved.

Owns when a batch is full, what happens when the source of documents stops early, and that a server loads one batch while the next is made ready; refuses to
know how a batch is loaded or saved.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from litkg.model import Extraction
from litkg.stores.base import Counts, OnSaved
from litkg.stores.preparing import PreparedDocument, prepare

BATCH_SECONDS = 20.0
"""An interrupt costs at most what was extracted in this time, and that only where saving itself is interrupted."""

Load = Callable[[list[PreparedDocument]], Counts]
"""Loads a batch whole or not at all and returns what it was handed."""

Save = Callable[[bool], bool]
"""Makes what was loaded safe where it is time to, and in any case where its argument is true; returns whether all is safe."""


def save_in_batches(
    extractions: Iterable[Extraction],
    load: Load,
    save: Save,
    *,
    batch_evidence: int,
    beside: bool = False,
    on_saved: OnSaved | None = None,
    batch_seconds: float = BATCH_SECONDS,
) -> Counts:
    """Hand checked documents to `load` in batches, have them saved, and return the sum of what was saved.

    With `beside` a batch is loaded in a thread of its own while the next is made ready. Where `extractions` raises, or yields an extraction that contradicts
    itself, the documents before it are saved, then the error goes on.
    """
    pending: list[PreparedDocument] = []
    evidence = 0
    started = time.monotonic()
    with _Loader(load, save, on_saved, beside=beside) as loader:
        try:
            for extraction in extractions:
                with _uncollected():
                    document = prepare(extraction)
                pending.append(document)
                evidence += 1 + len(document.evidence)
                if evidence >= batch_evidence or time.monotonic() - started > batch_seconds:
                    batch, pending, evidence = pending, [], 0
                    loader.hand(batch)
                    started = time.monotonic()
                loader.look()
        finally:
            loader.finish(pending)
    return loader.counts


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python's collector of cycles from looking through a batch again and again, a quarter of the time of a load: its rows hold no cycles."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Loader:
    """Loads one batch at a time, in this thread or beside it, and tells of what is saved in this thread."""

    def __init__(self, load: Load, save: Save, on_saved: OnSaved | None, *, beside: bool) -> None:
        self.counts = Counts()
        self._load = load
        self._save = save
        self._on_saved = on_saved
        self._unsaved: list[str] = []
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="litkg-load") if beside else None
        self._running: Future[tuple[Counts, list[str]]] | None = None
        self._failed = False

    def __enter__(self) -> _Loader:
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    def hand(self, batch: Sequence[PreparedDocument], *, last: bool = False) -> None:
        """Load a batch once the one before it is loaded."""
        self._collect()
        if self._pool is not None:
            self._running = self._pool.submit(self._work, list(batch), last)
            return
        try:
            self._tell(*self._work(list(batch), last))
        except BaseException:
            self._failed = True
            raise

    def look(self) -> None:
        """Tell of a batch that was loaded beside, if it is done."""
        if self._running is not None and self._running.done():
            self._collect()

    def finish(self, rest: Sequence[PreparedDocument]) -> None:
        """Load and save what is left; nothing more where a batch has failed, whose error is on its way."""
        if self._failed:
            return
        self.hand(rest, last=True)
        self._collect()

    def _work(self, batch: list[PreparedDocument], last: bool) -> tuple[Counts, list[str]]:
        with _uncollected():
            counts = self._load(batch) if batch else Counts()
        self._unsaved += [document.id for document in batch]
        if not self._unsaved or not self._save(last):
            return counts, []
        safe, self._unsaved = self._unsaved, []
        return counts, safe

    def _collect(self) -> None:
        if self._running is not None:
            running, self._running = self._running, None
            try:
                self._tell(*running.result())
            except BaseException:
                self._failed = True
                raise

    def _tell(self, counts: Counts, safe: list[str]) -> None:
        self.counts += counts
        if safe and self._on_saved is not None:
            self._on_saved(safe)
