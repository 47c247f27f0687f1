"""Writes the shipped model from trained parameters: `python -m training.ner.package RUN --out src/litkg/nlp/entities/weights`.

Owns what the files hold; `litkg.nlp.entities.model` reads them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from litkg.nlp.entities.conventions import HEADS
from litkg.nlp.entities.model import FORMAT_VERSION


def package(run: Path, vectors: Path, out: Path) -> int:
    """Write network.npz (16-bit), vectors.npz (8-bit) and meta.json to `out`; return the bytes of all."""
    out.mkdir(parents=True, exist_ok=True)
    config = json.loads((run / "metrics.json").read_text(encoding="utf-8"))["config"]
    weights = {name: value.numpy().astype(np.float16) for name, value in torch.load(run / "params.pt").items()}
    np.savez_compressed(out / "network.npz", **weights)
    with np.load(vectors) as arrays:
        np.savez_compressed(out / "vectors.npz", **arrays)
    meta = {"format_version": FORMAT_VERSION, "dilations": config["dilations"], "heads": {head: list(types) for head, types in HEADS.items()}}
    (out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    return sum(file.stat().st_size for file in out.iterdir())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--vectors", type=Path, default=Path("training/build/ner/vectors.npz"))
    parser.add_argument("--out", type=Path, default=Path("src/litkg/nlp/entities/weights"))
    arguments = parser.parse_args()
    print(f"{package(arguments.run, arguments.vectors, arguments.out) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
