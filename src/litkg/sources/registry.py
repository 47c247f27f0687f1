"""Reads whatever the user names: a file, a folder, ids and addresses.

Owns the way from a target to its reader, and what happens to a file that cannot be read; refuses to know a format from the inside.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from litkg.errors import InputError
from litkg.model import RawDocument
from litkg.sources import bioc, conll, pubtator
from litkg.sources.bioc import parse_bioc_json, parse_bioc_xml
from litkg.sources.conll import parse_conll
from litkg.sources.content import Limits, Notify, open_content, peek_head, read_whole, unwrap_bytes
from litkg.sources.detect import HEAD_BYTES, STREAMED, Format, detect_format
from litkg.sources.gold import Gold
from litkg.sources.http import fetch_bytes
from litkg.sources.jats import parse_jats
from litkg.sources.ncbi import NcbiClient
from litkg.sources.pdf import parse_pdf
from litkg.sources.pdf_lines import OnPage
from litkg.sources.pubmed import parse_pubmed
from litkg.sources.pubtator import parse_pubtator
from litkg.sources.targets import TargetKind, parse_target
from litkg.sources.text import parse_text
from litkg.sources.webpage import parse_webpage

_LOG = logging.getLogger(__name__)


_ANNOTATED = {
    Format.PUBTATOR: pubtator.read_annotations,
    Format.BIOC_XML: bioc.read_annotations,
    Format.BIOC_JSON: bioc.read_annotations,
    Format.CONLL: conll.read_annotations,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A file, id or address that was passed over, and why."""

    path: Path | str
    reason: str


OnSkip = Callable[[Skip], None]


def read_path(
    path: Path, *, on_skip: OnSkip | None = None, on_warning: OnSkip | None = None, limits: Limits | None = None, on_page: OnPage | None = None
) -> Iterator[RawDocument]:
    """Yield the documents of a file, or of all files below a folder in sorted order; lazily.

    Hidden files and folders are passed over. In a folder a file that cannot be read goes to `on_skip`, with the documents before the fault already
    yielded. `on_warning` gets what was read but had to be guessed or left out in part; without it, that is logged.
    Raises: InputError for a path that does not exist, a single file that cannot be read, and for a bad file in a folder where there is no `on_skip`.
    """
    limits = limits or Limits()
    try:
        is_folder = path.is_dir()
        exists = is_folder or path.exists()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not exists:
        raise InputError(f"{path}: no such file or folder")
    if not is_folder:
        yield from _read_file(path, on_warning, limits, on_page)
        return
    empty = True
    root = _real(path)
    for file in _files_below(path, root):
        empty = False
        try:
            if not _real(file).is_relative_to(root):
                raise InputError(f"{file}: a link out of the folder, to {_real(file)}: name that file itself to have it read")
            if not file.is_file():
                raise InputError(f"{file}: neither a file nor a folder that can be read")
            yield from _read_file(file, on_warning, limits, on_page)
        except InputError as error:
            if on_skip is None:
                raise
            on_skip(Skip(path=file, reason=_without_source(error, str(file))))
    if empty:
        raise InputError(f"{path}: a folder without files to read")


