"""The literature of a graph, the links in it and its marks, kept on disk and mapped, so that they are read and made once for each state of the graph.

Owns the files and when they may be used: for the very state of the graph that they were read of, by the code that made them, whole. All else is read anew: a
table that is there for another state, damaged, half there or not writable costs time, and is never wrong. Refuses to know any one store: each says of its
state what tells it from any other, or that it cannot. Tables may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from litkg.hypotheses.code import code_hash
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Claims, Concepts, Literature, Mentions, Statements
from litkg.hypotheses.marks import Mark, read_marks
from litkg.hypotheses.reading import OnStage, read_literature
from litkg.hypotheses.texts import Texts
from litkg.processes import is_alive

if TYPE_CHECKING:
    from litkg.stores import GraphStore

FORMAT = 1
MANIFEST = "table.json"
TABLES = "graph.kgl.hypotheses"
"""The folder of tables beside an embedded graph: by its name it is a part of that, and no part of what backups hold."""

_MADE_BY = (
    *("belief.py", "calibration.py", "calibration.toml", "model.py", "predicates.py"),
    *(
        "hypotheses/cohesion.py",
        "hypotheses/kept.py",
        "hypotheses/links.py",
        "hypotheses/literature.py",
        "hypotheses/marks.py",
        "hypotheses/reading.py",
        "hypotheses/texts.py",
    ),
)
_DATA = ("graph/predicates.tsv", "graph/schema.toml")
"""What decides what is in a table, beside the graph."""
_MAKING = "making-"

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A literature with the links in all of it, and the marks of its graph; `folder` holds all, None where they are kept nowhere."""

    literature: Literature
    links: Links
    marks: tuple[Mark, ...] = ()
    folder: Path | None = None


def read_table(store: GraphStore, root: Path, *, on_stage: OnStage = lambda stage: None, on_unkept: Callable[[OSError], None] = lambda error: None) -> Table:
    """Return what the graph says and the links in it: as kept in `root` for the state that the graph is in, else read, made, and kept for the next time.

    `on_unkept` is told why the table could not be kept. Raises: StoreError where the store cannot be read.
    """
    fingerprint = store.fingerprint()
    kept = open_kept(root, fingerprint) if fingerprint is not None else None
    if kept is not None:
        return kept
    literature = read_literature(store, on_stage=on_stage)
    on_stage("links")
    table = Table(literature=literature, links=link(literature), marks=read_marks(store))
    if fingerprint is None or store.fingerprint() != fingerprint:
        return table
    try:
        return keep(root, fingerprint, table)
    except OSError as error:
        on_unkept(error)
        return table


def table_key(fingerprint: str) -> str:
    """Return the name of the table of a state of a graph."""
    return hashlib.sha256(f"{FORMAT} {sys.byteorder} {code_hash(_MADE_BY, _DATA)} {fingerprint}".encode()).hexdigest()


