"""Writes the data for NER: a file of JSON lines for each corpus and part, the texts to learn from without labels, and a report of both.

    .venv/bin/python -m training.ner.prepare --corpora ../shared/corpora --out training/build/ner

No document of a development part is in any training part or among the texts without labels (see `leaks`). The same corpora give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from litkg.nlp.tokens import find_tokens
from training.ner.corpora import CORPORA, Corpus, read_parts
from training.ner.documents import Document
from training.ner.leaks import BlockList, split_sentences
from training.ner.unlabelled import SOURCES, Text

MEASURED_ELSEWHERE = frozenset({"phee"})
"""Corpora whose held-out parts measure no names: their documents stay in the training parts, and out of the texts without labels."""

Sources = Mapping[str, Callable[[Path], Iterator[Text]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The parts of each corpus after the held-out documents were taken out of the training parts, and why what is missing is missing."""

    parts: Mapping[str, Mapping[str, Sequence[Document]]]
    texts: Sequence[Text]
    block: BlockList
    """What was held out."""
    left_out: Mapping[str, Mapping[str, str]]
    """For each corpus the ids of the documents taken out of its training part, each with the reasons."""
    texts_left_out: Mapping[str, Mapping[str, str]]
    """The same for the texts without labels."""


def prepare(folder: Path, *, corpora: Sequence[Corpus] = CORPORA, sources: Sources = SOURCES) -> Prepared:
    """Return all data of a folder of corpora, free of leaks."""
    parts = {corpus.name: read_parts(folder, corpus) for corpus in corpora}
    texts = [text for read in sources.values() for text in read(folder)]
    block = make_block_list(parts, texts)
    left_out: dict[str, dict[str, str]] = {}
    for name, by_part in parts.items():
        reasons = {document.id: _reason(block, document.pmid, document.text, ignored=MEASURED_ELSEWHERE) for document in by_part["train"]}
        left_out[name] = {key: reason for key, reason in reasons.items() if reason}
        by_part["train"] = [document for document in by_part["train"] if document.id not in left_out[name]]
    free, texts_left_out = _choose_texts(parts, texts, block)
    return Prepared(parts=parts, texts=free, block=block, left_out=left_out, texts_left_out=texts_left_out)


def make_block_list(parts: Mapping[str, Mapping[str, Sequence[Document]]], texts: Sequence[Text]) -> BlockList:
    """Return what is held out: every development part and the texts marked so."""
    block = BlockList()
    documents = [document for by_part in parts.values() for document in by_part["dev"]]
    for document in documents:
        block.hold_out(document.corpus, document.pmid, document.text)
    for text in texts:
        if text.held_out:
            block.hold_out(text.corpus, text.pmid, text.text)
    for document in [*documents, *(document for by_part in parts.values() for document in by_part["train"])]:
        block.see(document.corpus, document.id, document.pmid, document.text)
    for text in texts:
        block.see(text.corpus, text.id, text.pmid, text.text)
    return block


def _reason(block: BlockList, pmid: str | None, text: str, *, ignored: frozenset[str] = frozenset()) -> str:
    found = {corpus: how for corpus, how in block.reasons(pmid, text).items() if corpus not in ignored}
    return ", ".join(f"{corpus} {how}" for corpus, how in sorted(found.items()))


def _choose_texts(
    parts: Mapping[str, Mapping[str, Sequence[Document]]], texts: Sequence[Text], block: BlockList
) -> tuple[list[Text], dict[str, dict[str, str]]]:
    """Return the texts that may be read, those of the training parts first, and the ids of the others by corpus, with the reasons."""
    trained = [
        Text(id=document.id, corpus=name, pmid=document.pmid, lines=(document.text,)) for name, by_part in parts.items() for document in by_part["train"]
    ]
    kept: list[Text] = []
    left_out: dict[str, dict[str, str]] = defaultdict(dict)
    known: set[str] = set()
    for text in [*trained, *texts]:
        reason = "held out" if text.held_out else _reason(block, text.pmid, text.text)
        if reason:
            left_out[text.corpus][text.id] = reason
        elif (letters := "".join(filter(str.isalnum, text.text)).casefold()) in known:
            left_out[text.corpus][text.id] = "same text as another"
        else:
            known.add(letters)
            kept.append(text)
    return kept, dict(left_out)


