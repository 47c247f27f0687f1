"""Documents of corpora with their mentions, and what the gold says of pairs of them: what litkg's reading of relations is judged by.

Owns the readers. Offsets are half-open and count in the text. Nested mentions are left out for the longest, which then stands for them.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from litkg.model import SectionKind
from training.ner.corpora import read_rows
from training.relations.corpora import read_papers, read_semrep
from training.relations.events import Told, read_told
from training.relations.examples import Span

_EVENT_CORPORA = ("BioNLP-ST-2011-ge", "BioNLP-ST-2013-ge", "BioNLP-ST-2013-pc", "BioNLP-ST-2013-cg")
"""EPI is left out: it has modifications of proteins alone, so that a missing regulation says nothing."""
_MESH = re.compile(r"[CD]\d+")
_SECTIONS: Mapping[str, SectionKind] = {
    "back": SectionKind.INTRODUCTION,
    "intro": SectionKind.INTRODUCTION,
    "method": SectionKind.METHODS,
    "discussion": SectionKind.DISCUSSION,
    "conclu": SectionKind.CONCLUSION,
    "tiab": SectionKind.ABSTRACT,
}
READ_KINDS = frozenset({"Gene", "Chemical", "Disease", "Variant", "Organism", "Cell", "Process"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the gold says of a pair; `within` are the characters of both mentions, None where it says it of the whole document."""

    label: str
    within: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """A document. `group` keeps the documents of one article in one fold; `mentions` are in text order without overlaps, and `key` says which thing each
    names: several ids are joined by "|". `kind` is that of the section after the title, which ends at `title_end`."""

    corpus: str
    part: str
    id: str
    group: str
    text: str
    title_end: int
    kind: SectionKind
    mentions: tuple[Span, ...]
    stated: Mapping[tuple[str, str], tuple[Stated, ...]] = field(default_factory=dict)

    def labels(self, subject: str, object_: str, start: int, end: int) -> frozenset[str]:
        """Return what the gold says of two things, in this order, of the whole document or inside a span."""
        return frozenset(
            item.label
            for first in subject.split("|")
            for second in object_.split("|")
            for item in self.stated.get((first, second), ())
            if item.within is None or (start <= item.within[0] and item.within[1] <= end)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSentence:
    """A sentence of SemRep-RC with its marked pairs: subject, object, label."""

    part: str
    group: str
    text: str
    pairs: tuple[tuple[tuple[int, int], tuple[int, int], str], ...]


def read_documents(folder: Path, parts: Iterable[str] = ("train", "dev")) -> Iterator[GoldDocument]:
    """Yield the documents of ChemProt, BC5CDR, BioRED and the event corpora; no test part is read."""
    for part in parts:
        long, devel = {"train": ("training", "train"), "dev": ("development", "devel")}[part]
        yield from _read_chemprot(folder / f"ChemProt/{long}/chemprot_{long}_", part)
        yield from _read_pubtator(folder / f"BC5CDR/{part}.pubtator", "bc5cdr", part)
        yield from _read_pubtator(folder / f"BioRED/{part}.pubtator", "biored", part)
        for corpus in _EVENT_CORPORA:
            for told in read_told(folder / corpus / "standoff.tar.gz", (devel,)):
                yield _of_events(told, corpus.removeprefix("BioNLP-ST-"), part)


def read_marked(folder: Path) -> Iterator[MarkedSentence]:
    """Yield SemRep-RC's sentences, each once with all its pairs."""
    for part, file in (("train", "train"), ("dev", "validation")):
        pairs: dict[str, list[tuple[tuple[int, int], tuple[int, int], str]]] = defaultdict(list)
        groups: dict[str, str] = {}
        for row in read_semrep(folder / f"SemRep-RC/{file}.csv"):
            first, second = ((span.start, span.end) for span in row.mentions)
            pairs[row.text].append((first, second, row.pairs[0].label))
            groups[row.text] = row.document
        for text, items in pairs.items():
            yield MarkedSentence(part=part, group=groups[text], text=text, pairs=tuple(items))


def _read_chemprot(prefix: Path, part: str) -> Iterator[GoldDocument]:
    entities: dict[str, dict[str, Span]] = defaultdict(dict)
    for key, name, kind, start, end, _ in read_rows(prefix.with_name(f"{prefix.name}entities.tsv")):
        entities[key][name] = Span(int(start), int(end), "Chemical" if kind == "CHEMICAL" else "Gene")
    relations: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for key, group, _, _, first, second in read_rows(prefix.with_name(f"{prefix.name}relations.tsv")):
        relations[key].append((first.partition(":")[2], second.partition(":")[2], group))
    for key, title, abstract in read_rows(prefix.with_name(f"{prefix.name}abstracts.tsv")):
        text = f"{title}\t{abstract}"
        mentions, stated = _by_name(text, entities[key], relations[key])
        yield GoldDocument(
            corpus="chemprot",
            part=part,
            id=key,
            group=key,
            text=text,
            title_end=len(title),
            kind=SectionKind.ABSTRACT,
            mentions=mentions,
            stated=stated,
        )


def _read_pubtator(path: Path, corpus: str, part: str) -> Iterator[GoldDocument]:
    titles = {row[0]: len(row[2]) for row in csv.reader(path.open(encoding="utf-8"), delimiter="|", quoting=csv.QUOTE_NONE) if row[1:2] == ["t"]}
    for paper in read_papers(path):
        keys: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        for span in paper.mentions:
            keys[span.start, span.end, span.kind].append(_curie(span.key))
        mentions = [Span(start, end, kind, "|".join(items)) for (start, end, kind), items in keys.items()]
        yield GoldDocument(
            corpus=corpus,
            part=part,
            id=paper.id,
            group=paper.id,
            text=paper.text,
            title_end=titles[paper.id],
            kind=SectionKind.ABSTRACT,
            mentions=without_nested(mentions),
            stated={(_curie(subject), _curie(object_)): (Stated(label=label),) for (subject, object_), label in paper.related.items()},
        )


def _curie(key: str) -> str:
    """Return an id of MeSH as the lexicon writes it, so that wider diseases are known; others as they are."""
    return f"MESH:{key}" if _MESH.fullmatch(key) else key


def _of_events(told: Told, corpus: str, part: str) -> GoldDocument:
    relations = [(*pair, f"not {stated.label}" if stated.negated else stated.label) for pair, stated in told.stated.items()]
    mentions, stated = _by_name(told.text, told.mentions, relations)
    name = told.name.rpartition("/")[2]
    return GoldDocument(
        corpus=corpus,
        part=part,
        id=name,
        group="-".join(name.split("-")[:2]).removeprefix("PMID-"),
        text=told.text,
        title_end=0,
        kind=_section(name),
        mentions=mentions,
        stated=stated,
    )


def _section(name: str) -> SectionKind:
    """Return the section that a file of a full text is of ("PMC-1-02-Results-01"); others are abstracts."""
    if not name.startswith("PMC"):
        return SectionKind.ABSTRACT
    found = name.lower()
    return next((kind for word, kind in _SECTIONS.items() if word in found), SectionKind.RESULTS)


def _by_name(
    text: str, spans: Mapping[str, Span], relations: Iterable[tuple[str, str, str]]
) -> tuple[tuple[Span, ...], dict[tuple[str, str], tuple[Stated, ...]]]:
    """Return mentions whose key is their name in small letters, and what is stated of pairs of them, where the gold speaks of mentions."""
    known = {name: span for name, span in spans.items() if span.kind in READ_KINDS}
    kept = without_nested(Span(span.start, span.end, span.kind, text[span.start : span.end].lower()) for span in known.values())
    holder = {name: next((item for item in kept if item.start <= span.start and span.end <= item.end), None) for name, span in known.items()}
    stated: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for first, second, label in relations:
        subject, object_ = holder.get(first), holder.get(second)
        if subject is not None and object_ is not None:
            within = (min(subject.start, object_.start), max(subject.end, object_.end))
            stated[subject.key, object_.key].append(Stated(label=label, within=within))
    return kept, {pair: tuple(items) for pair, items in stated.items()}


def without_nested(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in text order; of overlapping ones the first and longest stays."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda item: (item.start, -item.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
