"""Trains the syntax network on the CRAFT treebank: `python -m training.syntax.train CONFIG --corpora FOLDER --out FOLDER [--set key=value ...]`.

Owns the losses and the reports; `training.descent` owns the steps. Training reads litkg's own tokens. The held-out articles are scored now and then, from the
treebank's tokens and sentences; nothing is chosen by that inside a run.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from training.descent import Descent
from training.ner.dataset import Words
from training.ner.train import read_config
from training.ner.vectors import word_vectors
from training.network import Dropper, Rates
from training.split import held_out_fifth
from training.syntax.dataset import Encoded, Rows, encode, pack, runs, with_own_tokens
from training.syntax.network import SyntaxNetwork
from training.syntax.treebank import Article, read_articles


class Trainer:
    """Batches, network and scores of one run."""

    def __init__(self, config: dict[str, Any], articles: list[Article], vectors: Path) -> None:
        self.config = config
        self.articles = articles
        words = [word for article in articles for paragraph in article.paragraphs for sentence in paragraph for word in sentence]
        self.tags = [tag for tag, _ in Counter(word.tag for word in words).most_common()]
        self.labels = [label for label, _ in Counter(word.label for word in words).most_common()]
        self._vectors, self._lexicon, self._known = vectors, Words(), 0
        self._cache: dict[int, Encoded] = {}

    def encoded(self, articles: list[Article], chance: random.Random, *, own_tokens: bool) -> list[list[Encoded]]:
        """Return runs of the articles as arrays, and know their words; in litkg's tokens or the treebank's."""
        found = []
        for run in runs(articles, chance):
            found.append([])
            for sentence in run:
                if id(sentence) not in self._cache:
                    tokens = with_own_tokens(sentence) if own_tokens else sentence
                    self._cache[id(sentence)] = encode(tokens, self._lexicon, self.tags, self.labels)
                found[-1].append(self._cache[id(sentence)])
        if len(self._lexicon.index) != self._known:
            self._known = len(self._lexicon.index)
            self.rows = torch.from_numpy(self._lexicon.rows()).long()
            self.vectors = torch.from_numpy(word_vectors(self._vectors, list(self._lexicon.index)))
        return found

    def network(self) -> SyntaxNetwork:
        """Return a new network, its body as the config's `start` has it."""
        config = self.config
        network = SyntaxNetwork(
            width=config["width"], dilations=tuple(config["dilations"]), vector_columns=self.vectors.shape[1], attentions=config["attentions"],
            tags=len(self.tags), labels=len(self.labels),
        )  # fmt: skip
        if config.get("start"):
            body = torch.load(config["start"])
            body["mix.weight"] = body["mix.weight"][:, : network.mix.in_features]
            network.load_state_dict({name: value for name, value in body.items() if name in network.state_dict()}, strict=False)
        return network

    def scores(self, network: SyntaxNetwork, rows: Rows, chosen: Any, **options: Any) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the network's scores of some rows."""
        numbers, sentences = torch.from_numpy(rows.words[chosen]).long(), torch.from_numpy(rows.sentences[chosen])
        together = sentences.unsqueeze(2) == sentences.unsqueeze(1)
        heads = torch.from_numpy(rows.heads[chosen])
        return network(numbers, self.rows[numbers], self.vectors[numbers], together, heads, **options)

    def loss(self, network: SyntaxNetwork, rows: Rows, chosen: Any, rates: Rates, dropper: Dropper) -> torch.Tensor:
        """Return the sum of the mean losses of tags, heads and labels."""
        real = torch.from_numpy(rows.sentences[chosen] >= 0).flatten()
        total = torch.zeros(())
        smoothing = self.config["smoothing"]
        # No smoothing of heads: most places of the row cannot be one.
        wanted = ((rows.tags, smoothing), (rows.heads, 0.0), (rows.labels, smoothing))
        for found, (gold, smooth) in zip(self.scores(network, rows, chosen, rates=rates, dropper=dropper), wanted, strict=True):
            right = torch.from_numpy(gold[chosen]).flatten()[real]
            total = total + functional.cross_entropy(found.flatten(0, 1)[real], right, ignore_index=-1, label_smoothing=smooth)
        return total

    def measure(self, network: SyntaxNetwork, rows: Rows) -> dict[str, float]:
        """Return tag accuracy, UAS and LAS in percent, punctuation counted; each word's best head is taken, whether or not that makes a tree."""
        right = np.zeros(3)
        total = 0
        with torch.no_grad():
            for start in range(0, len(rows.words), self.config["batch"]):
                chosen = slice(start, start + self.config["batch"])
                real = rows.sentences[chosen] >= 0
                tags, arcs, labels = (found.argmax(-1).numpy() for found in self.scores(network, rows, chosen))
                attached = (arcs == rows.heads[chosen])[real]
                labelled = (labels == rows.labels[chosen])[real]
                right += ((tags == rows.tags[chosen])[real].sum(), attached.sum(), (attached & labelled).sum())
                total += real.sum()
        return dict(zip(("tags", "uas", "las"), (100 * right / total).round(2).tolist(), strict=True))


def train(config: dict[str, Any], articles: list[Article], vectors: Path, out: Path) -> None:
    """Train as `config` says; write parameters, labels and metrics to `out`."""
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config.get("threads", 1))
    rng, chance = np.random.default_rng(config["seed"]), random.Random(config["seed"])
    names = held_out_fifth(article.id for article in articles)
    training = [article for article in articles if article.id not in names]
    trainer = Trainer(config, training, vectors)
    dev = pack(trainer.encoded([article for article in articles if article.id in names], random.Random(0), own_tokens=False), config["length"])
    rows = pack(trainer.encoded(training, chance, own_tokens=True), config["length"])
    network, mean = trainer.network(), trainer.network()
    dropper, rates = Dropper(config["seed"]), Rates(**config["dropout"])
    total = int(config["epochs"] * (len(rows.words) // config["batch"]))
    descent = Descent(network, mean, rate=config["rate"], weight_decay=config["weight_decay"], total=total)
    started, history = time.time(), []
    while descent.steps < total:
        order = rng.permutation(len(rows.words))
        for at in range(0, len(order) - config["batch"] + 1, config["batch"]):
            loss = trainer.loss(network, rows, np.sort(order[at : at + config["batch"]]), rates, dropper)
            descent.step(loss)
            step = descent.steps
            if step % max(total // config["reports"], 1) == 0 or step == total:
                spent = time.time() - started
                line = {"step": step, "of": total, "seconds": round(spent), "loss": round(descent.loss, 4)}
                history.append(line | {"tokens_s": round(step * config["length"] * config["batch"] / spent)} | trainer.measure(mean, dev))
                print(json.dumps(history[-1]), flush=True)
            if step >= total:
                break
        rows = pack(trainer.encoded(training, chance, own_tokens=True), config["length"])
    out.mkdir(parents=True, exist_ok=True)
    torch.save(mean.state_dict(), out / "params.pt")
    metrics = {"config": config, "tags": trainer.tags, "labels": trainer.labels, "history": history, "seconds": round(time.time() - started)}
    (out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--vectors", type=Path, default=Path("training/build/ner/vectors.npz"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=JSON")
    arguments = parser.parse_args()
    train(read_config(arguments.config, arguments.set), list(read_articles(arguments.corpora)), arguments.vectors, arguments.out)


if __name__ == "__main__":
    main()