def open_kept(root: Path, fingerprint: str) -> Table | None:
    """Return the table that `root` holds for this state of the graph, mapped; None where there is none, or one that is not whole."""
    folder = root / table_key(fingerprint)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in manifest["arrays"]}
        if manifest["key"] != folder.name or any([str(arrays[name].dtype), *arrays[name].shape] != shape for name, shape in manifest["arrays"].items()):
            return None
        literature, links = _literature(arrays, manifest["categories"]), Links.open(folder / "links")
        marks = tuple(Mark(**mark) for mark in manifest["marks"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError):
        return None
    sound = _shapes(links) == manifest["links"] and len(links.start) == len(literature.concepts) + 1 and int(links.start[-1]) == len(links.other)
    return Table(literature=literature, links=links, marks=marks, folder=folder) if sound else None


def keep(root: Path, fingerprint: str, made: Table) -> Table:
    """Write a table for this state of the graph into `root`, which holds no table of another state afterwards, and return it mapped.

    Raises: OSError where that cannot be done; nothing half is left then.
    """
    return _install(root, fingerprint, lambda folder, key: _write(folder, key, made))


def keep_marks(root: Path, before: str, after: str, marks: tuple[Mark, ...]) -> Table | None:
    """Make the table of the state `before` that of the state `after`, which differs from it in its marks alone, and return it mapped; None where there is none.

    Raises: OSError as `keep`.
    """
    table = open_kept(root, before)
    if table is None or table.folder is None:
        return None
    return _install(root, after, partial(_link, table.folder, marks))


def _install(root: Path, fingerprint: str, write: Callable[[Path, str], None]) -> Table:
    """Have a table written into a new folder, put it in its place and return it mapped."""
    root.mkdir(parents=True, exist_ok=True)
    key = table_key(fingerprint)
    making = Path(tempfile.mkdtemp(prefix=f"{_MAKING}{os.getpid()}-", dir=root))
    try:
        write(making, key)
        for _ in range(2):
            with suppress(OSError):  # another process was faster, or what is there is not whole
                making.rename(root / key)
            table = open_kept(root, fingerprint)
            if table is not None:
                _drop_others(root, key)
                return table
            shutil.rmtree(root / key, ignore_errors=True)
        raise OSError(f"{root / key}: what was written cannot be read back")
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _link(table: Path, marks: tuple[Mark, ...], folder: Path, key: str) -> None:
    """Write a table of the files of another one, which are never changed in place, with marks of its own."""
    shutil.copytree(table, folder, copy_function=os.link, dirs_exist_ok=True, ignore=shutil.ignore_patterns(MANIFEST))
    manifest = json.loads((table / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest | {"key": key, "marks": [asdict(mark) for mark in marks]}), encoding="utf-8")
    _flush(folder / MANIFEST)


def _write(folder: Path, key: str, made: Table) -> None:
    literature, links = made.literature, made.links
    links.save(folder / "links")
    kinds = sorted(set(literature.concepts.categories))
    place_of = {kind: place for place, kind in enumerate(kinds)}
    arrays = _arrays(literature) | {"categories": np.array([place_of[own] for own in literature.concepts.categories], dtype=np.int32)}
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values)
    manifest = {
        "key": key,
        "categories": kinds,
        "arrays": {name: [str(values.dtype), *values.shape] for name, values in arrays.items()},
        "links": _shapes(links),
        "marks": [asdict(mark) for mark in made.marks],
    }
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    for file in folder.rglob("*"):
        if file.is_file():
            _flush(file)


def _arrays(literature: Literature) -> dict[str, Array]:
    found: dict[str, Array] = {"years": literature.years}
    for name, texts in (("ids", literature.concepts.ids), ("names", literature.concepts.names), ("claims", literature.claims.ids)):
        kept = Texts.of(texts)
        found |= {f"{name}.data": kept.data, f"{name}.ends": kept.ends}
    parts: tuple[tuple[str, object, tuple[str, ...]], ...] = (
        ("mentions", literature.mentions, ("document", "concept")),
        ("claims", literature.claims, ("subject", "object", "sign", "causal", "symmetric", "same")),
        ("statements", literature.statements, ("claim", "document", "support", "refute")),
    )
    return found | {f"{part}.{name}": getattr(record, name) for part, record, names in parts for name in names}


def _literature(arrays: Mapping[str, Array], kinds: list[list[str]]) -> Literature:
    def texts(name: str) -> Texts:
        return Texts(arrays[f"{name}.data"], arrays[f"{name}.ends"])

    categories = [tuple(kind) for kind in kinds]
    return Literature(
        concepts=Concepts(ids=texts("ids"), names=texts("names"), categories=tuple(map(categories.__getitem__, arrays["categories"].tolist()))),
        years=arrays["years"],
        mentions=Mentions(document=arrays["mentions.document"], concept=arrays["mentions.concept"]),
        claims=Claims(
            ids=texts("claims"),
            subject=arrays["claims.subject"],
            object=arrays["claims.object"],
            sign=arrays["claims.sign"],
            causal=arrays["claims.causal"],
            symmetric=arrays["claims.symmetric"],
            same=arrays["claims.same"],
        ),
        statements=Statements(
            claim=arrays["statements.claim"],
            document=arrays["statements.document"],
            support=arrays["statements.support"],
            refute=arrays["statements.refute"],
        ),
    )


def _shapes(links: Links) -> dict[str, int]:
    return {name: len(getattr(links, name)) for name in Links.__slots__ if name != "n_documents"}


def _drop_others(root: Path, key: str) -> None:
    """Delete the tables of other states, and what processes that are gone have not finished. Who has one of them open goes on with it."""
    for other in root.iterdir():
        owner = other.name.removeprefix(_MAKING).partition("-")[0]
        unfinished = other.name.startswith(_MAKING) and not (owner.isdigit() and is_alive(int(owner)))
        if unfinished or (not other.name.startswith(_MAKING) and other.name != key):
            shutil.rmtree(other, ignore_errors=True)


def _flush(file: Path) -> None:
    """Have the system write a file to disk, so that its name is not there before its content, should the power fail."""
    with file.open("r+b") as handle:
        os.fsync(handle.fileno())
