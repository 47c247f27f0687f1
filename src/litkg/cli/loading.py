"""`litkg ingest` and `litkg extract`: from what the user names into a graph, or into a file."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.console import JsonOption, StoreOption, counter, echo, print_json
from litkg.cli.failures import FAILED, GOES_ON, STOPPED, say
from litkg.cli.setup import LinkerOption, open_graph, read_settings
from litkg.errors import LitkgError, StoreError
from litkg.model import Extraction, RawDocument
from litkg.stores.counting import known_documents

if TYPE_CHECKING:
    from litkg.settings import Settings
    from litkg.sources.registry import Skip
    from litkg.stores import Counts, GraphStore
    from litkg.workflow import Workflow

Targets = Annotated[list[str], typer.Argument(metavar="SOURCE", help="A file, a folder, PMID:n, PMC:n or an address; any number and mixture.")]
NerModelOption = Annotated[
    str | None, typer.Option("--ner-model", metavar="NAME", help="An installed spaCy model that finds the mentions instead, or lexicon for the lexicon alone.")
]


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a run has read and passed over so far."""

    read: int = 0
    known: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    stopped: bool = False

    def skip(self, skip: Skip) -> None:
        """Note a file, id or document that was passed over."""
        self.skipped.append((str(skip.path), skip.reason))

    def warn(self, skip: Skip) -> None:
        """Note what was read only in part."""
        self.warnings.append((str(skip.path), skip.reason))

    def show_problems(self) -> None:
        """Print what was passed over and why, to standard error."""
        for name, reason in self.warnings:
            say(f"note: {_named(name, reason)}")
        for name, reason in self.skipped:
            say(f"skipped {_named(name, reason)}")


