"""Measures sentence splitters on the held-out articles of the CRAFT treebank: litkg's rules beside pysbd, the part that scispaCy uses.

    PYTHONPATH=. .venv/bin/python benchmarks/splitters.py ../shared/corpora

The treebank gives sentences but not where the lines of the article ended, so its headings stand in one paragraph with what follows. Each splitter is
measured twice: on the sentences of a paragraph joined by blanks, and with a blank line after each sentence that no mark ends (a heading, a row of a table),
as litkg's readers put it. Counted are the boundaries inside paragraphs and the whole sentences; the rules were set on the other articles.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pysbd  # type: ignore[import-untyped]
from training.split import held_out_fifth
from training.syntax.treebank import Paragraph, headings_apart, read_articles

from litkg.nlp.sentences import split_paragraph

Spans = list[tuple[int, int]]


def with_rules(text: str) -> Spans:
    """Return litkg's sentences."""
    return list(split_paragraph(text, 0, len(text)))


def with_pysbd(text: str) -> Spans:
    """Return pysbd's sentences."""
    found, position = [], 0
    for piece in _SEGMENTER.segment(text):
        at = text.find(piece.strip(), position)
        if at >= 0 and piece.strip():
            position = at + len(piece.strip())
            found.append((at, position))
    return found


_SEGMENTER = pysbd.Segmenter(language="en", clean=False)
SPLITTERS: dict[str, Callable[[str], Spans]] = {"litkg": with_rules, "pysbd": with_pysbd}


def texts(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, Spans]]:
    """Yield each paragraph's text with the spans of its sentences."""
    for paragraph in paragraphs:
        text = ""
        spans: Spans = []
        for sentence in paragraph:
            words = "".join(word.text + (" " if word.space else "") for word in sentence).strip()
            text += " " if text else ""
            spans.append((len(text), len(text) + len(words)))
            text += words
        yield text, spans


def score(split: Callable[[str], Spans], gold: list[tuple[str, Spans]]) -> dict[str, float]:
    """Return precision, recall and F1 of boundaries, F1 of whole sentences, and words a second."""
    right = found = wanted = same = spans_found = spans_wanted = words = 0
    began = time.process_time()
    answers = [split(text) for text, _ in gold]
    seconds = time.process_time() - began
    for answer, (text, spans) in zip(answers, gold, strict=True):
        inner, inner_gold = {start for start, _ in answer[1:]}, {start for start, _ in spans[1:]}
        right, found, wanted = right + len(inner & inner_gold), found + len(inner), wanted + len(inner_gold)
        same, spans_found, spans_wanted = same + len(set(answer) & set(spans)), spans_found + len(answer), spans_wanted + len(spans)
        words += len(text.split())
    return {
        "precision": round(right / found, 4),
        "recall": round(right / wanted, 4),
        "boundary_f1": round(2 * right / (found + wanted), 4),
        "sentence_f1": round(2 * same / (spans_found + spans_wanted), 4),
        "words_per_second": round(words / seconds),
    }


def main(corpora: Path) -> None:
    """Print one JSON object a splitter and a way of joining."""
    articles = list(read_articles(corpora))
    names = held_out_fifth([article.id for article in articles])
    paragraphs = [paragraph for article in articles if article.id in names for paragraph in article.paragraphs]
    for apart in (False, True):
        gold = list(texts((part for paragraph in paragraphs for part in headings_apart(paragraph)) if apart else paragraphs))
        for name, split in SPLITTERS.items():
            print(json.dumps({"splitter": name, "headings_apart": apart} | score(split, gold)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
