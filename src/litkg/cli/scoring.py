"""`litkg evaluate`: how well litkg does on papers that a reader has annotated."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.console import JsonOption, counter, echo, print_json, print_rows
from litkg.cli.failures import FAILED, say
from litkg.cli.loading import NerModelOption, Tally, extracting, extracting_from
from litkg.cli.setup import LinkerOption, read_settings
from litkg.errors import InputError
from litkg.evaluate import (
    CONVENTIONS,
    ClaimReport,
    LinkReport,
    MentionReport,
    RelationReport,
    Task,
    convention_of,
    evaluate_claims,
    evaluate_links,
    evaluate_mentions,
    ground_gold,
    holds_claims,
    paper_paths,
    parse_types,
    read_gold,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from litkg.model import Extraction, RawDocument
    from litkg.settings import Settings
    from litkg.sources.annotated import AnnotatedDocuments


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            help="A PubTator, BioC or CoNLL file, brat's .ann file or folder, ChemProt's folder; for relation also JSON lines, or a folder of them.",
        ),
    ],
    task: Annotated[Task, typer.Option("--task", help="What to score: mentions, their ids, or claims.")] = Task.RELATION,
    papers: Annotated[
        list[Path] | None, typer.Option("--papers", help="The papers of JSON lines; default: those that GOLD names, else the folder around it. Repeatable.")
    ] = None,
    errors: Annotated[int, typer.Option("--errors", metavar="N", min=0, help="Show errors: the N most frequent of each kind; of JSON lines the first N.")] = 0,
    types: Annotated[
        str,
        typer.Option("--types", metavar="PAIRS", help="What gold types are scored as: FamilyName=Gene,DomainMotif= (nothing leaves it out)."),
    ] = "",
    convention: Annotated[
        str,
        typer.Option(
            "--convention",
            metavar="NAME",
            help=f"Whose convention mentions follow: {', '.join(CONVENTIONS)}, none, or auto: told by GOLD.",
        ),
    ] = "auto",
    given: Annotated[bool, typer.Option("--given", help="For link and relation, take the gold's mentions, without finding any: seconds, not minutes.")] = False,
    human_genes: Annotated[bool, typer.Option("--human-genes", help="For link, leave out gene ids of other species.")] = False,
    roll_up: Annotated[
        bool, typer.Option("--roll-up", help="For link, let a concept without an id of GOLD's vocabularies answer by the nearest wider one that has one.")
    ] = False,
    ner_model: NerModelOption = None,
    linker: LinkerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score what litkg finds against gold annotations: precision, recall and F1.

    Gold holds its own texts; docs/evaluation.md tells how each format is read and what counts. JSON lines, for relation, name their papers by id or file
    name.
    """
    claims = task is Task.RELATION and holds_claims(gold)
    if (human_genes or roll_up) and task is not Task.LINK:
        raise InputError("--human-genes and --roll-up are for --task link: leave them out")
    if given and (claims or task is Task.NER):
        raise InputError("--given is for --task link, and for --task relation on a corpus with its texts: leave it out")
    if types and claims:
        raise InputError("--types is for gold with mentions, which JSON lines of claims do not have: leave it out")
    if papers and not claims:
        raise InputError("--papers is for gold in JSON lines; this gold holds its own texts: leave it out")
    tally = Tally()
    settings = read_settings(linker=linker)
    report: ClaimReport | MentionReport | LinkReport | RelationReport
    match task:
        case Task.RELATION if claims:
            report = _claim_report(gold, papers, settings, tally, ner_model)
        case Task.RELATION:
            report = _relation_report(gold, types, settings, tally, ner_model, convention, given=given)
        case Task.NER:
            report = _mention_report(gold, types, settings, tally, ner_model, convention)
        case Task.LINK:
            report = _link_report(gold, types, settings, tally, ner_model, convention, given_only=given, human_genes=human_genes, roll_up=roll_up)
    if as_json:
        print_json(report.to_json())
    else:
        _print_table(report.rows(), report.columns)
        match report:
            case ClaimReport():
                _print_claims(report, errors)
            case MentionReport():
                _print_mentions(report, errors)
            case LinkReport():
                _print_links(report, errors)
            case RelationReport():
                _print_relations(report, errors)
    tally.show_problems()
    if not tally.read:
        say(f"no paper could be read for {gold}")
        raise typer.Exit(FAILED)


def _claim_report(gold_path: Path, papers: list[Path] | None, settings: Settings, tally: Tally, ner_model: str | None) -> ClaimReport:
    gold, traps = read_gold(gold_path)
    targets = list(map(str, papers or paper_paths(gold, gold_path) or _papers_around(gold_path)))
    with extracting(targets, settings, tally, ner_model=ner_model) as pairs:
        report = evaluate_claims(gold, (extraction for _, extraction in pairs), traps=traps)
    tally.skipped = [skip for skip in tally.skipped if papers or Path(skip[0]).name in gold.documents]
    return report


def _relation_report(gold_path: Path, types: str, settings: Settings, tally: Tally, ner_model: str | None, convention: str, *, given: bool) -> RelationReport:
    from litkg.cli.scoring_relations import corpus_report, read_relations

    annotated, scored = _read_mentions(gold_path, types, tally)
    gold = read_relations(gold_path, annotated, scored)
    followed = None if given else _convention(convention, annotated, ner_model)
    return corpus_report(gold, annotated, settings, tally, ner_model, followed, given=given)


