"""floret vectors of the unlabelled texts: `python -m training.ner.vectors --data training/build/ner`.

Owns their settings. They see no document of a dev part. Needs floret (`pip install 'litkg[train]'`).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from litkg.nlp.encoder.vectors import WordVectors, pack_table
from litkg.nlp.tokens import find_tokens

COLUMNS, ROWS, SHORTEST, LONGEST, HASHES = 128, 50_000, 4, 5, 2


def write_words(data: Path, path: Path) -> int:
    """Write the texts as space-parted tokens, the corpora's train parts twice; return how many tokens."""
    count = 0
    files = [(data / "unlabelled.txt", 1), *((file, 2) for file in sorted(data.glob("*.train.jsonl")))]
    with path.open("w", encoding="utf-8") as out:
        for file, times in files:
            for _ in range(times):
                with file.open(encoding="utf-8") as lines:
                    for line in lines:
                        text = json.loads(line)["text"] if file.suffix == ".jsonl" else line
                        words = [text[start:end] for start, end in find_tokens(text)]
                        if len(words) > 3:
                            count += len(words)
                            out.write(" ".join(words) + "\n")
    return count


def read_floret(path: Path) -> dict[str, np.ndarray]:
    """Return the packed table of a .floret file."""
    with path.open(encoding="utf-8") as lines:
        rows, columns, shortest, longest, hashes, seed, _, _ = lines.readline().split()
        table = np.zeros((int(rows), int(columns)), dtype=np.float32)
        for line in lines:
            index, *values = line.rstrip().split(" ")
            table[int(index)] = np.asarray(values, dtype=np.float32)
    return pack_table(table, shortest=int(shortest), longest=int(longest), hashes=int(hashes), seed=int(seed))


def word_vectors(path: Path, words: list[str]) -> np.ndarray:
    """Return the vectors of the words, the blank's being zero, scaled to a mean square of one."""
    with np.load(path) as data:
        found = WordVectors(data).look_up([word or "_" for word in words])
    found[[index for index, word in enumerate(words) if not word]] = 0
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("training/build/ner"))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    import floret

    words = arguments.data / "words.txt"
    print(f"{write_words(arguments.data, words):,} tokens")
    model = floret.train_unsupervised(
        str(words), model="skipgram", mode="floret", dim=COLUMNS, minn=SHORTEST, maxn=LONGEST, bucket=ROWS, hashCount=HASHES,
        epoch=arguments.epochs, minCount=5, ws=5, lr=0.05, neg=5, thread=arguments.threads, verbose=1,
    )  # fmt: skip
    model.save_floret_vectors(str(arguments.data / "vectors.floret"))
    np.savez_compressed(arguments.data / "vectors.npz", **read_floret(arguments.data / "vectors.floret"))


if __name__ == "__main__":
    main()
