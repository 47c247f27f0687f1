"""Puts the trained model together as it ships: without what only training needs, with the lemmatiser learned from the training articles.

Usage: python -m training.syntax.assemble CORPORA TRAINED SHIPPED
"""

from __future__ import annotations

import sys
from pathlib import Path

import spacy

import training.syntax.components  # noqa: F401
from litkg.nlp.lemmas import Lemmatizer
from training.split import held_out_fifth
from training.syntax.lemmas import counted_words, learn_lemmas
from training.syntax.treebank import read_articles


def main(corpora: Path, trained: Path, shipped: Path) -> None:
    """Write the model."""
    nlp = spacy.load(trained)
    articles = list(read_articles(corpora))
    names = held_out_fifth(article.id for article in articles)
    lemmatizer = nlp.add_pipe("litkg_lemmatizer", after="tagger")
    if not isinstance(lemmatizer, Lemmatizer):
        raise TypeError("another component has taken the name litkg_lemmatizer")
    lemmatizer.lemmas = learn_lemmas(counted_words(article for article in articles if article.id not in names))
    nlp.config["paths"].update(train=None, dev=None)
    nlp.meta.update(
        name="syntax", description="Tags, lemmas and dependencies of biomedical English, from the CRAFT treebank", license="CC BY 3.0", performance={}
    )
    nlp.to_disk(shipped)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
