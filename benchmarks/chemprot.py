"""Measures the relation grammar on ChemProt, given the entities: directed, signed claims from a chemical to a protein.

    .venv/bin/python benchmarks/chemprot.py ../shared/corpora/ChemProt/development --prefix chemprot_development_ [--pairs]

Gold are the groups that name a sign (CPR:3 and CPR:5 up, CPR:4 and CPR:6 down); a claim counts as right where pair, direction and sign agree.
A claim on a pair whose group names no sign counts as wrong. The grammar was developed while reading 250 documents of the training part; the
development part was never read. `--pairs` adds what the model of pairs says where the grammar says nothing of a pair;
its bars were set on the development part (training/README.md).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from sentences import relations_in, without_overlaps

from litkg.lexicon.lookup import Lexicon
from litkg.model import Category, Concept, Grounding, Mention, Relation, SectionKind
from litkg.nlp.pairs.model import load_pairs
from litkg.nlp.pairs.reading import PairReader, Sentence
from litkg.nlp.parsing import parse_sentences, sentence_syntax
from litkg.nlp.sentences import split_text
from litkg.predicates import make_assertion
from litkg.settings import settings_from_environment

SIGNS = {"CPR:3": 1, "CPR:5": 1, "CPR:4": -1, "CPR:6": -1}


def read_rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_entities(path: Path) -> dict[str, tuple[Grounding, ...]]:
    """Return the entities of each document in text order; of overlapping ones the first and longest stays."""
    found: dict[str, list[Grounding]] = defaultdict(list)
    for document, key, kind, start, end, text in read_rows(path):
        category = Category.CHEMICAL if kind == "CHEMICAL" else Category.GENE
        mention = Mention(document_id=document, start=int(start), end=int(end), text=text, label=category, component="gold")
        found[document].append(Grounding(mention=mention, concept=Concept(id=key, name=text, categories=(category,)), score=1.0, reasons=()))
    return {document: without_overlaps(items) for document, items in found.items()}


def read_signs(path: Path) -> dict[str, dict[tuple[str, str], int]]:
    signs: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for document, group, _, _, first, second in read_rows(path):
        if group in SIGNS:
            signs[document][first.split(":")[1], second.split(":")[1]] = SIGNS[group]
    return signs


def read_pairs(text: str, groundings: Sequence[Grounding], reader: PairReader, known: Collection[frozenset[str]]) -> Iterator[Relation]:
    """Yield what the model of pairs says of each sentence; ends that the grammar relates are left to it."""
    spans = [span for span in split_text(text) if sum(span[0] <= item.mention.start < span[1] for item in groundings) > 1]
    sentences = []
    for (start, end), parsed in zip(spans, parse_sentences(text, spans, sentence_syntax()), strict=True):
        inside = [item for item in groundings if start <= item.mention.start and item.mention.end <= end]
        sentences.append(Sentence(start, end, SectionKind.ABSTRACT, inside, parsed, known))
    return reader.find(text, sentences)


def find_signs(text: str, groundings: tuple[Grounding, ...], reader: PairReader | None) -> dict[tuple[str, str], int]:
    """Return the sign of each claim from a chemical to a protein; refuted claims are left out."""
    found: dict[tuple[str, str], int] = {}
    relations = list(relations_in(text, groundings, look_back=0))
    if reader is not None:
        known = {frozenset(end.concept.id for end in (item.subject, item.object) if end.concept) for item in relations}
        relations += read_pairs(text, groundings, reader, known)
    for relation in relations:
        subject, object_ = relation.subject.concept, relation.object.concept
        if relation.negated or subject is None or object_ is None:
            continue
        sign = make_assertion(subject.id, relation.predicate, object_.id, subject_aspect=relation.subject_aspect).sign
        if sign and subject.categories[0] is Category.CHEMICAL and object_.categories[0] is Category.GENE:
            found[subject.id, object_.id] = sign
    return found


def score(folder: Path, prefix: str, most: int | None, reader: PairReader | None) -> Mapping[str, float]:
    entities, gold = read_entities(folder / f"{prefix}entities.tsv"), read_signs(folder / f"{prefix}relations.tsv")
    right = found_total = gold_total = 0
    for document, title, abstract in sorted(read_rows(folder / f"{prefix}abstracts.tsv"))[:most]:
        found = find_signs(f"{title}\t{abstract}", entities.get(document, ()), reader)
        right += sum(gold[document].get(pair) == sign for pair, sign in found.items())
        found_total += len(found)
        gold_total += len(gold[document])
    precision, recall = right / max(found_total, 1), right / max(gold_total, 1)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-9), "found": found_total, "gold": gold_total}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--prefix", default="chemprot_development_")
    parser.add_argument("--most", type=int, default=None, help="documents read at most")
    parser.add_argument("--pairs", action="store_true", help="with the model of pairs beside the grammar")
    arguments = parser.parse_args()
    reader = PairReader(load_pairs(), Lexicon.open(settings_from_environment(os.environ).lexicon_path)) if arguments.pairs else None
    print(json.dumps({name: round(value, 3) for name, value in score(arguments.folder, arguments.prefix, arguments.most, reader).items()}))


if __name__ == "__main__":
    main()
