"""Reads gold: documents together with their annotations, so that the offsets of both agree. Owns the choice between ChemProt's tables, brat, and formats of one
file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from litkg.errors import InputError
from litkg.model import RawDocument
from litkg.sources.brat import annotation_files, read_pair
from litkg.sources.chemprot import find_tables, read_chemprot
from litkg.sources.content import Limits
from litkg.sources.gold import Gold
from litkg.sources.registry import OnSkip, Skip, read_gold, read_path


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedDocuments:
    """Documents in file order, those without any annotation too, and the annotations of all of them."""

    documents: tuple[RawDocument, ...]
    gold: Gold


def read_annotated(path: Path, *, on_warning: OnSkip | None = None, limits: Limits | None = None) -> AnnotatedDocuments:
    """Return what is in a PubTator, BioC or CoNLL file, told by content, in brat's `.ann` or `.a1` file or a folder of them, or in ChemProt's tables, told by
    their names.

    A brat document is called by the path of its file from the folder, without the ending. A `.txt` file without annotation file is no gold and left out.
    Raises: InputError, with file and line, for what cannot be read or carries no annotations.
    """
    limits = limits or Limits()
    tables = find_tables(path)
    if tables is not None:
        documents, gold = read_chemprot(tables, limits=limits)
        return AnnotatedDocuments(documents=documents, gold=gold)
    files = annotation_files(path)
    if files:
        return _read_brat(files, path if path.is_dir() else path.parent, on_warning, limits)
    if path.is_dir():
        wanted = "name a folder of brat's .txt and .ann files or of ChemProt's tables, or one PubTator, BioC or CoNLL file"
        raise InputError(f"{path}: no .ann or .a1 file in this folder: {wanted}")
    gold = read_gold(path, limits=limits)
    return AnnotatedDocuments(documents=tuple(read_path(path, on_warning=on_warning, limits=limits)), gold=gold)


def _read_brat(files: list[Path], folder: Path, on_warning: OnSkip | None, limits: Limits) -> AnnotatedDocuments:
    pairs = []
    for file in files:
        warnings: list[str] = []
        key = file.relative_to(folder).with_suffix("").as_posix()
        pairs.append(read_pair(file, key=key, notify=warnings.append, limits=limits))
        for line in warnings:
            if on_warning is not None:
                on_warning(Skip(path=file.with_suffix(".txt"), reason=line))
    mentions = tuple(mention for pair in pairs for mention in pair.mentions)
    relations = tuple(relation for pair in pairs for relation in pair.relations)
    return AnnotatedDocuments(documents=tuple(pair.document for pair in pairs), gold=Gold(mentions=mentions, relations=relations))
