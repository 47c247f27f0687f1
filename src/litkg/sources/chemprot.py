"""Reads ChemProt as BioCreative VI gives it (Krallinger et al. 2017): tables of abstracts, of entities and of relations, side by side in a folder.

The files' names end alike, whatever is before: `abstracts.tsv`, `entities.tsv`, and `relations.tsv` (all groups of relations) or `gold_standard.tsv` (the five
that the task scores). Offsets count in the title, one character, then the abstract; that one character is a line feed here. Group CPR:10 is of relations that
the text denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from litkg.errors import InputError
from litkg.model import RawBlock, RawDocument, SectionKind
from litkg.sources.archive_ids import document_id
from litkg.sources.content import Limits, content_document_id, hash_of, open_content, read_whole
from litkg.sources.encoding import decode_bytes
from litkg.sources.gold import Gold, GoldMention, GoldRelation

ABSTRACTS, ENTITIES = "abstracts.tsv", "entities.tsv"
RELATIONS = ("relations.tsv", "gold_standard.tsv")
"""How the names of the tables end; of the two of relations the first that is there counts."""
DENIED = "CPR:10"
_OFFSET = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The three tables of a part of the corpus."""

    abstracts: Path
    entities: Path
    relations: Path


def find_tables(path: Path) -> Tables | None:
    """Return the tables of a folder, or those beside the one that `path` is, itself among them; None where no name ends as ChemProt's.

    Raises: InputError where a table is missing, and for a folder with several sets of them.
    """
    if path.is_dir():
        found = sorted(path.glob(f"*{ABSTRACTS}"))
        if len(found) > 1:
            raise InputError(f"{path}: several sets of ChemProt's tables: name one of {', '.join(item.name for item in found)}")
        prefix = found[0].name.removesuffix(ABSTRACTS) if found else None
        folder, named = path, None
    else:
        folder = path.parent
        named = next((ending for ending in (ABSTRACTS, ENTITIES, *RELATIONS) if path.name.endswith(ending)), None)
        prefix = path.name.removesuffix(named) if named else None
        if named and not path.is_file():
            return None
    if prefix is None:
        return None
    wanted = (named,) if named in RELATIONS else RELATIONS
    paths = {ending: folder / f"{prefix}{ending}" for ending in (ABSTRACTS, ENTITIES, *RELATIONS)}
    relations = next((paths[ending] for ending in wanted if ending and paths[ending].is_file()), None)
    for ending in (ABSTRACTS, ENTITIES):
        if not paths[ending].is_file():
            raise InputError(f"{path}: ChemProt's {paths[ending].name} is not beside it: put its three tables into one folder")
    if relations is None:
        raise InputError(f"{path}: neither {paths[RELATIONS[0]].name} nor {paths[RELATIONS[1]].name} is there: put ChemProt's three tables into one folder")
    return Tables(abstracts=paths[ABSTRACTS], entities=paths[ENTITIES], relations=relations)


def read_chemprot(tables: Tables, *, limits: Limits) -> tuple[tuple[RawDocument, ...], Gold]:
    """Return the documents in file order, and their annotations.

    Raises: InputError for a row that cannot be read, and for what it names and another table lacks, with file and line.
    """
    documents = {key: _document(key, title, abstract, tables.abstracts, where) for where, (key, title, abstract) in _rows(tables.abstracts, 3, limits)}
    mentions: dict[tuple[str, str], GoldMention] = {}
    for where, (key, name, kind, start, end, text) in _rows(tables.entities, 6, limits):
        if key not in documents:
            raise InputError(f"{where}: an entity of {key}, which {tables.abstracts.name} lacks")
        if not (_OFFSET.fullmatch(start) and _OFFSET.fullmatch(end)) or documents[key].text[int(start) : int(end)].split() != text.split():
            raise InputError(f"{where}: {tables.abstracts.name} does not have {text[:60]!r} at {start} to {end}: get the tables of one release")
        mentions[key, name] = GoldMention(document_id=documents[key].id, start=int(start), end=int(end), text=text, type=kind, key=name)
    relations = []
    short = tables.relations.name.endswith(RELATIONS[1])
    for where, cells in _rows(tables.relations, 4 if short else 6, limits):
        key, group, ends = cells[0], cells[1], [cell.partition(":")[2] for cell in cells[-2:]]
        lacking = next((end for end in ends if (key, end) not in mentions), None)
        if lacking is not None:
            raise InputError(f"{where}: a relation of {lacking or cells[-1]!r}, which {tables.entities.name} lacks for {key}")
        relations.append(
            GoldRelation(
                document_id=documents[key].id,
                type=group,
                subject=ends[0],
                object=ends[1],
                note="" if short else cells[3],
                subject_key=ends[0],
                object_key=ends[1],
                negated=group == DENIED,
            )
        )
    return tuple(documents.values()), Gold(mentions=tuple(mentions.values()), relations=tuple(relations))


def _document(key: str, title: str, abstract: str, path: Path, where: str) -> RawDocument:
    if not (title + abstract).strip():
        raise InputError(f"{where}: document {key!r} has neither title nor abstract: take its line out")
    text, cut = f"{title}\n{abstract}", len(title)
    blocks = (RawBlock(start=0, end=cut, kind=SectionKind.TITLE), RawBlock(start=cut + 1, end=len(text), kind=SectionKind.ABSTRACT))
    return RawDocument(
        id=document_id(key) or content_document_id(hash_of(text.encode())),
        title=title.strip(),
        text=text,
        format="chemprot",
        blocks=tuple(block for block in blocks if text[block.start : block.end].strip()),
        source=str(path),
        sha256=hash_of(text.encode()),
    )


def _rows(path: Path, columns: int, limits: Limits) -> Iterator[tuple[str, list[str]]]:
    with open_content(path) as stream:
        data = read_whole(stream, source=str(path), limit=limits.unpacked)
    for number, line in enumerate(decode_bytes(data, source=str(path)).text.split("\n"), start=1):
        cells = line.rstrip("\r").split("\t")
        if not line.strip():
            continue
        if len(cells) != columns:
            raise InputError(f"{path}:{number}: {len(cells)} columns where ChemProt has {columns}: {line[:60]!r}")
        yield f"{path}:{number}", cells
