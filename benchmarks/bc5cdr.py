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

import pysbd
import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer

from litkg.model import Category, Concept, Grounding, Mention, SectionKind
from litkg.nlp.relations import find_relations
from litkg.sources.gold import GoldMention
from litkg.sources.registry import read_gold, read_path

PREDICATES = frozenset({"has_adverse_event", "causes"})


def groundings_of(mentions: list[GoldMention]) -> tuple[Grounding, ...]:
    """Return the mentions with an identifier as groundings in text order; of overlapping ones the first and longest stays."""
    chosen: list[Grounding] = []
    last = -1
    for item in sorted(mentions, key=lambda item: (item.start, -item.end)):
        if item.identifiers and item.start >= last:
            last = item.end
            category = Category.DRUG if item.type == "Chemical" else Category.DISEASE
            mention = Mention(document_id=item.document_id, start=item.start, end=item.end, text=item.text, label=category, component="gold")
            concept = Concept(id=item.identifiers[0], name=item.text, categories=(category,))
            chosen.append(Grounding(mention=mention, concept=concept, score=1.0, reasons=()))
    return tuple(chosen)


def found_pairs(text: str, groundings: tuple[Grounding, ...], nlp: spacy.Language, segmenter: pysbd.Segmenter) -> Iterator[tuple[str, str]]:
    """Yield the chemical and disease of each claim that is not refuted."""
    tokens = [(token.idx, token.idx + len(token)) for token in nlp(text) if not token.is_space]
    earlier: list[tuple[int, int]] = []
    position = 0
    for piece in segmenter.segment(text):
        start = text.find(piece.strip(), position)
        if start < 0:
            continue
        position = start + len(piece.strip())
        inside = [span for span in tokens if start <= span[0] < position]
        for relation in find_relations(text, (start, position), inside, groundings, earlier[-2:], SectionKind.ABSTRACT):
            if relation.predicate in PREDICATES and not relation.negated and relation.subject.concept and relation.object.concept:
                yield relation.subject.concept.id, relation.object.concept.id
        earlier.append((start, position))


def score(path: Path) -> dict[str, float]:
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    segmenter = pysbd.Segmenter(language="en", clean=False)
    gold = read_gold(path)
    mentions: dict[str, list[GoldMention]] = defaultdict(list)
    for mention in gold.mentions:
        mentions[mention.document_id].append(mention)
    wanted = {(relation.document_id, relation.subject, relation.object) for relation in gold.relations if relation.type == "CID"}
    found = {(document.id, *pair) for document in read_path(path) for pair in found_pairs(document.text, groundings_of(mentions[document.id]), nlp, segmenter)}
    right = len(found & wanted)
    precision, recall = right / max(len(found), 1), right / max(len(wanted), 1)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-9), "found": len(found), "gold": len(wanted)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    print(json.dumps({name: round(value, 3) for name, value in score(parser.parse_args().file).items()}))


if __name__ == "__main__":
    main()
