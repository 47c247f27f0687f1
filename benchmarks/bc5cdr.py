"""Measures chemical-induced disease on a BC5CDR part, given the entities: document-level pairs of has_adverse_event and causes.

    .venv/bin/python benchmarks/bc5cdr.py ../shared/corpora/BC5CDR/dev.pubtator

The grammar was written while false positives of the training part were read; of the development part only the score was looked at.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sentences import relations_in, without_overlaps

from litkg.model import Category, Concept, Grounding, Mention
from litkg.sources.gold import GoldMention
from litkg.sources.registry import read_gold, read_path

PREDICATES = frozenset({"has_adverse_event", "causes"})


def groundings_of(mentions: list[GoldMention]) -> tuple[Grounding, ...]:
    """Return the mentions that have an identifier as groundings in text order."""
    return without_overlaps(_grounding(item) for item in mentions if item.identifiers)


def _grounding(item: GoldMention) -> Grounding:
    category = Category.DRUG if item.type == "Chemical" else Category.DISEASE
    mention = Mention(document_id=item.document_id, start=item.start, end=item.end, text=item.text, label=category, component="gold")
    return Grounding(mention=mention, concept=Concept(id=item.identifiers[0], name=item.text, categories=(category,)), score=1.0, reasons=())


def found_pairs(text: str, groundings: tuple[Grounding, ...]) -> Iterator[tuple[str, str]]:
    """Yield the chemical and disease of each claim that is not refuted."""
    for relation in relations_in(text, groundings, look_back=2):
        if relation.predicate in PREDICATES and not relation.negated and relation.subject.concept and relation.object.concept:
            yield relation.subject.concept.id, relation.object.concept.id


def score(path: Path) -> dict[str, float]:
    gold = read_gold(path)
    mentions: dict[str, list[GoldMention]] = defaultdict(list)
    for mention in gold.mentions:
        mentions[mention.document_id].append(mention)
    wanted = {(relation.document_id, relation.subject, relation.object) for relation in gold.relations if relation.type == "CID"}
    found = {(document.id, *pair) for document in read_path(path) for pair in found_pairs(document.text, groundings_of(mentions[document.id]))}
    right = len(found & wanted)
    precision, recall = right / max(len(found), 1), right / max(len(wanted), 1)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-9), "found": len(found), "gold": len(wanted)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    print(json.dumps({name: round(value, 3) for name, value in score(parser.parse_args().file).items()}))


if __name__ == "__main__":
    main()
