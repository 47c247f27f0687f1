"""Chooses, on dev parts, how readily each head says that a token is in no name: `python -m training.ner.bias RUN`, which writes RUN/bias.json.

A head learns from its corpus and, in distillation, from the others, so that it may say too much or too little for its own convention. One number a head is
added to the score of O; `package` adds it to the weights. Figures on dev flatter by what one number can fit; `train` reports them without it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from litkg.nlp.entities.chances import floored, of_convention, share_by_word
from litkg.nlp.entities.conventions import HEADS, head_slices
from litkg.nlp.entities.decoding import read_spans, viterbi
from training.ner.dataset import Encoded
from training.ner.encoded import load_corpora
from training.ner.scoring import HEADLINE, f1, predict
from training.ner.train import Model

CHOICES = tuple(round(0.2 * number, 1) for number in range(-6, 7))
LEAST_GAIN = 0.15
"""F1 points that a bias must gain to be taken."""
FAMILIES = frozenset({"nlmgene", "gnormplus"})
"""Conventions whose families count as genes here, since users ask for both."""


def score(documents: list[Encoded], scores: list[np.ndarray], head: str, bias: float) -> float:
    """Return strict F1 of the head's headline types with `bias` on O."""
    kept = (*HEADLINE.get(head, HEADS[head]), *(("GeneFamily",) if head in FAMILIES else ()))
    hits = ours = gold = 0
    for document, found in zip(documents, scores, strict=True):
        columns = found.astype(np.float32).T.copy()
        columns[head_slices()[head].start] += bias
        words = [document.text[start:end].lower() for start, end in document.spans]
        path = viterbi(np.log(floored(share_by_word(words, of_convention(columns, head)))))
        spans = {(document.spans[first][0], document.spans[last - 1][1]) for first, last, kind in read_spans(path) if HEADS[head][kind] in kept}
        wanted = {(start, end) for start, end, kind in document.gold if kind in kept}
        hits, ours, gold = hits + len(spans & wanted), ours + len(spans), gold + len(wanted)
    return f1(hits, ours, gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--data", type=Path, default=Path("training/build/ner"))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    corpora = load_corpora(arguments.data)
    config = json.loads((arguments.run / "metrics.json").read_text(encoding="utf-8"))["config"]
    model = Model(config, corpora)
    model.network.load_state_dict(torch.load(arguments.run / "params.pt"))
    scores = predict(model.run(model.network), corpora.dev, length=config["length"], batch=config["batch"])
    chosen = {}
    for head in HEADS:
        documents = [document for document in corpora.dev if document.head == head]
        own = [found for document, found in zip(corpora.dev, scores, strict=True) if document.head == head]
        figures = {bias: score(documents, own, head, bias) for bias in CHOICES}
        best = max(CHOICES, key=lambda bias: (figures[bias], -abs(bias)))
        chosen[head] = best if figures[best] >= figures[0.0] + LEAST_GAIN else 0.0
        print(json.dumps({"head": head, "plain": figures[0.0], "best": best, "with it": figures[best], "taken": chosen[head]}), flush=True)
    (arguments.run / "bias.json").write_text(json.dumps(chosen, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
