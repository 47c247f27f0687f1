"""The Neo4j store, through the official driver: version 5.26 and newer, Community Edition or any other.

Owns sessions, transactions and the translation of driver errors to one line each; refuses to know what is loaded, and leaves to `retrying` what is tried again.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit, urlunsplit

import neo4j
from neo4j import exceptions
from neo4j.graph import Node, Path, Relationship

from litkg.errors import StoreError
from litkg.model import Extraction
from litkg.stores.base import DEFAULT_TIMEOUT_S, WRITE_TIMEOUT_S, Counts, Execute, OnSaved, Row
from litkg.stores.batches import save_in_batches
from litkg.stores.dump import WholeGraph
from litkg.stores.loading import load_batch, remove_documents
from litkg.stores.reading import refuse_file_access, short
from litkg.stores.retrying import OnWait, Patience, persist
from litkg.stores.schema import neo4j_statements

if TYPE_CHECKING:
    pass

OLDEST = (5, 26)
BATCH_DOCUMENTS = 50
"""One transaction a batch: large enough that round trips do not count, small enough that its locks are short."""

CONNECT_TIMEOUT_S = 10.0
_READ_ONLY = frozenset(
    {
        "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
        "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
        "Neo.ClientError.Cluster.NotALeader",
        "Neo.ClientError.Security.Forbidden",
    }
)

T = TypeVar("T")


class Neo4jStore(WholeGraph):
    """A `GraphStore` on a Neo4j server. The path of the URL, where there is one, names the database."""

    def __init__(
        self, url: str, *, username: str = "neo4j", password: str | None = None, patience: Patience | None = None, on_wait: OnWait | None = None
    ) -> None:
        """Connect, and see that the server is there, lets us in, is new enough and has the database.

        A server that goes away later is waited for with `patience`, and `on_wait` is told so.
        Raises: StoreError that says which of these failed and what to do.
        """
        parts = urlsplit(url)
        self._url = urlunsplit((parts.scheme, parts.netloc, "", parts.query, ""))
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
        self._schema_applied = False
        try:
            with self._translated():
                self._check_version()
                with self._session(neo4j.READ_ACCESS) as session:
                    session.run("RETURN 1").consume()
        except BaseException:
            self._driver.close()
            raise

    def apply_schema(self) -> None:
        """Make the constraints and indexes that are missing, and wait until they can be used."""
        with self._translated():
            self._persist(self._make_missing)
        self._schema_applied = True

    def _make_missing(self) -> None:
        with self._session(neo4j.WRITE_ACCESS) as session:
            there = {record["name"] for record in session.run("SHOW INDEXES YIELD name")}
            missing = [statement for name, statement in neo4j_statements().items() if name not in there]
            for statement in missing:
                session.run(statement).consume()
            if missing:
                session.run("CALL db.awaitIndexes(300)").consume()

    def upsert(self, extractions: Iterable[Extraction], *, on_saved: OnSaved | None = None) -> Counts:
        """Load documents, one transaction a batch; see `GraphStore.upsert`."""

        def save(batch: list[Extraction]) -> Counts:
            return self._write(lambda execute: load_batch(execute, batch))

        return save_in_batches(extractions, save, batch_documents=BATCH_DOCUMENTS, on_saved=on_saved)

    def remove(self, document_id: str) -> bool:
        """Remove a document and all that only it supported; return whether it was there."""
        return self._write(lambda execute: remove_documents(execute, [document_id])) > 0

    def run(self, query: str, params: Mapping[str, object] | None = None, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> Iterator[Row]:
        """Return the rows of a reading query; see `GraphStore.run`."""

        refuse_file_access(query)

        @neo4j.unit_of_work(timeout=timeout_s)
        def read(transaction: neo4j.ManagedTransaction) -> list[Row]:
            return _rows(transaction, query, params or {})

        with self._translated(query=query, timeout_s=timeout_s), self._session(neo4j.READ_ACCESS) as session:
            return iter(session.execute_read(read))

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=access)

    def _write(self, work: Callable[[Execute], T]) -> T:
        if not self._schema_applied:
            # Without its unique keys MERGE neither finds quickly nor locks what it finds.
            self.apply_schema()

        def write() -> T:
            with self._session(neo4j.WRITE_ACCESS) as session, session.begin_transaction(timeout=WRITE_TIMEOUT_S) as transaction:
                result = work(lambda statement, params: _rows(transaction, statement, params))
                transaction.commit()
                return result

        with self._translated():
            return self._persist(write)

    def _persist(self, work: Callable[[], T]) -> T:
        return persist(work, self._patience, server=self._url, on_wait=self._on_wait)

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
            raise StoreError(f"no Neo4j server answers at {self._url}; start one with litkg neo4j start, or mend NEO4J_URI") from error
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
        if query is not None:
            return f"{self._url}: query refused: {_first_line(error)}; in: {short(query)}"
        return f"{self._url}: {_first_line(error)} ({code})"


def _rows(transaction: neo4j.Transaction | neo4j.ManagedTransaction, statement: str, params: Mapping[str, object]) -> list[Row]:
    answer = transaction.run(statement, dict(params))
    return [{name: _plain(value) for name, value in zip(record.keys(), record.values(), strict=True)} for record in answer]


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
