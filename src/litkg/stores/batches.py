"""Gathers documents into batches that are saved together.

Owns when a batch is full and what happens when the source of documents stops early; refuses to know how a batch is saved.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from litkg.model import Extraction
from litkg.stores.base import Counts, OnSaved
from litkg.stores.checking import check_extraction

BATCH_SECONDS = 20.0
"""An interrupt costs at most what was extracted in this time, and that only where saving itself is interrupted."""


def save_in_batches(
    extractions: Iterable[Extraction],
    save: Callable[[list[Extraction]], Counts],
    *,
    batch_documents: int,
    on_saved: OnSaved | None = None,
    batch_seconds: float = BATCH_SECONDS,
) -> Counts:
    """Hand checked documents to `save` in batches and return the sum of what it saved.

    Where `extractions` raises, or yields an extraction that contradicts itself, the documents before it are saved, then the error goes on.
    """
    counts = Counts()
    pending: list[Extraction] = []
    started = time.monotonic()

    def flush() -> None:
        nonlocal counts, pending, started
        batch, pending = pending, []
        if batch:
            counts += save(batch)
            if on_saved is not None:
                on_saved([extraction.document.id for extraction in batch])
        started = time.monotonic()

    try:
        for extraction in extractions:
            check_extraction(extraction)
            pending.append(extraction)
            if len(pending) >= batch_documents or time.monotonic() - started > batch_seconds:
                flush()
    finally:
        flush()
    return counts
