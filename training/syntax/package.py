"""Writes the shipped syntax model from trained parameters and the lemmas of the training articles.

Usage: python -m training.syntax.package RUN --corpora CORPORA --out src/litkg/nlp/syntax/weights
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from litkg.nlp.syntax.model import FORMAT_VERSION
from training.split import held_out_fifth
from training.syntax.lemmas import counted_words, learn_lemmas
from training.syntax.treebank import read_articles


def package(run: Path, corpora: Path, out: Path) -> int:
    """Write network.npz (16-bit), lemmas.json and meta.json to `out`; return the bytes of all."""
    out.mkdir(parents=True, exist_ok=True)
    metrics = json.loads((run / "metrics.json").read_text(encoding="utf-8"))
    weights = {name: value.numpy().astype(np.float16) for name, value in torch.load(run / "params.pt").items()}
    np.savez_compressed(out / "network.npz", **weights)
    articles = list(read_articles(corpora))
    names = held_out_fifth(article.id for article in articles)
    lemmas = learn_lemmas(counted_words(article for article in articles if article.id not in names))
    tables = {"exceptions": lemmas.exceptions, "endings": lemmas.endings}
    (out / "lemmas.json").write_text(json.dumps(tables, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    meta = {"format_version": FORMAT_VERSION, "dilations": metrics["config"]["dilations"], "tags": metrics["tags"], "labels": metrics["labels"]}
    (out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    return sum(file.stat().st_size for file in out.iterdir())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, default=Path("src/litkg/nlp/syntax/weights"))
    arguments = parser.parse_args()
    print(f"{package(arguments.run, arguments.corpora, arguments.out) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
