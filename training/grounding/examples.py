"""Reads the names that annotators gave ids, document by document, from the training parts alone.

A document that is in the development part of any corpus is left out of all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from litkg.evaluation.identifiers import GoldIds
from litkg.evaluation.link_mentions import GIVEN_LABELS, scored_ids
from litkg.evaluation.types import parse_types
from litkg.lexicon.lookup import Lexicon
from litkg.model import Mention
from litkg.nlp.clean import clean
from litkg.nlp.pipeline import Pipeline
from litkg.sources.annotated import AnnotatedDocuments, read_annotated
from litkg.sources.gold import GoldMention
from training.split import held_out_fifth

FOLDS = 5
KINDS = frozenset({"Chemical", "Disease", "Gene"})
_CLASS_TYPES = frozenset({"FamilyName", "DomainMotif"})
"""Types of names that annotators tell from those of genes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A corpus: its files below the folder of corpora, and its types as `litkg evaluate` takes them. `dev` is None where a fifth of `train` is held out."""

    train: str
    dev: str | None
    types: str = ""


CORPORA: Mapping[str, Corpus] = {
    "BC5CDR": Corpus(train="BC5CDR/train.pubtator", dev="BC5CDR/dev.pubtator"),
    "NCBI-disease": Corpus(train="NCBI-disease/train.pubtator", dev="NCBI-disease/dev.pubtator"),
    "GNormPlus": Corpus(train="AIONER-gene/GNormPlus_train.pubtator", dev="AIONER-gene/GNormPlus_test.pubtator", types="FamilyName=,DomainMotif="),
    "NLM-Gene": Corpus(train="AIONER-gene/NLM-Gene_train.pubtator", dev=None, types="FamilyName="),
    "BioRED": Corpus(train="BioRED/train.pubtator", dev="BioRED/dev.pubtator"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name that annotators marked. `ids` are empty where they gave none that is scored: no id, or a gene of another species."""

    mention: Mention
    kind: str
    ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """A document with its names in text order and the short forms that it defines; `classes` are names of families and domains of genes, which no gene is."""

    corpus: str
    pmid: str
    text: str
    names: tuple[Name, ...]
    abbreviations: Mapping[str, str]
    classes: tuple[Mention, ...] = ()

    @property
    def fold(self) -> int:
        """The part that it belongs to in cross-validation, in [0, FOLDS): the same for one PubMed id in all corpora."""
        return fold_of(self.pmid)


def read_corpora(folder: Path) -> tuple[Mapping[str, AnnotatedDocuments], frozenset[str]]:
    """Return what the files of CORPORA say, by path, and the PubMed ids of the documents that are held out of all."""
    read = {path: read_annotated(folder / path) for corpus in CORPORA.values() for path in (corpus.train, corpus.dev) if path}
    held_out: set[str] = set()
    for corpus in CORPORA.values():
        pmids = [pmid_of(document.id) for document in read[corpus.dev or corpus.train].documents]
        held_out |= set(pmids) if corpus.dev else held_out_fifth(pmids)
    return read, frozenset(held_out)


def read_abstracts(folder: Path, lexicon: Lexicon, pipeline: Pipeline) -> list[Abstract]:
    """Return the documents to learn from, corpus by corpus, in file order."""
    read, held_out = read_corpora(folder)
    found = []
    for name, corpus in CORPORA.items():
        annotated = read[corpus.train]
        types = parse_types(corpus.types, gold_types={mention.type for mention in annotated.gold.mentions})
        ids = GoldIds(annotated.gold.mentions, types, holds=lambda curie: lexicon.concept(curie) is not None)
        by_document: dict[str, list[Name]] = {}
        classes: dict[str, list[Mention]] = {}
        for mention in annotated.gold.mentions:
            kind = ids.kind(mention)
            if mention.type in _CLASS_TYPES:
                classes.setdefault(pmid_of(mention.document_id), []).append(_marked(mention, "Gene"))
            elif kind in KINDS:
                wanted = frozenset(item.curie for item in scored_ids(mention, ids, human_genes=True))
                by_document.setdefault(pmid_of(mention.document_id), []).append(Name(mention=_marked(mention, kind), kind=kind, ids=wanted))
        for raw in annotated.documents:
            pmid = pmid_of(raw.id)
            if pmid in held_out:
                continue
            abbreviations = pipeline.definitions(clean(raw, knows_word=lexicon.knows_word))
            names, others = tuple(by_document.get(pmid, ())), tuple(classes.get(pmid, ()))
            found.append(Abstract(corpus=name, pmid=pmid, text=raw.text, names=names, abbreviations=abbreviations, classes=others))
    return found


def _marked(mention: GoldMention, kind: str) -> Mention:
    return Mention(document_id=mention.document_id, start=mention.start, end=mention.end, text=mention.text, label=GIVEN_LABELS[kind], component="gold")


def fold_of(pmid: str) -> int:
    """Return the part of cross-validation, in [0, FOLDS), that a PubMed id belongs to."""
    return int(hashlib.sha256(pmid.encode()).hexdigest(), 16) % FOLDS


def mentions_of(abstract: Abstract) -> list[tuple[Mention, tuple[()]]]:
    """Return the names of an abstract as grounding takes them."""
    return [(name.mention, ()) for name in abstract.names]


def defined(text: str, abbreviations: Mapping[str, str]) -> str | None:
    """Return the long form of a short form that the document defines."""
    return abbreviations.get(text) or (abbreviations.get(text[:-1]) if text.endswith("s") else None)


def parts(abstracts: Sequence[Abstract]) -> Iterator[tuple[list[Abstract], list[Abstract]]]:
    """Yield for each fold the documents outside it and those in it."""
    for fold in range(FOLDS):
        yield [item for item in abstracts if item.fold != fold], [item for item in abstracts if item.fold == fold]


def pmid_of(document_id: str) -> str:
    """Return the PubMed id in a document's id."""
    return document_id.rpartition(":")[2]
