"""Writes the shipped model of pairs from a trained network and fitted linear heads: `python -m training.relations.package NETWORK LINEAR`.

Owns what the files hold; `litkg.nlp.pairs.model` reads them. The bars are set afterwards by `training.relations.evaluate`.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from litkg.nlp.pairs.conventions import HEADS
from litkg.nlp.pairs.model import FORMAT_VERSION
from training.relations.syntax import LABELS, TAGS


def package(network: Path, linear: Path, out: Path) -> int:
    """Write the network (16-bit), the linear heads, the clusters and meta.json to `out`; return the bytes of all."""
    out.mkdir(parents=True, exist_ok=True)
    config = json.loads((network / "metrics.json").read_text(encoding="utf-8"))["config"]
    weights = {name: value.numpy().astype(np.float16) for name, value in torch.load(network / "params.pt").items()}
    np.savez_compressed(out / "network.npz", **weights)
    for file in (linear / "linear.npz", linear / "clusters.npz", *linear.glob("*.marisa")):
        shutil.copy(file, out / file.name)
    meta = {
        "format_version": FORMAT_VERSION,
        "dilations": config["dilations"],
        "heads": {head: list(labels) for head, labels in HEADS.items()},
        "tags": list(TAGS),
        "labels": ["ROOT" if label == "root" else label for label in LABELS],
        "linear": [head for head in HEADS if (linear / f"{head}.marisa").exists()],
        "bars": {},
    }
    (out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    return sum(file.stat().st_size for file in out.iterdir())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path)
    parser.add_argument("linear", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/litkg/nlp/pairs/weights"))
    arguments = parser.parse_args()
    print(f"{package(arguments.network, arguments.linear, arguments.out) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
