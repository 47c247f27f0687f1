"""The embedded store: a folder with one kglite graph file, read by any number of processes and written by one at a time.

Owns opening, locking, saving and rolling back that file; refuses to know what is loaded. Every save replaces the file whole (temporary file,
flush, rename), so a reader sees the graph before or after a batch, never between. Every part of the file is checked against its checksum when it is
opened: a damaged file is refused, not read wrong.
"""

from __future__ import annotations

import contextlib
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, TypeVar, cast

import kglite

from litkg.errors import StoreError
from litkg.model import Extraction
from litkg.stores import word_index
from litkg.stores.base import CONFINED_MAX_ROWS, DEFAULT_MAX_ROWS, DEFAULT_TIMEOUT_S, WRITE_TIMEOUT_S, Counts, Execute, OnSaved, Row
from litkg.stores.batches import save_in_batches
from litkg.stores.confined import ConfinedReader
from litkg.stores.dump import WholeGraph, node_properties, relationship_properties
from litkg.stores.embedded_writing import EmbeddedWriter
from litkg.stores.graph_file import GRAPH_FILE, file_fingerprint
from litkg.stores.limits import first_rows
from litkg.stores.loading import load_batch, remove_documents
from litkg.stores.preparing import PreparedDocument
from litkg.stores.reading import check_reading, short
from litkg.stores.schema import embedded_statements, load_schema
from litkg.stores.versions import GraphState, read_state, require_readable, require_writable, stamp

DISABLED_PASSES = ("fuse_match_return_aggregate",)
"""Optimizer passes that give wrong rows: this one ignores directions and types in two-hop patterns that end in a bare count (kglite 0.21.2)."""

_NODE_KEYS = frozenset({"id", "labels", "properties"})
_RELATIONSHIP_KEYS = frozenset({"id", "start", "end", "type", "properties"})

BATCH_EVIDENCE = 20_000
"""What is loaded at a time; the records of more would only take memory."""

SAVE_SECONDS = 20.0
SAVE_SHARE = 0.1
"""A save rewrites the whole file. So what was loaded is saved when the last save is this long ago, and so long ago that saving takes this share of the time:
what a kill can cost grows with the graph, from seconds to a few minutes, and is loaded again by the same command."""

_NO_WORD_INDEX = "no FULLTEXT index named"
"""How kglite says that a search names an index that is not there."""

T = TypeVar("T")


