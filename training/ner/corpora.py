"""Reads the annotated corpora: one entry each, with the files of its parts and the type that each of its types becomes.

A corpus without a development part of its own holds out a fixed fifth of its documents.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from litkg.errors import InputError
from litkg.sources import conll, pubtator
from litkg.sources.gold import GoldMention
from training.ner.documents import Document, Entity, choose_entities, place_name
from training.split import held_out_fifth

Reader = Callable[[Path, "Corpus", str], Iterator[Document]]

_BREAK = "\n\n"
"""What stands between the sentences of a CoNLL file in the text that litkg makes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A corpus: its reader, the path of each part below the folder of corpora, and its types. `dev` is None where a fifth of `train` is held out."""

    name: str
    read: Reader
    train: str
    dev: str | None
    types: Mapping[str, str]


def read_parts(folder: Path, corpus: Corpus) -> dict[str, list[Document]]:
    """Return the documents of the parts "train" and "dev", in file order; of records with one id the first stays."""
    files = {"train": corpus.train} | ({"dev": corpus.dev} if corpus.dev else {})
    parts: dict[str, list[Document]] = {}
    for part, path in files.items():
        unique: dict[str, Document] = {}
        for document in corpus.read(folder / path, corpus, part):
            unique.setdefault(document.id, document)
        parts[part] = list(unique.values())
    if not corpus.dev:
        held_out = held_out_fifth(document.id for document in parts["train"])
        parts["dev"] = [replace(document, part="dev") for document in parts["train"] if document.id in held_out]
        parts["train"] = [document for document in parts["train"] if document.id not in held_out]
    return parts


def read_pubtator(path: Path, corpus: Corpus, part: str) -> Iterator[Document]:
    """Yield the documents of a PubTator file; a space joins title and abstract.

    Raises: InputError for a document without text.
    """

    def refuse(message: str) -> None:
        raise InputError(f"{path}: {message}")

    data = path.read_bytes()
    mentions = _by_document(pubtator.read_annotations(data, source=str(path)).mentions)
    for raw in pubtator.parse_pubtator(data, source=str(path), notify=refuse):
        key = raw.id.removeprefix("PMID:")
        yield _document(corpus, part, key, raw.text.replace("\n", " "), mentions[raw.id], pmid=key)


def read_conll(path: Path, corpus: Corpus, part: str) -> Iterator[Document]:
    """Yield the documents of a CoNLL file, with the text that `litkg evaluate` makes of the tokens, but for one space between sentences.

    Each document is the lines from one -DOCSTART- to the next; their numbers in the file are their ids, since these files name none.
    """
    pieces = [piece for piece in re.split(rb"(?m)^(?=-DOCSTART-)", path.read_bytes()) if piece.strip()]
    for number, piece in enumerate(pieces, start=1):
        mentions = conll.read_annotations(piece, source=str(path)).mentions
        for raw in conll.parse_conll(piece, source=str(path), notify=lambda _: None):
            found = []
            for mention in mentions:
                moved = raw.text.count(_BREAK, 0, mention.start)
                found.append(replace(mention, start=mention.start - moved, end=mention.end - moved))
            yield _document(corpus, part, f"{part}-{number}", raw.text.replace(_BREAK, " "), found, pmid=None)


def read_chemprot(path: Path, corpus: Corpus, part: str) -> Iterator[Document]:
    """Yield the documents of ChemProt; `path` ends before "abstracts.tsv". Offsets count in the title, one character, then the abstract."""
    mentions = _by_document(
        GoldMention(document_id=key, start=int(start), end=int(end), text=text, type=kind)
        for key, _, kind, start, end, text in read_rows(path.with_name(f"{path.name}entities.tsv"))
    )
    for key, title, abstract in read_rows(path.with_name(f"{path.name}abstracts.tsv")):
        yield _document(corpus, part, key, f"{title} {abstract}", mentions[key], pmid=key)


def _document(corpus: Corpus, part: str, key: str, text: str, mentions: Iterable[GoldMention], *, pmid: str | None) -> Document:
    dropped: Counter[str] = Counter()
    found: list[Entity] = []
    for mention in mentions:
        place = place_name(text, mention.start, mention.end, mention.text)
        if place is None:
            dropped["text not at its offsets"] += 1
        else:
            dropped["moved to its text"] += place != (mention.start, mention.end)
            found.append((*place, mention.type))
    entities = choose_entities(found, corpus.types, text, dropped)
    return Document(id=key, corpus=corpus.name, part=part, text=text, pmid=pmid, entities=entities, dropped=+dropped)


def _by_document(mentions: Iterable[GoldMention]) -> dict[str, list[GoldMention]]:
    found: dict[str, list[GoldMention]] = defaultdict(list)
    for mention in mentions:
        found[mention.document_id].append(mention)
    return found


def read_rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a file of columns parted by tabs."""
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)


CORPORA: tuple[Corpus, ...] = (
    Corpus(
        name="bc5cdr",
        read=read_pubtator,
        train="BC5CDR/train.pubtator",
        dev="BC5CDR/dev.pubtator",
        types={"Chemical": "Chemical", "Disease": "Disease"},
    ),
    Corpus(
        name="ncbi",
        read=read_pubtator,
        train="NCBI-disease/train.pubtator",
        dev="NCBI-disease/dev.pubtator",
        types=dict.fromkeys(["SpecificDisease", "DiseaseClass", "Modifier", "CompositeMention"], "Disease"),
    ),
    Corpus(
        name="jnlpba",
        read=read_conll,
        train="JNLPBA/train.tsv",
        dev="JNLPBA/valid.tsv",
        types={"PRGE": "Gene", "DNA": "DNA", "RNA": "RNA", "CLTP": "CellType", "CLLN": "CellLine"},
    ),
    Corpus(
        name="biored",
        read=read_pubtator,
        train="BioRED/train.pubtator",
        dev="BioRED/dev.pubtator",
        types={
            "GeneOrGeneProduct": "Gene",
            "DiseaseOrPhenotypicFeature": "Disease",
            "ChemicalEntity": "Chemical",
            "OrganismTaxon": "Organism",
            "SequenceVariant": "Variant",
            "CellLine": "CellLine",
        },
    ),
    Corpus(
        name="nlmgene",
        read=read_pubtator,
        train="AIONER-gene/NLM-Gene_train.pubtator",
        dev=None,
        types={"Gene": "Gene", "FamilyName": "GeneFamily", "DomainMotif": "Domain"},
    ),
    Corpus(
        name="gnormplus",
        read=read_pubtator,
        train="AIONER-gene/GNormPlus_train.pubtator",
        dev="AIONER-gene/GNormPlus_test.pubtator",
        types={"Gene": "Gene", "FamilyName": "GeneFamily", "DomainMotif": "Domain"},
    ),
    Corpus(
        name="chemprot",
        read=read_chemprot,
        train="ChemProt/training/chemprot_training_",
        dev="ChemProt/development/chemprot_development_",
        types={"CHEMICAL": "Chemical", "GENE-Y": "Gene", "GENE-N": "Gene"},
    ),
)
