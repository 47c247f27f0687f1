"""The ranking of all pairs of two kinds of concepts: in parallel, a block at a time, and from where it was stopped.

Owns what tells one ranking from another; refuses names and formats.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from litkg.hypotheses.code import hypotheses_hash
from litkg.hypotheses.links import Links
from litkg.hypotheses.literature import Concepts, Ints
from litkg.hypotheses.pairs import Pairing, Ranked, best_of, blocks_of, starts_of
from litkg.hypotheses.parallel import rank_blocks
from litkg.hypotheses.unfinished import Unfinished, open_unfinished

LINKS = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A ranking as its output tells of it: `n_done` of `n_blocks` were done by an earlier run; `anew` is true where what an earlier run had done was of another
    graph or asked for otherwise, and has gone."""

    n_starts: int
    n_blocks: int
    n_done: int
    anew: bool


def ranking_key(concepts: Concepts, links: Links, pairing: Pairing, options: Mapping[str, object]) -> str:
    """Return what tells a ranking from all others: the links and concepts, what is asked, by which code, and further options that its output hangs on."""
    digest = hashlib.sha256(f"{hypotheses_hash()} {pairing.per_concept} {sorted(pairing.aside)} {sorted(options.items())}".encode())
    flags = {"via": pairing.search.via, "targets": pairing.search.targets, "starts": pairing.starts}
    asked = {item.name: getattr(pairing.search, item.name) for item in fields(pairing.search) if item.name not in flags}
    digest.update(repr(sorted(asked.items())).encode())
    rows = (pairing.hierarchy.wider, pairing.hierarchy.narrower, pairing.hierarchy.beside) if pairing.hierarchy is not None else ()
    arrays = [*flags.values(), *(getattr(links, item.name) for item in fields(links)), *(part for own in rows for part in (own.start, own.other))]
    for array in arrays:
        content = np.zeros(0, dtype=np.uint8) if array is None else np.ascontiguousarray(array).reshape(-1).view(np.uint8)
        digest.update(f"{array is None} {len(content)} ".encode())
        digest.update(content.data)
    for texts in (concepts.ids, concepts.names, map("|".join, concepts.categories)):
        digest.update("\n".join(texts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@contextlib.contextmanager
def rank_all(
    links: Links,
    pairing: Pairing,
    *,
    key: str,
    folder: Path,
    mapped: Path | None,
    limit: int,
    workers: int,
    on_start: Callable[[Ranking], None],
    on_block: Callable[[], None],
) -> Iterator[Ranked]:
    """Give the best pairs, the same whatever the number of workers and however often an earlier run was stopped.

    What is done is kept in `folder` until the block of the `with` statement has ended well. `mapped` is the folder that the links were opened from, None
    where they were made in this process. `on_start` is told once what there is to do, `on_block` of each block as it is done.
    Raises: QueryError, LitkgError and OSError as `open_unfinished` and `rank_blocks`.
    """
    starts = starts_of(links, pairing)
    blocks = dict(enumerate(blocks_of(starts)))
    with open_unfinished(folder, key, len(blocks)) as (unfinished, anew):
        missing = unfinished.missing()
        on_start(Ranking(n_starts=len(starts), n_blocks=len(blocks), n_done=len(blocks) - len(missing), anew=anew))
        if missing:
            if mapped is None:
                mapped = folder / LINKS
                links.save(mapped)
            for number, block in rank_blocks(mapped, pairing, {number: blocks[number] for number in missing}, workers=workers):
                unfinished.write(number, block)
                on_block()
        yield best_of(_finished(unfinished, blocks), limit)


def _finished(unfinished: Unfinished, blocks: Mapping[int, Ints]) -> Iterator[Ranked]:
    for number in blocks:
        block = unfinished.read(number)
        if block is None:
            raise OSError(f"{unfinished.folder}: block {number} has gone while it was worked on")
        yield block
