"""`litkg backup` and `litkg restore`: an embedded graph in one file, and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.console import JsonOption, StoreOption, echo, print_json, steps
from litkg.cli.setup import read_settings
from litkg.errors import StoreError

if TYPE_CHECKING:
    from litkg.stores.backup import Manifest


def backup(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where to; default: the graph's name with .backup, in this folder.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an embedded graph to one file, checked and with a checksum.

    It holds what was saved last, and can be made while papers are loaded. For Neo4j, the message says what to use instead.
    """
    from litkg.stores.backup import back_up

    folder = _folder(store)
    target = file or Path(f"{folder.resolve().name}.backup")
    with steps("making a backup") as tell:
        manifest = back_up(folder, target, force=force, progress=tell)
    _show(manifest, target, as_json=as_json, done=f"backup   {target}, {target.stat().st_size:,} bytes")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that litkg backup wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the graph that is there.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only tell whether the backup is sound.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put the graph of a backup in the place of --store, whole or not at all.

    The backup is checked before anything is touched. A backup of an older litkg needs litkg upgrade afterwards.
    """
    from litkg.stores.backup import check_backup
    from litkg.stores.backup import restore as put_back

    with steps("looking at the backup") as tell:
        if check:
            manifest = check_backup(file, progress=tell)
            done = f"sound    {file}"
        else:
            folder = _folder(store)
            manifest = put_back(file, folder, force=force, progress=tell)
            done = f"graph    {folder}"
    _show(manifest, file, as_json=as_json, done=done)


def _folder(store: str | None) -> Path:
    url = read_settings(store).store_url
    if "://" in url and not url.startswith("file://"):
        raise StoreError(
            "a Neo4j database is backed up with Neo4j's own tools: stop the server and run neo4j-admin database dump neo4j --to-path=FOLDER "
            f"(neo4j-admin database load brings it back), or write it out while it runs: litkg export --format jsonl --output FILE --store {url}"
        )
    return Path(url.removeprefix("file://")).expanduser()


def _show(manifest: Manifest, file: Path, *, as_json: bool, done: str) -> None:
    if as_json:
        print_json({"file": str(file)} | asdict(manifest))
        return
    echo(done)
    version = "no graph" if manifest.schema_version is None else f"schema version {manifest.schema_version}"
    echo(f"holds    {version}, litkg {manifest.litkg}, kglite {manifest.kglite}")
    echo("counts   " + ", ".join(f"{count} {label}" for label, count in manifest.counts.items()))
