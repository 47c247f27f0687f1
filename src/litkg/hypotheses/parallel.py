"""Ranks pairs in several processes that share one mapped table of links.

Owns the processes: they hold nothing but the table and the question, end with the process that started them, however that ends, and leave its signals to it.
Refuses to know what becomes of a block: whoever asks gets each as it is done.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from litkg.errors import LitkgError
from litkg.hypotheses.discovery import Ends, ends_of
from litkg.hypotheses.links import Links
from litkg.hypotheses.literature import Ints
from litkg.hypotheses.pairs import Pairing, Ranked, rank_from


def rank_blocks(folder: Path, pairing: Pairing, blocks: Mapping[int, Ints], *, workers: int) -> Iterator[tuple[int, Ranked]]:
    """Yield each block by its number with the best pairs from its concepts, as they are done; the table of links lies in `folder`.

    Raises: LitkgError where a process ends before its time.
    """
    if workers == 1 or len(blocks) < 2:
        links = Links.open(folder)
        ends = ends_of(links, pairing.search)
        for number, starts in blocks.items():
            yield number, rank_from(links, pairing, starts, ends=ends)
        return
    # A process made anew inherits neither locks nor threads, and is the same on every system.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(blocks)), mp_context=context, initializer=_Worker.open, initargs=(folder, pairing))
    try:
        futures = {pool.submit(_Worker.rank, starts): number for number, starts in blocks.items()}
        for future in as_completed(futures):
            yield futures.pop(future), future.result()
    except BrokenProcessPool as error:
        raise LitkgError(
            "a process that ranked has ended before its time, for want of memory perhaps: the same command goes on; try fewer --workers"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Worker:
    """What a process that ranks holds."""

    links: Links
    pairing: Pairing
    ends: Ends

    @classmethod
    def open(cls, folder: Path, pairing: Pairing) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_end_with_parent, daemon=True).start()
        cls.links, cls.pairing = Links.open(folder), pairing
        cls.ends = ends_of(cls.links, pairing.search)

    @classmethod
    def rank(cls, starts: Ints) -> Ranked:
        return rank_from(cls.links, cls.pairing, starts, ends=cls.ends)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: a pool whose owner was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
