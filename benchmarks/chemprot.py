"""Measures the relation grammar on ChemProt, given the entities: directed, signed claims from a chemical to a protein.

    .venv/bin/python benchmarks/chemprot.py ../shared/corpora/ChemProt/development --prefix chemprot_development_

Gold are the groups that name a sign (CPR:3 and CPR:5 up, CPR:4 and CPR:6 down); a claim counts as right where pair, direction and sign agree.
A claim on a pair whose group names no sign counts as wrong. The grammar was developed while reading 250 documents of the training part; the
development part was never read.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from sentences import relations_in, without_overlaps

from litkg.model import Category, Concept, Grounding, Mention
from litkg.predicates import make_assertion

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


def find_signs(text: str, groundings: tuple[Grounding, ...]) -> dict[tuple[str, str], int]:
    """Return the sign of each claim from a chemical to a protein; refuted claims are left out."""
    found: dict[tuple[str, str], int] = {}
    for relation in relations_in(text, groundings, look_back=0):
        subject, object_ = relation.subject.concept, relation.object.concept
        if relation.negated or subject is None or object_ is None:
            continue
        sign = make_assertion(subject.id, relation.predicate, object_.id, subject_aspect=relation.subject_aspect).sign
        if sign and subject.categories[0] is Category.CHEMICAL and object_.categories[0] is Category.GENE:
            found[subject.id, object_.id] = sign
    return found


def score(folder: Path, prefix: str, most: int | None) -> Mapping[str, float]:
    entities, gold = read_entities(folder / f"{prefix}entities.tsv"), read_signs(folder / f"{prefix}relations.tsv")
    right = found_total = gold_total = 0
    for document, title, abstract in sorted(read_rows(folder / f"{prefix}abstracts.tsv"))[:most]:
        found = find_signs(f"{title}\t{abstract}", entities.get(document, ()))
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
    arguments = parser.parse_args()
    print(json.dumps({name: round(value, 3) for name, value in score(arguments.folder, arguments.prefix, arguments.most).items()}))


if __name__ == "__main__":
    main()
