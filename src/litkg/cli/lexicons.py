"""`litkg lexicon`: build it, index it for scispaCy, say what is in it, look a name up."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import litkg.lexicon
from litkg.cli.console import JsonOption, echo, print_json, print_rows, steps
from litkg.cli.failures import FAILED, say
from litkg.cli.setup import read_settings
from litkg.datafiles import data_path
from litkg.errors import LitkgError

app = typer.Typer(help="The terms that litkg knows: build, describe, look up.", no_args_is_help=True, rich_markup_mode=None)


INPUTS_FILE = "inputs.sha256"
"""Beside the lexicon's own files: what it was built from."""


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Build it anew even if it is there and up to date.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Build the lexicon from its pinned sources; does nothing where it is up to date.

    The first build downloads some 300 MB, checks each file's SHA-256, and takes some minutes; after it, litkg needs no network.
    """
    from litkg.grounding.name_search import NameSearch, write_name_search
    from litkg.grounding.spelling import NearNames, write_near_names
    from litkg.lexicon.build import build_lexicon
    from litkg.lexicon.storage import read_info

    settings = read_settings()
    path = settings.lexicon_path
    if force or not is_current(path):
        with steps("building the lexicon") as tell:
            build_lexicon(path, settings.download_path, progress=tell)
        (path / INPUTS_FILE).write_text(inputs_hash(), encoding="utf-8")
    built = read_info(path)
    search = NameSearch.open(path, built)
    if NearNames.open(path, built) is None or search is None or not search.is_whole():
        with steps("indexing the lexicon") as tell:
            tell("indexing spellings")
            write_near_names(path)
            tell("indexing words")
            write_name_search(path)
    info(as_json=as_json, short=True)


@app.command()
def index(
    force: Annotated[bool, typer.Option("--force", help="Make it anew even if it is there and of this lexicon.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Index the lexicon's names for --linker scispacy; does nothing where the index is of this lexicon.

    It takes some minutes, 300 MB beside the lexicon, and 2 GB of memory meanwhile. litkg's own linker needs no such index.
    """
    from litkg.grounding.scispacy.index import index_folder, is_indexed, write_name_index
    from litkg.lexicon.storage import read_info

    path = read_settings().lexicon_path
    if force or not is_indexed(path, read_info(path)):
        with steps("indexing the lexicon's names") as tell:
            write_name_index(path, progress=tell)
    folder = index_folder(path)
    size = sum(file.stat().st_size for file in folder.iterdir())
    if as_json:
        print_json({"path": str(folder), "bytes": size})
        return
    echo(f"index    {size / 1e6:,.0f} MB  {folder}")


@app.command()
def info(
    as_json: JsonOption = False,
    short: Annotated[bool, typer.Option("--short", help="Leave the sources out.")] = False,
) -> None:
    """Show what the lexicon holds, and each source with its version, licence and credit."""
    from litkg.lexicon.storage import read_info

    path = read_settings().lexicon_path
    found = read_info(path)
    if as_json:
        print_json({"path": str(path), **asdict(found)})
        return
    echo(f"lexicon  {found.concepts:,} concepts, {found.names:,} names  {path}")
    if not short:
        print_rows([asdict(source) for source in found.sources], as_json=False, columns=("name", "version", "licence", "credit"))


@app.command()
def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME|CURIE")],
    as_json: JsonOption = False,
) -> None:
    """Show the concepts that a name may stand for, best first, or the concept with an id; ends with 1 where there is none."""
    from litkg.lexicon.lookup import Lexicon

    with Lexicon.open(read_settings().lexicon_path) as lexicon:
        concept = lexicon.concept(name)
        if concept is not None:
            row = asdict(concept)
            print_rows([row], as_json=as_json, columns=("id", "name", "categories", "synonyms", "xrefs"))
            return
        candidates = lexicon.lookup(name)
        if not candidates:
            nearest = "; ".join(f"{near} ({curie})" for curie, near, _ in lexicon.nearest(name))
            say(f"no concept is called {name!r}" + (f"; written much like it: {nearest}" if nearest else ""))
            raise typer.Exit(FAILED)
    rows = [
        {
            "id": candidate.concept,
            "name": candidate.concept_name,
            "categories": list(candidate.categories),
            "matched": candidate.matched,
            "kind": candidate.kind.name.lower(),
            "source": candidate.source,
            "exactness": candidate.exactness,
        }
        for candidate in candidates
    ]
    print_rows(rows, as_json=as_json)


class Outcome(StrEnum):
    """What became of a statement by a source that two ids are one thing."""

    JOINED = "joined"
    SHARED = "shared"
    REFUSED = "refused"


@app.command()
def merges(
    name: Annotated[str | None, typer.Argument(metavar="NAME|CURIE", help="Only what concerns this id or preferred name.")] = None,
    outcome: Annotated[Outcome | None, typer.Option("--outcome", help="Only what was joined, shared or refused.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Lines shown; --json shows all.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Show how the sources were merged: which ids were joined and who says so, which headings are shared, and what was refused and why.

    Without NAME and --outcome, the counts.
    """
    from litkg.lexicon.merge_report import read_report

    found = read_report(read_settings().lexicon_path, outcome=outcome.value if outcome else None, name=name)
    if name is None and outcome is None and not as_json:
        counts = Counter((line.outcome, line.source, line.why) for line in found)
        rows = [{"outcome": kind, "source": source, "why": why, "count": count} for (kind, source, why), count in sorted(counts.items())]
        print_rows(rows, as_json=False, columns=("outcome", "source", "why", "count"))
        return
    print_rows([asdict(line) for line in (found if as_json else found[:limit])], as_json=as_json)
    if len(found) > limit and not as_json:
        say(f"{limit} of {len(found):,} shown: --limit for more")


def is_current(path: Path) -> bool:
    """Tell whether the lexicon in a folder is whole and built from the pins, the overlay and the code that are here now."""
    from litkg.lexicon.storage import read_info

    try:
        read_info(path)
        return (path / INPUTS_FILE).read_text(encoding="utf-8") == inputs_hash()
    except (LitkgError, OSError):
        return False


def inputs_hash() -> str:
    """Return the SHA-256 of what decides a lexicon: the pins, the overlay, and the code that builds it."""
    folder = data_path("graph/lexicon")
    code = Path(litkg.lexicon.__file__).parent
    digest = hashlib.sha256(data_path("graph/resources.toml").read_bytes())
    for file in sorted([*folder.rglob("*"), *code.rglob("*")]):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
