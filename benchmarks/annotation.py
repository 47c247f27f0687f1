"""Measures litkg's annotation on one core: words a second and memory of each part alone and of all together, and scispaCy's own parts beside them.

    .venv/bin/python benchmarks/annotation.py [TEXT] [--words N] [--json] [--only PART ...]

TEXT is a file or a folder of `.txt` files, by default the full-text articles in ../shared/corpora. A word is what stands between white space. Each part is
run on other articles first, so that what it loads and keeps is there; memory is the highest that the process has held up to then, the lexicon's pages that
are mapped from disk included, so run one part with `--only` for its own. scispaCy's trained models come from no package registry, so only its
rules stand beside litkg's.
"""

# ruff: noqa: E402  (threads are set before numpy is imported)
from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import json
import resource
import sys
import tarfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import spacy
from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  (registers abbreviation_detector)
from scispacy.custom_sentence_segmenter import pysbd_sentencizer  # noqa: F401  (registers pysbd_sentencizer)
from scispacy.custom_tokenizer import combined_rule_tokenizer

from litkg.lexicon.lookup import Lexicon
from litkg.model import RawDocument
from litkg.nlp.abbreviations import find_definitions
from litkg.nlp.entities.model import EntityModel
from litkg.nlp.language import load_language
from litkg.nlp.tokens import find_tokens
from litkg.settings import settings_from_environment
from litkg.workflow import Workflow

Part = Callable[[str], object]
DEFAULT = Path("../shared/corpora/unlabelled/trial_articles_text.tar.xz")
WARM_UP = 0.1
"""Words of the warm-up, as a share of those measured."""


def read_texts(path: Path) -> Iterator[str]:
    """Yield the texts of a file, a folder or a tar archive, one at a time."""
    if path.is_dir():
        yield from (file.read_text(encoding="utf-8") for file in sorted(path.rglob("*.txt")))
    elif ".tar" in path.suffixes:
        with tarfile.open(path) as archive:
            for member in archive:
                content = archive.extractfile(member) if member.name.endswith(".txt") else None
                if content is not None:
                    yield content.read().decode("utf-8")
    else:
        yield path.read_text(encoding="utf-8")


def take(texts: Iterable[str], words: int) -> list[str]:
    """Return texts that have `words` words together, the last one cut short at a line."""
    taken: list[str] = []
    left = words
    for text in texts:
        kept = []
        for line in text.splitlines(keepends=True):
            if left <= 0:
                break
            kept.append(line)
            left -= len(line.split())
        taken.append("".join(kept))
        if left <= 0:
            break
    return taken


def whole(lexicon: Lexicon) -> Part:
    """Return sentences, tags, lemmas, parse, entities, the lexicon's names and abbreviations in one go."""
    nlp = load_language(lexicon)

    def annotate(text: str) -> object:
        doc = nlp(text)
        definitions = find_definitions(doc)
        return doc, definitions, lexicon.find(text, find_tokens(text), defined=frozenset(definitions))

    return annotate


def extraction() -> Part:
    """Return litkg's default way from a raw text to claims."""
    workflow = Workflow.open(settings_from_environment(os.environ))
    return lambda text: workflow.extract(RawDocument(id="litkg.doc:benchmark", title="", format="text", text=text))


def scispacy_rules() -> Part:
    """Return scispaCy's tokens, sentences and abbreviations."""
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe("pysbd_sentencizer")
    nlp.add_pipe("abbreviation_detector")
    return nlp


def parts(lexicon: Lexicon) -> dict[str, tuple[str, Callable[[], Part]]]:
    """Return what is measured: a title and how it is made, by name."""

    def network() -> Part:
        model = EntityModel.load()
        return lambda text: model.find(text, lexicon)

    return {
        "tokens": ("tokens", lambda: find_tokens),
        "marks": ("tokens, gazetteer marks", lambda: lambda text: lexicon.marks(text, find_tokens(text))),
        "ner": ("NER: tokens, marks, network, decoding", network),
        "syntax": ("sentences, tags, lemmas, parse", lambda: load_language(None)),
        "whole": ("all that, the lexicon's names and abbreviations", lambda: whole(lexicon)),
        "extract": ("litkg extract's way, cleaning to claims", extraction),
        "scispacy": ("scispaCy's tokens, sentences and abbreviations", scispacy_rules),
    }


def measure(part: Part, warm_up: list[str], texts: list[str]) -> dict[str, float]:
    """Return words a second of processor time and of wall time, and the highest memory so far in MiB."""
    for text in warm_up:
        part(text)
    words = sum(len(text.split()) for text in texts)
    wall, processor = time.perf_counter(), time.process_time()
    for text in texts:
        part(text)
    processor, wall = time.process_time() - processor, time.perf_counter() - wall
    return {
        "words": words,
        "words_per_second": round(words / processor),
        "words_per_second_wall": round(words / wall),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * (1024 if sys.platform == "darwin" else 1)),
    }


def main() -> None:
    """Print a line a part."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("text", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--words", type=int, default=200_000, help="words measured at most")
    parser.add_argument("--only", nargs="+", metavar="PART", help="tokens, marks, ner, syntax, whole, extract, scispacy")
    parser.add_argument("--json", action="store_true", help="one JSON object a part")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    found = read_texts(arguments.text)
    first = next(found)
    warm_up = take(chain([first], found), int(arguments.words * WARM_UP)) if arguments.text.is_dir() or ".tar" in arguments.text.suffixes else [first]
    texts = take(found, arguments.words) or warm_up
    with Lexicon.open(settings_from_environment(os.environ).lexicon_path) as lexicon:
        for name, (title, make) in parts(lexicon).items():
            if arguments.only and name not in arguments.only:
                continue
            figures = measure(make(), warm_up, texts)
            if arguments.json:
                print(json.dumps({"part": name, "load": round(os.getloadavg()[0], 1)} | figures), flush=True)
            else:
                print(
                    f"{title:50} {figures['words_per_second']:>9,} words/s ({figures['words_per_second_wall']:,} by the clock), {figures['peak_mib']:,} MiB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
