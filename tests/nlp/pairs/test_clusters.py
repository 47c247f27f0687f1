"""Clusters of words by their vectors."""

from __future__ import annotations

import numpy as np

from litkg.nlp.encoder.vectors import load_vectors
from litkg.nlp.pairs.clusters import Clusters, unit


def test_words_go_to_the_nearest_centre_on_each_level() -> None:
    vectors = load_vectors()
    words = ["inhibited", "suppressed", "kidney", "renal"]
    own = unit(vectors.look_up(words))
    centres = {"scale": np.float32(1.0), "level0": np.stack([own[:2].mean(0), own[2:].mean(0)]), "level1": own}
    clusters = Clusters(centres, vectors)
    assert clusters.of(["Inhibited", "suppressed", "KIDNEY", "renal", "1.5"]) == [(0, 0), (0, 1), (1, 2), (1, 3), ()]
    assert clusters.of(["renal"]) == [(1, 3)]
    assert clusters.of([]) == []
