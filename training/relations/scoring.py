"""Scores the model of pairs on held-out parts, each corpus as it is measured by others: micro precision, recall and F1 over its own labels.

Owns what counts. `semrep`, `phee`, `events`: each pair, its label right. `chemprot`: the five groups that the task scores. `bc5cdr` and `biored`: ids related
in a document, by the surest pair of mentions in one sentence; of what never stands in one sentence nothing is counted, so that these figures flatter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from litkg.nlp.pairs.conventions import FLAGS, HEADS, UNDIRECTED, slices
from training.ner.scoring import f1
from training.relations.dataset import Encoded

SCORED = {"chemprot": ("CPR:3", "CPR:4", "CPR:5", "CPR:6", "CPR:9")}
BY_DOCUMENT = frozenset({"bc5cdr", "biored"})


def chances(scores: np.ndarray, head: str) -> np.ndarray:
    """Return the probabilities of a head's labels, of shape (pairs, labels)."""
    own = scores[:, slices().heads[head]]
    own = np.exp(own - own.max(axis=1, keepdims=True))
    return np.asarray(own / own.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Labelled:
    """Pairs of one head: their documents, ids, and labels' numbers."""

    documents: Sequence[str]
    keys: Sequence[tuple[str, str]]
    labels: np.ndarray


def score_chances(own: Labelled, probability: np.ndarray, head: str) -> dict[str, Any]:
    """Return precision, recall and F1 in per cent of one head, at the label that is likeliest, and at the best threshold on "none"."""
    labels, gold = HEADS[head], own.labels.astype(int)
    if head in BY_DOCUMENT:
        gold, probability = _by_document(own, probability, head)
    counted = [labels.index(name) for name in SCORED.get(head, labels[1:])]
    table: dict[str, Any] = _figures(gold, probability.argmax(axis=1), counted)
    table["best"] = max((_figures(gold, _thresholded(probability, bar), counted) for bar in np.arange(0.1, 0.9, 0.05)), key=lambda figures: figures["f1"])
    return table


def score(items: Sequence[Encoded], scores: Sequence[np.ndarray]) -> dict[str, dict[str, Any]]:
    """Return precision, recall and F1 in per cent by head, at the label that is likeliest, and at the best threshold on "none"."""
    tables: dict[str, dict[str, Any]] = {}
    for head in HEADS:
        own = [(item, chances(found, head)) for item, found in zip(items, scores, strict=True) if item.head == head]
        if own:
            documents = [item.document for item, _ in own for _ in item.keys]
            keys = [key for item, _ in own for key in item.keys]
            labelled = Labelled(documents, keys, np.concatenate([item.labels for item, _ in own]))
            tables[head] = score_chances(labelled, np.concatenate([rows for _, rows in own]), head)
    said = np.concatenate([item.flags for item in items])
    everything = np.concatenate(scores)
    for index, flag in enumerate(FLAGS):
        mask = said[:, index] >= 0
        if mask.any():
            tables[flag] = _figures(said[mask, index].astype(int), (everything[mask, slices().flags[flag]] > 0).astype(int), [1])
    return tables


def _thresholded(probability: np.ndarray, bar: float) -> np.ndarray:
    """Return the likeliest label but none, where none is less likely than 1 - bar."""
    return np.where(probability[:, 0] <= 1 - bar, probability[:, 1:].argmax(axis=1) + 1, 0)


def _by_document(own: Labelled, probability: np.ndarray, head: str) -> tuple[np.ndarray, np.ndarray]:
    found: dict[tuple[str, str, str], list[np.ndarray]] = defaultdict(list)
    gold: dict[tuple[str, str, str], int] = {}
    for document, keys, label, row in zip(own.documents, own.keys, own.labels.tolist(), probability, strict=True):
        pair = tuple(sorted(keys)) if head in UNDIRECTED else keys
        found[document, pair[0], pair[1]].append(row)
        gold[document, pair[0], pair[1]] = label
    names = list(found)
    rows = [min(found[name], key=lambda row: float(row[0])) for name in names]
    return np.asarray([gold[name] for name in names]), np.asarray(rows)


def _figures(gold: np.ndarray, found: np.ndarray, counted: Sequence[int]) -> dict[str, float]:
    right = int(((gold == found) & np.isin(gold, counted)).sum())
    ours, theirs = int(np.isin(found, counted).sum()), int(np.isin(gold, counted).sum())
    return {"precision": round(100 * right / max(ours, 1), 2), "recall": round(100 * right / max(theirs, 1), 2), "f1": f1(right, ours, theirs), "gold": theirs}
