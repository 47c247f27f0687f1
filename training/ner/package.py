"""Writes the shipped model from trained parameters, and the word vectors that litkg's models share: `python -m training.ner.package RUN`.

Owns what the files hold; `litkg.nlp.entities.model` and `litkg.nlp.encoder.vectors` read them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from litkg.nlp.entities.conventions import HEADS, head_slices
from litkg.nlp.entities.model import FORMAT_VERSION


def package(run: Path, out: Path) -> int:
    """Write network.npz (16-bit) and meta.json to `out`; return the bytes of both. What `bias` chose, if it was run, is added to the weights."""
    out.mkdir(parents=True, exist_ok=True)
    config = json.loads((run / "metrics.json").read_text(encoding="utf-8"))["config"]
    parameters = torch.load(run / "params.pt")
    biases = json.loads((run / "bias.json").read_text(encoding="utf-8")) if (run / "bias.json").exists() else {}
    for head, bias in biases.items():
        parameters["out.bias"][head_slices()[head].start] += bias
    weights = {name: value.numpy().astype(np.float16) for name, value in parameters.items()}
    np.savez_compressed(out / "network.npz", **weights)
    meta = {"format_version": FORMAT_VERSION, "dilations": config["dilations"], "heads": {head: list(types) for head, types in HEADS.items()}}
    (out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    return sum(file.stat().st_size for file in out.iterdir())


def package_vectors(vectors: Path, out: Path) -> int:
    """Write the vectors' arrays (8-bit) to the file `out`; return its bytes."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with np.load(vectors) as arrays:
        np.savez_compressed(out, **arrays)
    return out.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--vectors", type=Path, default=Path("training/build/ner/vectors.npz"))
    parser.add_argument("--out", type=Path, default=Path("src/litkg/nlp/entities/weights"))
    parser.add_argument("--vectors-out", type=Path, default=Path("src/litkg/nlp/encoder/weights/vectors.npz"))
    arguments = parser.parse_args()
    size = package(arguments.run, arguments.out) + package_vectors(arguments.vectors, arguments.vectors_out)
    print(f"{size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
