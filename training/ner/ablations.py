"""What each part of the NER model pays, in short runs of one budget: `python -m training.ner.ablations --out training/ner/ablations.json`.

Owns the list of runs. All train on the corpora of SUBSET for the same number of steps and are scored on their dev parts; figures of these short runs compare
with each other, not with the shipped model's. A run that is in the file already is not made again.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from litkg.nlp.entities.chances import of_agreement, one_type
from litkg.nlp.entities.conventions import CONSENSUS, HEADS
from litkg.nlp.entities.decoding import read_spans, viterbi
from training.ner.dataset import Encoded
from training.ner.encoded import Corpora, load_corpora
from training.ner.scoring import Spans, evaluate, predict
from training.ner.train import Model, read_config, train

SUBSET = ("bc5cdr", "ncbi", "biored", "nlmgene", "gnormplus")
RUNS: dict[str, dict[str, Any]] = {
    "all": {},
    "no vectors": {"use_vectors": False},
    "no gazetteer marks": {"use_marks": False},
    "a corpus mark beside the heads": {"corpus_mark": True},
    "one head for all corpora": {"merged": True},
    "bc5cdr alone": {"corpora": ["bc5cdr"], "dev": ["bc5cdr"]},
    "ncbi alone": {"corpora": ["ncbi"], "dev": ["ncbi"]},
    "a quarter of the documents": {"share": 0.25},
    "half of the documents": {"share": 0.5},
    "ncbi left out": {"left_out": "ncbi"},
    "bc5cdr left out": {"left_out": "bc5cdr"},
    "nlmgene and gnormplus left out": {"left_out": "nlmgene gnormplus"},
}


def merged(documents: list[Encoded]) -> list[Encoded]:
    """Return the documents with their tags under BioRED's head, as if all corpora marked the same types the same way."""
    found = []
    for document in documents:
        tags = np.zeros_like(document.tags)
        for index, kind in enumerate(HEADS[document.head]):
            if kind in HEADS["biored"]:
                base, first = 1 + 4 * HEADS["biored"].index(kind), 1 + 4 * index
                mask = (document.tags >= first) & (document.tags < first + 4)
                tags[mask] = document.tags[mask] - first + base
        found.append(replace(document, head="biored", tags=tags))
    return found


def agreed_spans(document: Encoded, scores: np.ndarray, kinds: tuple[str, ...], without: tuple[str, ...]) -> Spans:
    """Return the spans of the types on which the conventions agree, those of `without` having no say."""
    found: Spans = set()
    for kind in kinds:
        heads = [head for head in CONSENSUS.get(kind, ()) if head in SUBSET and head not in without]
        if heads:
            path = viterbi(np.log(one_type(of_agreement(scores.T, {kind: heads}))))
            found |= {(document.spans[first][0], document.spans[last - 1][1], kind) for first, last, _ in read_spans(path)}
    return found


def run(name: str, changes: dict[str, Any], base: dict[str, Any], corpora: Corpora, folder: Path) -> dict[str, Any]:
    """Return the dev figures of one run."""
    without = tuple(changes.get("left_out", "").split())
    config = base | {"corpora": [head for head in SUBSET if head not in without], "dev": list(SUBSET)} | changes
    if config.get("merged"):
        merged_dev = [replace(document, head="biored") for document in corpora.dev if document.head in SUBSET]
        own = [document for document in corpora.dev if document.head in SUBSET]
        used = replace(corpora, train=merged([d for d in corpora.train if d.head in SUBSET]), dev=merged_dev)
        train(config | {"corpora": ["biored"], "dev": []}, used, folder)
    else:
        own = [document for document in corpora.dev if document.head in config["dev"]]
        merged_dev = own
        train(config | {"dev": []}, corpora, folder)
    import torch

    model = Model(config, corpora)
    model.network.load_state_dict(torch.load(folder / "params.pt"))
    scores = predict(model.run(model.network), merged_dev, length=config["length"], batch=config["batch"])
    spans = []
    for document, found in zip(own, scores, strict=True):
        if config.get("merged"):
            spans.append(_under(document, found, "biored"))
        elif document.head in without:
            spans.append(agreed_spans(document, found, HEADS[document.head], without))
        else:
            spans.append(_under(document, found, document.head))
    return {head: table["headline"] for head, table in evaluate(spans, own).items()}


def _under(document: Encoded, scores: np.ndarray, head: str) -> Spans:
    from training.ner.scoring import spans_of

    return {span for span in spans_of(document, scores, head) if span[2] in HEADS[document.head]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("training/ner/configs/teacher.json"))
    parser.add_argument("--data", type=Path, default=Path("training/build/ner"))
    parser.add_argument("--out", type=Path, default=Path("training/ner/ablations.json"))
    parser.add_argument("--epochs", type=float, default=1.5)
    arguments = parser.parse_args()
    base = read_config(arguments.config, []) | {"epochs": arguments.epochs, "weights": {}, "warm": 50, "keep": 0.99}
    corpora = load_corpora(arguments.data)
    tokens = sum(len(document.words) for document in corpora.train if document.head in SUBSET)
    base["steps"] = int(arguments.epochs * tokens / (base["length"] * base["batch"]))
    done = json.loads(arguments.out.read_text(encoding="utf-8")) if arguments.out.exists() else {}
    for name, changes in RUNS.items():
        if name not in done:
            done[name] = run(name, changes, base, corpora, arguments.data / "ablations" / name.replace(" ", "-"))
            print(name, done[name], flush=True)
            arguments.out.write_text(json.dumps(done, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
