"""Teaches the network's body to read, on texts without labels: `python -m training.ner.pretrain CONFIG --out FILE`.

Owns the three lessons: tell a hidden word, if it is one of the usual ones; tell its floret vector; and tell the gazetteer marks of words whose marks are
hidden, all from what stands around. So the network knows what names look like and where they stand before it sees the few annotated texts.
The train parts of the annotated corpora are read too, without their labels.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from litkg.lexicon.gazetteer import WIDTH
from litkg.nlp.encoder.features import TABLES
from litkg.nlp.entities.conventions import HEADS
from training.ner.dataset import Encoded, Words, draw, pack, read_documents
from training.ner.encoded import open_lexicon
from training.ner.train import read_config
from training.ner.vectors import word_vectors
from training.network import Body, Dropper, Rates, linear

HIDDEN = 0.15
"""Share of words that are hidden."""
WORDS_WEIGHT = 0.25
"""What the loss of naming hidden words counts beside those of vectors and marks."""
USUAL = 20_000
"""Words that the network learns to name, small and capital letters alike: the most frequent ones."""


def texts(data: Path, tokens: int, seed: int) -> tuple[list[Encoded], Words]:
    """Return the annotated corpora's train parts and lines of `unlabelled.txt`, `tokens` in all, drawn at random, as arrays; they are kept in `data`."""
    cache = data / f"unlabelled.{tokens}.pickle"
    if cache.exists():
        with cache.open("rb") as handle:
            return pickle.load(handle)  # noqa: S301 - written here, by this function
    words = Words()
    with (data / "unlabelled.txt").open(encoding="utf-8") as lines:
        found = [line.strip()[:4000] for line in lines if len(line) > 200]
    annotated = [str(document["text"]) for head in HEADS for document in read_documents(data / f"{head}.train.jsonl")]
    with open_lexicon() as lexicon:
        documents = draw(annotated, words, lexicon, tokens=tokens, seed=seed)
        documents += draw(found, words, lexicon, tokens=tokens - sum(len(document.words) for document in documents), seed=seed)
    with cache.open("wb") as handle:
        pickle.dump((documents, words), handle, protocol=5)
    return documents, words


def usual_words(documents: list[Encoded], words: Words) -> np.ndarray:
    """Return for each word number which of the USUAL words it is, as read in small letters, or -1."""
    counts = np.zeros(len(words.index), dtype=np.int64)
    for document in documents:
        np.add.at(counts, document.words, 1)
    small: Counter[str] = Counter()
    for word, count in zip(words.index, counts.tolist(), strict=True):
        small[word.lower()] += count
    del small[""]
    rank = {word: index for index, (word, _) in enumerate(small.most_common(USUAL))}
    return np.asarray([rank.get(word.lower(), -1) for word in words.index], dtype=np.int64)


def pretrain(config: dict[str, Any], data: Path, out: Path, tokens: int) -> None:
    """Write the body's parameters."""
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config.get("threads", 1))
    documents, words = texts(data, tokens, config["seed"])
    rows = torch.from_numpy(words.rows()).long()
    vectors = torch.from_numpy(word_vectors(data / "vectors.npz", list(words.index)))
    rng = np.random.default_rng(config["seed"])
    packed = pack(documents, config["length"], rng.permutation(len(documents)))
    network = Body(width=config["width"], dilations=tuple(config["dilations"]), vector_columns=vectors.shape[1], mark_columns=WIDTH)
    usual = torch.from_numpy(usual_words(documents, words))
    to_vector, to_marks = nn.Linear(config["width"], vectors.shape[1]), nn.Linear(config["width"], WIDTH)
    to_word = nn.Linear(vectors.shape[1], USUAL)
    nn.init.normal_(to_word.weight, std=0.02)
    lessons = [*to_vector.parameters(), *to_marks.parameters(), *to_word.parameters()]
    parameters = [*network.parameters(), *lessons]
    optimiser = torch.optim.AdamW(parameters, lr=1.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    dropper, rates, batch = Dropper(config["seed"]), Rates(word=0.1, embedding=0.1, hidden=0.1, marks=0.0, mark=0.0), config["batch"]
    hidden_rows = torch.tensor([size - 1 for _, size, _ in TABLES])
    order = rng.permutation(len(packed.words))
    total = len(order) // batch
    started, seen = time.time(), np.zeros(3)
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
        guessed = linear(to_vector, x[hidden])
        vector_loss = 1 - functional.cosine_similarity(guessed.float(), target[hidden]).mean()
        named = usual[numbers[hidden]]
        word_loss = functional.cross_entropy(linear(to_word, guessed[named >= 0]).float(), named[named >= 0])
        found = linear(to_marks, x[unmarked]).float()
        mark_loss = functional.binary_cross_entropy_with_logits(found, marks[unmarked], reduction="sum") / max(len(found), 1)
        loss = vector_loss + mark_loss + WORDS_WEIGHT * word_loss
        optimiser.zero_grad(set_to_none=False)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0, foreach=True)
        optimiser.step()
        values = np.asarray([float(vector_loss.detach()), float(mark_loss.detach()), float(word_loss.detach())])
        seen = values if step == 0 else seen + 0.02 * (values - seen)
        if step % 100 == 99 or step + 1 == total:
            spent = time.time() - started
            losses = dict(zip(("vectors", "marks", "words"), seen.round(4).tolist(), strict=True))
            line = {"step": step + 1, "of": total, "seconds": round(spent)} | losses
            print(json.dumps(line | {"tokens_s": round((step + 1) * batch * config["length"] / spent)}), flush=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), out)


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
