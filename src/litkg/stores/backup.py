"""Backups of an embedded graph: one file each, checksummed, and put back whole or not at all.

Owns the file: a ZIP with `manifest.json` (versions, counts, size and SHA-256 of the graph file) and the graph file itself. Refuses Neo4j, which has tools of
its own. A backup is made while others write: it holds the last save, and it is opened and checked before it gets its name. A restore checks everything
before it takes the place of what is there, holds the writer's lock meanwhile, and leaves readers the old graph until the new one is complete.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, cast

import kglite

from litkg import __version__
from litkg.errors import StoreError
from litkg.processes import is_alive
from litkg.stores.embedded import EmbeddedStore, refuse_other_kinds
from litkg.stores.graph_file import GRAPH_FILE
from litkg.stores.schema import load_schema
from litkg.stores.versions import GraphState, current_version, require_readable

FORMAT = "litkg-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
_MANIFEST_LIMIT = 1 << 20
_BLOCK = 1 << 20

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself. `counts` are nodes by label; `schema_version` is None for an empty graph."""

    litkg: str
    kglite: str
    schema_version: int | None
    counts: dict[str, int]
    bytes: int
    sha256: str


def back_up(folder: Path, file: Path, *, force: bool = False, progress: Progress = lambda message: None) -> Manifest:
    """Write the last save of the graph in `folder` to `file` and return what it holds. With `force` a file that is there is replaced.

    Raises: StoreError where there is no graph, it is damaged, or the file is there.
    """
    if file.exists() and not force:
        raise StoreError(f"{file} is there already; name another file, or replace it with --force")
    file.parent.mkdir(parents=True, exist_ok=True)
    with _work_folder(file.parent, file.name) as work:
        progress("copying the last save")
        digest, size = _copy_graph(folder / GRAPH_FILE, work / GRAPH_FILE)
        progress("checking the copy")
        manifest = _describe(work, digest, size)
        progress("writing the backup")
        with (work / "backup").open("wb") as handle:
            _write_zip(handle, manifest, work / GRAPH_FILE)
            _flush(handle)
        (work / "backup").replace(file)
    _flush_folder(file.parent)
    return manifest


