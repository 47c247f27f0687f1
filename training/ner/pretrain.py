"""Teaches the network's body to read, on texts without labels: `python -m training.ner.pretrain CONFIG --out FILE`.

Owns the two lessons: tell the floret vector of a hidden word, and tell the gazetteer marks of words whose marks are hidden, both from what stands around.
So the network knows what names look like and where they stand before it sees the few annotated texts.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from litkg.lexicon.gazetteer import WIDTH
from litkg.nlp.encoder.features import TABLES
from training.ner.dataset import Encoded, Words, draw, pack
from training.ner.encoded import open_lexicon
from training.ner.network import Dropper, Network, Rates, linear
from training.ner.train import read_config
from training.ner.vectors import word_vectors

HIDDEN = 0.15
"""Share of words that are hidden."""


def texts(path: Path, tokens: int, seed: int) -> tuple[list[Encoded], Words]:
    """Return lines of the file, `tokens` in all, drawn at random, as arrays; they are kept beside the file."""
    cache = path.with_suffix(f".{tokens}.pickle")
    if cache.exists():
        with cache.open("rb") as handle:
            return pickle.load(handle)  # noqa: S301 - written here, by this function
    words = Words()
    with path.open(encoding="utf-8") as lines:
        found = [line.strip()[:4000] for line in lines if len(line) > 200]
    with open_lexicon() as lexicon:
        documents = draw(found, words, lexicon, tokens=tokens, seed=seed)
    with cache.open("wb") as handle:
        pickle.dump((documents, words), handle, protocol=5)
    return documents, words


def pretrain(config: dict[str, Any], data: Path, out: Path, tokens: int) -> None:
    """Write the body's parameters."""
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config.get("threads", 1))
    documents, words = texts(data / "unlabelled.txt", tokens, config["seed"])
    rows = torch.from_numpy(words.rows()).long()
    vectors = torch.from_numpy(word_vectors(data / "vectors.npz", list(words.index)))
    rng = np.random.default_rng(config["seed"])
    packed = pack(documents, config["length"], rng.permutation(len(documents)))
    network = Network(width=config["width"], dilations=tuple(config["dilations"]), vector_columns=vectors.shape[1])
    to_vector, to_marks = nn.Linear(config["width"], vectors.shape[1]), nn.Linear(config["width"], WIDTH)
    parameters = [*(p for name, p in network.named_parameters() if not name.startswith("out.")), *to_vector.parameters(), *to_marks.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=1.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    dropper, rates, batch = Dropper(config["seed"]), Rates(word=0.1, embedding=0.1, hidden=0.1, marks=0.0, mark=0.0), config["batch"]
    hidden_rows = torch.tensor([size - 1 for _, size, _ in TABLES])
    order = rng.permutation(len(packed.words))
    total = len(order) // batch
    started, seen = time.time(), np.zeros(2)
    for step in range(total):
        chosen = order[step * batch : (step + 1) * batch]
        for group in optimiser.param_groups:
            group["lr"] = 0.002 * min((step + 1) / 200, 1.0) * (0.05 + 0.95 * 0.5 * (1 + np.cos(np.pi * step / total)))
        numbers = torch.from_numpy(packed.words[chosen]).long()
        real = numbers > 0
        marks = torch.from_numpy(np.unpackbits(packed.marks[chosen], axis=-1)).float()
        target = vectors[numbers]
        hidden = torch.from_numpy(rng.random(numbers.shape) < HIDDEN) & real
        unmarked = (torch.from_numpy(rng.random((len(chosen), 1)) < 0.5) | hidden) & real
        shown = ~hidden.unsqueeze(-1)
        x = network.features(
            numbers, torch.where(shown, rows[numbers], hidden_rows), target * shown, marks * ~unmarked.unsqueeze(-1), rates=rates, dropper=dropper
        )
        vector_loss = 1 - functional.cosine_similarity(linear(to_vector, x[hidden]).float(), target[hidden]).mean()
        found = linear(to_marks, x[unmarked]).float()
        mark_loss = functional.binary_cross_entropy_with_logits(found, marks[unmarked], reduction="sum") / max(len(found), 1)
        loss = vector_loss + mark_loss
        optimiser.zero_grad(set_to_none=False)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0, foreach=True)
        optimiser.step()
        values = np.asarray([float(vector_loss.detach()), float(mark_loss.detach())])
        seen = values if step == 0 else seen + 0.02 * (values - seen)
        if step % 100 == 99 or step + 1 == total:
            spent = time.time() - started
            line = {"step": step + 1, "of": total, "seconds": round(spent), "vectors": round(seen[0], 4), "marks": round(seen[1], 4)}
            print(json.dumps(line | {"tokens_s": round((step + 1) * batch * config["length"] / spent)}), flush=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({name: value for name, value in network.state_dict().items() if not name.startswith("out.")}, out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--data", type=Path, default=Path("training/build/ner"))
    parser.add_argument("--tokens", type=int, default=8_000_000)
    parser.add_argument("--out", type=Path, default=Path("training/build/ner/body.pt"))
    parser.add_argument("--set", action="append", default=[], metavar="KEY=JSON")
    arguments = parser.parse_args()
    pretrain(read_config(arguments.config, arguments.set), arguments.data, arguments.out, arguments.tokens)


if __name__ == "__main__":
    main()