def describe(documents: Sequence[Document]) -> dict[str, object]:
    """Return the counts of one part: documents, sentences (of the plain split that finds leaks), tokens, entities by type, the percentage of entities
    whose borders are borders of tokens, and annotations dropped or moved, by reason."""
    types: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    sentences = tokens = fitting = 0
    for document in documents:
        spans = find_tokens(document.text)
        starts, ends = {start for start, _ in spans}, {end for _, end in spans}
        sentences += sum(1 for _ in split_sentences(document.text))
        tokens += len(spans)
        dropped.update(document.dropped)
        types.update(kind for _, _, kind in document.entities)
        fitting += sum(start in starts and end in ends for start, end, _ in document.entities)
    return {
        "documents": len(documents),
        "sentences": sentences,
        "tokens": tokens,
        "entities": dict(sorted(types.items())),
        "on token borders, %": round(100 * fitting / max(sum(types.values()), 1), 2),
        "dropped": dict(sorted(dropped.items())),
    }


def report_of(prepared: Prepared) -> dict[str, object]:
    """Return the report: what each file holds, what was dropped in reading, what was left out as held out elsewhere (by corpus and reason, and ids)."""
    corpora = {}
    for name, by_part in prepared.parts.items():
        left_out = prepared.left_out[name]
        whole = len(by_part["train"]) + len(left_out)
        corpora[name] = {
            **{part: describe(documents) for part, documents in by_part.items()},
            "left out of train": {
                "documents": len(left_out),
                "% of train": round(100 * len(left_out) / max(whole, 1), 1),
                "by held-out corpus": _by_corpus(left_out.values()),
                "ids": dict(sorted(left_out.items())),
            },
        }
    words: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for text in prepared.texts:
        count[text.corpus] += 1
        words[text.corpus] += len(text.text.split())
    return {
        "corpora": corpora,
        "unlabelled": {
            "documents": dict(count),
            "words": dict(words),
            "left out": {name: {"documents": len(found), "by held-out corpus": _by_corpus(found.values())} for name, found in prepared.texts_left_out.items()},
        },
        "held out": {
            "pmids": len(prepared.block.pmids),
            "sentences": len(prepared.block.sentences),
            "of them boilerplate": sum(map(prepared.block.is_boilerplate, prepared.block.sentences)),
        },
    }


def _by_corpus(reasons: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(piece for reason in reasons for piece in reason.split(", ")).items()))


def write(prepared: Prepared, out: Path) -> None:
    """Write all files below `out`, over those of an earlier run."""
    out.mkdir(parents=True, exist_ok=True)
    for name, by_part in prepared.parts.items():
        for part, documents in by_part.items():
            lines = [json.dumps(document.to_json(), ensure_ascii=False) for document in documents]
            (out / f"{name}.{part}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    with (out / "unlabelled.txt").open("w", encoding="utf-8") as handle:
        handle.writelines(f"{' '.join(line.splitlines())}\n" for text in prepared.texts for line in text.lines)
    (out / "report.json").write_text(json.dumps(report_of(prepared), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"), help="folder of the corpora (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=Path("training/build/ner"), help="folder to write (default: %(default)s)")
    arguments = parser.parse_args()
    prepared = prepare(arguments.corpora)
    write(prepared, arguments.out)
    for name, by_part in prepared.parts.items():
        print(f"{name}: {len(by_part['train'])} train, {len(by_part['dev'])} dev; {len(prepared.left_out[name])} left out of train")
    print(f"unlabelled: {len(prepared.texts)} documents")


if __name__ == "__main__":
    main()
