"""The Neo4j store, through the official driver: version 5.26 and newer, Community Edition or any other.

Owns sessions, transactions and the translation of driver errors to one line each; refuses to know what is loaded, and leaves to `retrying` what is tried again.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import ClassVar, TypeVar
from urllib.parse import urlsplit, urlunsplit

import neo4j
from neo4j import exceptions
from neo4j.graph import Node, Path, Relationship

from litkg.errors import StoreError
from litkg.model import Extraction
from litkg.stores.base import CONFINED_MAX_ROWS, DEFAULT_MAX_ROWS, DEFAULT_TIMEOUT_S, WRITE_TIMEOUT_S, Counts, Execute, OnSaved, Row
from litkg.stores.batches import save_in_batches
from litkg.stores.dump import WholeGraph
from litkg.stores.limits import first_rows, in_time
from litkg.stores.loading import load_batch, remove_documents
from litkg.stores.neo4j_fingerprint import database_fingerprint
from litkg.stores.neo4j_writing import Neo4jWriter
from litkg.stores.plans import check_plan, without_options
from litkg.stores.preparing import PreparedDocument
from litkg.stores.reading import check_reading, check_size, short
from litkg.stores.retrying import OnWait, Patience, persist
from litkg.stores.schema import neo4j_statements, neo4j_word_statements
from litkg.stores.statements import LOCK_GRAPH
from litkg.stores.unreachable import explain_no_answer
from litkg.stores.versions import GraphState, read_state, require_readable, require_writable, stamp
from litkg.stores.writing import Writer

OLDEST = (5, 26)
BATCH_EVIDENCE = 2_500
"""One transaction a batch: large enough that round trips do not count, small enough for the server's memory and for other writers to get their turn."""

INDEX_WAIT_S = 3600
"""How long a load waits for the full-text indexes of what it loaded: 19,000 sentences a second on two cores."""

CONNECT_TIMEOUT_S = 10.0
GRACE_S = 5.0
"""How long after the deadline of a query from outside the server may still say so itself, and stop."""

_MADE_MEANWHILE = frozenset({"Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists", "Neo.ClientError.Schema.IndexWithNameAlreadyExists"})
"""`IF NOT EXISTS` does not keep two transactions from making the same index at once; one of them hears of it."""

_READ_ONLY = frozenset(
    {
        "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
        "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
        "Neo.ClientError.Cluster.NotALeader",
        "Neo.ClientError.Security.Forbidden",
    }
)

_NO_WORD_INDEX = "no such fulltext schema index"

_TOO_MUCH = frozenset(
    {
        "Neo.TransientError.General.OutOfMemoryError",
        "Neo.TransientError.General.StackOverFlowError",
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "Neo.TransientError.General.TransactionMemoryLimit",
        "Neo.ClientError.General.TransactionOutOfMemoryError",
    }
)

T = TypeVar("T")


