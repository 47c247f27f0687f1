"""Measures what litkg reads as denied and doubted against PHEE's flags: `python -m training.scope.flags --corpora ../shared/corpora`.

An event's trigger is given; nothing is trained or chosen here. Denied is what the grammar or the model of denials says (`nlp/qualify.py`), doubted what has
less than full certainty by the grammar or by a cue whose scope holds the trigger. Writes training/scope/flags.json.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer

from litkg.model import Certainty
from litkg.nlp.cues.governing import Denials
from litkg.nlp.cues.model import CueModel
from litkg.nlp.cues.parsed import read_parsed
from litkg.nlp.grammar.tagging import tag_pieces
from litkg.nlp.qualify import denying_cue, doubting_cue, find_cues
from litkg.nlp.relations import cut_pieces
from litkg.nlp.scope import certainty_of, denial_of
from litkg.nlp.syntax.model import load_syntax

METRICS = Path(__file__).resolve().parent / "flags.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    arguments = parser.parse_args()
    report = {part: score(arguments.corpora / "PHEE" / f"{part}.jsonl") for part in ("train", "dev")}
    print(json.dumps(report, indent=1))
    METRICS.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def score(path: Path) -> dict[str, list[float | int]]:
    """Return precision, recall and F1 in per cent, and the flagged events, for each flag and reader."""
    counts: Counter[tuple[str, str]] = Counter()
    for says, gold in read_flags(path):
        for name, said in says.items():
            flagged = gold[name.split(",")[0]]
            counts[name, "gold"] += flagged
            counts[name, "found"] += said
            counts[name, "right"] += said and flagged
    table: dict[str, list[float | int]] = {}
    for name in dict.fromkeys(name for name, _ in counts):
        gold_count, found, right = (counts[name, part] for part in ("gold", "found", "right"))
        percent = [100 * right / max(found, 1), 100 * right / max(gold_count, 1), 200 * right / max(gold_count + found, 1)]
        table[name] = [*(round(value, 1) for value in percent), gold_count]
    return table


def read_flags(path: Path) -> Iterator[tuple[dict[str, bool], dict[str, bool]]]:
    """Yield for each event with a trigger what each reader says of it, and what the gold says."""
    syntax, cues, denials, tokenize = load_syntax(), CueModel.load(), Denials.load(), combined_rule_tokenizer(spacy.blank("en"))
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        text = row["context"]
        nodes = tag_pieces(text, cut_pieces(text, [(token.idx, token.idx + len(token)) for token in tokenize(text) if not token.is_space], []))
        sentences = [(sentence, find_cues(sentence, cues)) for sentence in read_parsed(syntax(text))]
        for event in (event for annotation in row["annotations"] for event in annotation["events"] if event.get("Trigger", {}).get("start")):
            start = event["Trigger"]["start"][0][0]
            end = start + len(event["Trigger"]["text"][0][0])
            sentence, scopes = next((item for item in sentences if item[0].spans[0][0] <= start < item[0].spans[-1][1]), (None, []))
            node = next((at for at, node in enumerate(nodes) if node.start < end and node.end > start), None)
            if sentence is None or node is None or (places := sentence.places(start, end)) is None:
                continue
            place = sentence.head_of(*places)
            denied = denying_cue(sentence, scopes, denials, place) is not None
            doubted = doubting_cue(sentence, scopes, place)[1] is not None
            denied_too = denial_of(nodes, (node, node + 1), None, None) is not None
            doubted_too = certainty_of(text, nodes, (node, node + 1), None, question=False)[0] is not Certainty.ASSERTED
            yield (
                {
                    "negated, grammar": denied_too,
                    "negated, either": denied or denied_too,
                    "speculated, grammar": doubted_too,
                    "speculated, either": doubted or doubted_too,
                },
                {"negated": bool(event.get("Negated", {}).get("value")), "speculated": bool(event.get("Speculated", {}).get("value"))},
            )


if __name__ == "__main__":
    main()