class EmbeddedStore(WholeGraph):
    """A `GraphStore` in a folder. The writer's lock is taken by the first write and held until `close`; reading needs none."""

    saves_whole: ClassVar[bool] = True

    def __init__(self, path: Path, *, create: bool = True, any_version: bool = False) -> None:
        """Open the folder; with `create` a missing one is made at the first write, with `any_version` the graph may be of any version of the schema.

        Raises: StoreError for a path that is no graph folder, a missing one that is not to be made, or a broken file.
        """
        # Its warnings (a label that no node has yet) go to the standard error of the process, and there is no other way to turn them off.
        kglite.set_query_warning_policy("silent")
        self._path = path
        self._any_version = any_version
        self._file = path / GRAPH_FILE
        self._writing = False
        self._signature: tuple[int, int, int] | None = None
        self._saved_at = self._save_took_s = 0.0
        self._refuse_other_kinds(create=create)
        self._graph = self._load()
        self._confined = ConfinedReader(self._file)

    @property
    def path(self) -> Path:
        """The folder."""
        return self._path

    def apply_schema(self) -> None:
        """Make the constraints and indexes that are missing, and mark an empty graph as one of this version; see `GraphStore.apply_schema`."""
        self._begin_writing()
        require_writable(self.state(), str(self._path))
        if self.missing_schema() or not self._file.exists():
            self.make_schema()

    def state(self) -> GraphState:
        """Return what is there; see `GraphStore.state`."""
        self._refresh()
        return _state(self._graph)

    def fingerprint(self) -> str | None:
        """Return what tells the last save from any other, None while this store writes or has saved nothing; see `GraphStore.fingerprint`."""
        return None if self._writing else file_fingerprint(self._file)

    def missing_schema(self) -> tuple[str, ...]:
        """Return the names of the constraints and indexes that are missing; the words of labels without nodes need no index."""
        self._refresh()
        there = {str(row["name"]) for kind in ("CONSTRAINTS", "INDEXES") for row in _rows(self._graph, f"SHOW {kind}", {}, WRITE_TIMEOUT_S)}
        wanted = [*embedded_statements(), *(index.name for index in load_schema().word_indexes() if index.label in self._graph.node_types)]
        return tuple(name for name in wanted if name not in there)

    def make_schema(self) -> None:
        """Make all that `missing_schema` names, and save."""
        self._begin_writing()
        with self._rolled_back_on_error():
            for statement in embedded_statements().values():
                self._execute(statement, {})
            word_index.catch_up(self._graph)
            self._save()

    def change(self, work: Callable[[Execute], T]) -> T:
        """Do `work` and save; see `GraphStore.change`."""
        self._begin_writing()
        with self._rolled_back_on_error():
            result = work(self._execute)
            self._save()
        return result

    def upsert(self, extractions: Iterable[Extraction], *, on_saved: OnSaved | None = None) -> Counts:
        """Load documents in batches, each saved before it is told of; see `GraphStore.upsert`."""
        self._saved_at = time.monotonic()
        return save_in_batches(extractions, self._load_batch, self._save_in_time, batch_evidence=BATCH_EVIDENCE, on_saved=on_saved)

    def remove(self, document_id: str) -> bool:
        """Remove a document and all that only it supported; return whether it was there."""
        self._begin_writing()
        with self._rolled_back_on_error():
            removed = remove_documents(EmbeddedWriter(self._graph, self._execute), [document_id])
            self._save()
        return removed > 0

    def run(
        self, query: str, params: Mapping[str, object] | None = None, *, timeout_s: float = DEFAULT_TIMEOUT_S, max_rows: int | None = DEFAULT_MAX_ROWS
    ) -> Iterator[Row]:
        """Return the rows of a reading query over the last save; see `GraphStore.run`."""
        check_reading(query)
        self._refresh()
        self._graph.read_only(True)
        try:
            rows = list(query_rows(self._graph, query, params or {}, timeout_s, max_rows=None if max_rows is None else max_rows + 1))
        except kglite.ReadOnlyError as error:
            raise StoreError(f"refused: this query would write, and queries only read: {short(query)}; load documents with litkg ingest") from error
        except kglite.CypherExecutionError as error:
            if _NO_WORD_INDEX in str(error) and self._build_word_indexes():
                return self.run(query, params, timeout_s=timeout_s, max_rows=max_rows)
            raise StoreError(f"{self._path}: query refused: {_first_line(error)}; in: {short(query)}") from error
        except kglite.CypherTimeoutError as error:
            raise StoreError(f"query took longer than {timeout_s:g} s: {short(query)}; bound its paths, add a LIMIT, or allow more time") from error
        except (kglite.KgError, ValueError, TypeError) as error:
            raise StoreError(f"{self._path}: query refused: {_first_line(error)}; in: {short(query)}") from error
        finally:
            self._graph.read_only(False)
        return first_rows(rows, max_rows)

    def run_confined(
        self, query: str, params: Mapping[str, object] | None = None, *, timeout_s: float = DEFAULT_TIMEOUT_S, max_rows: int = CONFINED_MAX_ROWS
    ) -> Iterator[Row]:
        """Return the rows of a query from outside over the last save, run in a process of its own; see `GraphStore.run_confined`."""
        signature = _signature(self._file) or (0, 0, 0)
        return self._confined.run(query, params or {}, timeout_s=timeout_s, max_rows=max_rows, signature=signature)

    def stream(self, statement: str) -> Iterator[Row]:
        """Yield the rows of a fixed statement; see `WholeGraph.stream`."""
        self._refresh()
        return query_rows(self._graph, statement, {}, WRITE_TIMEOUT_S)

    def run_csv(self, statement: str, params: Mapping[str, object]) -> str:
        """Return the rows of a reading statement of litkg's own as CSV lines, without the line of names; null and empty text look alike.

        Written by the database, several times as fast as rows. Several threads may call it at once.
        """
        try:
            text = self._graph.cypher(
                f"{statement} FORMAT CSV", params=dict(params), timeout_ms=round(WRITE_TIMEOUT_S * 1000), disabled_passes=list(DISABLED_PASSES)
            )
        except kglite.KgError as error:
            raise StoreError(f"{self._path}: the graph refused a statement of litkg's own: {_first_line(error)}; in: {short(statement)}") from error
        return str(text).partition("\n")[2]

    def close(self) -> None:
        """Give the writer's lock back; every finished batch is saved already."""
        self._confined.close()
        self._let_go()

    def _load_batch(self, batch: Sequence[PreparedDocument]) -> Counts:
        self._begin_writing()
        with self._rolled_back_on_error():
            return load_batch(EmbeddedWriter(self._graph, self._execute), batch)

    def _save_in_time(self, last: bool) -> bool:
        """Save where it is time to, or in any case where this was the `last` batch; return whether it was done."""
        if not last and time.monotonic() - self._saved_at < max(SAVE_SECONDS, self._save_took_s / SAVE_SHARE):
            return False
        with self._rolled_back_on_error():
            if last:
                word_index.catch_up(self._graph)
            self._save()
        return True

    def _execute(self, statement: str, params: Mapping[str, object]) -> list[Row]:
        try:
            return _rows(self._graph, statement, params, WRITE_TIMEOUT_S)
        except kglite.KgError as error:
            raise StoreError(f"{self._path}: the graph refused a statement of litkg's own: {_first_line(error)}; in: {short(statement)}") from error

    def _begin_writing(self) -> None:
        if self._writing:
            return
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            self._graph = kglite.open(str(self._file), durable="off", lock=True)
        except kglite.WriterLeaseHeldError as error:
            pid = error.holder.get("pid")
            raise StoreError(f"{self._path}: process {pid} is writing to this graph; wait until it is done, or stop it, then try again") from error
        except (OSError, kglite.FileIoError) as error:
            raise self._cannot_write(error) from error
        except (kglite.KgError, ValueError) as error:
            raise self._broken(error) from error
        self._writing = True
        self._refuse_damage()
        self._drop_leftovers()
        self._signature = _signature(self._file)
        with self._rolled_back_on_error():
            state = _state(self._graph)
            if state == GraphState():
                for statement in embedded_statements().values():
                    self._execute(statement, {})
                stamp(self._execute)
            elif not self._any_version:
                require_writable(state, str(self._path))

    def _build_word_indexes(self) -> bool:
        """Make a search possible in the graph at hand, whether or not it will be saved; return whether anything was missing."""
        self._graph.read_only(False)
        return word_index.build_missing(self._graph, even_empty=True)

    def _refuse_damage(self) -> None:
        """Raise where a part of the file that was just opened for writing has another checksum: a save would make the damage look sound."""
        parts = self._graph.verify_integrity()["sections"]
        damaged = [f"{part['name']}: {part['error']}" for part in parts if part["error"]]
        if damaged:
            self._let_go()
            self._signature = None  # so that what was just opened is not read either
            raise self._broken(StoreError(damaged[0]))

    def _drop_leftovers(self) -> None:
        """Delete what writers that were killed in a save left behind; nobody else writes while we hold the lock."""
        for leftover in self._path.glob(f"{GRAPH_FILE}.tmp.*"):
            with contextlib.suppress(OSError):
                leftover.unlink()

    def _save(self) -> None:
        started = time.monotonic()
        if word_index.changes(self._graph) <= word_index.CHEAP_CHANGES:
            word_index.catch_up(self._graph)
        try:
            with warnings.catch_warnings():
                # That some columns have no form that can be read in place is no news to a user: litkg reads graphs into memory.
                warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
                self._graph.save()
        except (OSError, kglite.KgError, ValueError) as error:
            raise self._cannot_write(error) from error
        self._saved_at = time.monotonic()
        self._save_took_s = self._saved_at - started
        self._signature = _signature(self._file)

    @contextlib.contextmanager
    def _rolled_back_on_error(self) -> Iterator[None]:
        """Go back to the last save where the block fails, for whatever reason: half a batch must never be saved by the next one."""
        try:
            yield
        except BaseException:
            self._let_go()
            self._graph = self._load()
            raise

    def _let_go(self) -> None:
        if self._writing:
            self._writing = False
            # As if the block had failed: kglite saves on a clean exit, and all that is to be saved is saved.
            self._graph.__exit__(StoreError, StoreError("closed"), None)

    def _refresh(self) -> None:
        if not self._writing and _signature(self._file) != self._signature:
            self._graph = self._load()

    def _load(self) -> kglite.KnowledgeGraph:
        self._signature = _signature(self._file)
        if self._signature is None:
            return kglite.KnowledgeGraph()
        try:
            # By default kglite looks at the checksum of a column of 256 kB or more only when the file is saved again, and reads a flipped bit as it is.
            graph = kglite.load(str(self._file), verify="eager")
        except PermissionError as error:
            raise StoreError(f"{self._file} cannot be read: permission denied; mend its permissions or name another folder with --store") from error
        except (OSError, kglite.KgError, ValueError) as error:
            raise self._broken(error) from error
        if not self._any_version:
            require_readable(_state(graph), str(self._path))
        return graph

    def _refuse_other_kinds(self, *, create: bool) -> None:
        refuse_other_kinds(self._path)
        if not create and not self._file.exists():
            raise StoreError(f"no graph at {self._path}; make one with: litkg ingest PATH --store {self._path}")

    def _cannot_write(self, error: Exception) -> StoreError:
        return StoreError(f"{self._path} cannot be written: {_first_line(error)}; check permissions and free space, or name another folder with --store")

    def _broken(self, error: Exception) -> StoreError:
        return StoreError(f"{self._file} is no readable graph: {_first_line(error)}; move it away and load the papers again with litkg ingest")


