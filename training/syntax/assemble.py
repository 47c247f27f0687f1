"""Puts the trained model together as it ships: without what only training needs, with the lemmatiser learned from the training articles.

Usage: python -m training.syntax.assemble CORPORA TRAINED SHIPPED
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from litkg.nlp.lemmas import WORD_CLASSES, Lemmatizer
from litkg.nlp.syntax.model import load_syntax
from training.split import held_out_fifth
from training.syntax.lemmas import counted_words, learn_lemmas
from training.syntax.treebank import read_articles


def main(corpora: Path, trained: Path, shipped: Path) -> None:
    """Write the model."""
    nlp = load_syntax(trained)
    articles = list(read_articles(corpora))
    names = held_out_fifth(article.id for article in articles)
    lemmatizer = nlp.add_pipe("litkg_lemmatizer", after="tagger")
    if not isinstance(lemmatizer, Lemmatizer):
        raise TypeError("another component has taken the name litkg_lemmatizer")
    lemmatizer.lemmas = learn_lemmas(counted_words(article for article in articles if article.id not in names))
    nlp.config["paths"].update(train=None, dev=None)
    description = "Tags, lemmas and dependencies of biomedical English, learned from the CRAFT treebank (CC BY 3.0)"
    nlp.meta.update(name="syntax", description=description, license="Apache-2.0", performance={})
    nlp.to_disk(shipped)
    # The words of the treebank are of no use to the model, which reads them by their hashes; names of labels it must know.
    labels = {label for name in ("tagger", "parser") for label in nlp.pipe_labels[name]}
    (shipped / "vocab" / "strings.json").write_text(json.dumps(sorted({*labels, *WORD_CLASSES, "ROOT", "dep", "_SP"})), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
