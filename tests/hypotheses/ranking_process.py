"""A ranking in a process of its own, for tests that end it: `python -m tests.hypotheses.ranking_process LINKS FOLDER OUTPUT WORKERS`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from litkg.hypotheses.all_pairs import rank_all
from litkg.hypotheses.discovery import Search
from litkg.hypotheses.links import Links
from litkg.hypotheses.pairs import Pairing


def pairing_of(links: Links) -> Pairing:
    """Return a question that takes some seconds: from even concepts to odd ones."""
    odd = np.arange(links.n_concepts) % 2 == 1
    return Pairing(search=Search(intermediates=2, targets=odd), starts=~odd, per_concept=3)


def main(place: str, folder: str, output: str, workers: str) -> None:
    """Rank, and write what was found."""
    links = Links.open(Path(place))
    with rank_all(
        links,
        pairing_of(links),
        key="a key",
        folder=Path(folder),
        mapped=Path(place),
        limit=100,
        workers=int(workers),
        on_start=lambda ranking: None,
        on_block=lambda: None,
    ) as ranked:
        Path(output).write_bytes(ranked.tobytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
