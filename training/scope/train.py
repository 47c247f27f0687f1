"""Trains the model of cues and scopes on BioScope's abstracts and measures it by cross-validation.

    .venv/bin/python -m training.scope.train --corpora ../shared/corpora

Ten folds by document; nothing is chosen inside a fold, and a fold's list of phrases comes from the other nine.
Writes the weights, taught on all abstracts, into the package, and training/scope/metrics.json.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from litkg.nlp.cues.boundaries import CueBorders
from litkg.nlp.cues.detection import cue_features, find_candidates, phrase_of
from litkg.nlp.cues.loglinear import LogLinear
from litkg.nlp.cues.model import FORMAT_VERSION, NEGATION, SPECULATION, WEIGHTS, CueModel
from litkg.nlp.cues.parsed import ParsedSentence, read_parsed
from litkg.nlp.syntax.model import load_syntax, set_sentence_starts
from training.scope.bioscope import FOLDS, read_bioscope
from training.scope.fit import Rows, fit_choice, fit_yes_no

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "litkg" / "nlp" / "cues" / WEIGHTS
METRICS = Path(__file__).resolve().parent / "metrics.json"
KINDS = (NEGATION, SPECULATION)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its gold scopes in words: `(kind, parts, first, last)`."""

    fold: int
    sentence: ParsedSentence
    scopes: tuple[tuple[str, tuple[tuple[int, int], ...], int, int], ...]

    @property
    def cues(self) -> dict[tuple[int, int], str]:
        """Return the kind of each part of a cue."""
        return {part: kind for kind, parts, _, _ in self.scopes for part in parts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--decay", type=float, default=0.6, help="how strongly the weights of borders are drawn to 0")
    parser.add_argument("--cue-decay", type=float, default=0.1, help="the same for cues")
    arguments = parser.parse_args()
    lessons = Lessons(read_examples(arguments.corpora / "BioScope"), decay=arguments.decay, cue_decay=arguments.cue_decay)
    counts: Counter[tuple[str, str]] = Counter()
    for fold in range(FOLDS):
        model = lessons.model(without=fold)
        for example in lessons.examples:
            if example.fold == fold:
                counts.update(score(model, example))
        print(f"fold {fold}", flush=True)
    figures = {kind: _figures(counts, kind) for kind in (*KINDS, "both")}
    print(json.dumps(figures, indent=1))
    report = {
        "measure": "BioScope abstracts, by cross-validation over documents in ten folds, parsed by litkg's syntax model; in per cent",
        "decay": {"borders": arguments.decay, "cues": arguments.cue_decay},
        "figures": figures,
    }
    METRICS.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    lessons.write(PACKAGE)


def read_examples(folder: Path) -> list[Example]:
    """Return the sentences of BioScope's abstracts, parsed, in file order."""
    nlp = load_syntax()
    examples = []
    for abstract in read_bioscope(folder):
        doc = set_sentence_starts(nlp.make_doc(abstract.text), abstract.sentences)
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        for sentence in read_parsed(doc):
            low, high = sentence.spans[0][0], sentence.spans[-1][1]
            starts = {start: at for at, (start, _) in enumerate(sentence.spans)}
            ends = {end: at for at, (_, end) in enumerate(sentence.spans)}
            scopes = tuple(
                (scope.kind, tuple((starts[start], ends[end]) for start, end in scope.cues), starts[scope.start], ends[scope.end])
                for scope in abstract.scopes
                if low <= scope.cues[0][0] < high
            )
            examples.append(Example(abstract.fold, sentence, scopes))
    return examples


class Lessons:
    """What BioScope teaches, as rows of features."""

    def __init__(self, examples: Sequence[Example], *, decay: float, cue_decay: float) -> None:
        self.examples = examples
        self._decay, self._cue_decay = decay, cue_decay
        every = self._phrases(without=None)
        firsts = frozenset(phrase.split(" ")[0] for phrase in every)
        self._candidates = [(example, first, last, phrase) for example in examples for first, last, phrase in find_candidates(example.sentence, every, firsts)]
        self._cue_rows = Rows([cue_features(example.sentence, first, last) for example, first, last, _ in self._candidates])
        self._groups = [
            (example, kind, parts, first, last)
            for example in examples
            for kind, parts, first, last in example.scopes
            if first <= parts[0][0] and parts[-1][1] <= last
        ]
        borders = [
            CueBorders(example.sentence, parts, kind, [(other, where[0][0]) for other, where, _, _ in example.scopes if where != parts])
            for example, kind, parts, _, _ in self._groups
        ]
        self._sides: dict[str, tuple[Rows, list[int], list[int]]] = {}
        for name, options, right in (
            ("left", [border.lefts() for border in borders], [border.begin - group[3] for border, group in zip(borders, self._groups, strict=True)]),
            ("right", [border.rights() for border in borders], [group[4] - border.end for border, group in zip(borders, self._groups, strict=True)]),
        ):
            self._sides[name] = (Rows([names for group in options for names in group]), [len(group) for group in options], right)

    def _phrases(self, *, without: int | None) -> dict[str, str]:
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        for example in self.examples:
            if example.fold != without:
                for (first, last), kind in example.cues.items():
                    kinds[phrase_of(example.sentence, first, last)][kind] += 1
        return {phrase: counter.most_common(1)[0][0] for phrase, counter in sorted(kinds.items())}

    def _fit(self, without: int | None) -> tuple[dict[str, str], dict[str, LogLinear]]:
        phrases = self._phrases(without=without)
        taught = [at for at, (example, _, _, phrase) in enumerate(self._candidates) if example.fold != without and phrase in phrases]
        truth = [(first, last) in example.cues for example, first, last, _ in self._candidates]
        groups = [at for at, group in enumerate(self._groups) if group[0].fold != without]
        models = {"cue": fit_yes_no(self._cue_rows, truth, taught, decay=self._cue_decay)}
        for name, (rows, sizes, right) in self._sides.items():
            models[name] = fit_choice(rows, sizes, right, groups, decay=self._decay)
        return phrases, models

    def model(self, *, without: int | None = None) -> CueModel:
        """Return the model that all examples, or all but a fold's, teach."""
        phrases, models = self._fit(without)
        return CueModel(phrases, _arrays(models))

    def write(self, folder: Path) -> None:
        """Write the model that all examples teach."""
        phrases, models = self._fit(None)
        folder.mkdir(parents=True, exist_ok=True)
        meta = {"format_version": FORMAT_VERSION, "phrases": phrases}
        (folder / "meta.json").write_text(json.dumps(meta, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
        np.savez_compressed(folder / "weights.npz", **_arrays(models))


def _arrays(models: Mapping[str, LogLinear]) -> dict[str, npt.NDArray[np.generic]]:
    return {f"{name}.{part}": array for name, model in models.items() for part, array in (("keys", model.keys), ("weights", model.weights.astype(np.float16)))}


def score(model: CueModel, example: Example) -> Counter[tuple[str, str]]:
    """Return counts: cues (parts) of the gold, found and right; scopes right with the gold's cues, and with those found."""
    counts: Counter[tuple[str, str]] = Counter()
    gold, found = example.cues, model.find(example.sentence)
    parts = {part: scope.kind for scope in found for part in scope.parts}
    given = [(kind, where, 1.0) for kind, where, _, _ in example.scopes]
    with_gold = {(scope.kind, scope.parts, scope.first, scope.last) for scope in model.scopes(example.sentence, given)}
    with_found = {(scope.kind, scope.parts, scope.first, scope.last) for scope in found}
    for kind in KINDS:
        right = {part for part, its in gold.items() if its == kind and parts.get(part) == kind}
        scopes = {scope for scope in example.scopes if scope[0] == kind}
        counts[kind, "gold cues"] += sum(its == kind for its in gold.values())
        counts[kind, "found cues"] += sum(its == kind for its in parts.values())
        counts[kind, "right cues"] += len(right)
        counts[kind, "gold scopes"] += len(scopes)
        counts[kind, "right scopes"] += len(scopes & with_gold)
        counts[kind, "found scopes"] += sum(scope.kind == kind for scope in found)
        counts[kind, "right found scopes"] += len(scopes & with_found)
    return counts


def _figures(counts: Mapping[tuple[str, str], int], kind: str) -> dict[str, float | int]:
    def total(name: str) -> int:
        return sum(counts[each, name] for each in (KINDS if kind == "both" else (kind,)))

    def f1(right: str, gold: str, found: str) -> float:
        return round(200 * total(right) / (total(gold) + total(found)), 1)

    return {
        "cues": total("gold cues"),
        "cue precision": round(100 * total("right cues") / total("found cues"), 1),
        "cue recall": round(100 * total("right cues") / total("gold cues"), 1),
        "cue F1": f1("right cues", "gold cues", "found cues"),
        "scopes": total("gold scopes"),
        "scopes exact, gold cues": round(100 * total("right scopes") / total("gold scopes"), 1),
        "scopes exact, found cues": round(100 * total("right found scopes") / total("gold scopes"), 1),
        "cue and scope F1": f1("right found scopes", "gold scopes", "found scopes"),
    }


if __name__ == "__main__":
    main()