def ingest(
    targets: Targets,
    store: StoreOption = None,
    force: Annotated[bool, typer.Option("--force", help="Read documents again that the graph already holds.")] = False,
    ner_model: NerModelOption = None,
    linker: LinkerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read papers, extract, and load the graph.

    Documents that the graph already holds unchanged are passed over, so the same command goes on where it was stopped. What cannot be read is
    skipped, and listed at the end with the reason. Ends with 1 where nothing could be read at all.
    """
    settings = read_settings(store, linker=linker)
    with open_graph(settings, create=True) as graph:
        graph.apply_schema()
        counts, tally = load_targets(graph, targets, settings, force=force, ner_model=ner_model)
    show_load(counts, tally, as_json=as_json, where=settings.store_url)
    if tally.stopped:
        raise typer.Exit(STOPPED)
    if not tally.read and not tally.known:
        raise typer.Exit(FAILED)


def load_targets(graph: GraphStore, targets: Sequence[str], settings: Settings, *, force: bool = False, ner_model: str | None = None) -> tuple[Counts, Tally]:
    """Load documents, each whole or not at all; a first Ctrl-C or SIGTERM lets the document at hand be finished, and the tally says so."""
    tally = Tally()
    known = set() if force else known_documents(graph)
    with contextlib.ExitStack() as stack:
        tell = stack.enter_context(counter("reading"))
        stopping = stack.enter_context(_first_interrupt())

        def extractions() -> Iterator[Extraction]:
            for _, extraction in _extract(_new_documents(targets, settings, known, tally), settings, tally, stack, tell, ner_model):
                yield extraction
                if stopping():
                    tally.stopped = True
                    return

        try:
            return graph.upsert(extractions()), tally
        except StoreError as error:
            raise StoreError(f"{error}; {GOES_ON}") from error


def show_load(counts: Counts, tally: Tally, *, as_json: bool, where: str) -> None:
    """Print what was read, found and skipped."""
    found = asdict(counts)
    if as_json:
        print_json(
            {
                "store": where,
                "read": tally.read,
                "already_there": tally.known,
                "loaded": found,
                "skipped": [{"source": name, "reason": reason} for name, reason in tally.skipped],
                "warnings": [{"source": name, "reason": reason} for name, reason in tally.warnings],
                "stopped": tally.stopped,
            }
        )
        return
    already = f", {tally.known} already there" if tally.known else ""
    echo(f"read     {_count(tally.read, 'document')}{already}")
    parts = ("mentions", "concepts", "assertions", "evidence", "case_reports")
    if tally.read or not tally.known:
        echo("found    " + ", ".join(f"{found[name]} {name.replace('_', ' ')}" for name in parts))
    echo(f"skipped  {len(tally.skipped)}")
    echo(f"graph    {where}")
    tally.show_problems()
    if tally.stopped:
        say(f"stopped; {GOES_ON}")


class Format(StrEnum):
    """The formats that `extract` writes."""

    JSONL = "jsonl"
    PUBTATOR = "pubtator"
    BIOC = "bioc"
    BRAT = "brat"


def extract(
    targets: Targets,
    format_: Annotated[Format, typer.Option("--format", help="What to write; docs/extract-format.md tells what each holds.")] = Format.JSONL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there instead of standard output: a file, for brat a folder.")] = None,
    ner_model: NerModelOption = None,
    linker: LinkerOption = None,
) -> None:
    """Read papers and print what is found in them, without a graph.

    What cannot be read is skipped, and listed at the end with the reason. Ends with 1 where nothing could be read at all.
    """
    tally = Tally()
    with extracting(targets, read_settings(linker=linker), tally, ner_model=ner_model) as pairs:
        if format_ is Format.BRAT and output is not None:
            _write_brat(pairs, output)
        elif output is not None:
            _write_lines(_lines(pairs, format_), output)
        else:
            for line in _lines(pairs, format_):
                echo(line)
    tally.show_problems()
    if not tally.read:
        raise typer.Exit(FAILED)


@contextlib.contextmanager
def extracting(targets: Sequence[str], settings: Settings, tally: Tally, *, ner_model: str | None = None) -> Iterator[Iterator[tuple[RawDocument, Extraction]]]:
    """Give the documents of all targets with what is found in each, lazily; progress is shown meanwhile."""
    with extracting_from(_new_documents(targets, settings, set(), tally), settings, tally, ner_model=ner_model) as pairs:
        yield pairs


@contextlib.contextmanager
def extracting_from(
    documents: Iterable[RawDocument],
    settings: Settings,
    tally: Tally,
    *,
    ner_model: str | None = None,
    convention: str | None = None,
    total: int | None = None,
) -> Iterator[Iterator[tuple[RawDocument, Extraction]]]:
    """Give each of `documents` with what is found in it, lazily; progress is shown meanwhile, out of `total` where that is known."""
    with contextlib.ExitStack() as stack:
        tell = stack.enter_context(counter("reading", total))
        yield _extract(documents, settings, tally, stack, tell, ner_model, convention)


def _new_documents(targets: Sequence[str], settings: Settings, known: set[tuple[str, str]], tally: Tally) -> Iterator[RawDocument]:
    from litkg.cli.targets import read_targets

    for raw in read_targets(targets, settings, on_skip=tally.skip, on_warning=tally.warn):
        if (raw.id, raw.sha256) in known:
            tally.known += 1
            continue
        yield raw


def _extract(
    documents: Iterable[RawDocument],
    settings: Settings,
    tally: Tally,
    stack: contextlib.ExitStack,
    tell: Callable[[str], None],
    ner_model: str | None,
    convention: str | None = None,
) -> Iterator[tuple[RawDocument, Extraction]]:
    """Yield each document with what was found in it; the lexicon is opened at the first, so that a run with nothing new is quick."""
    from litkg.sources.registry import Skip
    from litkg.stores.checking import check_extraction

    workflow: Workflow | None = None
    for raw in documents:
        if workflow is None:
            from litkg.workflow import Workflow

            workflow = stack.enter_context(Workflow.open(settings, ner_model=ner_model, convention=convention))
        tell(raw.source or raw.id)
        try:
            extraction = workflow.extract(raw)
            check_extraction(extraction)
        except LitkgError as error:
            tally.skip(Skip(path=raw.source or raw.id, reason=f"{raw.id}: {error}"))
            continue
        tally.read += 1
        yield raw, extraction


def _lines(pairs: Iterable[tuple[RawDocument, Extraction]], format_: Format) -> Iterator[str]:
    if format_ is Format.BIOC:
        from litkg.formats.bioc import bioc_lines

        yield from bioc_lines(pairs)
        return
    for raw, extraction in pairs:
        yield from _document_lines(raw, extraction, format_)


def _document_lines(raw: RawDocument, extraction: Extraction, format_: Format) -> Iterator[str]:
    if format_ is Format.PUBTATOR:
        from litkg.formats.pubtator import pubtator_lines

        yield from pubtator_lines(raw, extraction)
    elif format_ is Format.BRAT:
        from litkg.formats.brat import brat_lines

        yield from brat_lines(raw, extraction)
    else:
        from litkg.jsonl import dump_extraction

        yield from dump_extraction(extraction)


def _write_lines(lines: Iterable[str], path: Path) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("w", encoding="utf-8", newline="") as handle:
            handle.writelines(f"{line}\n" for line in lines)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write_brat(pairs: Iterable[tuple[RawDocument, Extraction]], folder: Path) -> None:
    from litkg.formats.brat import brat_lines, brat_stem

    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for raw, extraction in pairs:
        stem = brat_stem(raw)
        number = 2
        while stem in taken:
            stem, number = f"{brat_stem(raw)}-{number}", number + 1
        taken.add(stem)
        (folder / f"{stem}.txt").write_bytes(raw.text.encode("utf-8", errors="replace"))
        _write_lines(brat_lines(raw, extraction), folder / f"{stem}.ann")


@contextlib.contextmanager
def _first_interrupt() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether Ctrl-C was pressed (or SIGTERM came) once; a second one stops at once."""
    pressed = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True
        if sys.stderr.isatty():
            say("finishing the document at hand; Ctrl-C again stops at once")

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: pressed
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _named(name: str, reason: str) -> str:
    line = " ".join(reason.split())
    return line if line.startswith(name) else f"{name}: {line}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
