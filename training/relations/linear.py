"""Fits the linear model of pairs: `python -m training.relations.linear --corpora CORPORA --out FOLDER`.

Owns clusters, features' selection and the fit; nothing is chosen on held-out parts here but what the constants say.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression

from litkg.nlp.cues.parsed import ParsedSentence, read_parsed
from litkg.nlp.encoder.vectors import load_vectors
from litkg.nlp.pairs.arguments import Argument
from litkg.nlp.pairs.classes import Classes
from litkg.nlp.pairs.clusters import Clusters, unit
from litkg.nlp.pairs.conventions import HEADS, NONE
from litkg.nlp.pairs.features import GROUPS, features_of, scene_of
from litkg.nlp.pairs.linear import write_heads
from litkg.nlp.syntax.model import load_syntax, set_sentence_starts
from training.ner.encoded import open_lexicon
from training.relations.corpora import read_all
from training.relations.dataset import MOST_WORDS, word_ranges
from training.relations.examples import Sentence
from training.relations.prepare import without_leaks
from training.relations.scoring import Labelled, score_chances

LEVELS = (50, 200, 800, 2500)
"""Clusters of words on each level."""
SHARES = (1.0, 1.0, 1.0, 1.0, 0.6, 0.5)
"""How much each group of features weighs."""
STRENGTH = 3.0
"""The inverse of the L2 penalty."""
LEAST = 0.03
"""Features whose largest weight is smaller than this share of the head's largest are left out, and the others fitted anew."""
MOST_NONE = 4
"""As many unrelated pairs for each related one are learned from at most: the event corpora have twenty times as many, and of their sentences without a related
pair only each fourth is read."""


@dataclass
class Featured:
    """The pairs of one head in a part."""

    documents: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    features: list[dict[str, int]] = field(default_factory=list)


def parse_all(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, ParsedSentence]]:
    """Yield the sentences with their syntax; those of more than MOST_WORDS words are left out."""
    nlp = load_syntax()
    docs = (set_sentence_starts(nlp.make_doc(sentence.text), ()) for sentence in sentences)
    for sentence, doc in zip(sentences, nlp.pipe(docs, batch_size=64), strict=True):
        (parsed,) = read_parsed(doc)
        if len(parsed.words) <= MOST_WORDS:
            yield sentence, parsed


def read_parsed_parts(corpora: Path, cache: Path) -> dict[str, list[tuple[Sentence, ParsedSentence]]]:
    """Return the sentences of all corpora with their syntax, by part; `cache` keeps them."""
    if not cache.exists():
        cache.parent.mkdir(parents=True, exist_ok=True)
        parts = read_all(corpora)
        parts["train"] = without_leaks(parts["train"], parts["dev"])
        with cache.open("wb") as handle:
            pickle.dump({part: list(parse_all(parts[part])) for part in parts}, handle, protocol=5)
    with cache.open("rb") as handle:
        parsed: dict[str, list[tuple[Sentence, ParsedSentence]]] = pickle.load(handle)  # noqa: S301 - written above
    return parsed


def fit_clusters(parsed: Iterable[ParsedSentence]) -> dict[str, npt.NDArray[Any]]:
    """Return the centres of words' clusters: k-means over the vectors of all words that occur twice, weighted by the root of how often."""
    counts = Counter(word for item in parsed for word in item.lower)
    words = [word for word, count in counts.items() if count > 1 and any(map(str.isalpha, word))]
    vectors = unit(load_vectors().look_up(words))
    weights = np.sqrt([counts[word] for word in words])
    arrays: dict[str, npt.NDArray[Any]] = {"scale": np.asarray(1 / 127, dtype=np.float32)}
    for number, level in enumerate(LEVELS):
        means = MiniBatchKMeans(min(level, len(words)), random_state=0, batch_size=8192, n_init=1, max_iter=25).fit(vectors, sample_weight=weights)
        arrays[f"level{number}"] = np.round(means.cluster_centers_ * 127).astype(np.int8)
    return arrays


def arguments_of(sentence: Sentence, parsed: ParsedSentence, classes: Classes) -> list[Argument]:
    """Return a sentence's mentions as the model of pairs takes them."""
    ranges = word_ranges(sentence, [start for start, _ in parsed.spans], [end for _, end in parsed.spans])
    return [
        Argument(first, last, mention.kind, classes.of(sentence.text[mention.start : mention.end]))
        for mention, (first, last) in zip(sentence.mentions, ranges, strict=True)
    ]


def featured(items: Iterable[tuple[Sentence, ParsedSentence]], clusters: Clusters, classes: Classes) -> dict[str, Featured]:
    """Return the pairs' features by head."""
    found = {head: Featured() for head in HEADS}
    for sentence, parsed in items:
        arguments = arguments_of(sentence, parsed, classes)
        scene = scene_of(parsed, arguments, clusters.of(parsed.words))
        own = found[sentence.head]
        for pair in sentence.pairs:
            own.documents.append(sentence.document)
            own.numbers.append(sentence.number)
            own.keys.append((sentence.mentions[pair.subject].key, sentence.mentions[pair.object].key))
            own.labels.append(HEADS[sentence.head].index(pair.label))
            own.features.append(features_of(scene, pair.subject, pair.object))
    return found