class Neo4jStore(WholeGraph):
    """A `GraphStore` on a Neo4j server. The path of the URL, where there is one, names the database."""

    saves_whole: ClassVar[bool] = False

    def __init__(
        self,
        url: str,
        *,
        username: str = "neo4j",
        password: str | None = None,
        any_version: bool = False,
        patience: Patience | None = None,
        on_wait: OnWait | None = None,
    ) -> None:
        """Connect, and see that the server is there, lets us in, is new enough, has the database, and that this holds no graph of another version
        of the schema, unless `any_version` is allowed.

        A server that goes away later is waited for with `patience`, and `on_wait` is told so.
        Raises: StoreError that says which of these failed and what to do.
        """
        parts = urlsplit(url)
        self._url = urlunsplit((parts.scheme, parts.netloc, "", parts.query, ""))
        self._shown = url
        self._database = parts.path.strip("/") or None
        self._username = username
        self._patience = patience or Patience()
        self._on_wait = on_wait
        try:
            self._driver = neo4j.GraphDatabase.driver(
                self._url,
                auth=(username, password) if password is not None else None,
                connection_timeout=CONNECT_TIMEOUT_S,
                notifications_min_severity="OFF",
            )
        except (exceptions.ConfigurationError, ValueError) as error:
            raise StoreError(f"{url} is no address of a Neo4j server: {error}; it looks like bolt://localhost:7687") from error
        self._any_version = any_version
        self._schema_applied = False
        self._words_applied = False
        try:
            with self._translated():
                self._check_version()
            state = self.state()
            if not any_version:
                require_readable(state, self._shown)
        except BaseException:
            self._driver.close()
            raise

    def apply_schema(self) -> None:
        """Make the constraints and indexes that are missing but those of words, and mark an empty database; see `GraphStore.apply_schema`."""
        state = self.state()
        if not self._any_version:
            require_writable(state, self._shown)
        self._make(neo4j_statements())
        if state == GraphState():
            self._in_transaction(stamp)
        self._schema_applied = True

    def state(self) -> GraphState:
        """Return what is there; see `GraphStore.state`."""
        with self._translated(), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(lambda transaction: read_state(lambda statement: _rows(transaction, statement, {})))

    def fingerprint(self) -> str | None:
        """Return the run of the server with the last transaction, None where there are several servers; see `GraphStore.fingerprint`."""
        with self._translated():
            return database_fingerprint(lambda: self._session(neo4j.READ_ACCESS))

    def missing_schema(self) -> tuple[str, ...]:
        """Return the names of the constraints and indexes that are missing."""
        with self._translated():
            return self._missing(neo4j_statements() | neo4j_word_statements())

    def make_schema(self) -> None:
        """Make all that `missing_schema` names, and wait until it can be used."""
        self._make(neo4j_statements())
        self._make(neo4j_word_statements())

    def change(self, work: Callable[[Execute], T]) -> T:
        """Do `work` in one transaction; see `GraphStore.change`."""
        return self._write(lambda writer: work(writer.run))

    def upsert(self, extractions: Iterable[Extraction], *, on_saved: OnSaved | None = None) -> Counts:
        """Load documents, one transaction a batch, then wait until their words can be searched for; see `GraphStore.upsert`.

        The full-text indexes are made when a first load is done, which takes a third of the time that they would take beside it.
        """

        def load(batch: list[PreparedDocument]) -> Counts:
            return self._write(lambda writer: load_batch(writer, batch))

        counts = save_in_batches(extractions, load, _saved_by_commit, batch_evidence=BATCH_EVIDENCE, beside=True, on_saved=on_saved)
        if counts.documents:
            self._catch_up_words()
        return counts

    def remove(self, document_id: str) -> bool:
        """Remove a document and all that only it supported; return whether it was there."""
        tries: list[int] = []
        # Where the answer to a commit was lost, the document is gone at the next try, but was there at the first.
        self._write(lambda writer: tries.append(remove_documents(writer, [document_id])))
        if any(tries):
            self._catch_up_words()
        return any(tries)

    def run(
        self, query: str, params: Mapping[str, object] | None = None, *, timeout_s: float = DEFAULT_TIMEOUT_S, max_rows: int | None = DEFAULT_MAX_ROWS
    ) -> Iterator[Row]:
        """Return the rows of a reading query; see `GraphStore.run`."""
        check_reading(query)

        @neo4j.unit_of_work(timeout=timeout_s)
        def read(transaction: neo4j.ManagedTransaction) -> list[Row]:
            # One more than asked for tells that there are more; the server works out no row beyond those that are fetched.
            return _rows(transaction, query, params or {}, max_rows=None if max_rows is None else max_rows + 1)

        with self._translated(query=query, timeout_s=timeout_s), self._session(neo4j.READ_ACCESS) as session:
            rows = session.execute_read(read)
        return first_rows(rows, max_rows)

    def run_confined(
        self, query: str, params: Mapping[str, object] | None = None, *, timeout_s: float = DEFAULT_TIMEOUT_S, max_rows: int = CONFINED_MAX_ROWS
    ) -> Iterator[Row]:
        """Return the rows of a query from outside, whose plan the server has shown first; see `GraphStore.run_confined`."""
        check_reading(query)
        check_size(query)

        def read() -> list[Row]:
            # No transaction function: the driver would try again what has exhausted the server's memory.
            with self._session(neo4j.READ_ACCESS) as session:
                with session.begin_transaction(timeout=timeout_s) as transaction:
                    check_plan(transaction.run(f"EXPLAIN {without_options(query)}", dict(params or {})).consume(), query)
                with session.begin_transaction(timeout=timeout_s) as transaction:
                    return _rows(transaction, query, params or {}, max_rows=max_rows + 1)

        with self._translated(query=query, timeout_s=timeout_s):
            rows = in_time(read, timeout_s + GRACE_S)
        if rows is None:
            raise StoreError(f"query took longer than {timeout_s:g} s: {short(query)}; bound its paths, add a LIMIT, or allow more time")
        return first_rows(rows, max_rows)

    def stream(self, statement: str) -> Iterator[Row]:
        """Yield the rows of a fixed statement as they come; see `WholeGraph.stream`."""
        with self._translated(), self._session(neo4j.READ_ACCESS) as session, session.begin_transaction(timeout=WRITE_TIMEOUT_S) as transaction:
            for record in transaction.run(statement):
                yield {name: _plain(value) for name, value in zip(record.keys(), record.values(), strict=True)}

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=access)

    def _write(self, work: Callable[[Writer], T]) -> T:
        if not self._schema_applied:
            # Without its unique keys MERGE neither finds quickly nor locks what it finds.
            self.apply_schema()

        def write(execute: Execute) -> T:
            execute(LOCK_GRAPH, {})
            return work(Neo4jWriter(execute))

        return self._in_transaction(write)

    def _in_transaction(self, work: Callable[[Execute], T]) -> T:
        def write() -> T:
            with self._session(neo4j.WRITE_ACCESS) as session, session.begin_transaction(timeout=WRITE_TIMEOUT_S) as transaction:
                result = work(lambda statement, params: _rows(transaction, statement, params))
                transaction.commit()
                return result

        with self._translated():
            return self._persist(write)

    def _persist(self, work: Callable[[], T]) -> T:
        return persist(work, self._patience, server=self._url, on_wait=self._on_wait)

    def _missing(self, statements: Mapping[str, str]) -> tuple[str, ...]:
        with self._session(neo4j.READ_ACCESS) as session:
            there = {record["name"] for record in session.run("SHOW INDEXES YIELD name")}
        return tuple(name for name in statements if name not in there)

    def _make(self, statements: Mapping[str, str]) -> None:
        """Make what is missing, and wait until it can be used."""

        def make() -> None:
            missing = self._missing(statements)
            with self._session(neo4j.WRITE_ACCESS) as session:
                for name in missing:
                    try:
                        session.run(statements[name]).consume()
                    except exceptions.ClientError as error:
                        if error.code not in _MADE_MEANWHILE:
                            raise
                if missing:
                    session.run("CALL db.awaitIndexes($seconds)", {"seconds": INDEX_WAIT_S}).consume()

        with self._translated():
            self._persist(make)

    def _catch_up_words(self) -> None:
        """Make the full-text indexes that are missing, and wait until they have taken in what was written."""
        if not self._words_applied:
            self._make(neo4j_word_statements())
            self._words_applied = True

        def wait() -> None:
            with self._session(neo4j.WRITE_ACCESS) as session:
                session.run("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()").consume()

        with self._translated():
            self._persist(wait)

    def _check_version(self) -> None:
        agent = self._driver.get_server_info().agent
        found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
        if found is None or (int(found[1]), int(found[2])) < OLDEST:
            raise StoreError(f"{self._url} runs {agent}; litkg needs Neo4j {OLDEST[0]}.{OLDEST[1]} or newer: update it, or start one with litkg neo4j start")

    @contextlib.contextmanager
    def _translated(self, *, query: str | None = None, timeout_s: float = WRITE_TIMEOUT_S) -> Iterator[None]:
        try:
            yield
        except exceptions.Neo4jError as error:
            raise StoreError(self._explain(error, query=query, timeout_s=timeout_s)) from error
        except (exceptions.ServiceUnavailable, exceptions.SessionExpired) as error:
            raise StoreError(explain_no_answer(error, self._url)) from error
        except exceptions.DriverError as error:
            raise StoreError(f"{self._url}: {_first_line(error)}") from error
        except (TypeError, ValueError) as error:
            raise StoreError(f"{self._url}: a parameter that Neo4j cannot hold: {_first_line(error)}") from error

    def _explain(self, error: exceptions.Neo4jError, *, query: str | None, timeout_s: float) -> str:
        code = error.code or ""
        if code == "Neo.ClientError.Statement.AccessMode" and query is not None:
            return f"refused: this query would write, and queries only read: {short(query)}; load documents with litkg ingest"
        if "TransactionTimedOut" in code and query is not None:
            return f"query took longer than {timeout_s:g} s: {short(query)}; bound its paths, add a LIMIT, or allow more time"
        if "TransactionTimedOut" in code:
            return f"{self._url}: a batch took longer than {timeout_s:g} s, or than the server's db.transaction.timeout; nothing of it was kept; try again"
        if code in _TOO_MUCH and query is not None:
            return f"query took more memory than the server gives it: {short(query)}; ask for less at a time"
        if code == "Neo.ClientError.Database.DatabaseNotFound":
            return f"{self._url} has no database {self._database!r}; name one that is there in the path of the URL, or leave the path out"
        if code in _READ_ONLY:
            return f"{self._url} lets {self._username!r} only read ({code}); write as another user, or to a database that is not read-only"
        if code == "Neo.ClientError.Security.AuthenticationRateLimit":
            return f"{self._url} refuses to let {self._username!r} try again so soon; wait a few seconds, then set the right NEO4J_PASSWORD"
        if code == "Neo.ClientError.Security.CredentialsExpired":
            return f"{self._url}: the password of {self._username!r} must be changed first, in Neo4j itself; then set NEO4J_PASSWORD"
        if code.startswith("Neo.ClientError.Security"):
            return f"{self._url} does not let {self._username!r} in: wrong user name or password; set NEO4J_USERNAME and NEO4J_PASSWORD"
        if query is not None and _NO_WORD_INDEX in (error.message or ""):
            return f"{self._url} has no full-text index for this search yet; make what is missing with: litkg upgrade --store {self._shown}"
        if query is not None:
            return f"{self._url}: query refused: {_first_line(error)}; in: {short(query)}"
        return f"{self._url}: {_first_line(error)} ({code})"


def _saved_by_commit(last: bool) -> bool:
    return True


def _rows(transaction: neo4j.Transaction | neo4j.ManagedTransaction, statement: str, params: Mapping[str, object], *, max_rows: int | None = None) -> list[Row]:
    answer = transaction.run(statement, dict(params))
    return [{name: _plain(value) for name, value in zip(record.keys(), record.values(), strict=True)} for record in islice(answer, max_rows)]


def _plain(value: object) -> object:
    """Return a value as both stores give it: a node as labels and properties, a relationship as type and properties, a time as ISO 8601."""
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": {name: _plain(item) for name, item in value.items()}}
    if isinstance(value, Relationship):
        return {"type": value.type, "properties": {name: _plain(item) for name, item in value.items()}}
    if isinstance(value, Path):
        return {"nodes": [_plain(node) for node in value.nodes], "relationships": [_plain(item) for item in value.relationships]}
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _first_line(error: Exception) -> str:
    message = (error.message if isinstance(error, exceptions.Neo4jError) else None) or str(error)
    return (message.strip().splitlines() or [type(error).__name__])[0]