def restore(file: Path, folder: Path, *, force: bool = False, progress: Progress = lambda message: None) -> Manifest:
    """Make the graph of a backup the graph in `folder` and return what it holds. With `force` it takes the place of a graph that is there, damaged or not.

    Raises: StoreError where the file is no sound backup, is of a newer litkg, where a graph is there, or another process writes to it.
    """
    if (folder / GRAPH_FILE).exists() and not force:
        raise StoreError(f"{folder} holds a graph already; name another folder with --store, or replace the graph with --force")
    refuse_other_kinds(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _writers_lock(folder), _work_folder(folder, GRAPH_FILE) as work:
        manifest = _unpack(file, work, progress)
        (work / GRAPH_FILE).replace(folder / GRAPH_FILE)
        _flush_folder(folder)
    return manifest


def check_backup(file: Path, *, progress: Progress = lambda message: None) -> Manifest:
    """Return what a backup holds once it was read and opened whole. Raises: StoreError where it is damaged or of a newer litkg."""
    with tempfile.TemporaryDirectory(prefix="litkg-backup-") as work:
        return _unpack(file, Path(work), progress)


def _copy_graph(source: Path, target: Path) -> tuple[str, int]:
    # An open file stays as it is: a writer puts the next save beside it and renames.
    try:
        with source.open("rb") as graph, target.open("wb") as copy:
            return _copy(graph, copy)
    except FileNotFoundError as error:
        raise StoreError(f"no graph at {source.parent}; make one with: litkg ingest PATH --store {source.parent}") from error


def _describe(work: Path, digest: str, size: int) -> Manifest:
    with EmbeddedStore(work, create=False, any_version=True) as store:
        counts = {label: _count(store, label) for label in load_schema().nodes}
        version = store.state().version
    return Manifest(litkg=__version__, kglite=kglite.__version__, schema_version=version, counts=counts, bytes=size, sha256=digest)


def _count(store: EmbeddedStore, label: str) -> int:
    (row,) = store.run(f"MATCH (n:{label}) RETURN count(n) AS n")
    return cast(int, row["n"])


def _write_zip(handle: IO[bytes], manifest: Manifest, graph: Path) -> None:
    """Write the same bytes for the same graph file: no time, no name of this machine."""
    text = json.dumps({"format": FORMAT, "format_version": FORMAT_VERSION} | asdict(manifest), indent=1, sort_keys=True)
    with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(_entry(MANIFEST), text)
        with graph.open("rb") as source, archive.open(_entry(GRAPH_FILE), "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target, _BLOCK)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _unpack(file: Path, work: Path, progress: Progress) -> Manifest:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _read_manifest(file, archive)
            if shutil.disk_usage(work).free < manifest.bytes:
                raise StoreError(
                    f"{file} holds {manifest.bytes:,} bytes, and {work.parent} has less than that free; make room, or restore elsewhere with --store"
                )
            progress("reading the backup")
            with archive.open(GRAPH_FILE) as source, (work / GRAPH_FILE).open("wb") as target:
                digest, size = _copy(source, target, at_most=manifest.bytes)
    except FileNotFoundError as error:
        raise StoreError(f"no backup at {file}; make one with: litkg backup FILE") from error
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError, zlib.error) as error:
        raise _damaged(file, str(error)) from error
    except (RuntimeError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise _damaged(file, str(error)) from error
    if (digest, size) != (manifest.sha256, manifest.bytes):
        raise _damaged(file, "its graph has another checksum than its manifest says")
    progress("checking the graph")
    try:
        found = _describe(work, digest, size)
    except StoreError as error:
        raise _damaged(file, f"its graph cannot be opened by kglite {kglite.__version__}; kglite {manifest.kglite} wrote it") from error
    if (found.counts, found.schema_version) != (manifest.counts, manifest.schema_version):
        raise _damaged(file, "its graph has other counts than its manifest says")
    return manifest


def _read_manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    entry = archive.getinfo(MANIFEST)
    if entry.file_size > _MANIFEST_LIMIT:
        raise _damaged(file, "its manifest is no manifest")
    shape = json.loads(archive.read(entry))
    if not isinstance(shape, dict) or shape.pop("format", None) != FORMAT:
        raise _damaged(file, "its manifest is no manifest")
    version = shape.pop("format_version", None)
    if version != FORMAT_VERSION:
        raise StoreError(f"{file} is a backup of format {version}, and this litkg reads format {FORMAT_VERSION}: update litkg")
    try:
        manifest = Manifest(**shape)
    except TypeError as error:
        raise _damaged(file, "its manifest is no manifest") from error
    if manifest.schema_version is not None and manifest.schema_version > current_version():
        # An older one is put back as it is, and litkg upgrade does the rest.
        require_readable(GraphState(version=manifest.schema_version), str(file))
    return manifest


def _copy(source: IO[bytes], target: IO[bytes], *, at_most: int | None = None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        size += len(block)
        if at_most is not None and size > at_most:
            raise ValueError("its graph is larger than its manifest says")
        digest.update(block)
        target.write(block)
    _flush(target)
    return digest.hexdigest(), size


@contextlib.contextmanager
def _work_folder(parent: Path, name: str) -> Iterator[Path]:
    """Give an empty folder beside what it is for, on the same disk, and delete it afterwards; those of killed processes go too."""
    for leftover in parent.glob(f"{name}.tmp.*"):
        owner = leftover.name.rpartition(".")[2]
        if leftover.is_dir() and not (owner.isdigit() and is_alive(int(owner))):
            shutil.rmtree(leftover, ignore_errors=True)
    work = parent / f"{name}.tmp.{os.getpid()}"
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextlib.contextmanager
def _writers_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of kglite's writers, whether or not the graph can be opened. Raises: StoreError where another process holds it."""
    try:
        import fcntl
    except ImportError:  # where there is none, kglite's own lock cannot be taken without opening the graph
        yield
        return
    with (folder / f"{GRAPH_FILE}.lock").open("a+b") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(f"{folder}: another process is writing to this graph; wait until it is done, or stop it, then try again") from error
        yield


def _flush(handle: IO[bytes]) -> None:
    handle.flush()
    os.fsync(handle.fileno())


def _flush_folder(folder: Path) -> None:
    """Make a rename safe against power loss, where a folder can be opened for that."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _damaged(file: Path, why: str) -> StoreError:
    return StoreError(f"{file} is no sound backup: {why}; nothing was changed; take an older backup, or load the papers again with litkg ingest")
