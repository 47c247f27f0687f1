"""Measures grounding on one core: mentions a second of names that match, that need other names tried, and that are misspelt; and what opening takes.

    .venv/bin/python benchmarks/grounding.py [--corpora FOLDER] [--documents N] [--slips N] [--only SET ...] [--json]

A mention a second covers `Grounder.ground`: from a mention that a reader marked and labelled (its text, its kind, the document's text and short forms) to a
concept with score and reasons, one concept a name in the document. It covers neither finding mentions nor finding the short forms. Mentions and labels are
those of BC5CDR, NCBI Disease, GNormPlus and NLM-Gene (training parts). The sets:

- `all`: every mention of the documents.
- `match`: those whose name, as it stands, the lexicon has for a concept of the label's kind.
- `other`: all the rest: other names are tried; those that are not genes' are searched for by their letters and by their words.
- `slips`: names of diseases and chemicals in the lexicon, each once, with a random slip of the pen (seeded): all need the character search.

Names repeat, and what a name may stand for is kept once it was found. So each set is measured three ways, in a process of its own: *cold*, the first pass with
nothing kept; *running*, half of the documents after the other half, as in a long run; *again*, the whole set once more, so that all names are kept.
`distinct` is the number of distinct pairs of name and kind; cold over distinct is the cost of a name that is new. Times are of the processor; memory is
resident, anonymous and mapped from files apart.
"""

# ruff: noqa: E402  (threads are set before numpy is imported)
from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import marisa_trie

from litkg.evaluation.documents import by_document, local_id
from litkg.evaluation.link_mentions import GIVEN_LABELS
from litkg.evaluation.types import GOLD_TYPES
from litkg.grounding.features import label_fits
from litkg.grounding.ground import Grounder
from litkg.grounding.name_search import NameSearch
from litkg.grounding.spelling import NearNames
from litkg.lexicon.lookup import Lexicon
from litkg.model import Category, Mention
from litkg.nlp.clean import clean
from litkg.nlp.pipeline import LEXICON_ONLY
from litkg.settings import settings_from_environment
from litkg.sources.annotated import read_annotated
from litkg.workflow import Workflow

