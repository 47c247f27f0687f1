"""Measures the shipped model of pairs on a corpus part as the corpora's own tasks do: entities given, each pair asked for, the likeliest label counted.

    .venv/bin/python benchmarks/pairs.py semrep ../shared/corpora/SemRep-RC/validation.csv
    .venv/bin/python benchmarks/pairs.py chemprot ../shared/corpora/ChemProt/development/chemprot_development_
    .venv/bin/python benchmarks/pairs.py bc5cdr ../shared/corpora/BC5CDR/dev.pubtator
    .venv/bin/python benchmarks/pairs.py phee ../shared/corpora/PHEE/dev.jsonl

`semrep`: directed, over all predicates. `chemprot`: the five groups that the task scores; the path ends before "abstracts.tsv". `bc5cdr`: relations of
documents, those across sentences too, by the model of documents; `sentences` is the figure by the surest sentence alone. `phee`: drugs with effects and
disorders. What litkg says of its own accord (sure pairs only, with the grammar's) `litkg evaluate` measures. Training saw the training parts: do not measure
on these.
"""

# ruff: noqa: E402, I001  (threads are set before numpy is imported, and the path before training is)
from __future__ import annotations

import os
import sys
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
sys.path.insert(0, str(Path.cwd()))

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from litkg.nlp.pairs.classes import Classes
from litkg.nlp.pairs.documents import load_documents
from litkg.nlp.pairs.model import load_pairs
from training.ner.encoded import open_lexicon
from training.relations.corpora import read_chemprot, read_papers, read_phee, read_related, read_semrep
from training.relations.documents import label_pairs, predict, told_by
from training.relations.documents import score as score_documents
from training.relations.evaluate import read_chances
from training.relations.examples import Sentence
from training.relations.linear import parse_all
from training.relations.scoring import score_chances

READERS: Mapping[str, Callable[[Path], Iterable[Sentence]]] = {
    "semrep": read_semrep,
    "chemprot": read_chemprot,
    "bc5cdr": lambda path: read_related(path, "bc5cdr", {("Chemical", "Disease")}),
    "phee": read_phee,
}


def measure(head: str, path: Path) -> dict[str, Any]:
    """Return precision, recall and F1 in per cent, and the number of gold relations."""
    parsed = list(parse_all(list(READERS[head](path))))
    with open_lexicon() as lexicon:
        classes = Classes(lexicon)
        own, chances, _ = read_chances(head, parsed, classes, lexicon)
        sentences = score_chances(own, chances, head)
        sentences.pop("best")
        if head != "bc5cdr":
            return sentences
        pairs = label_pairs(read_papers(path), told_by(parsed, load_pairs(), classes, lexicon), lexicon)
        return {**score_documents(pairs, predict(pairs, load_documents()), load_documents()), "sentences": sentences}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("head", choices=READERS)
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.head, arguments.path), indent=1))


if __name__ == "__main__":
    main()
