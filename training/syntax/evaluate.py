"""Scores the packaged model on the held-out articles, and times it.

Usage: python -m training.syntax.evaluate CORPORA MODEL METRICS.json

Each figure is given for the treebank's tokens and sentences, and for raw text with litkg's own tokens and sentences, as in its pipeline. Raw text is read
twice: paragraphs as the treebank has them (headings run into them), and headings apart.
Attachment scores leave punctuation out, as spaCy's do, and `las_all` counts it; `labels` are of raw text, own sentences, headings apart. Sentences are F1 of
whole sentences; lemmas leave out words with digits.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Token
from spacy.training import Example

from litkg.nlp.sentences import split_paragraph
from litkg.nlp.syntax.model import load_syntax, set_sentence_starts
from training.split import held_out_fifth
from training.syntax.documents import sizes, to_doc
from training.syntax.treebank import Paragraph, headings_apart, read_articles

TIMED_WORDS = 60_000


def read_gold_tokens(nlp: Language, gold: Iterable[Doc]) -> list[Doc]:
    """Return the model's reading of the gold tokens in their gold sentences."""
    bare = (Doc(nlp.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc]) for doc in gold)
    return [nlp(set_sentence_starts(doc, ((s.start_char, s.end_char) for s in reference.sents))) for doc, reference in zip(bare, gold, strict=True)]


def read_raw(nlp: Language, texts: list[str]) -> list[Doc]:
    """Return the model's reading of the texts, each one paragraph."""
    docs = (nlp.make_doc(text) for text in texts)
    return [nlp(set_sentence_starts(doc, split_paragraph(doc.text, 0, len(doc.text)))) for doc in docs]


def score(read: list[Doc], gold: list[Doc]) -> dict[str, float]:
    """Return the scores in percent, each to a hundredth."""
    examples = [Example(doc, reference) for doc, reference in zip(read, gold, strict=True)]
    found = Scorer.score_token_attr(examples, "tag")
    for ignored, name in ((("p", "punct"), "dep"), ((), "all")):
        deps = Scorer.score_deps(examples, "dep", getter=_label, ignore_labels=ignored)
        found |= {f"{name}_uas": deps["dep_uas"], f"{name}_las": deps["dep_las"]}
    found |= Scorer.score_spans(examples, "sents", getter=lambda doc, _: doc.sents, has_annotation=lambda doc: doc.has_annotation("SENT_START"))
    names = {"tags": "tag_acc", "uas": "dep_uas", "las": "dep_las", "las_all": "all_las", "sentences": "sents_f"}
    return {name: round(100 * found[key], 2) for name, key in names.items()} | {"lemmas": _lemma_accuracy(read, gold)}


def score_labels(read: list[Doc], gold: list[Doc]) -> dict[str, float]:
    """Return the labelled F1 of each label that the gold has, in percent, by name."""
    examples = [Example(doc, reference) for doc, reference in zip(read, gold, strict=True)]
    found = Scorer.score_deps(examples, "dep", getter=_label)["dep_las_per_type"]
    present = {_label(token, "dep") for doc in gold for token in doc}
    return {label: round(100 * found[label]["f"], 1) for label in sorted(present & set(found))}


def _label(token: Token, _attribute: str) -> str:
    return token.dep_.lower()


def _lemma_accuracy(read: list[Doc], gold: list[Doc]) -> float:
    right = wanted = 0
    for doc, reference in zip(read, gold, strict=True):
        lemmas = {(token.idx, token.text): token.lemma_ for token in doc}
        for token in reference:
            if not any(sign.isdigit() for sign in token.text) and not token.lemma_.startswith("#"):
                wanted += 1
                right += lemmas.get((token.idx, token.text)) == token.lemma_.lower()
    return round(100 * right / wanted, 2)


def words_per_second(nlp: Language, texts: list[str]) -> int:
    """Return the words that the model reads in a second of processor time, tokens and sentences included; blanks are no words."""
    chosen: list[str] = []
    words = 0
    for text in texts:
        if words < TIMED_WORDS:
            chosen.append(text)
            words += sum(not token.is_space for token in nlp.make_doc(text))
    gc.collect()
    gc.freeze()  # the collector would walk the treebank that is held here, time and again
    began = time.process_time()
    read_raw(nlp, chosen)
    return round(words / (time.process_time() - began))


def main(corpora: Path, model: Path, metrics: Path) -> None:
    """Write the metrics."""
    nlp = load_syntax(model)
    articles = list(read_articles(corpora))
    names = held_out_fifth(article.id for article in articles)
    held_out = [article for article in articles if article.id in names]
    whole = [paragraph for article in held_out for paragraph in article.paragraphs]
    scores: dict[str, dict[str, float]] = {}
    labels: dict[str, dict[str, float]] = {}
    paragraphs: dict[str, list[Paragraph]] = {"paragraphs": whole, "headings_apart": [part for paragraph in whole for part in headings_apart(paragraph)]}
    for kind, parts in paragraphs.items():
        gold = [to_doc(nlp.vocab, (part,)) for part in parts]
        texts = [doc.text for doc in gold]
        scores[f"gold_tokens_{kind}"] = score(read_gold_tokens(nlp, gold), gold)
        read = read_raw(nlp, texts)
        scores[f"raw_{kind}"] = score(read, gold)
        labels[kind] = score_labels(read, gold)
    sections = ["\n\n".join(_text(nlp, paragraph) for paragraph in article.paragraphs) for article in held_out]
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file())
    report = {
        "held_out": sorted(names),
        "train": sizes(article for article in articles if article.id not in names),
        "dev": sizes(held_out),
        "scores": scores,
        "labels": labels["headings_apart"],
        "words_per_second": words_per_second(nlp, sections),
        "megabytes": round(size / 1e6, 2),
    }
    metrics.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report["scores"], indent=1), report["words_per_second"], report["megabytes"])


def _text(nlp: Language, paragraph: Paragraph) -> str:
    return to_doc(nlp.vocab, (paragraph,)).text


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