CORPORA = ("BC5CDR/train.pubtator", "NCBI-disease/train.pubtator", "AIONER-gene/GNormPlus_train.pubtator", "AIONER-gene/NLM-Gene_train.pubtator")
SETS = ("all", "match", "other", "slips")
_SEED = 1
_NAMES_A_DOCUMENT = 10
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SEARCHED = (Category.DISEASE, Category.CHEMICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A document with its mentions, each a text with label and place, and its short forms."""

    text: str
    mentions: tuple[Mention, ...]
    abbreviations: Mapping[str, str]


def read_cases(corpora: Path, count: int) -> list[Case]:
    """Return `count` documents of each corpus with all their gold mentions; a corpus that is not there is said and left out."""
    found: list[Case] = []
    with Workflow.open(settings_from_environment(os.environ), ner_model=LEXICON_ONLY) as workflow:
        for name in CORPORA:
            if not (corpora / name).exists():
                print(f"{corpora / name} is not there", file=sys.stderr)
                continue
            annotated = read_annotated(corpora / name)
            gold = by_document(annotated.gold.mentions, ())
            for raw in annotated.documents[:count]:
                cleaned = clean(raw, knows_word=workflow.lexicon.knows_word)
                mentions = tuple(
                    Mention(document_id=raw.id, start=item.start, end=item.end, text=item.text, label=GIVEN_LABELS[kind], component="gold")
                    for item in gold.get(local_id(raw.id), [])
                    if (kind := GOLD_TYPES.get(item.type.casefold())) in GIVEN_LABELS
                )
                found.append(Case(text=raw.text, mentions=mentions, abbreviations=workflow.pipeline.definitions(cleaned)))
    return found


def chosen(cases: Sequence[Case], wanted: Callable[[Mention], bool]) -> list[Case]:
    """Return the documents with the mentions that are wanted; those that have none are left out."""
    kept = (Case(text=case.text, mentions=tuple(filter(wanted, case.mentions)), abbreviations=case.abbreviations) for case in cases)
    return [case for case in kept if case.mentions]


def matches(lexicon: Lexicon) -> Callable[[Mention], bool]:
    """Return what tells whether the lexicon has a mention's own text as a name of its kind."""
    return lambda mention: any(label_fits(mention.label, candidate.categories) for candidate in lexicon.lookup(mention.text))


def misspelt(lexicon: Lexicon, path: Path, count: int) -> list[Case]:
    """Return documents of misspelt names of diseases and chemicals, of one word each and unknown to the lexicon as they are then."""
    keys = [key for key in marisa_trie.Trie().mmap(str(path / "keys.marisa")).iterkeys() if 9 <= len(key) <= 20 and key.isascii() and key.isalpha()]
    keys.sort()
    chance = random.Random(_SEED)
    names: list[tuple[str, Category]] = []
    for key in chance.sample(keys, len(keys)):
        if len(names) == count:
            break
        categories = [candidate.categories[0] for candidate in lexicon.lookup(key)[:1] if candidate.matched.isalpha()]
        slipped = with_slip(key, chance)
        if categories and (label := _searched(categories[0])) and not lexicon.lookup(slipped):
            names.append((slipped, label))
    return [_listed(names[at : at + _NAMES_A_DOCUMENT]) for at in range(0, len(names), _NAMES_A_DOCUMENT)]


def with_slip(word: str, chance: random.Random) -> str:
    """Return the word with one letter left out, put in or replaced, or two neighbours swapped, after the first letter."""
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice(_LETTERS)
    return chance.choice(
        (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    )


def _searched(category: Category) -> Category | None:
    return next((label for label in _SEARCHED if label_fits(label, (category,))), None)


def _listed(names: Sequence[tuple[str, Category]]) -> Case:
    text = "; ".join(name for name, _ in names)
    mentions, start = [], 0
    for name, label in names:
        mentions.append(Mention(document_id="litkg.doc:slips", start=start, end=start + len(name), text=name, label=label, component="gold"))
        start += len(name) + 2
    return Case(text=text, mentions=tuple(mentions), abbreviations={})


def ground_all(grounder: Grounder, cases: Sequence[Case]) -> tuple[float, int]:
    """Return processor seconds, and how many mentions became a concept of the lexicon."""
    grounded = 0
    pairs = [[(mention, ()) for mention in case.mentions] for case in cases]
    start = time.process_time()
    for case, mentions in zip(cases, pairs, strict=True):
        for item in grounder.ground(mentions, abbreviations=case.abbreviations, text=case.text):
            grounded += item.concept is not None and item.concept.grounded
    return time.process_time() - start, grounded


def memory() -> dict[str, int]:
    """Return resident MiB: in all, anonymous, and mapped from files; empty where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    sizes = dict(line.split(":", 1) for line in lines)
    return {name: int(sizes[key].split()[0]) // 1024 for name, key in (("mib", "VmRSS"), ("anonymous", "RssAnon"), ("mapped", "RssFile"))}


def measure_opening() -> Iterator[dict[str, object]]:
    """Yield what each step of opening takes, by the clock, and the memory after it."""
    path = settings_from_environment(os.environ).lexicon_path
    yield {"step": "modules loaded", "seconds": 0.0} | memory()
    start = time.perf_counter()
    lexicon = Lexicon.open(path)
    yield {"step": "lexicon open", "seconds": round(time.perf_counter() - start, 3)} | memory()
    near = NearNames.open(path, lexicon.info())
    yield {"step": "and spellings", "seconds": round(time.perf_counter() - start, 3)} | memory()
    search = NameSearch.open(path, lexicon.info())
    yield {"step": "and words of names", "seconds": round(time.perf_counter() - start, 3)} | memory()
    grounder = Grounder(lexicon, near=near, search=search)
    mention = Mention(document_id="litkg.doc:first", start=0, end=8, text="fluoxetin", label=Category.CHEMICAL, component="gold")
    grounder.ground([(mention, ())], abbreviations={}, text="fluoxetin")
    yield {"step": "and a first misspelt name grounded", "seconds": round(time.perf_counter() - start, 3)} | memory()


def measure_set(name: str, cases: Sequence[Case]) -> dict[str, object]:
    """Return the figures of one set."""
    path = settings_from_environment(os.environ).lexicon_path
    half = len(cases) // 2
    order = random.Random(_SEED).sample(cases, len(cases))
    with Lexicon.open(path) as lexicon:
        info = lexicon.info()
        grounder = Grounder(lexicon, near=NearNames.open(path, info), search=NameSearch.open(path, info))
        first, grounded = ground_all(grounder, order[:half])
        running, more = ground_all(grounder, order[half:])
        again = min(ground_all(grounder, order)[0] for _ in range(3))
    mentions = [len(case.mentions) for case in order]
    distinct = len({(mention.text, mention.label) for case in order for mention in case.mentions})
    early = len({(mention.text, mention.label) for case in order[:half] for mention in case.mentions})
    return {
        "set": name,
        "documents": len(cases),
        "mentions": sum(mentions),
        "distinct": distinct,
        "grounded": round((grounded + more) / sum(mentions), 3),
        "cold": round(sum(mentions[:half]) / first),
        "cold_distinct": round(early / first),
        "running": round(sum(mentions[half:]) / running),
        "again": round(sum(mentions) / again),
    } | memory()


def main() -> None:
    """Print a line a set, and a line a step of opening."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--documents", type=int, default=300, help="documents of each corpus")
    parser.add_argument("--slips", type=int, default=4000, help="misspelt names")
    parser.add_argument("--only", nargs="+", choices=(*SETS, "opening"), default=[*SETS, "opening"])
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.here:
        for name in arguments.only:
            command = [sys.executable, __file__, *sys.argv[1:], "--here", "--only", name]
            subprocess.run(command, check=True)
        return
    (name,) = arguments.only
    if name == "opening":
        for step in measure_opening():
            print(json.dumps(step) if arguments.json else "  ".join(f"{key} {value}" for key, value in step.items()), flush=True)
        return
    figures = measure_set(name, prepared(name, arguments.corpora, arguments.documents, arguments.slips))
    if arguments.json:
        print(json.dumps(figures | {"load": round(os.getloadavg()[0], 1)}), flush=True)
        return
    print(
        f"{name:6} {figures['mentions']:>7,} mentions, {figures['distinct']:>6,} names, {figures['grounded']:.3f} grounded; a second: cold {figures['cold']:,}"
        f" ({figures['cold_distinct']:,} names), running {figures['running']:,}, again {figures['again']:,}; {figures.get('mib', 0)} MiB",
        flush=True,
    )


def prepared(name: str, corpora: Path, documents: int, slips: int) -> list[Case]:
    """Return the documents of a set, made in a process of its own, so that nothing of the making is kept in this one."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(write, "w", encoding="utf-8") as handle:
            json.dump([_to_json(case) for case in _cases(name, corpora, documents, slips)], handle)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as handle:
        data = json.load(handle)
    os.waitpid(child, 0)
    return [_from_json(item) for item in data]


def _cases(name: str, corpora: Path, documents: int, slips: int) -> list[Case]:
    path = settings_from_environment(os.environ).lexicon_path
    with Lexicon.open(path) as lexicon:
        if name == "slips":
            return misspelt(lexicon, path, slips)
        known = matches(lexicon)
        wanted = {"all": lambda mention: True, "match": known, "other": lambda mention: not known(mention)}[name]
        return chosen(read_cases(corpora, documents), wanted)


def _to_json(case: Case) -> list[object]:
    return [case.text, [[item.start, item.end, item.text, item.label.value] for item in case.mentions], dict(case.abbreviations)]


def _from_json(item: list[object]) -> Case:
    text, mentions, abbreviations = item
    return Case(
        text=text,
        mentions=tuple(
            Mention(document_id="litkg.doc:benchmark", start=start, end=end, text=name, label=Category(label), component="gold")
            for start, end, name, label in mentions
        ),
        abbreviations=abbreviations,
    )


if __name__ == "__main__":
    main()
