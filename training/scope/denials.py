"""Trains the model of what a cue of negation denies, on events of the BioNLP shared tasks, and measures it.

    .venv/bin/python -m training.scope.denials --corpora ../shared/corpora

Learns from the training parts; cues and scopes are those that the shipped model finds.
Measured with litkg's grammar, whose word alone is enough, by five folds over
documents and on the development parts. Writes `denials.npz` into the package and training/scope/denials.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer

from litkg.nlp.cues.governing import LEAST, Denials, governing_features
from litkg.nlp.cues.model import NEGATION, CueModel, CueScope
from litkg.nlp.cues.parsed import ParsedSentence, read_parsed
from litkg.nlp.grammar.tagging import tag_pieces
from litkg.nlp.relations import cut_pieces
from litkg.nlp.scope import denial_of
from litkg.nlp.syntax.model import load_syntax
from training.relations.events import read_triggers
from training.scope.fit import Rows, fit_yes_no
from training.scope.train import PACKAGE

METRICS = Path(__file__).resolve().parent / "denials.json"
CORPORA = {"GE": "BioNLP-ST-2011-ge", "EPI": "BioNLP-ST-2011-epi", "PC": "BioNLP-ST-2013-pc", "CG": "BioNLP-ST-2013-cg"}
FOLDS = 5
DECAY = 1.0


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger of events: its word in the sentence, the sentence's cues, whether the gold and whether the grammar hold it for denied."""

    corpus: str
    fold: int
    sentence: ParsedSentence
    scopes: Sequence[CueScope]
    place: int
    negated: bool
    by_grammar: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    arguments = parser.parse_args()
    taught = list(read_events(arguments.corpora, "train"))
    counts: Counter[tuple[str, str, str]] = Counter()
    for fold in range(FOLDS):
        model = fit([trigger for trigger in taught if trigger.fold != fold])
        for trigger in taught:
            if trigger.fold == fold:
                counts.update(score(model, trigger))
    whole = fit(taught)
    dev: Counter[tuple[str, str, str]] = Counter()
    for trigger in read_events(arguments.corpora, "devel"):
        dev.update(score(whole, trigger))
    report = {
        "measure": "negated triggers of events, per cent; train parts by five-fold cross-validation over documents, dev parts by the shipped weights",
        "train, cross-validated": figures(counts),
        "dev": figures(dev),
    }
    print(json.dumps(report, indent=1))
    METRICS.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    weights = whole.model
    np.savez_compressed(PACKAGE / "denials.npz", **{"denials.keys": weights.keys, "denials.weights": weights.weights.astype(np.float16)})


def read_events(folder: Path, part: str) -> Iterator[Trigger]:
    """Yield the triggers of a part of each corpus that has it, as litkg's models and its grammar see them."""
    syntax, cues, tokenize = load_syntax(), CueModel.load(), combined_rule_tokenizer(spacy.blank("en"))
    for corpus, name in CORPORA.items():
        for key, text, triggers in read_triggers(folder / name / "standoff.tar.gz", (part,)):
            fold = int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS
            for sentence in read_parsed(syntax(text)) if triggers else ():
                low, high = sentence.spans[0][0], sentence.spans[-1][1]
                inside = {span: negated for span, negated in triggers.items() if low <= span[0] and span[1] <= high}
                if not inside:
                    continue
                scopes = cues.find(sentence)
                tokens = [(low + token.idx, low + token.idx + len(token)) for token in tokenize(text[low:high]) if not token.is_space]
                nodes = tag_pieces(text, cut_pieces(text, tokens, []))
                for (start, end), negated in inside.items():
                    place, node = sentence.places(start, end), next((at for at, node in enumerate(nodes) if node.start < end and node.end > start), None)
                    if place is not None and node is not None:
                        by_grammar = denial_of(nodes, (node, node + 1), None, None) is not None
                        yield Trigger(corpus, fold, sentence, scopes, sentence.head_of(*place), negated, by_grammar)


def fit(triggers: Sequence[Trigger]) -> Denials:
    """Return the model that the triggers teach: one row for each with each cue of negation in its sentence."""
    rows, truth = [], []
    for trigger in triggers:
        for scope in trigger.scopes:
            if scope.kind == NEGATION:
                rows.append(governing_features(trigger.sentence, scope, trigger.place))
                truth.append(trigger.negated)
    return Denials(fit_yes_no(Rows(rows), truth, range(len(rows)), decay=DECAY))


def score(model: Denials, trigger: Trigger) -> Counter[tuple[str, str, str]]:
    """Return counts of gold, found and right by corpus, for the grammar, the model and both together."""
    found = model.find(trigger.sentence, trigger.scopes, trigger.place)
    by_model = found is not None and found[1] >= LEAST
    counts: Counter[tuple[str, str, str]] = Counter()
    for corpus in (trigger.corpus, "all"):
        for who, says in (("grammar", trigger.by_grammar), ("model", by_model), ("either", by_model or trigger.by_grammar)):
            counts[corpus, who, "gold"] += trigger.negated
            counts[corpus, who, "found"] += says
            counts[corpus, who, "right"] += says and trigger.negated
    return counts


def figures(counts: Counter[tuple[str, str, str]]) -> dict[str, dict[str, list[float | int]]]:
    """Return for each corpus and reader precision, recall, F1 in per cent, and the negated triggers."""
    table: dict[str, dict[str, list[float | int]]] = {}
    for corpus, who in dict.fromkeys((corpus, who) for corpus, who, _ in counts):
        gold, found, right = (counts[corpus, who, name] for name in ("gold", "found", "right"))
        percent = [100 * right / max(found, 1), 100 * right / max(gold, 1), 200 * right / max(gold + found, 1)]
        table.setdefault(corpus, {})[who] = [*(round(value, 1) for value in percent), gold]
    return table


if __name__ == "__main__":
    main()
