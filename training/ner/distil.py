"""Teaches one network what several agree on: `python -m training.ner.distil CONFIG --teachers RUN ... --out FOLDER`.

The teachers' mean probabilities, of every convention on every text, are the student's targets beside the gold of each text's own corpus (Hinton et al. 2015,
"Distilling the knowledge in a neural network"): so each text of one corpus also teaches the conventions of the others. A convention may have specialists,
taught on its corpus alone from a teacher's weights. More texts come from `unlabelled.txt`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from litkg.lexicon.lookup import Lexicon
from litkg.nlp.entities.conventions import TAGS, head_slices
from training.ner.dataset import Encoded, draw
from training.ner.encoded import Corpora, load_corpora, open_lexicon
from training.ner.scoring import evaluate, log_softmax, predict, spans_of
from training.ner.shares import shares
from training.ner.train import Model, read_config, train
from training.ner.vectors import word_vectors


def probabilities(parts: Mapping[Path, Mapping[str, float]], corpora: Corpora, documents: Sequence[Encoded]) -> list[np.ndarray]:
    """Return the tag probabilities of each document, of shape (tokens, TAGS), as 16-bit numbers: the mean of runs, of each convention by their `shares`."""
    total: list[np.ndarray] = []
    for run, share in parts.items():
        config = json.loads((run / "metrics.json").read_text(encoding="utf-8"))["config"]
        model = Model(config, corpora)
        model.network.load_state_dict(torch.load(run / "params.pt"))
        found = []
        for scores in predict(model.run(model.network), documents, length=config["length"], batch=config["batch"]):
            chances = np.zeros((len(scores), TAGS), dtype=np.float16)
            for head, part in head_slices().items():
                if head in share:
                    chances[:, part] = np.exp(log_softmax(scores[:, part])) * share[head]
            found.append(chances)
        total = [a + b for a, b in zip(total, found, strict=True)] if total else found
    return total


def unlabelled(path: Path, corpora: Corpora, lexicon: Lexicon, tokens: int, seed: int) -> list[Encoded]:
    """Return texts without gold, `tokens` in all, drawn from the file's lines."""
    with path.open(encoding="utf-8") as lines:
        texts = [line.strip() for line in lines if 200 < len(line) < 3000]
    return draw(texts, corpora.words, lexicon, tokens=tokens, seed=seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--teachers", type=Path, nargs="+", required=True)
    parser.add_argument("--specialist", action="append", default=[], metavar="HEAD=RUN", help="a teacher of one convention; repeatable")
    parser.add_argument("--data", type=Path, default=Path("training/build/ner"))
    parser.add_argument("--unlabelled", type=int, default=1_000_000, metavar="TOKENS")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=JSON")
    arguments = parser.parse_args()
    config: dict[str, Any] = read_config(arguments.config, arguments.set)
    torch.set_num_threads(config.get("threads", 1))
    corpora = load_corpora(arguments.data)
    specialists: dict[str, list[Path]] = {}
    for item in arguments.specialist:
        head, _, run = item.partition("=")
        specialists.setdefault(head, []).append(Path(run))
    parts = shares(arguments.teachers, specialists)
    found = probabilities(parts, corpora, corpora.dev)
    print(
        "teachers on dev",
        json.dumps(evaluate([spans_of(d, np.log(s.astype(np.float32) + 1e-6), d.head) for d, s in zip(corpora.dev, found, strict=True)], corpora.dev)),
    )
    if arguments.unlabelled:
        with open_lexicon() as lexicon:
            extra = unlabelled(arguments.data / "unlabelled.txt", corpora, lexicon, arguments.unlabelled, config["seed"])
        corpora = replace(corpora, train=[*corpora.train, *extra], vectors=word_vectors(arguments.data / "vectors.npz", list(corpora.words.index)))
        config["corpora"] = [*{d.head for d in corpora.train}]
    teacher = {d.key: chances for d, chances in zip(corpora.train, probabilities(parts, corpora, corpora.train), strict=True)}
    print(f"{len(teacher)} documents, {sum(map(len, teacher.values())):,} tokens to learn from", flush=True)
    print(json.dumps(train(config, corpora, arguments.out, teacher)["dev"], indent=1))


if __name__ == "__main__":
    main()