def thinned(own: Featured, rng: np.random.Generator) -> Featured:
    """Return the pairs with at most MOST_NONE unrelated ones for each related one."""
    labels = np.asarray(own.labels)
    none = np.flatnonzero(labels == 0)
    room = int(MOST_NONE * (labels > 0).sum())
    if len(none) <= room:
        return own
    return chosen_rows(own, sorted([*np.flatnonzero(labels > 0).tolist(), *rng.choice(none, room, replace=False).tolist()]))


def chosen_rows(own: Featured, rows: Sequence[int]) -> Featured:
    """Return some of the pairs."""
    return Featured(*([column[index] for index in rows] for column in (own.documents, own.numbers, own.keys, own.labels, own.features)))


def matrix(features: Sequence[Mapping[str, int]], numbers: Mapping[str, int]) -> csr_matrix:
    """Return the pairs' values of known features, of shape (pairs, features)."""
    indices, values, ends = [], [], [0]
    shares = np.asarray(SHARES)
    for row in features:
        known = [(number, group) for name, group in row.items() if (number := numbers.get(name)) is not None]
        groups = np.asarray([group for _, group in known], dtype=np.int64)
        counts = np.maximum(np.bincount(groups, minlength=len(GROUPS)), 1)
        indices += [number for number, _ in known]
        values += (shares / np.sqrt(counts))[groups].tolist()
        ends.append(len(indices))
    return csr_matrix((np.asarray(values, dtype=np.float32), indices, ends), shape=(len(features), len(numbers)))


@dataclass
class Fitted:
    """One head's weights."""

    names: list[str]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def chances(self, features: Sequence[Mapping[str, int]]) -> npt.NDArray[np.float32]:
        """Return the labels' probabilities, of shape (pairs, labels)."""
        found = matrix(features, {name: number for number, name in enumerate(self.names)}) @ self.weights + self.bias
        found = np.exp(found - found.max(axis=1, keepdims=True))
        return np.asarray(found / found.sum(axis=1, keepdims=True), dtype=np.float32)


def fit(own: Featured, labels: int) -> Fitted:
    """Return a head's weights, features of next to no weight left out."""
    counts = Counter(name for row in own.features for name in row)
    names = [name for name, count in counts.items() if count > 1]
    for last in (False, True):
        numbers = {name: number for number, name in enumerate(names)}
        model = LogisticRegression(C=STRENGTH, max_iter=120, tol=3e-3).fit(matrix(own.features, numbers), own.labels)
        found, bias = model.coef_, model.intercept_
        if len(found) == 1:  # two labels: one row, for the second
            found, bias = np.concatenate([-found, found]) / 2, np.concatenate([-bias, bias]) / 2
        weights, biases = np.zeros((len(names), labels)), np.full(labels, -20.0)
        weights[:, model.classes_], biases[model.classes_] = found.T, bias
        if not last:
            largest = np.abs(weights).max(axis=1)
            names = [name for name, size in zip(names, largest, strict=True) if size >= LEAST * largest.max()]
    return Fitted(names, weights.astype(np.float32), biases.astype(np.float32))


def _is_told(sentence: Sentence) -> bool:
    return any(pair.label != NONE for pair in sentence.pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, default=Path("training/build/relations/linear"))
    parser.add_argument("--only", choices=tuple(HEADS), action="append")
    arguments = parser.parse_args()
    parsed = read_parsed_parts(arguments.corpora, arguments.out.with_suffix(".pickle"))
    centres = fit_clusters(item for _, item in parsed["train"])
    clusters = Clusters(centres, load_vectors())
    rng = np.random.default_rng(0)
    tables: dict[str, Any] = {}
    fitted: dict[str, Fitted] = {}
    with open_lexicon() as lexicon:
        classes = Classes(lexicon)
        for head in arguments.only or HEADS:
            chosen = {part: [item for item in parsed[part] if item[0].head == head] for part in parsed}
            if head == "events":
                chosen["train"] = [item for at, item in enumerate(chosen["train"]) if at % 4 == 0 or _is_told(item[0])]
                chosen["dev"] = chosen["dev"][::4]
            train, dev = (featured(chosen[part], clusters, classes)[head] for part in ("train", "dev"))
            fitted[head] = fit(thinned(train, rng), len(HEADS[head]))
            chances = fitted[head].chances(dev.features)
            tables[head] = score_chances(Labelled(dev.documents, dev.keys, np.asarray(dev.labels)), chances, head)
            print(head, len(train.labels), len(fitted[head].names), json.dumps(tables[head]), flush=True)
    write_heads(arguments.out, {head: (item.names, item.weights, item.bias) for head, item in fitted.items()}, shares=SHARES)
    np.savez_compressed(arguments.out / "clusters.npz", **centres)
    (arguments.out / "metrics.json").write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
