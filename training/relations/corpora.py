"""Reads the corpora of relations as sentences with labelled pairs: one function each, and which parts train and which are held out.

Owns the readers.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations, product
from pathlib import Path

from litkg.nlp.pairs.conventions import HEADS, NONE, UNDIRECTED
from litkg.sources.chemprot import find_tables
from litkg.sources.chemprot import read_chemprot as read_tables
from litkg.sources.content import Limits
from training.relations.events import read_events
from training.relations.examples import Pair, Paper, Sentence, Span, sentences_of

PARTS = ("train", "dev")


def read_semrep(path: Path) -> Iterator[Sentence]:
    """Yield SemRep-RC's rows (Ming et al. 2024, J Biomed Inform): one marked pair each."""
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle)):
            text, spans = _unmark(row["sentence"])
            if spans is None:
                continue
            label = NONE if row["label"] == "NotValid" else row["label"]
            mentions = (Span(*spans["s"], "unknown"), Span(*spans["o"], "unknown"))
            yield Sentence(
                document=row["pmid"] or f"row{number}",
                head="semrep",
                text=text,
                mentions=mentions,
                pairs=(Pair(0, 1, label),),
                pmid=row["pmid"] or None,
                number=number,
            )


def _unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]] | None]:
    """Return a sentence without its marks, and where the marked things are."""
    pieces: list[str] = []
    places: dict[str, list[int]] = defaultdict(list)
    size = at = 0
    for match in re.finditer(r"<(/?)([so])>", marked):
        piece = marked[at : match.start()]
        if not match[1]:  # what is marked begins after a blank
            pieces.append(piece)
            size += len(piece)
            at = match.end() + (marked[match.end() : match.end() + 1] == " ")
            places[match[2]].append(size)
        else:
            piece = piece.removesuffix(" ")
            pieces.append(piece)
            size += len(piece)
            at = match.end()
            places[match[2]].append(size)
    pieces.append(marked[at:])
    if sorted(places) != ["o", "s"] or any(len(ends) != 2 for ends in places.values()):
        return "".join(pieces), None
    return "".join(pieces), {name: (ends[0], ends[1]) for name, ends in places.items()}


def read_chemprot(prefix: Path) -> Iterator[Sentence]:
    """Yield ChemProt's sentences (Krallinger et al. 2017), each chemical with each gene; `prefix` ends before "abstracts.tsv"."""
    tables = find_tables(prefix.with_name(f"{prefix.name}relations.tsv"))
    if tables is None:
        raise FileNotFoundError(f"{prefix}relations.tsv: ChemProt's tables are not there")
    documents, gold = read_tables(tables, limits=Limits())
    relations: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for relation in gold.relations:
        label = relation.type if relation.type in HEADS["chemprot"] else NONE if relation.type == "CPR:0" else "other"
        pair = (relation.subject_key, relation.object_key)
        known = relations[relation.document_id].get(pair)
        if known is None or known in {"other", NONE}:
            relations[relation.document_id][pair] = label
    entities: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for mention in gold.mentions:
        entities[mention.document_id].append((mention.key, Span(mention.start, mention.end, "Chemical" if mention.type == "CHEMICAL" else "Gene")))
    for document in documents:
        key = document.id.partition(":")[2]
        names = [name for name, _ in entities[document.id]]
        for number, text, spans, indices in sentences_of(document.text.replace("\n", " "), [span for _, span in entities[document.id]]):
            pairs = [
                Pair(
                    first,
                    second,
                    (label := relations[document.id].get((names[indices[first]], names[indices[second]]), NONE)),
                    label == "CPR:10" if label != NONE else None,
                )
                for first, second in permutations(range(len(spans)), 2)
                if spans[first].kind == "Chemical" and spans[second].kind == "Gene"
            ]
            if pairs:
                yield Sentence(document=key, head="chemprot", text=text, mentions=spans, pairs=tuple(pairs), pmid=key, number=number)


_PUBTATOR_KINDS = {
    "CellLine": "Cell",
    "GeneOrGeneProduct": "Gene",
    "DiseaseOrPhenotypicFeature": "Disease",
    "ChemicalEntity": "Chemical",
    "OrganismTaxon": "Organism",
    "SequenceVariant": "Variant",
}


def read_papers(path: Path) -> Iterator[Paper]:
    """Yield the documents of a PubTator file with relations between ids."""
    text: dict[str, list[str]] = {}
    spans: dict[str, list[Span]] = defaultdict(list)
    related: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            head = re.match(r"(\w+)\|([ta])\|(.*)", line)
            if head:
                text.setdefault(head[1], []).append(head[3])
                continue
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 6:
                kind = _PUBTATOR_KINDS.get(cells[4], cells[4])
                spans[cells[0]] += [
                    Span(int(cells[1]), int(cells[2]), kind, key) for key in re.split(r"[,;|](?=[A-Z]\d|OMIM|\d)", cells[5]) if key not in {"-1", ""}
                ]
            elif len(cells) >= 4:
                related[cells[0]][cells[2], cells[3]] = cells[1]
    for key, parts in text.items():
        yield Paper(id=key, text=" ".join(parts), mentions=tuple(spans[key]), related=related[key])


