"""The encoder beside a plain reading of its equations, word by word."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.nlp.encoder import network
from litkg.nlp.encoder.features import TABLES, word_rows
from litkg.nlp.encoder.network import PIECES, Encoder
from litkg.nlp.encoder.vectors import WordVectors, pack_table

Weights = dict[str, npt.NDArray[Any]]
MARKS = 8
DILATIONS = (1, 2, 4)
WORDS = ("fever", "IL", "-", "6", "STAT3", "in", "mice", "aspirin", "(", "TNFα")


@pytest.fixture(scope="module")
def vectors() -> WordVectors:
    table = np.random.default_rng(5).normal(size=(50, 12)).astype(np.float32)
    return WordVectors(pack_table(table, shortest=4, longest=5, hashes=2, seed=3))


@cache
def tables() -> Weights:
    rng = np.random.default_rng(9)
    return {f"tables.{name}.weight": rng.normal(size=(rows, size)).astype(np.float32) for name, rows, size in TABLES}


def make_weights(seed: int, width: int, marks: int, columns: int) -> Weights:
    rng = np.random.default_rng(seed)

    def normal(*shape: int) -> npt.NDArray[np.float32]:
        return rng.normal(size=shape).astype(np.float32)

    embedded = sum(size for name, _, size in TABLES if name != "norm_again") + columns + marks
    weights = tables() | {"mix.weight": normal(PIECES * width, embedded) / 9, "mix.bias": normal(PIECES * width)}
    for index in range(len(DILATIONS)):
        weights |= {f"layers.{index}.weight": normal(2 * width, 3 * width) / 4, f"layers.{index}.bias": normal(2 * width)}
        weights |= {f"norms.{index}.weight": 1 + normal(width) / 2, f"norms.{index}.bias": normal(width)}
    for name in ("mix_norm", "out_norm"):
        weights |= {f"{name}.weight": 1 + normal(width) / 2, f"{name}.bias": normal(width)}
    return weights | {"out.weight": normal(3, width)}


def plain_states(weights: Weights, vectors: WordVectors, words: list[str], marks: npt.NDArray[np.uint8] | None) -> npt.NDArray[np.float64]:
    """Return the states as the equations have them, in 64 bits, nothing folded, kept or cut."""
    exact = {name: array if name.startswith("tables") else array.astype(np.float64) for name, array in weights.items()}

    def norm(x: npt.NDArray[np.float64], name: str) -> npt.NDArray[np.float64]:
        centred = x - x.mean(axis=-1, keepdims=True)
        return np.asarray(centred / np.sqrt(x.var(axis=-1, keepdims=True) + 1e-5) * exact[f"{name}.weight"] + exact[f"{name}.bias"])

    rows = []
    for at, word in enumerate(words):
        found = [exact[f"tables.{name}.weight"][row] for (name, _, _), row in zip(TABLES, word_rows(word), strict=True)]
        parts = [found[0] + found[1], *found[2:], vectors.look_up([word])[0]]
        if marks is not None:
            parts.append(marks[at])
        mixed = exact["mix.weight"][:, : sum(map(len, parts))] @ np.concatenate(parts) + exact["mix.bias"]
        rows.append(norm(mixed.reshape(PIECES, -1).max(axis=0), "mix_norm"))
    x = np.asarray(rows)
    for index, dilation in enumerate(DILATIONS):
        y = norm(x, f"norms.{index}")
        width = y.shape[1]
        added = np.zeros_like(x)
        for at in range(len(x)):
            near = [y[place] if 0 <= place < len(x) else np.zeros(width) for place in (at - dilation, at, at + dilation)]
            mixed = exact[f"layers.{index}.weight"] @ np.concatenate(near) + exact[f"layers.{index}.bias"]
            added[at] = mixed[:width] / (1 + np.exp(-mixed[width:]))
        x = x + added
    return norm(x, "out_norm")


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 5),
    width=st.sampled_from([16, 20]),
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=40),
    marked=st.sampled_from(["marked", "zeros", "none", "no columns"]),
    stretch=st.sampled_from([1, 2, 5, 16, 512]),
)
def test_states_are_those_of_the_equations(vectors: WordVectors, seed: int, width: int, words: list[str], marked: str, stretch: int) -> None:
    weights = make_weights(seed, width, 0 if marked == "no columns" else MARKS, vectors.columns)
    marks = np.random.default_rng(seed).integers(0, 2, (len(words), MARKS)).astype(np.uint8) * (np.arange(len(words)) % 3 == 0)[:, None].astype(np.uint8)
    given_marks = None if marked in ("none", "no columns") else marks if marked == "marked" else np.zeros_like(marks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "STRETCH", stretch)
        states = Encoder(weights, vectors, DILATIONS).states(words, given_marks)
    assert states.shape == (len(words), width) and states.dtype == np.float32
    assert np.allclose(states, plain_states(weights, vectors, words, given_marks), atol=1e-4, rtol=1e-4)


def test_reads_a_text_the_same_after_others_and_gives_arrays_of_its_own(vectors: WordVectors) -> None:
    encoder = Encoder(make_weights(1, 16, MARKS, vectors.columns), vectors, DILATIONS)
    first = encoder.states(["fever", "in", "mice"])
    kept = first.copy()
    for count in (40, 1, 7):
        encoder.states(list(WORDS[:4]) * count, np.ones((4 * count, MARKS), dtype=np.uint8))
    assert np.array_equal(first, kept)
    assert np.allclose(encoder.states(["fever", "in", "mice"]), kept, atol=1e-6)


def test_a_word_out_of_reach_says_nothing(vectors: WordVectors) -> None:
    encoder = Encoder(make_weights(2, 16, 0, vectors.columns), vectors, DILATIONS)
    assert encoder.reach == 7
    near, far = (encoder.states(["fever", *["in"] * between, "mice"])[0] for between in (6, 7))
    other = encoder.states(["fever", *["in"] * 7, "aspirin"])[0]
    assert np.allclose(far, other, atol=1e-6) and not np.allclose(near, other, atol=1e-3)


def test_reads_the_same_where_it_forgets(vectors: WordVectors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "MAX_WORDS", 50)
    weights = make_weights(3, 16, 0, vectors.columns)
    encoder = Encoder(weights, vectors, DILATIONS)
    words = [f"word{number}" for number in range(300)]
    for start in range(0, 300, 20):
        encoder.states(words[start : start + 20])
    assert np.allclose(encoder.states(words), plain_states(weights, vectors, words, None), atol=1e-4, rtol=1e-4)


def test_no_words_have_no_states(vectors: WordVectors) -> None:
    encoder = Encoder(make_weights(4, 16, MARKS, vectors.columns), vectors, DILATIONS)
    assert encoder.states([], np.zeros((0, MARKS), dtype=np.uint8)).shape == (0, 16)
