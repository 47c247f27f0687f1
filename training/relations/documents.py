"""Fits the model of documents on BC5CDR: `python -m training.relations.documents --corpora CORPORA [--parsed FILE]`.

Owns how its parts are kept apart: what the linear half says of a sentence of the training part comes from a fit without that document's fold, since the shipped
one has learned these very sentences; the bars are set on predictions for folds that were left out. The development part is only counted.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from litkg.lexicon.hierarchy import all_above
from litkg.lexicon.lookup import Lexicon
from litkg.nlp.cues.parsed import ParsedSentence
from litkg.nlp.pairs.classes import Classes
from litkg.nlp.pairs.documents import DocumentModel, load_documents, write_documents
from litkg.nlp.pairs.model import PairModel, Reading, load_pairs
from litkg.nlp.pairs.pages import Named, Page, Told, features_of_pair, pairs_of
from litkg.nlp.pairs.reading import LEAST_LINEAR, NEVER
from training.ner.encoded import open_lexicon
from training.relations.corpora import read_papers
from training.relations.examples import Pair, Paper, Sentence, sentences_of
from training.relations.linear import Featured, arguments_of, chosen_rows, fit, read_parsed_parts

FOLDS = 10
STRENGTH = 1.0
"""The inverse of the L2 penalty."""
LEAST = 0.01
"""Features of a smaller weight are left out."""
PRECISION = 0.85
"""How many of the pairs from the bar `said` on are right."""
HEADS = ("bc5cdr", "phee")
Parsed = tuple[Sentence, ParsedSentence]


@dataclass(frozen=True)
class Labelled:
    """Pairs of documents' drugs and diseases with their features, and whether annotators relate them; `together` where a sentence names both."""

    documents: Sequence[str]
    features: Sequence[Mapping[str, float]]
    labels: npt.NDArray[np.bool_]
    together: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Asked:
    """A pair of a sentence with what both heads say of it."""

    sentence: Sentence
    pair: Pair
    cid: Reading
    phee: Reading

    @property
    def keys(self) -> tuple[str, str]:
        """The ids of the drug and the disease."""
        return self.sentence.mentions[self.pair.subject].key, self.sentence.mentions[self.pair.object].key

    def told(self, cid: float) -> Told:
        """Return what the sentence tells of the pair, with this probability that the one brings about the other."""
        return Told(self.keys, self.sentence.number, cid, float(self.phee.chances[1]), float(self.phee.chances[2]))


def ask_sentences(items: Iterable[Parsed], model: PairModel, classes: Classes, lexicon: Lexicon, *, least: float) -> Iterator[Asked]:
    """Yield the pairs of sentences with what both heads say, the network where the linear half gives a relation at least the probability `least`."""
    for sentence, parsed in items:
        arguments = arguments_of(sentence, parsed, classes)
        asked = [(pair.subject, pair.object, head) for pair in sentence.pairs for head in HEADS]
        readings = model.read(parsed, partial(lexicon.marks, sentence.text, parsed.spans), arguments, asked, least=least)
        for pair, cid, phee in zip(sentence.pairs, readings[::2], readings[1::2], strict=True):
            yield Asked(sentence, pair, cid, phee)


def told_by(items: Sequence[Parsed], model: PairModel, classes: Classes, lexicon: Lexicon) -> dict[str, list[Told]]:
    """Return what sentences say as litkg reads them, by document."""
    found: dict[str, list[Told]] = defaultdict(list)
    for item in ask_sentences(items, model, classes, lexicon, least=LEAST_LINEAR):
        found[item.sentence.document].append(item.told(float(item.cid.chances[1])))
    return found


def told_in_folds(items: Sequence[Parsed], model: PairModel, classes: Classes, lexicon: Lexicon) -> dict[str, list[Told]]:
    """Return what the linear halves say of the training part's sentences, each fitted without the document's fold."""
    asked = list(ask_sentences(items, model, classes, lexicon, least=NEVER))
    own = Featured()
    for item in asked:
        own.documents.append(item.sentence.document)
        own.labels.append(int(item.pair.label == "CID"))
        own.features.append(dict(item.cid.features))
        own.numbers.append(item.sentence.number)
        own.keys.append(item.keys)
    folds = np.asarray([_fold(document) for document in own.documents])
    chances = np.zeros(len(folds))
    for fold in range(FOLDS):
        rows = np.flatnonzero(folds == fold).tolist()
        chances[rows] = fit(chosen_rows(own, np.flatnonzero(folds != fold).tolist()), 2).chances([own.features[row] for row in rows])[:, 1]
    found: dict[str, list[Told]] = defaultdict(list)
    for item, chance in zip(asked, chances.tolist(), strict=True):
        found[item.sentence.document].append(item.told(chance))
    return found


def _fold(document: str) -> int:
    return crc32(document.encode()) % FOLDS


def page_of(paper: Paper, told: Iterable[Told], lexicon: Lexicon) -> Page:
    """Return a paper of BC5CDR as a page; its keys are MeSH's numbers."""
    sentences, named = [], []
    for number, text, spans, _ in sentences_of(paper.text, paper.mentions):
        sentences.append(text)
        named += [Named(span.key, span.kind, number, span.start, span.end) for span in spans if span.kind in {"Chemical", "Disease"}]
    return Page(sentences, named, told, partial(wider_headings, lexicon))


