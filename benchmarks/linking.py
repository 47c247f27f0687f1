"""Measures linking on BC5CDR, NCBI Disease, GNormPlus and NLM-Gene as `litkg evaluate --task link` does: given the gold's mentions, and end to end by document.

    .venv/bin/python benchmarks/linking.py                     # the development parts
    .venv/bin/python benchmarks/linking.py --part train --given --json train.json
    .venv/bin/python benchmarks/linking.py --linker scispacy   # after `litkg lexicon index`

NLM-Gene has no development part: a fixed fifth of its documents is held out. Genes are scored where they are human. Last comes the speed of linking
alone: the gold's mentions, document by document, in seconds of one core. `--json` writes the whole reports, errors
included; they quote the corpora, so keep them out of the repository.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from litkg.evaluate import LinkReport, evaluate_links, ground_gold, parse_types
from litkg.evaluation.link_report import DocumentScore, MentionScore
from litkg.grounding.score import ScoredCandidate
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.records import Candidate
from litkg.model import Grounding, Mention
from litkg.nlp.ner import Found
from litkg.nlp.pipeline import LEXICON_ONLY, load_pipeline
from litkg.settings import Linker, settings_from_environment
from litkg.sources.annotated import read_annotated
from litkg.workflow import DocumentConcepts, MentionLinker, Workflow, open_linker

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from training.split import held_out_fifth


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A corpus: its files by part, below the folder of corpora, what its types are scored as, and its convention. Of one file for both parts a fifth is held
    out for dev."""

    dev: str
    train: str
    types: str = ""
    convention: str


_AIONER = "AIONER-gene/"
_NO_FAMILIES = "FamilyName="
CORPORA = {
    "BC5CDR": Corpus(dev="BC5CDR/dev.pubtator", train="BC5CDR/train.pubtator", convention="bc5cdr"),
    "NCBI-disease": Corpus(dev="NCBI-disease/dev.pubtator", train="NCBI-disease/train.pubtator", convention="ncbi"),
    "GNormPlus": Corpus(
        dev=_AIONER + "GNormPlus_test.pubtator", train=_AIONER + "GNormPlus_train.pubtator", types="FamilyName=,DomainMotif=", convention="gnormplus"
    ),
    "NLM-Gene": Corpus(dev=_AIONER + "NLM-Gene_train.pubtator", train=_AIONER + "NLM-Gene_train.pubtator", types=_NO_FAMILIES, convention="nlmgene"),
}
COLUMNS = ("corpus", "type", "mentions", "accuracy", "in lexicon", "candidates", "ids", "precision", "recall", "F1", "in lexicon")


