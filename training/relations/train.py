"""Trains the model of pairs: `python -m training.relations.train CONFIG --out FOLDER [--set key=value ...]`.

Owns what is read in which order, and the reports; nothing is chosen on dev inside a run.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from litkg.nlp.pairs.asking import sides
from litkg.nlp.pairs.conventions import HEADS
from training.descent import Descent
from training.ner.train import read_config
from training.ner.vectors import word_vectors
from training.network import Dropper, Rates
from training.relations.dataset import Data, Encoded, read_data
from training.relations.network import CLASSES, PairNetwork, pair_loss
from training.relations.scoring import score

ROW = 256
_HEAD = {head: index for index, head in enumerate(HEADS)}


@dataclass(frozen=True)
class Batch:
    """Sentences with pairs. `words` and `marks` hold them one after the other in rows, as a document does at run time; `index` says where each word of each
    sentence stands, -1 past its end."""

    words: np.ndarray
    marks: np.ndarray
    index: np.ndarray
    syntax: np.ndarray
    owner: np.ndarray
    places: np.ndarray
    kinds: np.ndarray
    classes: np.ndarray
    sides: np.ndarray
    heads: np.ndarray
    labels: np.ndarray
    flags: np.ndarray


class Model:
    """A network with the words and vectors of its corpora."""

    def __init__(self, config: dict[str, Any], data: Data, vectors: Path) -> None:
        self.config = config
        self.rows = torch.from_numpy(data.words.rows()).long()
        self.vectors = torch.from_numpy(word_vectors(vectors, list(data.words.index)))
        self.network = self.fresh()

    def fresh(self) -> PairNetwork:
        """Return a network of this shape."""
        return PairNetwork(width=self.config["width"], dilations=tuple(self.config["dilations"]), vector_columns=self.vectors.shape[1])

    def __call__(self, network: PairNetwork, batch: Batch, **options: Any) -> torch.Tensor:
        """Return the scores of a batch's pairs."""
        numbers = torch.from_numpy(batch.words).long()
        bits = torch.from_numpy(np.unpackbits(batch.marks, axis=-1)).float()
        index, syntax, owner, places, kinds, sides = (
            torch.from_numpy(array).long() for array in (batch.index, batch.syntax, batch.owner, batch.places, batch.kinds, batch.sides)
        )
        classes = torch.from_numpy(batch.classes).float()
        scores: torch.Tensor = network(numbers, self.rows[numbers], self.vectors[numbers], bits, index, syntax, owner, places, kinds, classes, sides, **options)
        return scores


def batches(items: Sequence[Encoded], order: Sequence[int], most: int, chosen: Sequence[np.ndarray], parse: bool = True) -> Iterator[tuple[Batch, list[int]]]:
    """Yield batches of some `most` places (pairs times words), of sentences of like length, with the numbers of their sentences; `chosen` are the pairs of
    each sentence that count."""
    group: list[int] = []
    places = 0
    for index in sorted(order, key=lambda index: len(items[index].words)):
        size = len(items[index].words) * len(chosen[index])
        if group and places + size > most:
            yield _batch(items, group, chosen, parse), group
            group, places = [], 0
        group.append(index)
        places += size
    if group:
        yield _batch(items, group, chosen, parse), group


