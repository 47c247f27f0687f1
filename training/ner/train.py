"""Trains the NER network on prepared corpora: `python -m training.ner.train CONFIG --out FOLDER [--set key=value ...]`.

Owns what is read in which order, and the reports; `training.descent` owns the steps. Nothing is chosen on dev inside a run.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch

from litkg.nlp.encoder.features import TABLES
from litkg.nlp.entities.conventions import HEADS
from training.descent import Descent
from training.ner.dataset import pack
from training.ner.encoded import Corpora, load_corpora
from training.ner.network import Network, gold_loss, soft_loss
from training.ner.scoring import evaluate, predict, spans_of
from training.network import Dropper, Rates


class Model:
    """A network with the words and vectors of its corpora."""

    def __init__(self, config: dict[str, Any], corpora: Corpora) -> None:
        self.config = config
        self.rows = torch.from_numpy(corpora.words.rows()).long()
        if not config.get("use_words", True):
            self.rows[:, :2] = torch.tensor([size - 1 for _, size, _ in TABLES[:2]])
        self.vectors = torch.from_numpy(corpora.vectors)
        self.marked = bool(config.get("corpus_mark"))
        self.network = Network(width=config["width"], dilations=tuple(config["dilations"]), vector_columns=corpora.vectors.shape[1], corpus_mark=self.marked)

    def __call__(self, network: Network, words: np.ndarray, marks: np.ndarray, heads: np.ndarray, **options: Any) -> torch.Tensor:
        """Return the scores of rows; `options` go to the network."""
        numbers = torch.from_numpy(words).long()
        bits = torch.from_numpy(np.unpackbits(marks, axis=-1)).float() * self.config.get("use_marks", True)
        vectors = self.vectors[numbers] * self.config.get("use_vectors", True)
        corpus = torch.from_numpy(heads + 1).long() if self.marked else None
        return network(numbers, self.rows[numbers], vectors, bits, corpus=corpus, **options)

    def run(self, network: Network) -> Any:
        """Return the function that `predict` asks for."""

        def run(words: np.ndarray, marks: np.ndarray, heads: np.ndarray) -> np.ndarray:
            with torch.no_grad():
                return self(network, words, marks, heads).numpy()

        return run


def train(config: dict[str, Any], corpora: Corpora, out: Path, teacher: dict[str, np.ndarray] | None = None) -> dict[str, Any]:
    """Train as `config` says; write parameters and metrics to `out`, return the metrics. `teacher` gives tag probabilities by document id."""
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config.get("threads", 1))
    rng = np.random.default_rng(config["seed"])
    length, batch, rates = config["length"], config["batch"], Rates(**config["dropout"])
    model = Model(config, corpora)
    network, dropper = model.network, Dropper(config["seed"])
    if config.get("start"):
        network.load_state_dict(torch.load(config["start"]), strict=False)
    mean = Network(width=config["width"], dilations=tuple(config["dilations"]), vector_columns=corpora.vectors.shape[1], corpus_mark=model.marked)
    documents = [d for d in corpora.train if d.head in config.get("corpora", HEADS) and _share(d.id) < config.get("share", 1.0)]
    dev = [d for d in corpora.dev if d.head in config.get("dev", HEADS)]
    weights = config.get("weights", {})
    tokens = sum(len(d.words) * weights.get(d.head, 1) for d in documents)
    total = config.get("steps") or int(config["epochs"] * tokens / (length * batch))
    report_at = max(total // config.get("reports", 4), 1)
    descent = Descent(
        network, mean, rate=config["rate"], weight_decay=config["weight_decay"], total=total, warm=config.get("warm", 200), keep=config.get("keep", 0.998)
    )
    started, history, figures = time.time(), [], {}
    while descent.steps < total:
        order = [i for i, d in enumerate(documents) for _ in range(int(weights.get(d.head, 1)) + (rng.random() < weights.get(d.head, 1) % 1))]
        rng.shuffle(order)
        packed = pack(documents, length, order, teacher)
        shuffled = rng.permutation(len(packed.words))
        for at in range(0, max(len(shuffled) - batch + 1, 1), batch):
            chosen = shuffled[at : at + batch]
            found = model(network, packed.words[chosen], packed.marks[chosen], packed.heads[chosen], rates=rates, dropper=dropper)
            heads = torch.from_numpy(packed.heads[chosen])
            loss = found.new_zeros(())
            if config.get("gold_weight", 1.0):
                loss = config.get("gold_weight", 1.0) * gold_loss(found, heads, torch.from_numpy(packed.tags[chosen]), config["smoothing"])
            if packed.soft is not None:
                loss = loss + config["soft_weight"] * soft_loss(found, torch.from_numpy(packed.soft[chosen]), torch.from_numpy(packed.words[chosen] > 0))
            descent.step(loss)
            step = descent.steps
            if dev and (step % report_at == 0 or step == total):
                scores = predict(model.run(mean), dev, length=length, batch=batch)
                figures = evaluate([spans_of(d, s, d.head) for d, s in zip(dev, scores, strict=True)], dev)
                spent = time.time() - started
                line = {"step": step, "of": total, "seconds": round(spent), "loss": round(descent.loss, 4), "tokens_s": round(step * length * batch / spent)}
                history.append(line | {head: table["headline"] for head, table in figures.items()})
                print(json.dumps(history[-1]), flush=True)
            if step >= total:
                break
    out.mkdir(parents=True, exist_ok=True)
    torch.save(mean.state_dict(), out / "params.pt")
    metrics = {"config": config, "history": history, "dev": figures, "seconds": round(time.time() - started)}
    (out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    return metrics


def _share(name: str) -> float:
    """Return a number in [0, 1) that is the document's own: the documents below a share are also below any larger one."""
    return crc32(name.encode()) / 2**32


def read_config(path: Path, changes: list[str]) -> dict[str, Any]:
    """Return the config with `key=json` changes."""
    config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for item in changes:
        name, _, value = item.partition("=")
        config[name] = json.loads(value)
    return config


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--data", type=Path, default=Path("training/build/ner"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=JSON")
    arguments = parser.parse_args()
    metrics = train(read_config(arguments.config, arguments.set), load_corpora(arguments.data), arguments.out)
    print(json.dumps(metrics["dev"], indent=1))


if __name__ == "__main__":
    main()