@dataclass(slots=True)
class Timed:
    """A linker by the clock: how many of the gold's mentions it linked, document by document, and in how many seconds of one core."""

    linker: MentionLinker
    mentions: int = 0
    seconds: float = 0.0

    def ground(self, mentions: Sequence[Found], *, abbreviations: Mapping[str, str], text: str) -> tuple[Grounding, ...]:
        start = time.process_time()
        grounded = self.linker.ground(mentions, abbreviations=abbreviations, text=text)
        if all(mention.component == "gold" for mention, _ in mentions):
            self.seconds += time.process_time() - start
            self.mentions += len(mentions)
        return grounded

    def rank(
        self, mention: Mention, candidates: tuple[Candidate, ...], *, abbreviations: Mapping[str, str], text: str, others: Sequence[Mention] = ()
    ) -> tuple[ScoredCandidate, ...]:
        return self.linker.rank(mention, candidates, abbreviations=abbreviations, text=text, others=others)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--only", choices=tuple(CORPORA), action="append", help="this corpus; repeatable")
    parser.add_argument("--given", action="store_true", help="the gold's mentions alone: a minute for all")
    parser.add_argument("--own", action="store_true", help="end to end, mark names as litkg extract does, not as each corpus does")
    parser.add_argument(
        "--roll-up", action="store_true", help="a concept without an id of the gold's vocabularies answers by the nearest wider one that has one"
    )
    parser.add_argument("--linker", type=Linker, choices=tuple(Linker), help="who chooses the concepts")
    parser.add_argument("--json", type=Path, help="write the whole reports there")
    arguments = parser.parse_args()
    settings = settings_from_environment(os.environ)
    settings = replace(settings, linker=arguments.linker or settings.linker)
    lexicon = Lexicon.open(settings.lexicon_path)
    timed = Timed(open_linker(settings, lexicon))
    reports: dict[str, LinkReport] = {}
    for name in arguments.only or CORPORA:
        print(f"reading {name}", file=sys.stderr, flush=True)
        convention = None if arguments.own or arguments.given else CORPORA[name].convention
        concepts = DocumentConcepts(lexicon, timed)
        pipeline = load_pipeline(lexicon, concepts, ner_model=LEXICON_ONLY if arguments.given else None, convention=convention)
        workflow = Workflow(lexicon, pipeline, concepts)
        reports[name] = measure(CORPORA[name], workflow, arguments.corpora, part=arguments.part, given_only=arguments.given, roll_up=arguments.roll_up)
    if arguments.json:
        whole = {name: report.to_json() for name, report in reports.items()}
        arguments.json.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for row in (COLUMNS, *table(reports)):
        print("\t".join(row))
    print(f"{timed.mentions / timed.seconds:,.0f} of the gold's mentions linked a second, by {settings.linker}", file=sys.stderr)


def measure(corpus: Corpus, workflow: Workflow, folder: Path, *, part: str, given_only: bool, roll_up: bool = False) -> LinkReport:
    annotated = read_annotated(folder / (corpus.dev if part == "dev" else corpus.train))
    documents = annotated.documents
    if corpus.dev == corpus.train:
        held_out = held_out_fifth(document.id.rpartition(":")[2] for document in documents)
        documents = tuple(document for document in documents if (document.id.rpartition(":")[2] in held_out) is (part == "dev"))
    names = {document.id for document in documents}
    mentions = [mention for mention in annotated.gold.mentions if mention.document_id in names]
    types = parse_types(corpus.types, gold_types={mention.type for mention in mentions})
    return evaluate_links(
        mentions,
        ground_gold(documents, mentions, workflow.ground, types=types, human_genes=True),
        None if given_only else map(workflow.extract, documents),
        concept_of=workflow.lexicon.concept,
        documents=[document.id for document in documents],
        types=types,
        human_genes=True,
        broader=workflow.lexicon.broader if roll_up else None,
    )


def table(reports: dict[str, LinkReport]) -> list[tuple[str, ...]]:
    """Return a row for each corpus and type, and one for a type of several corpora together."""
    parts = [(name, kind, score, dict(report.ends).get(kind)) for name, report in reports.items() for kind, score in report.given if kind != "all"]
    rows = [_row(name, kind, score, end) for name, kind, score, end in parts]
    for kind in sorted({kind for _, kind, _, _ in parts}):
        some = [part for part in parts if part[1] == kind]
        if len(some) > 1:
            ends = [end for *_, end in some if end is not None]
            rows.append(_row("all", kind, sum((score for _, _, score, _ in some), MentionScore()), sum(ends, DocumentScore()) if ends else None))
    return rows


def _row(name: str, kind: str, score: MentionScore, end: DocumentScore | None) -> tuple[str, ...]:
    given = (str(score.mentions), *(f"{100 * share:.1f}" for share in (score.accuracy, score.ceiling, score.among_candidates)))
    if end is None:
        return (name, kind, *given, "", "", "", "", "")
    figures = (end.score.precision, end.score.recall, end.score.f1, end.ceiling)
    return (name, kind, *given, str(end.score.gold), *(f"{100 * share:.1f}" for share in figures))


if __name__ == "__main__":
    main()