def refuse_other_kinds(path: Path) -> None:
    """Do nothing for a folder that is a graph's, or may become one. Raises: StoreError for a file, and a folder of other things."""
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path} is a file, not a graph folder; name a folder with --store")
    if path.is_dir():
        others = sorted(item.name for item in path.iterdir() if not item.name.startswith(GRAPH_FILE))
        if others and not (path / GRAPH_FILE).exists():
            raise StoreError(f"{path} holds other files ({', '.join(others[:3])}) and no graph; name a new folder or a graph's own with --store")


def query_rows(graph: kglite.KnowledgeGraph, query: str, params: Mapping[str, object], timeout_s: float, *, max_rows: int | None = None) -> Iterator[Row]:
    """Return the first `max_rows` rows of a query (None: all), as both stores give them, each made when it is asked for; what kglite raises is raised here, and
    not translated.

    Raises: ValueError for an answer that is no rows, which FORMAT CSV asks for.
    """
    answer = graph.cypher(query, params=dict(params), timeout_ms=max(1, round(timeout_s * 1000)), row_limit=max_rows, disabled_passes=list(DISABLED_PASSES))
    if isinstance(answer, str):
        raise ValueError("FORMAT CSV gives text, and rows are asked for; leave it out")
    return ({str(name): _plain(value) for name, value in row.items()} for row in cast("Iterable[Row]", answer))


def _rows(graph: kglite.KnowledgeGraph, statement: str, params: Mapping[str, object], timeout_s: float) -> list[Row]:
    return list(query_rows(graph, statement, params, timeout_s))


def _state(graph: kglite.KnowledgeGraph) -> GraphState:
    return read_state(lambda statement: _rows(graph, statement, {}, WRITE_TIMEOUT_S))


def _plain(value: object) -> object:
    """Return a value as both stores give it: a node as labels and properties, a relationship as type and properties, a time as ISO 8601."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == _NODE_KEYS:
            return {"labels": sorted(value["labels"]), "properties": node_properties(value["labels"], value["properties"])}
        if value.keys() == _RELATIONSHIP_KEYS:
            return {"type": value["type"], "properties": relationship_properties(value["type"], value["properties"])}
        return {name: _plain(item) for name, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _signature(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
