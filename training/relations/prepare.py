"""Makes the arrays that the model of pairs learns from: `python -m training.relations.prepare --corpora CORPORA --out FILE`.

Keeps every document and sentence of a held-out part out of every training part, whatever corpus it comes from.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from training.ner.dataset import Words
from training.ner.encoded import open_lexicon
from training.ner.leaks import BlockList
from training.relations.corpora import read_all
from training.relations.dataset import Data, encode, read_data, write_data
from training.relations.examples import Sentence
from training.relations.syntax import parses


def without_leaks(train: Iterable[Sentence], dev: Iterable[Sentence]) -> list[Sentence]:
    """Return the sentences of training parts that no held-out part has, by PubMed id or by their words."""
    blocked = BlockList()
    held = list(dev)
    for sentence in held:
        blocked.hold_out(sentence.head, sentence.pmid, sentence.text)
    for sentence in held:
        blocked.see(sentence.head, sentence.document, sentence.pmid, sentence.text)
    return [sentence for sentence in train if not blocked.reasons(sentence.pmid, sentence.text)]


def make(corpora: Path) -> Data:
    """Return all corpora as arrays."""
    parts = read_all(corpora)
    train = without_leaks(parts["train"], parts["dev"])
    print(f"{len(parts['train'])} sentences to train on, {len(train)} without those of held-out parts; {len(parts['dev'])} held out", flush=True)
    words = Words()
    with open_lexicon() as lexicon:
        found = [list(encode(part, words, lexicon, parses(sentence.text for sentence in part))) for part in (train, parts["dev"])]
    return Data(*found, words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, default=Path("training/build/relations/data.pickle"))
    arguments = parser.parse_args()
    if not arguments.out.exists():
        write_data(arguments.out, make(arguments.corpora))
    data = read_data(arguments.out)
    print(len(data.train), len(data.dev), len(data.words.index))


if __name__ == "__main__":
    main()
