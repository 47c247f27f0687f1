"""Scores the shipped model of pairs on held-out parts, and sets its bars: `python -m training.relations.evaluate --corpora CORPORA [--set-bars]`.

Owns the bars: on held-out documents the least probability above which PRECISION of a label's pairs are right. How many are right above bars is measured by
setting them on one half of the documents and counting on the other.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from litkg.nlp.pairs.classes import Classes
from litkg.nlp.pairs.conventions import HEADS
from litkg.nlp.pairs.model import load_pairs
from training.ner.encoded import open_lexicon
from training.relations.linear import arguments_of, read_parsed_parts
from training.relations.scoring import Labelled, score_chances

PRECISION = 0.85
"""How many of the pairs above a label's bar have it."""
FEWEST = 12
"""Pairs above a bar that it takes to set one."""
EVERY = {"events": 4, "biored": 2}
"""Of these heads only each n-th sentence is read here: they have more pairs than all others together."""
BINS = 10


def read_chances(head: str, sentences: Sequence[Any], classes: Classes, lexicon: Any) -> tuple[Labelled, np.ndarray, dict[str, np.ndarray]]:
    """Return the pairs of a head with their probabilities, and those of both halves of the model."""
    model = load_pairs()
    documents, keys, labels = [], [], []
    rows: dict[str, list[np.ndarray]] = defaultdict(list)
    for sentence, parsed in sentences:
        arguments = arguments_of(sentence, parsed, classes)
        asked = [(pair.subject, pair.object, head) for pair in sentence.pairs]
        for pair, reading in zip(sentence.pairs, model.read(parsed, partial(lexicon.marks, sentence.text, parsed.spans), arguments, asked), strict=True):
            documents.append(sentence.document)
            keys.append((sentence.mentions[pair.subject].key, sentence.mentions[pair.object].key))
            labels.append(HEADS[head].index(pair.label))
            for name, chances in (("both", reading.chances), ("linear", reading.linear), ("network", reading.network)):
                rows[name].append(chances if chances is not None else reading.linear)
    whole = {name: np.stack(chances) for name, chances in rows.items()}
    return Labelled(documents, keys, np.asarray(labels)), whole.pop("both"), whole


def set_bars(labels: np.ndarray, chances: np.ndarray, names: Sequence[str]) -> dict[str, float]:
    """Return the least probability of each label above which PRECISION of the pairs that it is the likeliest of have it; only labels with FEWEST such pairs."""
    bars: dict[str, float] = {}
    best = chances.argmax(axis=1)
    for label, name in enumerate(names):
        rows = np.flatnonzero(best == label)
        rows = rows[np.argsort(-chances[rows, label], kind="stable")]
        right = np.cumsum(labels[rows] == label)
        fine = np.flatnonzero(right >= PRECISION * np.arange(1, len(rows) + 1))
        if label and len(fine) and fine[-1] + 1 >= FEWEST:
            bars[name] = round(float(chances[rows[fine[-1]], label]), 3)
    return bars


def above_bars(own: Labelled, chances: np.ndarray, head: str) -> dict[str, Any]:
    """Return how many pairs are said, and how many of these rightly in per cent, by bars set on the other half of the documents."""
    half = np.asarray([crc32(document.encode()) % 2 for document in own.documents])
    said = right = 0
    for fold in (0, 1):
        bars = set_bars(own.labels[half != fold], chances[half != fold], HEADS[head])
        labels, found = own.labels[half == fold], chances[half == fold]
        best = found.argmax(axis=1)
        sure = found.max(axis=1) >= np.asarray([bars.get(name, 2.0) for name in HEADS[head]])[best]
        said += int(sure.sum())
        right += int((labels[sure] == best[sure]).sum())
    return {"pairs": said, "right": round(100 * right / said, 2) if said else None}


def calibration_error(labels: np.ndarray, chances: np.ndarray) -> float:
    """Return the expected calibration error of the likeliest labels (Guo et al. 2017, ICML), in [0, 1], over BINS bins of probability."""
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(sum(abs(sure[bins == number].sum() - right[bins == number].sum()) for number in range(BINS)) / len(labels))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--parsed", type=Path, default=Path("training/build/relations/linear.pickle"))
    parser.add_argument("--only", choices=tuple(HEADS), action="append")
    parser.add_argument("--set-bars", action="store_true", help="write the bars into the shipped model")
    parser.add_argument("--out", type=Path, default=Path("training/relations/metrics.json"))
    arguments = parser.parse_args()
    parsed = read_parsed_parts(arguments.corpora, arguments.parsed)["dev"]
    tables: dict[str, Any] = json.loads(arguments.out.read_text(encoding="utf-8")) if arguments.only and arguments.out.exists() else {}
    bars = dict(load_pairs().bars)
    with open_lexicon() as lexicon:
        classes = Classes(lexicon)
        for head in arguments.only or HEADS:
            own, chances, halves = read_chances(head, [item for item in parsed if item[0].head == head][:: EVERY.get(head, 1)], classes, lexicon)
            tables[head] = score_chances(own, chances, head)
            tables[head]["halves"] = {name: score_chances(own, rows, head)["best"]["f1"] for name, rows in halves.items()}
            tables[head]["above bars"] = above_bars(own, chances, head)
            tables[head]["calibration error"] = round(calibration_error(own.labels, chances), 4)
            bars[head] = set_bars(own.labels, chances, HEADS[head])
            print(head, json.dumps(tables[head]), flush=True)
    arguments.out.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")
    if arguments.set_bars:
        meta_path = Path("src/litkg/nlp/pairs/weights/meta.json")
        meta = json.loads(meta_path.read_text(encoding="utf-8"))
        meta["bars"] = bars
        meta_path.write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