def read_gold(path: Path, *, limits: Limits | None = None) -> Gold:
    """Return the annotations of a PubTator, BioC or CoNLL file, gzipped or not; document ids and offsets are those of `read_path`.

    Raises: InputError for a file that cannot be read, or of a format that carries no annotations.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    with open_content(path) as stream:
        source = str(path)
        format_ = detect_format(peek_head(stream, HEAD_BYTES), source=source)
        read_annotations = _ANNOTATED.get(format_)
        if read_annotations is None:
            raise InputError(f"{path}: {format_} carries no annotations: name a PubTator, BioC or CoNLL file, or brat's .ann file or its folder")
        data = read_whole(stream, source=source, limit=(limits or Limits()).unpacked)
    return read_annotations(data, source=source)


def read_stream(stream: BinaryIO, *, source: str, notify: Notify, limits: Limits, on_page: OnPage | None = None) -> Iterator[RawDocument]:
    """Yield the documents in a seekable stream of bytes (gzip already unwrapped), with `source` as their source.

    Raises: InputError for content that cannot be read.
    """
    format_ = detect_format(peek_head(stream, HEAD_BYTES), source=source)
    if format_ in STREAMED:
        yield from _read_records(stream, format_, source, notify)
        return
    limit = limits.text if format_ is Format.TEXT else limits.unpacked
    yield from _read_bytes(read_whole(stream, source=source, limit=limit), format_, source, notify, limits, on_page)


def open_target(
    target: str,
    *,
    client: NcbiClient,
    on_skip: OnSkip | None = None,
    on_warning: OnSkip | None = None,
    limits: Limits | None = None,
    on_page: OnPage | None = None,
) -> Iterator[RawDocument]:
    """Yield the documents that a target names: a path, `PMID:1,2`, `PMC:PMC3`, or an http(s) address of a page, a PDF or any file that litkg reads.

    An id that NCBI does not know goes to `on_skip` after the others were yielded.
    Raises: InputError for a target that cannot be read (an unknown id too, where there is no `on_skip`), NetworkError for a server that does not answer.
    """
    parsed = parse_target(target)
    match parsed.kind:
        case TargetKind.PATH:
            yield from read_path(Path(target), on_skip=on_skip, on_warning=on_warning, limits=limits, on_page=on_page)
        case TargetKind.URL:
            limits = limits or Limits()
            fetched = fetch_bytes(target, name=target, user_agent=client.user_agent, limit_bytes=limits.fetched, patience=client.patience)
            stream = BytesIO(unwrap_bytes(fetched.body, source=target, limits=limits))
            yield from read_stream(stream, source=target, notify=_notifier(target, on_warning), limits=limits, on_page=on_page)
        case TargetKind.PMID:
            notify = _notifier(target, on_warning)
            yield from _read_ids(client.fetch_pubmed(parsed.values, notify=notify), [f"PMID:{number}" for number in parsed.values], "PubMed", on_skip)
        case TargetKind.PMC:
            notify = _notifier(target, on_warning)
            yield from _read_ids(client.fetch_pmc(parsed.values, notify=notify), [f"PMC:PMC{number}" for number in parsed.values], "PMC", on_skip)


def _read_ids(documents: Iterator[RawDocument], ids: list[str], archive: str, on_skip: OnSkip | None) -> Iterator[RawDocument]:
    found = set()
    for document in documents:
        found.add(document.id)
        yield replace(document, source=document.id)
    missing = [identifier for identifier in ids if identifier not in found]
    reason = f"{archive} has no such record with text: check the number"
    if missing and on_skip is None:
        raise InputError(f"{', '.join(missing)}: {reason}")
    for identifier in missing:
        if on_skip is not None:
            on_skip(Skip(path=identifier, reason=reason))


def _read_records(stream: BinaryIO, format_: Format, source: str, notify: Notify) -> Iterator[RawDocument]:
    if format_ is Format.PUBMED:
        yield from parse_pubmed(stream, source=source, notify=notify)
    elif format_ is Format.BIOC_XML:
        yield from parse_bioc_xml(stream, source=source, notify=notify)
    else:
        yield from parse_jats(stream, source=source, notify=notify)


def _read_bytes(data: bytes, format_: Format, source: str, notify: Notify, limits: Limits, on_page: OnPage | None) -> Iterator[RawDocument]:
    if format_ is Format.PUBTATOR:
        yield from parse_pubtator(data, source=source, notify=notify)
    elif format_ is Format.CONLL:
        yield from parse_conll(data, source=source, notify=notify)
    elif format_ is Format.PDF:
        yield parse_pdf(data, source=source, notify=notify, on_page=on_page)
    elif format_ is Format.WEBPAGE:
        yield parse_webpage(data, source=source, notify=notify)
    elif format_ is Format.BIOC_JSON:
        yield from parse_bioc_json(data, source=source, notify=notify)
    else:
        yield parse_text(data, source=source, notify=notify, limits=limits)


def _read_file(path: Path, on_warning: OnSkip | None, limits: Limits, on_page: OnPage | None) -> Iterator[RawDocument]:
    with open_content(path) as stream:
        yield from read_stream(stream, source=str(path), notify=_notifier(path, on_warning), limits=limits, on_page=on_page)


def _notifier(path: Path | str, on_warning: OnSkip | None) -> Notify:
    if on_warning is None:
        return lambda line: _LOG.warning("%s: %s", path, line)
    return lambda line: on_warning(Skip(path=path, reason=line))


def _real(path: Path) -> Path:
    """Return where a path leads; `Path.resolve` raises for a link to itself."""
    return Path(os.path.realpath(path))


def _files_below(folder: Path, root: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """Yield the files below a folder in sorted order, and each folder that cannot be listed or that a link finds out of `root`; links that lead in a circle
    are passed over."""
    try:
        here = _real(folder)
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not _real(entry).is_relative_to(root):
                yield entry
            elif _real(entry) not in above | {here}:
                yield from _files_below(entry, root, above | {here})
        else:
            yield entry


def _without_source(error: InputError, source: str) -> str:
    return str(error).removeprefix(f"{source}: ")
