"""The files of a built lexicon: static tries and flat arrays that map from disk, and the info that says what they are.

Owns layout and version; refuses to rank or to read sources. The same concepts and names give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from litkg.errors import LexiconError
from litkg.lexicon.normalise import greek_letter_variant, head, inverted, match_key
from litkg.lexicon.records import Name, NameKind
from litkg.lexicon.variants import receptor_spelled_out, written_variants
from litkg.model import Category, Concept

FORMAT_VERSION = 6
"""Raised with every change of layout or of the match keys; a lexicon of another version must be built anew."""
BUILD_COMMAND = "litkg lexicon build"
INFO_FILE = "info.json"
MAX_KEY_LENGTH = 90
"""Longer names (systematic chemical names) are never matched in text and would only make the trie deep."""

FAMILY_PREFIXES = ("FPLX:", "HGNC.GROUP:")
"""What the ids of families and complexes begin with: parents of this kind are a gene's families."""
_PROTEIN_PREFIXES = ("HGNC:", *FAMILY_PREFIXES)
RECORD = np.dtype([("concept", "<u4"), ("name", "<u4"), ("length", "<u2"), ("kind", "u1"), ("source", "u1"), ("needs_case", "u1"), ("weak", "u1")])
PACKED_RECORD = struct.Struct("<IIHBBBB")
"""A `RECORD` as the bytes of the file have it."""
CATEGORIES = tuple(Category)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """What a lexicon was built from: name, version or year, licence, the credit that its terms ask for, SHA-256 of the file."""

    name: str
    version: str
    licence: str
    credit: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconInfo:
    """What a built lexicon is: counts, sources and the hash of its content. `sizes` are the bytes of each file."""

    format_version: int
    content_sha256: str
    concepts: int
    names: int
    keys: int
    sources: tuple[SourceInfo, ...]
    source_names: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...]


