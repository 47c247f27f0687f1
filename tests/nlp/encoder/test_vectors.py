"""Word vectors and their file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from litkg.errors import PipelineError
from litkg.nlp.encoder.vectors import WordVectors, load_vectors, pack_table


def test_words_never_seen_have_vectors_that_packing_hardly_moves() -> None:
    table = np.random.default_rng(1).normal(size=(40, 6)).astype(np.float32)
    vectors = WordVectors(pack_table(table, shortest=4, longest=5, hashes=2, seed=7))
    found = vectors.look_up(["fever", "zzyzx", "a"])
    assert found.shape == (3, vectors.columns) and np.abs(found).max() > 0
    unpacked = WordVectors({"table": table, "scale": np.ones((1, 1)), "settings": np.asarray([4, 5, 2, 7])}).look_up(["fever", "zzyzx", "a"])
    assert np.allclose(found, unpacked, atol=np.abs(table).max() / 200)
    assert vectors.look_up([]).shape == (0, 6)


def test_the_shipped_vectors_are_read_once() -> None:
    assert load_vectors() is load_vectors()
    fever, chill, gene = load_vectors().look_up(["fever", "fevers", "STAT3"])
    assert fever @ chill / np.linalg.norm(fever) / np.linalg.norm(chill) > fever @ gene / np.linalg.norm(fever) / np.linalg.norm(gene)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="nothing"):
        load_vectors(tmp_path / "nothing.npz")
