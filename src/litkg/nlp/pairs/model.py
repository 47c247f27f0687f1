"""The model of pairs as litkg ships it: arguments of a parsed sentence in, probabilities of each corpus's labels out.

Owns how its two halves are put together, a linear model that sees many features and a network that reads the sentence: the geometric mean of their
probabilities, which is right more often than either. Each head sees the arguments that its corpus marks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from litkg.errors import PipelineError
from litkg.nlp.cues.parsed import ParsedSentence
from litkg.nlp.encoder.network import Encoder
from litkg.nlp.encoder.vectors import load_vectors
from litkg.nlp.pairs.arguments import Argument
from litkg.nlp.pairs.asking import ask
from litkg.nlp.pairs.clusters import Clusters
from litkg.nlp.pairs.conventions import HEADS, KINDS, slices
from litkg.nlp.pairs.features import features_of, scene_of
from litkg.nlp.pairs.linear import LinearHead, read_heads
from litkg.nlp.pairs.network import PairNetwork

MARKED: Mapping[str, frozenset[str]] = {
    "chemprot": frozenset({"Chemical", "Gene"}),
    "biored": frozenset({"Gene", "Chemical", "Disease", "Variant", "Organism", "Cell"}),
    "bc5cdr": frozenset({"Chemical", "Disease"}),
    "phee": frozenset({"Chemical", "Disease"}),
    "events": frozenset({"Gene", "Chemical"}),
}
"""Kinds of arguments that each head's corpus marks. SemRep's rows mark one pair alone, and do not say what its ends are."""
FORMAT_VERSION = 1
_FLOOR = 1e-4
"""Added to probabilities before their mean is taken, so that neither half alone can rule a label out."""

Floats = npt.NDArray[np.float32]
Marks = npt.NDArray[np.uint8]
_SLICES = slices()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a head says of a pair: the probabilities of its labels, in the order of HEADS, those of either half (None where the network was not asked), and the
    features behind the linear half's."""

    head: str
    chances: Floats
    linear: Floats
    network: Floats | None
    features: Mapping[str, int]


class PairModel:
    """Reads pairs; `load_pairs` gives the one that is shipped. `bars` holds, by head and label, the least probability from which a label is said; labels
    without one never are. Not safe to share between threads."""

    def __init__(
        self,
        heads: Mapping[str, LinearHead],
        clusters: Clusters,
        network: PairNetwork,
        *,
        tags: Sequence[str],
        labels: Sequence[str],
        bars: Mapping[str, Mapping[str, float]],
    ) -> None:
        self._heads, self._clusters, self._network = heads, clusters, network
        self._tags, self._labels = ({name: number for number, name in enumerate(names)} for names in (tags, labels))
        self.bars = bars

    def read(
        self, parsed: ParsedSentence, marks: Callable[[], Marks], arguments: Sequence[Argument], asked: Sequence[tuple[int, int, str]], *, least: float = 0.0
    ) -> list[Reading]:
        """Return what heads say of pairs, in the order asked: numbers of subject and object among the arguments, and the head's name.

        `marks` gives the gazetteer's marks, of shape (words, columns), where they are needed: the network reads only the pairs to which the linear half gives a
        relation of any kind with at least the probability `least`.

        Raises: KeyError for a head that has no linear half.
        """
        clusters = self._clusters.of(parsed.words) if asked else []
        # SemRep's pairs are seen one at a time; heads whose corpora mark the same kinds see a pair alike.
        groups: dict[tuple[frozenset[str], int], dict[tuple[int, int], list[int]]] = {}
        for index, (subject, object_, head) in enumerate(asked):
            group = (MARKED[head], -1) if head in MARKED else (frozenset[str](), index)
            groups.setdefault(group, {}).setdefault((subject, object_), []).append(index)
        found: dict[int, Reading] = {}
        questions: list[tuple[list[Argument], list[tuple[int, int]], list[list[int]]]] = []
        for (kinds, _), members in groups.items():
            marked, pairs = _seen(arguments, list(members), kinds)
            scene = scene_of(parsed, marked, clusters)
            open_ = []
            for indices, pair in zip(members.values(), pairs, strict=True):
                features = features_of(scene, *pair)
                for index in indices:
                    head = asked[index][2]
                    linear = _softmax(self._heads[head].scores(features))
                    found[index] = Reading(head, linear, linear, None, features)
                if any(1 - found[index].linear[0] >= least for index in indices):
                    open_.append((indices, pair))
            if open_:
                questions.append((marked, [pair for _, pair in open_], [indices for indices, _ in open_]))
        if questions:
            numbers = [ask(parsed, marked, pairs, tags=self._tags, labels=self._labels) for marked, pairs, _ in questions]
            for (_, _, members_of_pairs), scores in zip(questions, self._network.read(parsed.words, marks(), numbers), strict=True):
                for indices, row in zip(members_of_pairs, scores, strict=True):
                    for index in indices:
                        known = found[index]
                        network = _softmax(row[_SLICES.heads[known.head]])
                        found[index] = replace(known, network=network, chances=combine(known.linear, network))
        return [found[index] for index in range(len(asked))]

    def reasons(self, reading: Reading, label: str) -> list[tuple[str, float]]:
        """Return the features that speak for and against a label in the linear half, the weightiest first."""
        return self._heads[reading.head].parts(reading.features, HEADS[reading.head].index(label))


def _seen(arguments: Sequence[Argument], pairs: Sequence[tuple[int, int]], kinds: frozenset[str]) -> tuple[list[Argument], list[tuple[int, int]]]:
    """Return the arguments that heads see, and the pairs' numbers among these: those of some kinds; without kinds the ends of the one pair, as unknown."""
    if not kinds:
        ((subject, object_),) = pairs
        return [replace(arguments[at], kind="unknown") for at in (subject, object_)], [(0, 1)]
    named = {at for pair in pairs for at in pair}
    kept = [at for at, argument in enumerate(arguments) if argument.kind in kinds or at in named]
    places = {at: place for place, at in enumerate(kept)}
    return [arguments[at] for at in kept], [(places[subject], places[object_]) for subject, object_ in pairs]


def combine(linear: Floats, network: Floats) -> Floats:
    """Return the geometric mean of two sets of probabilities, labels last, made to sum to 1."""
    mean = np.sqrt((linear + _FLOOR) * (network + _FLOOR))
    return np.asarray(mean / mean.sum(axis=-1, keepdims=True), dtype=np.float32)


def _softmax(scores: Floats) -> Floats:
    chances = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(chances / chances.sum(axis=-1, keepdims=True), dtype=np.float32)


@cache
def load_pairs(path: Path | None = None) -> PairModel:
    """Return the model in the folder, by default the one that litkg ships, read once a process.

    Raises: PipelineError where the files are missing or broken.
    """
    folder = path or Path(str(files("litkg.nlp.pairs").joinpath("weights")))
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta["format_version"] != FORMAT_VERSION or meta["heads"] != {head: list(labels) for head, labels in HEADS.items()}:
            raise ValueError("it was made for another version of litkg")
        vectors = load_vectors()
        with np.load(folder / "clusters.npz", allow_pickle=False) as arrays:
            clusters = Clusters(dict(arrays), vectors)
        with np.load(folder / "network.npz", allow_pickle=False) as arrays:
            network = PairNetwork(Encoder(arrays, vectors, meta["dilations"]), arrays, kinds=len(KINDS))
        return PairModel(read_heads(folder, meta["linear"]), clusters, network, tags=meta["tags"], labels=meta["labels"], bars=meta["bars"])
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(f"no model of pairs in {folder} ({error}): install litkg anew, or train it (training/README.md)") from error