@cache
def wider_headings(lexicon: Lexicon, key: str) -> frozenset[str]:
    """Return the MeSH headings that a heading is filed under, near and far."""
    above = (lexicon.concept(curie) for curie in all_above(f"MESH:{key}", lexicon.parents))
    return frozenset(curie.partition(":")[2] for concept in above if concept for curie in (concept.id, *concept.xrefs) if curie.startswith("MESH:"))


def label_pairs(papers: Iterable[Paper], told: Mapping[str, Sequence[Told]], lexicon: Lexicon) -> Labelled:
    """Return all pairs of the papers."""
    documents, features, labels, together = [], [], [], []
    for paper in papers:
        page = page_of(paper, told.get(paper.id, ()), lexicon)
        for pair in pairs_of(page):
            documents.append(paper.id)
            features.append(features_of_pair(page, pair))
            labels.append(paper.related.get(pair) == "CID")
            together.append(pair in page.told)
    return Labelled(documents, features, np.asarray(labels), np.asarray(together))


def predict_in_folds(own: Labelled) -> npt.NDArray[np.float64]:
    """Return each pair's probability by a fit without its document's fold."""
    folds = np.asarray([_fold(document) for document in own.documents])
    chances = np.zeros(len(folds))
    for fold in range(FOLDS):
        vectorizer = DictVectorizer()
        learned = vectorizer.fit_transform([row for row, at in zip(own.features, folds, strict=True) if at != fold])
        model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(learned, own.labels[folds != fold])
        chances[folds == fold] = model.predict_proba(vectorizer.transform([row for row, at in zip(own.features, folds, strict=True) if at == fold]))[:, 1]
    return chances


def set_bars(labels: npt.NDArray[np.bool_], chances: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the bar of the best F1, and the least from which PRECISION of the pairs are right. For probabilities the first is half of the best F1 itself
    (Lipton et al. 2014, ECML PKDD, theorem 1), which swings less from sample to sample than the best of all bars."""
    related = max(_f1(labels, chances >= bar) for bar in np.arange(0.1, 0.9, 0.02)) / 2
    order = np.argsort(-chances, kind="stable")
    fine = np.flatnonzero(np.cumsum(labels[order]) >= PRECISION * np.arange(1, len(order) + 1))
    return round(related, 3), round(float(chances[order[fine[-1]]]), 3)


def _f1(labels: npt.NDArray[np.bool_], found: npt.NDArray[np.bool_]) -> float:
    return 2 * float((labels & found).sum()) / max(float(labels.sum() + found.sum()), 1.0)


def score(own: Labelled, chances: npt.NDArray[np.float64], model: DocumentModel) -> dict[str, Any]:
    """Return precision, recall and F1 in per cent over all related pairs, over those that share no sentence, and precision and number of what is said."""
    tables: dict[str, Any] = {}
    for name, mask in (("all", np.ones(len(chances), dtype=bool)), ("apart", ~own.together)):
        labels, found = own.labels & mask, (chances >= model.related) & mask
        right = int((labels & found).sum())
        tables[name] = {
            "precision": round(100 * right / max(int(found.sum()), 1), 2),
            "recall": round(100 * right / max(int(labels.sum()), 1), 2),
            "f1": round(100 * _f1(labels, found), 2),
            "gold": int(labels.sum()),
        }
    said = (chances >= model.said) & own.together
    tables["said"] = {"pairs": int(said.sum()), "right": round(100 * float(own.labels[said].mean()), 2)}
    return tables


def predict(own: Labelled, model: DocumentModel) -> npt.NDArray[np.float64]:
    """Return each pair's probability by a model."""
    return np.asarray([model.chance(row) for row in own.features])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--parsed", type=Path, default=Path("training/build/relations/linear.pickle"))
    parser.add_argument("--weights", type=Path, default=Path("src/litkg/nlp/pairs/weights"))
    parser.add_argument("--out", type=Path, default=Path("training/relations/documents.json"))
    arguments = parser.parse_args()
    parts = {part: [item for item in items if item[0].head == "bc5cdr"] for part, items in read_parsed_parts(arguments.corpora, arguments.parsed).items()}
    papers = {part: list(read_papers(arguments.corpora / f"BC5CDR/{part}.pubtator")) for part in parts}
    kept = {sentence.document for sentence, _ in parts["train"]}
    papers["train"] = [paper for paper in papers["train"] if paper.id in kept]
    model = load_pairs()
    with open_lexicon() as lexicon:
        classes = Classes(lexicon)
        train = label_pairs(papers["train"], told_in_folds(parts["train"], model, classes, lexicon), lexicon)
        dev = label_pairs(papers["dev"], told_by(parts["dev"], model, classes, lexicon), lexicon)
    in_folds = predict_in_folds(train)
    related, said = set_bars(train.labels, in_folds)
    vectorizer = DictVectorizer()
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000).fit(vectorizer.fit_transform(train.features), train.labels)
    large = np.flatnonzero(np.abs(fitted.coef_[0]) >= LEAST)
    names = [str(name) for name in vectorizer.get_feature_names_out()[large]]
    write_documents(arguments.weights, names, fitted.coef_[0][large], float(fitted.intercept_[0]), related=related, said=said)
    load_documents.cache_clear()
    written = load_documents(arguments.weights)
    tables = {"features": len(names), "train, folds": score(train, in_folds, written), "dev": score(dev, predict(dev, written), written)}
    arguments.out.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(tables, indent=1))


if __name__ == "__main__":
    main()