def _papers_around(gold_path: Path) -> list[Path]:
    folder = gold_path if gold_path.is_dir() else gold_path.parent
    return sorted(path for path in folder.resolve().parent.iterdir() if path.is_file())


def _mention_report(gold_path: Path, types: str, settings: Settings, tally: Tally, ner_model: str | None, convention: str) -> MentionReport:
    annotated, scored = _read_mentions(gold_path, types, tally)
    followed = _convention(convention, annotated, ner_model)
    with extracting_from(annotated.documents, settings, tally, ner_model=ner_model, convention=followed, total=len(annotated.documents)) as pairs:
        found: Iterator[Extraction] = (extraction for _, extraction in pairs)
        return evaluate_mentions(annotated.gold.mentions, found, documents=[document.id for document in annotated.documents], types=scored)


def _link_report(
    gold_path: Path,
    types: str,
    settings: Settings,
    tally: Tally,
    ner_model: str | None,
    convention: str,
    *,
    given_only: bool,
    human_genes: bool,
    roll_up: bool,
) -> LinkReport:
    from litkg.nlp.pipeline import LEXICON_ONLY
    from litkg.workflow import Workflow

    annotated, scored = _read_mentions(gold_path, types, tally)
    followed = None if given_only else _convention(convention, annotated, ner_model)
    mentions, names, total = annotated.gold.mentions, [document.id for document in annotated.documents], len(annotated.documents)
    with Workflow.open(settings, ner_model=LEXICON_ONLY) as workflow:
        with counter("grounding", total) as tell:
            given = list(ground_gold(_counted(annotated.documents, tally, tell), mentions, workflow.ground, types=scored, human_genes=human_genes))
        found: Iterator[Extraction] | None = None
        with contextlib.ExitStack() as stack:
            if not given_only:
                tally.read = 0
                pairs = stack.enter_context(extracting_from(annotated.documents, settings, tally, ner_model=ner_model, convention=followed, total=total))
                found = (extraction for _, extraction in pairs)
            return evaluate_links(
                mentions,
                given,
                found,
                concept_of=workflow.lexicon.concept,
                documents=names,
                types=scored,
                human_genes=human_genes,
                broader=workflow.lexicon.broader if roll_up else None,
            )


def _counted(documents: Collection[RawDocument], tally: Tally, tell: Callable[[str], None]) -> Iterator[RawDocument]:
    for raw in documents:
        tell(raw.source or raw.id)
        tally.read += 1
        yield raw


def _read_mentions(gold_path: Path, types: str, tally: Tally) -> tuple[AnnotatedDocuments, Mapping[str, str]]:
    from litkg.sources.annotated import read_annotated

    annotated = read_annotated(gold_path, on_warning=tally.warn)
    gold_types = {mention.type for mention in annotated.gold.mentions}
    scored = parse_types(types, gold_types=gold_types)
    if gold_types and not any(name.casefold() in scored for name in gold_types):
        raise InputError(f"{gold_path}: no type of this gold is scored; it has {', '.join(sorted(gold_types))}: say what each is, such as --types NAME=Gene")
    return annotated, scored


def _convention(name: str, annotated: AnnotatedDocuments, ner_model: str | None) -> str | None:
    if name not in ("none", "auto", *CONVENTIONS):
        raise InputError(f"--convention {name}: name one of {', '.join(CONVENTIONS)}, none or auto")
    told = convention_of({mention.type for mention in annotated.gold.mentions}) if name == "auto" else name
    if ner_model or told in ("none", None):
        return None
    say(f"mentions follow the convention of {told} (--convention none for litkg's own)")
    return told


def _print_claims(report: ClaimReport, errors: int) -> None:
    echo(report.summary())
    for error in report.errors[:errors]:
        echo(f"{error.kind}\t{error.document_id}\t{error.claim}\t{' '.join(error.text.split())}\t{error.note}")


def _print_links(report: LinkReport, errors: int) -> None:
    if report.ends:
        echo()
        _print_table(report.end_rows(), report.end_columns)
        echo()
        _print_table(report.count_rows(), report.count_columns)
    _print_errors(report, errors)


def _print_relations(report: RelationReport, errors: int) -> None:
    echo()
    _print_table(report.label_rows(), report.label_columns)
    if report.predicates:
        echo()
        _print_table(report.predicate_rows(), report.predicate_columns)
    _print_errors(report, errors)


def _print_mentions(report: MentionReport, errors: int) -> None:
    if report.counts:
        echo()
        _print_table(report.count_rows(), report.count_columns)
    _print_errors(report, errors)


def _print_errors(report: LinkReport | MentionReport | RelationReport, errors: int) -> None:
    if errors and report.errors:
        echo()
        _print_table(report.error_rows(errors), report.error_columns)
    echo()
    echo(report.summary())


def _print_table(rows: list[tuple[str, ...]], columns: tuple[str, ...]) -> None:
    print_rows([dict(zip(columns, row, strict=True)) for row in rows], as_json=False, columns=columns)
