"""`litkg evaluate`: how well litkg does on papers that a reader has annotated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.console import JsonOption, print_json, print_rows
from litkg.cli.failures import FAILED, say
from litkg.cli.loading import NerModelOption, Tally, extracting
from litkg.cli.setup import read_settings
from litkg.evaluate import ClaimReport, MentionReport, Task, evaluate_claims, evaluate_links, evaluate_mentions, paper_paths, read_gold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from litkg.model import Extraction

Report = ClaimReport | MentionReport


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A PubTator file for ner and link; JSON lines, or a folder of them, for relation.")],
    task: Annotated[Task, typer.Option("--task", help="What to score: mentions, their ids, or claims.")] = Task.RELATION,
    papers: Annotated[
        list[Path] | None, typer.Option("--papers", help="The papers, for relation; default: those that GOLD names, else the folder around it. Repeatable.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List each error too, for relation.")] = False,
    ner_model: NerModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score what litkg finds against gold annotations: precision, recall and F1.

    Gold for ner and link is a PubTator file, which holds its own texts. Gold for relation names its papers by id or file name.
    """
    tally = Tally()
    report = _relation_report(gold, papers, tally, ner_model) if task is Task.RELATION else _mention_report(gold, task, tally, ner_model)
    if as_json:
        print_json(report.to_json())
    else:
        print_rows([dict(zip(report.columns, row, strict=True)) for row in report.rows()], as_json=False, columns=report.columns)
        typer.echo(report.summary())
        if errors and isinstance(report, ClaimReport):
            for error in report.errors:
                typer.echo(f"{error.kind}\t{error.document_id}\t{error.claim}\t{' '.join(error.text.split())}\t{error.note}")
    tally.show_problems()
    if not tally.read:
        say(f"no paper could be read for {gold}")
        raise typer.Exit(FAILED)


def _relation_report(gold_path: Path, papers: list[Path] | None, tally: Tally, ner_model: str | None) -> ClaimReport:
    gold, traps = read_gold(gold_path)
    targets = list(map(str, papers or paper_paths(gold, gold_path) or _papers_around(gold_path)))
    with extracting(targets, read_settings(), tally, ner_model=ner_model) as pairs:
        report = evaluate_claims(gold, (extraction for _, extraction in pairs), traps=traps)
    tally.skipped = [skip for skip in tally.skipped if papers or Path(skip[0]).name in gold.documents]
    return report


def _papers_around(gold_path: Path) -> list[Path]:
    folder = gold_path if gold_path.is_dir() else gold_path.parent
    return sorted(path for path in folder.resolve().parent.iterdir() if path.is_file())


def _mention_report(gold_path: Path, task: Task, tally: Tally, ner_model: str | None) -> MentionReport:
    from litkg.sources.pubtator import read_annotations

    mentions = read_annotations(gold_path.read_bytes(), source=str(gold_path)).mentions
    with extracting([str(gold_path)], read_settings(), tally, ner_model=ner_model) as pairs:
        found: Iterator[Extraction] = (extraction for _, extraction in pairs)
        return (evaluate_mentions if task is Task.NER else evaluate_links)(mentions, found)