def write_lexicon(
    path: Path,
    concepts: Iterable[Concept],
    names: Iterable[Name],
    sources: Sequence[SourceInfo] = (),
    *,
    parents: Mapping[str, tuple[str, ...]] | None = None,
    owners: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> LexiconInfo:
    """Write a lexicon to the folder `path`, replacing one that is there only when the new one is whole; return its info.

    `names` are ranked per key in the order given for equal kinds. Every name's concept must be among `concepts`. `parents` are ids of wider concepts by
    id; `owners` say which concept an id leads to that several have among their xrefs; `files` stand beside the lexicon's own, by name.
    """
    ordered = sorted(concepts, key=lambda concept: concept.id)
    position = {concept.id: index for index, concept in enumerate(ordered)}
    rows = _rows(names, position)
    source_names = sorted({name.source for _, _, name in rows})
    source_index = {name: index for index, name in enumerate(source_names)}
    keys = marisa_trie.Trie(sorted({row[0] for row in rows}))
    heads = marisa_trie.Trie(sorted(_heads(name.text for _, _, name in rows)))
    ids = _ids(ordered, owners or {})
    id_trie = marisa_trie.Trie(sorted(ids))
    id_concepts = np.zeros(len(ids), dtype="<u4")
    for curie, index in ids.items():
        id_concepts[id_trie[curie]] = index

    blob = bytearray()
    text_at: dict[str, int] = {}
    by_key: list[list[tuple[int, Name]]] = [[] for _ in range(len(keys))]
    for key, order, name in rows:
        by_key[keys[key]].append((order, name))
    records = np.zeros(len(rows), dtype=RECORD)
    offsets = np.zeros(len(keys) + 1, dtype="<u4")
    count = 0
    for key_index, entries in enumerate(by_key):
        for _, name in sorted(entries, key=lambda entry: (entry[1].kind, entry[0])):
            encoded = name.text.encode()
            if name.text not in text_at:
                text_at[name.text] = len(blob)
                blob += encoded
            records[count] = (position[name.concept], text_at[name.text], len(encoded), int(name.kind), source_index[name.source], name.needs_case, name.weak)
            count += 1
        offsets[key_index + 1] = count
    concept_blob = bytearray()
    concept_offsets = np.zeros(len(ordered) + 1, dtype="<u8")
    for index, concept in enumerate(ordered):
        concept_blob += _concept_line(concept, (parents or {}).get(concept.id, ()))
        concept_offsets[index + 1] = len(concept_blob)

    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    keys.save(str(temporary / "keys.marisa"))
    heads.save(str(temporary / "heads.marisa"))
    id_trie.save(str(temporary / "ids.marisa"))
    (temporary / "names.bin").write_bytes(bytes(blob))
    (temporary / "concepts.bin").write_bytes(bytes(concept_blob))
    for file_name, data in sorted((files or {}).items()):
        (temporary / file_name).write_bytes(data)
    for file_name, array in (("records", records), ("offsets", offsets), ("id_concepts", id_concepts), ("concept_offsets", concept_offsets)):
        np.save(temporary / f"{file_name}.npy", array, allow_pickle=False)
    info = LexiconInfo(
        format_version=FORMAT_VERSION,
        content_sha256=_content_hash(temporary),
        concepts=len(ordered),
        names=len(rows),
        keys=len(keys),
        sources=tuple(sources),
        source_names=tuple(source_names),
        sizes=tuple((file.name, file.stat().st_size) for file in sorted(temporary.iterdir())),
    )
    (temporary / INFO_FILE).write_text(_info_json(info), encoding="utf-8")
    _replace_folder(temporary, path)
    return info


def read_info(path: Path) -> LexiconInfo:
    """Return the info of a built lexicon, having checked version and file sizes.

    Raises: LexiconError with the command to run where the lexicon is missing, broken or of another version.
    """
    try:
        data = json.loads((path / INFO_FILE).read_text(encoding="utf-8"))
        version = int(data["format_version"])
    except FileNotFoundError:
        raise LexiconError(f"no lexicon at {path}: run `{BUILD_COMMAND}`") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LexiconError(f"the lexicon at {path} is broken ({INFO_FILE}: {error}): run `{BUILD_COMMAND}`") from error
    if version != FORMAT_VERSION:
        raise LexiconError(f"the lexicon at {path} has version {version}, this litkg reads version {FORMAT_VERSION}: run `{BUILD_COMMAND}`")
    info = _info_from(data)
    for name, size in info.sizes:
        file = path / name
        found = file.stat().st_size if file.exists() else None
        if found != size:
            seen = "missing" if found is None else f"{found} bytes long"
            raise LexiconError(f"the lexicon at {path} is broken ({name} is {seen}, expected {size} bytes): run `{BUILD_COMMAND}`")
    return info


def verify_content(path: Path, info: LexiconInfo) -> None:
    """Check every byte of a lexicon against the hash in its info.

    Raises: LexiconError where they differ.
    """
    found = _content_hash(path)
    if found != info.content_sha256:
        raise LexiconError(f"the lexicon at {path} is broken (content {found}, expected {info.content_sha256}): run `{BUILD_COMMAND}`")


_CATEGORIES = {category.value: category for category in Category}


def concept_from_line(line: bytes) -> Concept:
    """Return the concept that a line of `concepts.bin` holds; of its families those that it is directly in."""
    data = json.loads(line.decode())
    return Concept(
        id=str(data["id"]),
        name=str(data["name"]),
        categories=tuple([_CATEGORIES[item] for item in data["categories"]]),
        synonyms=tuple(map(str, data["synonyms"])),
        xrefs=tuple(map(str, data["xrefs"])),
        families=tuple([item for item in map(str, data.get("parents", ())) if item.startswith(FAMILY_PREFIXES)]),
    )


def read_names(path: Path) -> Iterator[tuple[Concept, tuple[str, ...]]]:
    """Yield each concept of a built lexicon with all its names, each once, sorted: its own, its synonyms, and what else leads to it; concepts by id.

    Raises: LexiconError where the lexicon is missing, broken or of another version.
    """
    read_info(path)
    records = np.load(path / "records.npy", allow_pickle=False)
    blob = (path / "names.bin").read_bytes()
    with (path / "concepts.bin").open("rb") as lines:
        concepts = [concept_from_line(line) for line in lines]
    further: list[set[str]] = [set() for _ in concepts]
    for index, start, length in zip(records["concept"].tolist(), records["name"].tolist(), records["length"].tolist(), strict=True):
        further[index].add(blob[start : start + length].decode())
    for concept, names in zip(concepts, further, strict=True):
        yield concept, tuple(sorted(names.union((concept.name, *concept.synonyms))))


def parents_from_line(line: bytes) -> tuple[str, ...]:
    """Return the ids of the wider concepts that a line of `concepts.bin` holds."""
    return tuple(str(item) for item in json.loads(line)["parents"])


def _rows(names: Iterable[Name], position: dict[str, int]) -> list[tuple[str, int, Name]]:
    """Return (key, order, name), one a pair of key and concept, the best kind first; written-out variants come after what the sources say."""
    rows: list[tuple[str, int, Name]] = []
    best: dict[tuple[str, str], int] = {}
    for order, name in enumerate(names):
        if name.concept not in position:
            raise LexiconError(f"name {name.text!r} ({name.source}) belongs to {name.concept}, which is no concept of the lexicon")
        variants = [name]
        if turned := inverted(name.text):
            variants.append(Name(name.concept, turned, name.kind, name.source, name.needs_case, name.weak))
        if latin := greek_letter_variant(name.text):
            variants.append(Name(name.concept, latin, NameKind.VARIANT, name.source, True))
        if name.concept.startswith(_PROTEIN_PREFIXES) and (receptor := receptor_spelled_out(name.text)):
            variants.append(Name(name.concept, receptor, NameKind.VARIANT, name.source))
        if name.kind <= NameKind.EXACT and not name.needs_case:
            variants += [Name(name.concept, text, NameKind.VARIANT, name.source) for text in written_variants(name.text)]
        for variant in variants:
            key = match_key(variant.text)
            if not key or len(key) > MAX_KEY_LENGTH:
                continue
            at = best.get((key, name.concept))
            if at is None:
                best[(key, name.concept)] = len(rows)
                rows.append((key, order, variant))
            elif _better(variant, rows[at][2]):
                rows[at] = (key, min(order, rows[at][1]), variant)
    return rows


def _better(new: Name, old: Name) -> bool:
    return _merit(new) < _merit(old)


def _merit(name: Name) -> tuple[bool, bool, bool, int]:
    return name.kind is not NameKind.CURATED, name.weak, name.needs_case, name.kind


def _heads(texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        found.add(head(text))
        joined = text.split(" ", 1)[0].replace("-", "")
        found.add(head(joined))
    found.discard("")
    return found


def _ids(concepts: Sequence[Concept], owners: Mapping[str, str]) -> dict[str, int]:
    ids = {concept.id: index for index, concept in enumerate(concepts)}
    ids.update({curie: ids[owner] for curie, owner in owners.items() if owner in ids})
    for index, concept in enumerate(concepts):
        for xref in concept.xrefs:
            ids.setdefault(xref, index)
    return ids


def _concept_line(concept: Concept, parents: tuple[str, ...]) -> bytes:
    data: dict[str, Any] = {
        "id": concept.id,
        "name": concept.name,
        "categories": concept.categories,
        "synonyms": concept.synonyms,
        "xrefs": concept.xrefs,
        "parents": parents,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _content_hash(path: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path.iterdir()):
        if file.name == INFO_FILE:
            continue
        digest.update(file.name.encode() + b"\0")
        with file.open("rb") as handle:
            while chunk := handle.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _info_json(info: LexiconInfo) -> str:
    data = {
        "format_version": info.format_version,
        "content_sha256": info.content_sha256,
        "concepts": info.concepts,
        "names": info.names,
        "keys": info.keys,
        "sources": [{"name": s.name, "version": s.version, "licence": s.licence, "credit": s.credit, "sha256": s.sha256} for s in info.sources],
        "source_names": list(info.source_names),
        "sizes": dict(info.sizes),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _info_from(data: dict[str, Any]) -> LexiconInfo:
    return LexiconInfo(
        format_version=int(data["format_version"]),
        content_sha256=str(data["content_sha256"]),
        concepts=int(data["concepts"]),
        names=int(data["names"]),
        keys=int(data["keys"]),
        sources=tuple(SourceInfo(**source) for source in data["sources"]),
        source_names=tuple(data["source_names"]),
        sizes=tuple((str(name), int(size)) for name, size in data["sizes"].items()),
    )


def _replace_folder(new: Path, path: Path) -> None:
    if path.exists():
        if any(path.iterdir()) and not (path / INFO_FILE).exists():
            shutil.rmtree(new)
            raise LexiconError(f"{path} exists and holds no lexicon: name another folder, or remove it")
        old = path.with_name(f".{path.name}.{os.getpid()}.old")
        path.rename(old)
        new.rename(path)
        shutil.rmtree(old)
    else:
        new.rename(path)