def _batch(items: Sequence[Encoded], group: Sequence[int], chosen: Sequence[np.ndarray], parse: bool) -> Batch:
    length = max(len(items[index].words) for index in group)
    words, marks, places = _rows([items[index] for index in group], length)
    parts: dict[str, list[np.ndarray]] = {name: [] for name in ("owner", "places", "kinds", "classes", "sides", "heads", "labels", "flags")}
    syntax = np.zeros((len(group), length, 3), dtype=np.uint8)
    for row, index in enumerate(group):
        item, keep = items[index], chosen[index]
        syntax[row, : len(item.words)] = np.stack([item.tags, item.deps, item.held], axis=1)
        parts["owner"].append(np.full(len(keep), row))
        parts["places"].append(item.places[keep])
        parts["kinds"].append(item.kinds[keep])
        parts["classes"].append(np.unpackbits(item.classes[keep], axis=2, count=CLASSES // 2).reshape(len(keep), CLASSES))
        wide = np.zeros((len(keep), length), dtype=np.int8)
        if parse:
            wide[:, : len(item.words)] = sides(item.heads, item.places[keep])
        parts["sides"].append(wide)
        parts["heads"].append(np.full(len(keep), _HEAD[item.head]))
        parts["labels"].append(item.labels[keep])
        parts["flags"].append(item.flags[keep])
    return Batch(words, marks, places, syntax, **{name: np.concatenate(arrays) for name, arrays in parts.items()})


def _rows(items: Sequence[Encoded], length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the sentences' words and marks in rows of ROW, none of them cut, and where each word is, of shape (sentences, length)."""
    starts, at = [], 0
    for item in items:
        size = len(item.words)
        if at % ROW + size > ROW:
            at += ROW - at % ROW
        starts.append(at)
        at += size
    rows = at // ROW + 1
    words = np.zeros(rows * ROW, dtype=np.int32)
    marks = np.zeros((rows * ROW, items[0].marks.shape[1]), dtype=np.uint8)
    index = np.full((len(items), length), -1, dtype=np.int64)
    for row, (item, start) in enumerate(zip(items, starts, strict=True)):
        stretch = slice(start, start + len(item.words))
        words[stretch], marks[stretch] = item.words, item.marks
        index[row, : len(item.words)] = np.arange(start, start + len(item.words))
    return words.reshape(rows, ROW), marks.reshape(rows, ROW, -1), index


def predict(model: Model, network: PairNetwork, items: Sequence[Encoded], most: int) -> list[np.ndarray]:
    """Return the scores of all pairs of each sentence."""
    found: list[np.ndarray] = [np.zeros(0)] * len(items)
    every = [np.arange(len(item.labels)) for item in items]
    with torch.no_grad():
        for batch, group in batches(items, range(len(items)), most, every, model.config.get("parse", True)):
            scores = model(network, batch).numpy()
            at = 0
            for index in group:
                found[index] = scores[at : at + len(every[index])]
                at += len(every[index])
    return found


def draw_pairs(item: Encoded, rng: np.random.Generator, most_none: float) -> np.ndarray:
    """Return the pairs of a sentence that count this time: the related ones, and of the others as many as `most_none` says for each, two at least."""
    related = np.flatnonzero(item.labels > 0)
    others = np.flatnonzero(item.labels == 0)
    room = int(2 + most_none * len(related))
    if len(others) > room:
        others = rng.choice(others, room, replace=False)
    return np.concatenate([related, others])


def train(config: dict[str, Any], data: Data, vectors: Path, out: Path) -> dict[str, Any]:
    """Train as `config` says; write parameters and metrics to `out`, return the metrics."""
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config.get("threads", 1))
    rng = np.random.default_rng(config["seed"])
    rates, most = Rates(**config["dropout"]), config["places"]
    model = Model(config, data, vectors)
    network, dropper = model.network, Dropper(config["seed"])
    if config.get("resume"):
        network.load_state_dict(torch.load(config["resume"]))
    elif config.get("start"):
        kept = {
            name: value
            for name, value in torch.load(config["start"]).items()
            if name.partition(".")[0] in {"tables", "mix", "mix_norm", "layers", "norms", "out_norm"}
        }
        print("not in the body:", network.load_state_dict(kept, strict=False).missing_keys[:3], flush=True)
    mean = model.fresh()
    weights = config.get("weights", {})
    items = [item for item in data.train if item.head in config.get("corpora", HEADS)]
    dev = [item for item in data.dev if item.head in config.get("dev", HEADS)]

    def epoch() -> list[tuple[Batch, list[int]]]:
        chosen = [draw_pairs(item, rng, config["most_none"]) for item in items]
        order = [index for index, item in enumerate(items) for _ in range(int(weights.get(item.head, 1)) + (rng.random() < weights.get(item.head, 1) % 1))]
        # Sentences of like length are read together, but not always the same ones.
        rng.shuffle(order)
        found: list[tuple[Batch, list[int]]] = []
        for start in range(0, len(order), 4000):
            found += batches(items, order[start : start + 4000], most, chosen, config.get("parse", True))
        rng.shuffle(found)  # type: ignore[arg-type]
        return found

    ready = epoch()
    total = int(len(ready) * config["epochs"])
    report_at = max(total // config.get("reports", 4), 1)
    descent = Descent(
        network, mean, rate=config["rate"], weight_decay=config["weight_decay"], total=total, warm=config.get("warm", 200), keep=config.get("keep", 0.998)
    )
    importance = torch.tensor([float(config.get("importance", {}).get(head, 1.0)) for head in HEADS])
    started, history, figures = time.time(), [], {}
    while descent.steps < total:
        for batch, _ in ready:
            scores = model(network, batch, rates=rates, dropper=dropper, rate=rates.hidden)
            heads = torch.from_numpy(batch.heads)
            descent.step(pair_loss(scores, heads, torch.from_numpy(batch.labels).long(), torch.from_numpy(batch.flags), importance[heads]))
            if descent.steps % report_at == 0 or descent.steps == total:
                figures = score(dev, predict(model, mean, dev, most))
                spent = round(time.time() - started)
                history.append(
                    {"step": descent.steps, "of": total, "seconds": spent, "loss": round(descent.loss, 4)}
                    | {name: table["f1"] for name, table in figures.items()}
                )
                print(json.dumps(history[-1]), flush=True)
            if descent.steps >= total:
                break
        else:
            ready = epoch()
    out.mkdir(parents=True, exist_ok=True)
    torch.save(mean.state_dict(), out / "params.pt")
    metrics = {"config": config, "history": history, "dev": figures, "seconds": round(time.time() - started)}
    (out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    return metrics


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--data", type=Path, default=Path("training/build/relations/data.pickle"))
    parser.add_argument("--vectors", type=Path, default=Path("training/build/ner/vectors.npz"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=JSON")
    arguments = parser.parse_args()
    metrics = train(read_config(arguments.config, arguments.set), read_data(arguments.data), arguments.vectors, arguments.out)
    print(json.dumps(metrics["dev"], indent=1))


if __name__ == "__main__":
    main()
