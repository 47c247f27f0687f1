"""Scores of a network on encoded documents: strict spans, a document at a time.

Owns how scores become spans and F1 in training; what users see comes from `litkg evaluate`, which decodes with the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from litkg.nlp.entities.conventions import HEADS, head_slices
from litkg.nlp.entities.decoding import read_spans, viterbi
from training.ner.dataset import Encoded, pack

HEADLINE = {
    "jnlpba": ("Gene",),
    "nlmgene": ("Gene",),
    "gnormplus": ("Gene",),
    "biored": ("Gene", "Disease", "Chemical"),
}
"""Types that the headline figure of a corpus counts, where these are not all."""

Spans = set[tuple[int, int, str]]


def predict(run: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray], documents: Sequence[Encoded], *, length: int, batch: int) -> list[np.ndarray]:
    """Return the scores of each document, of shape (tokens, TAGS); `run(words, marks, heads)` scores rows."""
    packed = pack(documents, length, range(len(documents)))
    results = []
    for start in range(0, len(packed.words), batch):
        part = slice(start, start + batch)
        results.append(run(packed.words[part], packed.marks[part], packed.heads[part]))
    found = np.concatenate(results)
    parts: list[list[np.ndarray]] = [[] for _ in documents]
    for index, _, row, column, size in packed.where:
        parts[index].append(found[row, column : column + size])
    return [np.concatenate(part) if part else np.zeros((0, found.shape[-1]), np.float32) for part in parts]


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Return the logarithms of the probabilities of the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def spans_of(document: Encoded, scores: np.ndarray, head: str) -> Spans:
    """Return the spans that the head marks in the document."""
    path = viterbi(log_softmax(scores[:, head_slices()[head]].astype(np.float32)))
    return {(document.spans[first][0], document.spans[last - 1][1], HEADS[head][kind]) for first, last, kind in read_spans(path)}


def f1(hits: int, found: int, gold: int) -> float:
    """Return F1 in per cent."""
    return round(200 * hits / max(found + gold, 1), 2)


def evaluate(found: Iterable[Spans], documents: Sequence[Encoded]) -> dict[str, dict[str, float]]:
    """Return F1 by corpus: all types, the headline's types, each type."""
    counts: dict[str, dict[str, np.ndarray]] = {}
    for document, predicted in zip(documents, found, strict=True):
        types = HEADS[document.head]
        table = counts.setdefault(document.head, {})
        for name, kept in [("all", types), ("headline", HEADLINE.get(document.head, types)), *((kind, (kind,)) for kind in types)]:
            ours, gold = {s for s in predicted if s[2] in kept}, {s for s in document.gold if s[2] in kept}
            table[name] = table.get(name, np.zeros(3, dtype=int)) + np.asarray([len(ours & gold), len(ours), len(gold)])
    return {head: {name: f1(*value.tolist()) for name, value in table.items()} for head, table in counts.items()}