def read_related(path: Path, head: str, kinds: Iterable[tuple[str, str]]) -> Iterator[Sentence]:
    """Yield the sentences of a PubTator file, each pair of mentions of some kinds labelled as the document says of their ids."""
    wanted = set(kinds)
    for paper in read_papers(path):
        related = dict(paper.related)
        if head in UNDIRECTED:
            related |= {(second, first): label for (first, second), label in paper.related.items()}
        for number, text, spans, _ in sentences_of(paper.text, paper.mentions):
            pairs = [
                Pair(first, second, related.get((spans[first].key, spans[second].key), NONE))
                for first, second in permutations(range(len(spans)), 2)
                if (spans[first].kind, spans[second].kind) in wanted
                and spans[first].key != spans[second].key
                and not (spans[first].start < spans[second].end and spans[second].start < spans[first].end)
            ]
            if pairs:
                yield Sentence(document=paper.id, head=head, text=text, mentions=spans, pairs=tuple(pairs), pmid=paper.id, number=number)


def read_phee(path: Path) -> Iterator[Sentence]:
    """Yield PHEE's sentences (Sun et al. 2022, EMNLP), each drug with each effect or disorder."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            places: dict[tuple[int, int, str], int] = {}
            stated: dict[tuple[int, int], Pair] = {}

            def spans_of(argument: dict[str, object], kind: str, text: str = row["context"], places: dict[tuple[int, int, str], int] = places) -> list[int]:
                found = []
                for words, starts in zip(argument.get("text", []), argument.get("start", []), strict=True):  # type: ignore[call-overload]
                    first, last = starts[0], starts[-1] + len(words[-1])
                    if text[first : first + len(words[0])] == words[0]:
                        found.append(places.setdefault((first, last, kind), len(places)))
                return found

            for annotation in row["annotations"]:
                for event in annotation["events"]:
                    treatment = event.get("Treatment", {})
                    drugs = spans_of(treatment.get("Drug", {}), "Chemical")
                    effects = spans_of(event.get("Effect", {}), "Disease")
                    disorders = spans_of(treatment.get("Disorder", {}), "Disease")
                    denied = bool(event.get("Negated", {}).get("value"))
                    doubted = bool(event.get("Speculated", {}).get("value"))
                    kind = event["event_type"]
                    for drug, effect in product(drugs, effects):
                        stated[drug, effect] = Pair(drug, effect, kind, denied, doubted)
                    for drug, disorder in product(drugs, disorders):
                        stated.setdefault((drug, disorder), Pair(drug, disorder, "Potential_therapeutic_event", None, None))
            mentions = tuple(Span(start, end, kind) for start, end, kind in places)
            pairs = tuple(
                stated.get((first, second), Pair(first, second, NONE))
                for first, second in permutations(range(len(mentions)), 2)
                if mentions[first].kind == "Chemical" and mentions[second].kind == "Disease"
            )
            if pairs:
                yield Sentence(document=row["id"], head="phee", text=row["context"], mentions=mentions, pairs=pairs, pmid=row["id"].partition("_")[0])


_BIORED_KINDS = {
    ("Gene", "Gene"),
    ("Gene", "Disease"),
    ("Gene", "Chemical"),
    ("Disease", "Chemical"),
    ("Chemical", "Chemical"),
    ("Chemical", "Variant"),
    ("Disease", "Variant"),
    ("Variant", "Variant"),
}
_BIORED_KINDS |= {(second, first) for first, second in _BIORED_KINDS}


def read_all(folder: Path) -> dict[str, list[Sentence]]:
    """Return the sentences of all corpora, by part."""
    parts: dict[str, list[Sentence]] = {"train": [], "dev": []}
    for part, file in (("train", "train"), ("dev", "validation")):
        parts[part] += read_semrep(folder / f"SemRep-RC/{file}.csv")
    for part, name in (("train", "training"), ("dev", "development")):
        parts[part] += read_chemprot(folder / f"ChemProt/{name}/chemprot_{name}_")
    for part in PARTS:
        parts[part] += read_related(folder / f"BioRED/{part}.pubtator", "biored", _BIORED_KINDS)
        parts[part] += read_related(folder / f"BC5CDR/{part}.pubtator", "bc5cdr", {("Chemical", "Disease")})
        parts[part] += read_phee(folder / f"PHEE/{part}.jsonl")
    for corpus in ("BioNLP-ST-2011-ge", "BioNLP-ST-2013-ge", "BioNLP-ST-2011-epi", "BioNLP-ST-2013-pc", "BioNLP-ST-2013-cg"):
        parts["train"] += read_events(folder / corpus / "standoff.tar.gz", corpus, ("train",))
        parts["dev"] += read_events(folder / corpus / "standoff.tar.gz", corpus, ("devel",))
    return parts
